"""Units of sale, and amounts as whole grams or whole pieces."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from catalog.words.fold import fold, tidy
from catalog.words.keyed import KeyedError, N_
from catalog.words.numbers import plain

# A thousand tonnes: far above any harvest here, and price × amount still fits 64 bits.
MOST_AMOUNT = 1_000_000_000


class BadQuantity(KeyedError):
    """An amount that cannot be read, or that a product is not sold in."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: `size` is how many of its base one is (kg = 1000 g, chục = 10 pieces).

    A litre or a bottle is a piece, sold whole: who sells half litres names the bottle instead.
    """

    code: str
    base: Literal["g", "piece"]
    size: int

    @property
    def is_count_word(self) -> bool:
        """Whether it only counts pieces of some other unit: a chục of eggs is ten eggs."""
        return self.base == "piece" and self.size > 1


_WEIGHTS = ((N_("kg"), 1000), (N_("lạng"), 100), (N_("yến"), 10_000), (N_("tạ"), 100_000))
_PIECES = (N_("quả"), N_("túi"), N_("gói"), N_("hộp"), N_("thùng"), N_("con"), N_("cây"), N_("mớ"),
           N_("bó"), N_("chai"), N_("lít"), N_("hũ"))
_COUNTS = ((N_("chục"), 10), (N_("cặp"), 2))

SALE_UNITS = (
    *(Unit(code, "g", size) for code, size in _WEIGHTS),
    *(Unit(code, "piece", 1) for code in _PIECES),
    *(Unit(code, "piece", size) for code, size in _COUNTS),
)
# Bought in, but nothing is priced in them.
_OTHER_UNITS = (Unit("g", "g", 1), Unit("tấn", "g", 1_000_000))
UNITS = {unit.code: unit for unit in (*SALE_UNITS, *_OTHER_UNITS)}

_SAME = {
    "cân": "kg", "ký": "kg", "kí": "kg", "kilo": "kg", "kilô": "kg", "ki lô": "kg", "kgs": "kg",
    "kilogam": "kg", "ki": "kg", "ky": "kg", "gam": "g", "gram": "g", "gr": "g", "trái": "quả",
    "bịch": "túi", "l": "lít", "hủ": "hũ", "đôi": "cặp",
}
_BY_NAME = UNITS | {name: UNITS[code] for name, code in _SAME.items()}
_BY_PLAIN_NAME = {fold(name): unit for name, unit in _BY_NAME.items()}


def read_unit(text: str) -> Unit:
    """The unit that `text` names, with or without marks ("cân", "can", "KG"); raises BadQuantity.

    A word with marks must have the right ones: "tá" is a dozen and not "tạ".
    """
    name = tidy(text)
    unit = _BY_NAME.get(name) or (_BY_PLAIN_NAME.get(name) if name == fold(name) else None)
    if unit is None:
        raise BadQuantity(N_("Không có đơn vị “{typed}”."), typed=name[:20])
    return unit


def to_base(quantity: int | float | Decimal, unit: str, *, sold_by: str | None = None,
            zero: bool = False) -> int:
    """Whole grams or pieces in `quantity` of `unit`.

    Raises BadQuantity where that is no whole number, not above 0 (unless `zero` is allowed), beyond
    MOST_AMOUNT, or where a product `sold_by` another unit cannot be measured in this one.
    """
    measure, sold = read_unit(unit), read_unit(sold_by or unit)
    if not _can_swap(measure, sold):
        raise BadQuantity(N_("Món này bán theo {unit}, không tính theo {typed} được."),
                          unit=sold.code, typed=measure.code)
    value = Decimal(str(quantity))
    if not value.is_finite() or value > MOST_AMOUNT or value * measure.size > MOST_AMOUNT:
        raise BadQuantity(N_("Số lượng lớn quá. Xem lại giúp."))
    if value < 0 or (value == 0 and not zero):
        raise BadQuantity(N_("Số lượng phải lớn hơn 0."))
    # Finer than a millionth is never whole, and would be rounded before it could be seen.
    if value != value.quantize(Decimal("0.000001")) or (value * measure.size) % 1:
        raise _too_fine(measure)
    return int(value * measure.size)


def show_quantity(amount: int, unit: str) -> str:
    """An amount of the base in `unit`, exact: "1,5 kg", "2 quả".

    Thousands are not grouped, so that what is shown in a form reads back as the same amount.
    """
    return f"{show_number(amount, unit)} {read_unit(unit).code}"


def show_number(amount: int, unit: str) -> str:
    """The number alone, as a form's field shows it: "1,5"."""
    return plain(Decimal(amount) / read_unit(unit).size)


def line_total_vnd(price_vnd: int, amount: int, unit: str) -> int:
    """What `amount` of the base costs at `price_vnd` for one `unit`: whole đồng, half up."""
    size = read_unit(unit).size
    return (2 * price_vnd * amount + size) // (2 * size)


def _can_swap(measure: Unit, sold: Unit) -> bool:
    """Grams always; pieces only of the same kind, or counted by the ten or the pair."""
    if measure.base != sold.base:
        return False
    return measure.base == "g" or measure == sold or measure.is_count_word or sold.is_count_word


def _too_fine(unit: Unit) -> BadQuantity:
    if unit.base == "piece":
        return BadQuantity(N_("Bán theo {unit} thì ghi số tròn, ví dụ 2."), unit=unit.code)
    return BadQuantity(N_("Chỉ tính đến từng gam. Ghi như 1,5 {unit}."), unit=unit.code)
