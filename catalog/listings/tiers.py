"""Other prices by amount: what buying more costs, which price an amount gets, how a row of prices is read and shown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from catalog.errors import FieldError
from catalog.words.keyed import N_
from catalog.words.money import BadMoney, read_vnd, show_vnd
from catalog.words.quantities import read_quantity
from catalog.words.units import line_total_vnd, read_unit, show_quantity

MOST_TIERS = 4
LONGEST_TIER = 80
UNCLEAR = N_("Chưa rõ. Ghi số lượng rồi giá, ví dụ {example}.")

_LEAD = re.compile(r"^(?:từ|tu|mua|lấy|lay)\s+", re.I)
_EACH = re.compile(r"\s*(?:/|\b(?:một|mot|mỗi|moi)\b)\s*(?:1\s*)?([^\W\d_]+(?: [^\W\d_]+)?)\s*$", re.I)
_BETWEEN = re.compile(r"(?:\s*[=:–-]\s*|\s*/\s*(?=[0-9])|\s*,?\s+(?:(?:trở lên|tro len)\s*[,:=]?\s*)?(?:(?:giá|gia|còn|con|là|la|thì|thi)\s+)?)", re.I)


@dataclass(frozen=True, slots=True)
class Tier:
    """From `from_amount` (base units) on one unit costs `price_vnd`; or exactly that amount costs `total_vnd`."""

    from_amount: int
    price_vnd: int | None = None
    total_vnd: int | None = None


Tiers = tuple[Tier, ...]
"""Of one listing, the smallest amount first."""


def total_vnd(price_vnd: int, tiers: Tiers, amount: int, unit: str) -> int:
    """What `amount` of the base costs: the cheapest right reading of all prices, whole đồng, at least one.

    A price of one unit holds from its amount on. A price of a whole amount is taken as often as it fits; the
    rest costs what it would cost alone. Never more than without tiers.
    """
    # A gram of something cheap rounds to nothing, and nothing can't be paid.
    ways = [max(1, line_total_vnd(price_vnd, amount, unit))]
    for tier in tiers:
        if tier.from_amount > amount:
            continue
        if tier.price_vnd is not None:
            ways.append(max(1, line_total_vnd(tier.price_vnd, amount, unit)))
        elif tier.total_vnd is not None:
            times, rest = divmod(amount, tier.from_amount)
            ways.append(times * tier.total_vnd + (total_vnd(price_vnd, tiers, rest, unit) if rest else 0))
    return min(ways)


def least_amount(min_order: int, on_hand: int) -> int:
    """The least that is sold now: what is left may always be bought whole. 0 where any amount is sold."""
    return min(min_order, on_hand)


def too_little(least: int, unit: str) -> FieldError:
    """What a buyer is told who wants less than `least`."""
    return FieldError(N_("Nhà bán từ {amount} trở lên."), amount=show_quantity(least, unit))


def check_tier(tier: Tier, *, price_vnd: int, unit: str, smaller: Tiers = ()) -> None:
    """Raises `FieldError` for a price that can't be meant, beside the price of one unit and the smaller tiers."""
    amount = show_quantity(tier.from_amount, unit)
    if tier.from_amount <= read_unit(unit).size:
        raise FieldError(N_("Giá mua nhiều phải cho hơn 1 {unit}."), unit=unit)
    if any(one.from_amount == tier.from_amount for one in smaller):
        raise FieldError(N_("{amount} đã có giá rồi."), amount=amount)
    if tier.total_vnd is not None and tier.total_vnd <= price_vnd:
        raise FieldError(N_("Giá cả {amount} phải hơn giá 1 {unit}."), amount=amount, unit=unit)
    before_vnd = total_vnd(price_vnd, smaller, tier.from_amount, unit)
    asked_vnd = (tier.total_vnd if tier.total_vnd is not None
                 else line_total_vnd(tier.price_vnd or 0, tier.from_amount, unit))
    if asked_vnd > before_vnd:
        raise FieldError(N_("Mua nhiều mà đắt hơn: {amount} theo giá trên chỉ {total}."), amount=amount,
                         total=show_vnd(before_vnd))


def in_order(tiers: Iterable[Tier]) -> Tiers:
    """The tiers, the smallest amount first."""
    return tuple(sorted(tiers, key=lambda tier: tier.from_amount))


def read_tier(text: str, *, price_vnd: int, unit: str) -> Tier:
    """The tier that `text` names: "10 kg 220 nghìn", "từ 20 kg: 21.000đ", "5 túi 160k/túi".

    A sum up to the price of one unit is a price of one unit, a larger one pays for the whole amount.
    Raises ValueError or `FieldError` with what to write instead.
    """
    unclear = FieldError(UNCLEAR, example=f"10 {unit} {show_vnd(9 * price_vnd)}")
    typed = _LEAD.sub("", " ".join(text.split()))
    if len(typed) > LONGEST_TIER:
        raise unclear
    each = _EACH.search(typed)
    if each and _unit_of(each[1]) != unit:
        raise unclear
    words = typed[:each.start()] if each else typed
    mistake: Exception = unclear
    for gap in _BETWEEN.finditer(words):
        try:
            amount = read_quantity(words[:gap.start()], unit)
        except ValueError:
            continue
        try:
            said_vnd = read_vnd(words[gap.end():])
        except BadMoney as error:
            mistake = error if error.suggested_vnd else mistake
            continue
        is_each = bool(each) or said_vnd <= price_vnd
        return Tier(amount, price_vnd=said_vnd) if is_each else Tier(amount, total_vnd=said_vnd)
    raise mistake


def show_tier(tier: Tier, unit: str) -> str:
    """As people write it, and as `read_tier` takes it: "từ 20 kg 21.000đ/kg", "10 kg 220.000đ"."""
    amount = show_quantity(tier.from_amount, unit)
    if tier.price_vnd is not None:
        return f"từ {amount} {show_vnd(tier.price_vnd)}/{unit}"
    return f"{amount} {show_vnd(tier.total_vnd or 0)}"


def tiers_text(tiers: Tiers, unit: str) -> str:
    """All of them on one line, parted by commas; empty without any."""
    return ", ".join(show_tier(tier, unit) for tier in tiers)


def tiers_json(tiers: Tiers) -> str:
    """A form to keep or to compare; `tiers_of_json` reads it back."""
    return json.dumps([[tier.from_amount, tier.price_vnd, tier.total_vnd] for tier in tiers], separators=(",", ":"))


def tiers_of_json(text: str) -> Tiers:
    """The tiers that `tiers_json` wrote."""
    return tuple(Tier(*columns) for columns in json.loads(text))


def _unit_of(name: str) -> str:
    try:
        return read_unit(name).code
    except ValueError:
        return ""
