"""Money in whole đồng, shown and read the Vietnamese way."""

from __future__ import annotations

import re
from decimal import Decimal

from catalog.words.fold import fold
from catalog.words.keyed import KeyedError, N_
from catalog.words.numbers import NUMBER, meanings, plain

# A thousand million: no stall asks more for one thing, and price × amount still fits 64 bits.
MOST_VND = 1_000_000_000
_MOST_CHARACTERS = 40
_THOUSAND = "nghin|ngan|k"
_MILLION = "trieu|tr"
_DONG = " ?(?P<dong>d|dong|vnd|₫)?"
# The smallest sum that is paid at all; with the word đồng after it, it is meant.
_LEAST_VND = 100
_PLAIN = re.compile(rf"(?P<number>{NUMBER}|[0-9]{{1,3}}(?: [0-9]{{3}})+){_DONG}")
_SCALED = re.compile(
    rf"(?P<number>{NUMBER}) ?(?:(?P<million>{_MILLION})|{_THOUSAND})"
    rf"(?: ?(?P<half>ruoi)| ?(?P<rest>[0-9]{{1,3}})(?P<rest_thousand> ?(?:{_THOUSAND}))?)?{_DONG}")


class BadMoney(KeyedError):
    """A sum that cannot be read. `suggested_vnd` is what was probably meant, to be asked."""

    def __init__(self, key: str, /, *, suggested_vnd: int | None = None, **values: object) -> None:
        super().__init__(key, **values)
        self.suggested_vnd = suggested_vnd


def show_vnd(amount_vnd: int) -> str:
    """"150.000đ": dots between thousands, no decimals, "-" before what goes out."""
    return f"{amount_vnd:,}đ".replace(",", ".")


def read_vnd(text: str) -> int:
    """The whole đồng that `text` names: "25.000", "25,000đ", "25k", "25 nghìn rưỡi", "1tr2", "1,5 triệu".

    Raises BadMoney. A bare number under 1000 is not guessed: the error suggests thousands.
    """
    typed = fold(text)
    if not typed:
        raise BadMoney(N_("Chưa có số tiền."))
    if len(typed) > _MOST_CHARACTERS:
        raise _unclear()
    if scaled := _SCALED.fullmatch(typed):
        amount = _scaled(scaled)
    elif bare := _PLAIN.fullmatch(typed):
        amount = _plain(bare["number"], in_dong=bool(bare["dong"]))
    else:
        raise _unclear()
    if amount <= 0:
        raise BadMoney(N_("Số tiền phải lớn hơn 0."))
    if amount > MOST_VND:
        raise BadMoney(N_("Số tiền lớn quá. Xem lại giúp."))
    if amount % 1:
        raise _unclear()
    return int(amount)


def _plain(number: str, *, in_dong: bool) -> Decimal:
    """A number without nghìn or triệu; a small one is asked back unless `in_dong` was said."""
    values = meanings(number.replace(" ", ""))
    if not values:
        raise _unclear()
    value = values[-1]
    thousands = value * 1000
    if value >= 1000 or value == 0 or (in_dong and value >= _LEAST_VND) or thousands % 1:
        return value
    raise BadMoney(N_("{typed} đồng hay {meant}? Ghi rõ, ví dụ {meant}."), suggested_vnd=int(thousands),
                   typed=plain(value), meant=show_vnd(int(thousands)))


def _scaled(found: re.Match[str]) -> Decimal:
    """Nghìn or triệu, with what is said after it: "1tr2" = 1.2 million, "1tr200k" the sum."""
    scale = 1_000_000 if found["million"] else 1000
    values = meanings(found["number"])
    if len(values) != 1:
        raise _unclear()
    value = values[0] * scale
    if (found["half"] or found["rest"]) and values[0] % 1:
        raise _unclear()
    if found["half"]:
        return value + scale // 2
    if found["rest_thousand"] and scale == 1000:
        raise _unclear()
    if found["rest_thousand"]:
        return value + Decimal(found["rest"]) * 1000
    return value + Decimal(f"0.{found['rest'] or 0}") * scale


def _unclear() -> BadMoney:
    return BadMoney(N_("Chưa rõ số tiền. Ghi như 25.000 hoặc 25 nghìn."))
