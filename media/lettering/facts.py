"""What may be claimed of a product, in the words that stand for it."""

from __future__ import annotations

from datetime import date

from media.spec import CardSpec

LEAST_STARS, MOST_STARS = 3, 5
"""OCOP products are certified with 3 to 5 stars (decision 148/QĐ-TTg of 2023); fewer stars are no certificate."""


def certified_stars(spec: CardSpec) -> int:
    """The stars of the product's OCOP certificate, 0 where it has none that counts."""
    return spec.ocop_stars if LEAST_STARS <= spec.ocop_stars <= MOST_STARS else 0


def day_words(day: date) -> str:
    """A day as it is written in Vietnam: 2/11/2026."""
    return f"{day.day}/{day.month}/{day.year}"
