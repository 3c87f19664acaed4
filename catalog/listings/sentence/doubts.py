"""What a person should look at before a draft is believed, with the words it came from."""

from __future__ import annotations

from catalog.listings.sentence.model import Draft
from catalog.listings.sentence.parts import PRICE, Part
from catalog.listings.sentence.prices import Prices
from catalog.words.tokens import PHONE, Text

_LEAST_PRICE = 1000


def doubts_of(text: Text, parts: list[Part], prices: Prices, draft: Draft) -> tuple[tuple[str, str], ...]:
    """Fields with the words to be asked about: a price without nghìn, a unit nobody said, a phone number with a digit amiss."""
    found: list[tuple[str, str]] = []
    priced = next((part for part in parts if part.kind == PRICE and part.sum is not None and part.sum.vnd == draft.price_vnd), None)
    if priced is not None and priced.sum is not None and draft.price_vnd is not None:
        words = _shown(text, priced)
        if not priced.sum.scaled or draft.price_vnd < _LEAST_PRICE:
            found.append(("price_vnd", words))
        if draft.unit is not None and prices.unit is None:
            found.append(("unit", words))
    wrong = next((token for token in text.tokens if token.kind == PHONE and token.e164 is None), None)
    if draft.phone is None and wrong is not None:
        found.append(("phone", text.shown[wrong.start:wrong.end]))
    return tuple(found)


def _shown(text: Text, part: Part) -> str:
    return text.shown[text.tokens[part.start].start:text.tokens[part.end - 1].end]
