"""A sentence's draft as the form of a product shows it: what was understood, what is to be looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from catalog.errors import ShopError
from catalog.listings.fields import SALE_CODES
from catalog.listings.sentence.dates import Care
from catalog.listings.sentence.model import KIND_MEAT, KIND_OTHER, Draft, Said, Tier
from catalog.listings.sentence.stocks import whole
from catalog.listings.tiers import MOST_TIERS, check_tier, in_order, read_tier
from catalog.listings.tiers import Tier as Price
from catalog.web.clock import full_date
from catalog.words.keyed import N_
from catalog.words.money import show_vnd
from catalog.words.places import find_place
from catalog.words.units import UNITS, BadQuantity, show_quantity, to_base

# Sold in the shop by the word on the right; people say the one on the left for the same thing.
_SAME_PACK = {"bịch": "túi", "bọc": "túi", "bao": "túi", "lọ": "hũ", "gốc": "cây", "cái": "quả", "trái": "quả"}
_CARE = {"packed_on": N_("Ngày đóng gói"), "best_before": N_("Hạn dùng"), "ingredients": N_("Thành phần")}
_FIELD_OF = {"price_vnd": "price", "price_max_vnd": "price", "product": "name", "min_order": "min_order"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line under the sentence: `field` is the input that it leads to, `heard` the words to be asked about."""

    field: str
    label: str
    value: str = ""
    heard: str = ""

    @property
    def state(self) -> str:
        """`ask` where the words should be looked at, `missing` where nothing was said, else `done`."""
        return "ask" if self.heard else "done" if self.value else "missing"


@dataclass(frozen=True, slots=True)
class Filled:
    """`values` for the form's fields, `rows` to be shown, and what the form has no field for.

    `left_out` are prices that were said and that the form would refuse: half a kilogram's beside the kilogram's.
    """

    values: dict[str, str] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    also: str = ""
    left_out: tuple[str, ...] = ()
    before: str = ""
    today: tuple[str, ...] = ()

    @property
    def done(self) -> int:
        """How many fields were filled."""
        return sum(row.state == "done" for row in self.rows)

    @property
    def asked(self) -> int:
        """How many are to be looked at."""
        return sum(row.state == "ask" for row in self.rows)


def fill_form(draft: Draft, care: Care | None = None) -> Filled:
    """The form's fields for that draft, and for `care` where it is dried meat; a unit that the shop doesn't sell by is left open."""
    if draft.kind == KIND_OTHER and draft.price_vnd is None and draft.stock is None and not draft.tiers:
        return Filled()
    heard = {_FIELD_OF.get(name, name): words for name, words in draft.unsure}
    unit = _sale_unit(draft.unit)
    values = {"name": _named(draft.product), "unit": unit, "place": draft.place or ""}
    if draft.kind != KIND_OTHER or draft.product:
        values["kind"] = draft.kind
    if draft.price_vnd is not None:
        values["price"] = _money(draft.price_vnd)
    if draft.price_max_vnd is not None and draft.price_vnd is not None:
        heard.setdefault("price", f"{_money(draft.price_vnd)}–{_money(draft.price_max_vnd)}")
    values["stock"] = _amount(draft.stock, unit)
    values["min_order"] = _amount(draft.min_order, unit)
    tiers, left_out = _tiers(draft, unit)
    values |= {f"tier{place}": text for place, text in enumerate(tiers, 1)}
    if care is not None and draft.kind == KIND_MEAT:
        values |= {name: day.isoformat() for name, day in (("packed_on", care.packed_on), ("best_before", care.best_before)) if day}
        values["ingredients"] = care.ingredients
        heard |= dict(care.guessed)
    values = {name: value for name, value in values.items() if value}
    place = find_place(draft.place or "")
    return Filled(values, tuple(_rows(values, heard)), draft.also or "", left_out, place.said if place else "",
                  place.today if place else ())


