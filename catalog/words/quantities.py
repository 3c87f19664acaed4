"""Amounts as people type them: "1,5", "500g", "1kg2", "2 cân rưỡi", "nửa yến"."""

from __future__ import annotations

import re
from decimal import Decimal

from catalog.words.fold import tidy
from catalog.words.keyed import N_
from catalog.words.numbers import NUMBER, meanings, plain
from catalog.words.units import BadQuantity, Unit, read_unit, to_base

# Nothing sensible is longer, and nothing longer is worth the work of reading.
_MOST_CHARACTERS = 40
_HALF_MORE = "rưỡi|rưởi|ruoi"
_UNIT = rf"(?!(?:{_HALF_MORE})\b)[^\W\d_]+"
_QUANTITY = re.compile(
    rf"(?:(?P<half>nửa|nưả|nua)\b|(?P<number>{NUMBER})) ?(?P<unit>{_UNIT})?"
    rf"(?: ?(?P<half_more>{_HALF_MORE})| ?(?P<rest>[0-9]{{1,3}})(?: ?(?P<rest_unit>{_UNIT}))?)?")


def read_quantity(text: str, unit: str, *, zero: bool = False) -> int:
    """The whole grams or pieces that `text` names for a product sold by `unit`.

    A number without a unit counts `unit`; "1kg2" is 1.2 kg, "1 cân 2 lạng" the sum, "rưỡi" half a
    unit more. Raises BadQuantity: for 0 too unless `zero` is allowed, and for "1.500", which in
    kilograms may be 1.5 or 1500 and is asked back (pieces come whole, so there it is 1500).
    """
    before, sign, after = text.partition("½")
    if sign:
        text = f"{before} rưỡi {after}" if re.search("[0-9]", before) else f"{before}nửa {after}"
    typed = tidy(text)
    if not typed:
        raise BadQuantity(N_("Chưa có số lượng."))
    found = _QUANTITY.fullmatch(typed) if len(typed) <= _MOST_CHARACTERS else None
    if found is None or (found["half"] and (found["half_more"] or found["rest"])):
        raise _unclear(unit)
    measure = read_unit(found["unit"] or unit)
    value = Decimal("0.5") if found["half"] else _one_meaning(found["number"], measure)
    if found["half_more"] or found["rest"]:
        if value % 1 or (found["rest"] and not found["unit"]):
            raise _unclear(unit)
        value += _extra(found, measure)
    return to_base(value, measure.code, sold_by=unit, zero=zero)


def _extra(found: re.Match[str], measure: Unit) -> Decimal:
    """What follows the unit, in that unit: "rưỡi", the decimals of "1kg2", or "2 lạng"."""
    if found["half_more"]:
        return Decimal("0.5")
    if not found["rest_unit"]:
        return Decimal(f"0.{found['rest']}")
    smaller = read_unit(found["rest_unit"])
    if smaller.base != measure.base or smaller.size >= measure.size:
        raise _unclear(measure.code)
    return Decimal(found["rest"]) * smaller.size / measure.size


def _one_meaning(number: str, measure: Unit) -> Decimal:
    """The one value that `number` can have in this unit."""
    values = meanings(number)
    if not values:
        raise _unclear(measure.code)
    # A comma parts decimals, and a form shows them so; a dot is on many keyboards the only sign.
    if measure.base == "g" and "," in number:
        return values[0]
    if len(values) == 2 and measure.base == "g":
        small, large = (plain(value) for value in values)
        raise BadQuantity(N_("{small} hay {large} {unit}? Ghi {small} hoặc {large}."),
                          small=small, large=large, unit=measure.code)
    return values[-1]


def _unclear(unit: str) -> BadQuantity:
    example = "1,5" if read_unit(unit).base == "g" else "2"
    return BadQuantity(N_("Chưa rõ số lượng. Ghi bằng số, ví dụ {example}."), example=example)
