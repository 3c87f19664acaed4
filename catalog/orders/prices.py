"""What a buyer reads of a product's prices: the prices by amount, and the amounts to press."""

from __future__ import annotations

from catalog.listings.model import Listing
from catalog.listings.tiers import Tier, too_little
from catalog.web.locale import say, translate
from catalog.words.money import show_vnd
from catalog.words.units import read_unit, show_number, show_quantity

MOST_PICKS = 3
"""Amounts with a button of their own; anything else is typed."""

STEPS = tuple(step * scale for scale in (1, 10, 100, 1_000) for step in (1, 2, 5))
"""The numbers of units that people ask for."""


def price_cells(listing: Listing) -> list[tuple[str, str]]:
    """Each price with the amounts it holds for, "1–4 túi" first; empty where there is one price only."""
    if not listing.tiers:
        return []
    first = listing.tiers[0]
    rows = [(_label(tier, listing.unit), _price(tier)) for tier in listing.tiers]
    if listing.least < first.from_amount:
        rows.insert(0, (_single_label(listing, first), show_vnd(listing.price_vnd)))
    return rows


def least_text(listing: Listing) -> str:
    """The least that is sold now, as a sentence; empty where any amount is."""
    if not listing.least:
        return ""
    told = too_little(listing.least, listing.unit)
    return say(told.key, told.values)


def picks(listing: Listing) -> list[dict[str, str]]:
    """The amounts to press, as far as there is enough: value, label and what they cost.

    The first is the least that is sold; the last is the first amount with a price of its own.
    """
    size = read_unit(listing.unit).size
    least = listing.least or size
    amounts = [least] * (least <= listing.on_hand)
    amounts += [step * size for step in STEPS if least < step * size <= listing.on_hand]
    amounts = amounts[:MOST_PICKS]
    priced = next((tier.from_amount for tier in listing.tiers if tier.from_amount > least), 0)
    if amounts and priced not in amounts and least < priced <= listing.on_hand:
        amounts = sorted([*amounts[:MOST_PICKS - 1], priced])
    return [{"value": show_number(amount, listing.unit), "label": show_quantity(amount, listing.unit),
             "detail": show_vnd(listing.total_vnd(amount))} for amount in amounts]


def _single_label(listing: Listing, first: Tier) -> str:
    """"1–4 túi" for what is counted one by one, else "mua lẻ"."""
    unit = read_unit(listing.unit)
    if unit.base == "g" or unit.size > 1 or first.price_vnd is None:
        return translate("mua lẻ")
    least, most = max(1, listing.least), first.from_amount - 1
    return f"{least}–{most} {unit.code}" if least < most else f"{most} {unit.code}"


def _label(tier: Tier, unit: str) -> str:
    amount = show_quantity(tier.from_amount, unit)
    return translate("từ {amount}").format(amount=amount) if tier.price_vnd is not None else amount


def _price(tier: Tier) -> str:
    return show_vnd(tier.price_vnd or tier.total_vnd or 0)