def _rows(values: dict[str, str], heard: dict[str, str]) -> list[Row]:
    price = f"{values['price']}đ" if "price" in values else ""
    per = f" / {values['unit']}" if price and "unit" in values else ""
    rows = [Row("name", N_("Tên"), values.get("name", ""), heard.get("name", "")),
            Row("price", N_("Giá"), price + per, heard.get("price") or heard.get("unit", "")),
            Row("stock", N_("Còn bao nhiêu"), _shown(values.get("stock", ""), values.get("unit", "")), heard.get("stock", ""))]
    if price and "unit" not in values:
        rows.insert(2, Row("unit", N_("Bán theo")))
    rows += [Row(name, N_("Bán ít nhất"), _shown(values[name], values.get("unit", "")), heard.get(name, "")) for name in ("min_order",) if name in values]
    rows += [Row(name, N_("Mua nhiều giá khác"), values[name], heard.get("tiers", "")) for name in values if name.startswith("tier")]
    rows += [Row(name, label, values[name] if name == "ingredients" else full_date(date.fromisoformat(values[name])), heard.get(name, "")) for name, label in _CARE.items() if name in values]
    rows += [Row("place", N_("Lấy hàng ở đâu"), values["place"], heard.get("place", ""))] if "place" in values else []
    return rows


def _named(product: str) -> str:
    return product[:1].upper() + product[1:80]


def _sale_unit(unit: str | None) -> str:
    same = _SAME_PACK.get(unit or "", unit or "")
    return same if same in SALE_CODES else ""


def _money(vnd: int) -> str:
    return show_vnd(vnd).removesuffix("đ")


def _amount(said: Said | None, unit: str) -> str:
    """The amount as the form's field takes it: in the unit of sale where it can be, else with its own."""
    if said is None:
        return ""
    said_unit = _SAME_PACK.get(said.unit, said.unit)
    if not unit or said_unit == unit or said_unit not in UNITS:
        return _number(said) if not unit or said_unit == unit else ""
    try:
        amount = to_base(said.quantity, said_unit, sold_by=unit)
    except BadQuantity:
        return ""
    return show_quantity(amount, unit).removesuffix(f" {unit}")


def _number(said: Said) -> str:
    return f"{whole(said.quantity)}".replace(".", ",")


def _shown(number: str, unit: str) -> str:
    return f"{number} {unit}".strip() if number else ""


def _tiers(draft: Draft, unit: str) -> tuple[list[str], tuple[str, ...]]:
    """The prices by amount as the form takes them, and those that it would refuse."""
    good: list[Price] = []
    taken, left_out = [], []
    for tier in sorted(draft.tiers, key=lambda one: one.min_quantity):
        text = _tier(tier, unit)
        is_good = _is_counted(tier, unit) and len(taken) < MOST_TIERS
        if is_good and draft.price_vnd is not None:
            try:
                price = read_tier(text, price_vnd=draft.price_vnd, unit=unit)
                check_tier(price, price_vnd=draft.price_vnd, unit=unit, smaller=in_order(good))
                good.append(price)
            except (ValueError, ShopError):
                is_good = False
        (taken if is_good else left_out).append(text)
    return taken, tuple(left_out)


def _is_counted(tier: Tier, unit: str) -> bool:
    """Whether the tier's amount is more than one of what the shop sells by."""
    try:
        return bool(unit) and to_base(tier.min_quantity, _SAME_PACK.get(tier.unit, tier.unit), sold_by=unit) > UNITS[unit].size
    except BadQuantity:
        return False


def _tier(tier: Tier, unit: str) -> str:
    """A tier as a person writes it."""
    amount = f"{whole(tier.min_quantity)} {_SAME_PACK.get(tier.unit, tier.unit)}".replace(".", ",")
    if tier.price_vnd is not None:
        return f"từ {amount} {show_vnd(tier.price_vnd)}/{unit or tier.unit}"
    return f"{amount} {show_vnd(tier.total_vnd or 0)}"
