"""The unit of a message's price where it isn't said beside it."""

from __future__ import annotations

from catalog.listings.sentence.parts import AMOUNT, PACK, PRICE, Part
from catalog.listings.sentence.prices import Prices
from catalog.words.tokens import Text

_BY_WEIGHT = frozenset(("kg", "cân", "ký", "kí", "kilo"))
_PIECES = frozenset(("quả", "trái", "qua", "trai"))


def unit_of(text: Text, prices: Prices, parts: list[Part]) -> str | None:
    """The price's unit; kg where the message measures in kg elsewhere, a unit said near the price, else None."""
    if prices.unit is not None or (prices.price is None and not prices.tiers):
        return prices.unit
    words = {token.text for token in text.tokens}
    units = {amount.unit for part in parts for amount in (part.amount, part.per) if amount is not None}
    if "kg" in units or words & _BY_WEIGHT:
        return "kg"
    near = [part for place, priced in enumerate(parts) if priced.kind == PRICE for part in parts[place + 1:place + 4]]
    alone = [part for part in parts if part.kind == AMOUNT]
    for part in [*near, *(part for part in parts if part.kind == PACK), *alone]:
        if part.amount is not None and (part.amount.implied and part.kind == AMOUNT or part.kind == PACK):
            return part.amount.unit
    return "quả" if words & _PIECES else None
