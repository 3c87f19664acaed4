"""What each kind of option of render.py may say; argparse tells the person what is wrong with it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from urllib.parse import urlsplit

from media.spec import PriceTier

MOST_PRICE_VND = 9_999_999_999
LONGEST_LINK = 300
OCOP_STARS = (3, 4, 5)
"""Decision 148/QĐ-TTg of 2023: products below three stars get no OCOP certificate."""


def file(text: str) -> Path:
    """A file that is there."""
    path = Path(text)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"no such file: {text}")
    return path


def words(what: str, most: int) -> Callable[[str], str]:
    """A reader of words with single blanks between them."""
    def read(text: str) -> str:
        said = " ".join(text.split())
        if not 0 < len(said) <= most:
            raise argparse.ArgumentTypeError(f"{what} has 1 to {most} characters")
        return said
    return read


def price(text: str) -> int:
    """Whole đồng above 0."""
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= MOST_PRICE_VND):
        raise argparse.ArgumentTypeError(f"{text!r} is not a price in whole đồng above 0, such as 25000")
    return int(text)


def tier(text: str) -> PriceTier:
    """`từ 5 kg=23000`: the words and the price of one unit then."""
    label, _, amount = text.rpartition("=")
    return PriceTier(words("a tier", 24)(label), price(amount.strip()))


def point(text: str) -> tuple[float, float] | None:
    """`0.5,0.3` as shares of width and height; `-` where the photo has no such point."""
    if text.strip() == "-":
        return None
    try:
        across, down = (float(part) for part in text.split(","))
    except ValueError:
        across = down = -1.0
    if not (0 <= across <= 1 and 0 <= down <= 1):
        raise argparse.ArgumentTypeError(f"{text!r} is not a point such as 0.5,0.3")
    return across, down


def yes(text: str) -> bool:
    """A table's yes or no."""
    said = text.strip().lower()
    if said not in ("yes", "true", "1", "có", "no", "false", "0", "không"):
        raise argparse.ArgumentTypeError(f"{text!r} is neither yes nor no")
    return said in ("yes", "true", "1", "có")


def stock(text: str) -> str:
    """The number as it is written in Vietnamese, with a comma for the fraction."""
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        number = Decimal(-1)
    if not (number.is_finite() and 0 <= number < 1_000_000):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of units")
    return f"{number.normalize():f}".replace(".", ",")


def day(text: str) -> date:
    """A day of the calendar, as in ISO 8601."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2026-11-24") from None


def link(text: str) -> str:
    """A web address that fits into a code."""
    parts = urlsplit(text)
    whole = parts.scheme.lower() in ("http", "https") and parts.netloc
    if not whole or len(text) > LONGEST_LINK or not text.isascii():
        raise argparse.ArgumentTypeError(f"{text!r} is not an http or https link of at most {LONGEST_LINK} characters")
    return text
