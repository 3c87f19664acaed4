"""A listing's form, read into facts: every mistake at its field, everything typed kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from catalog.errors import FieldError
from catalog.listings.model import KINDS, Facts
from catalog.listings.tier_fields import read_least, read_tiers
from catalog.web.forms import Form
from catalog.words.keyed import N_
from catalog.words.money import read_vnd, show_vnd
from catalog.words.quantities import read_quantity
from catalog.words.units import SALE_UNITS

FORM_UNITS = ("kg", "quả", "túi", "hộp", "chục", "gói", "yến", "con", "hũ", "chai")
"""The units that stand open as tiles, the commonest first; the others of `SALE_UNITS` are a tap away."""

SALE_CODES = tuple(unit.code for unit in SALE_UNITS)
LONGEST_NAME = 80


def read_facts(form: Form) -> Facts:
    """The facts that were typed. Mistakes stand in `form.errors`; the caller checks."""
    kind = form.choice("kind", KINDS, missing="Hàng gì? Bấm một hình.")
    name = form.text("name", missing="Hàng tên gì? Ví dụ: Bưởi da xanh.", longest=LONGEST_NAME)
    unit = form.choice("unit", SALE_CODES, missing="Bán theo gì? Bấm kg, quả, túi…")
    price_vnd = form.read("price", read_vnd, 1)
    on_hand = form.read("stock", lambda text: read_quantity(text, unit, zero=True), 0)
    is_meat = kind == "dried_meat"
    return Facts(
        kind=kind, name=name, price_vnd=price_vnd, unit=unit, on_hand=on_hand,
        place=form.text("place", longest=120),
        packed_on=form.read("packed_on", read_day, None) if is_meat else None,
        best_before=form.read("best_before", read_day, None) if is_meat else None,
        ingredients=form.text("ingredients", longest=300) if is_meat else "",
        min_order=read_least(form, unit), tiers=read_tiers(form, price_vnd=price_vnd, unit=unit))


def said_price(values: Mapping[str, str]) -> str:
    """How the typed price was understood: "= 25.000đ"; empty where there is nothing to say."""
    try:
        return f"= {show_vnd(read_vnd(values.get('price', '')))}"
    except ValueError:
        return ""


def read_day(text: str) -> date | None:
    """The day of a date field, None where it is empty."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise FieldError("Ngày chưa đúng. Bấm để chọn ngày.") from error


def unit_options() -> dict[str, list[dict[str, str]]]:
    """The tiles of all units of sale: those that are `common`, and the `rarer` ones."""
    rarer = [code for code in SALE_CODES if code not in FORM_UNITS]
    return {name: [{"value": code, "label": N_(code)} for code in codes] for name, codes in (
        ("common", FORM_UNITS), ("rarer", rarer))}
