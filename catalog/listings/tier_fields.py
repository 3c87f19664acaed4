"""The form's fields for a least order and for prices by amount: `min_order`, and `tier1` to `tier4`, a line each."""

from __future__ import annotations

from collections.abc import Mapping

from catalog.errors import ShopError
from catalog.listings.model import Listing
from catalog.listings.tiers import MOST_TIERS, Tier, Tiers, check_tier, in_order, read_tier, show_tier
from catalog.web.forms import Form
from catalog.words.money import read_vnd
from catalog.words.quantities import read_quantity
from catalog.words.units import show_number

TIER_FIELDS = tuple(f"tier{number}" for number in range(1, MOST_TIERS + 1))
SHOWN_FIELDS = 3
"""So many lines are offered; one more is shown where it is filled."""


def read_least(form: Form, unit: str) -> int:
    """The least order in base units, 0 where nothing was typed. Mistakes stand in `form.errors`."""
    amount = form.read("min_order", lambda text: read_quantity(text, unit, zero=True) if text else 0, 0)
    return amount if amount > 1 else 0


def read_tiers(form: Form, *, price_vnd: int, unit: str) -> Tiers:
    """The prices by amount that were typed. Mistakes stand in `form.errors`.

    Without a sound price and unit nothing is read: what was typed waits for them.
    """
    if form.errors.keys() & {"price", "unit"}:
        return ()
    rows: list[tuple[Tier, str]] = []
    for name in TIER_FIELDS:
        tier = form.read(name, lambda text: read_tier(text, price_vnd=price_vnd, unit=unit) if text else None, None)
        if tier is not None:
            rows.append((tier, name))
    rows.sort(key=lambda row: row[0].from_amount)
    good: list[Tier] = []
    for tier, name in rows:
        try:
            check_tier(tier, price_vnd=price_vnd, unit=unit, smaller=tuple(good))
            good.append(tier)
        except ShopError as error:
            form.wrong(name, error)
    return in_order(good)


def tier_values(listing: Listing) -> dict[str, str]:
    """What the fields show of a listing."""
    least = show_number(listing.min_order, listing.unit) if listing.min_order else ""
    return {"min_order": least, **{name: show_tier(tier, listing.unit) for name, tier
                                   in zip(TIER_FIELDS, listing.tiers, strict=False)}}


def tier_rows(values: Mapping[str, str], errors: Mapping[str, str]) -> list[tuple[str, str]]:
    """The lines to show: each field's name, and how it was understood where a form comes back to be mended."""
    names = [name for name in TIER_FIELDS if name in TIER_FIELDS[:SHOWN_FIELDS] or values.get(name)]
    return [(name, _said(values, name) if errors else "") for name in names]


def _said(values: Mapping[str, str], name: str) -> str:
    unit = values.get("unit", "")
    try:
        tier = read_tier(values.get(name, ""), price_vnd=read_vnd(values.get("price", "")), unit=unit)
        return f"= {show_tier(tier, unit)}"
    except (ValueError, ShopError):
        return ""
