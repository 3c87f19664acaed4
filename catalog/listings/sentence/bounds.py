"""Which amount a price is for: in front of it, behind it, or the piece named at the stretch's beginning."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.listings.sentence.cues import ASKED, FILLER, FROM, GRADES, SORTS, STOCK, UP, WEAK_GRADES
from catalog.listings.sentence.parts import AMOUNT, CUT, PACK, PRICE, TEXT, Part
from catalog.words.amounts import Amount

_LEAST_EACH = 8000
_CONDITION = frozenset(("khi", "nếu", "cho"))
_HEAVY = frozenset(("yến", "tạ", "tấn"))
_BELOW = frozenset(("dưới", "duoi"))
_SORT_OF = SORTS | {"hàng", "hang", "cỡ"}
_HAVING = frozenset(("còn", "có", "sẵn", "bán", "con", "co", "san", "ban"))

REACH = 60
"""Nobody's breath is longer, so that a text without signs is read in linear time."""


def amount_of(parts: Sequence[Part], place: int, start: int, taken: set[int], *, is_first: bool) -> tuple[int | None, bool]:
    """The part with the amount of a price, and whether whoever gets the price must take that much."""
    part = parts[place]
    before, after = _amount_before(parts, place, start), _amount_after(parts, place)
    if before is not None and before not in taken and (amount := parts[before].amount) is not None:
        if is_sort(parts, before):
            return before, False
        asked = _is_asked(parts, before, place, amount)
        is_many = not amount.implied or parts[before].kind == PACK or amount.unit in _HEAVY
        is_later = not is_first and (amount.value > 1 or parts[before].kind == PACK) and not _is_had(parts, before)
        if part.per is None or part.per.value == 1 and is_many and (asked or is_later):
            if amount.implied and before > start and (more := parts[before - 1].amount) and _is_asked(parts, before - 1, place, more):
                return before - 1, True
            return before, asked or part.per is not None
    if after is not None and (amount := parts[after].amount) is not None and not _is_priced(parts, after):
        words = {near.word for near in parts[place + 1:after]}
        if words & (ASKED | _CONDITION | FROM) and (amount.value > 1 or words & FROM):
            return after, True
        if not words and part.per is None and part.sum is not None and not amount.implied and _is_bundle(part.sum.vnd, amount):
            return after, False
    return None, False


def is_sort(parts: Sequence[Part], at: int) -> bool:
    """Whether the amount tells a sort of the goods: "loại hơn 1,5kg", "hàng 19 quả"."""
    last = parts[at - 1] if at else None
    if last is None or last.kind != TEXT:
        return False
    return last.word in _SORT_OF | _BELOW or at > 1 and parts[at - 2].word in _SORT_OF and last.word in WEAK_GRADES


def _is_had(parts: Sequence[Part], at: int) -> bool:
    return at > 0 and parts[at - 1].word in _HAVING


def _is_bundle(vnd: int, amount: Amount) -> bool:
    """Whether an amount right behind a price can be what it buys: not a crop of tons behind "15k"."""
    weight = amount.in_kg()
    return amount.value <= 20 and (weight is None or weight <= 20 and vnd >= 1500 * weight)


def _is_priced(parts: Sequence[Part], at: int) -> bool:
    """Whether a price of its own follows the amount."""
    for near in parts[at + 1:at + 8]:
        if near.kind == PRICE:
            return True
        if near.kind != TEXT or near.word not in FILLER:
            return False
    return False


def _is_asked(parts: Sequence[Part], at: int, place: int, amount: Amount) -> bool:
    words = {near.word for near in parts[max(stretch_start(parts, at), at - 4):place] if near.kind == TEXT}
    return bool(words & (FROM | UP if amount.value == 1 and amount.unit not in _HEAVY else ASKED | UP))


def stretch_start(parts: Sequence[Part], place: int) -> int:
    """Where the stretch that ends at `place` begins: behind the last cut or price."""
    last = max(0, place - REACH)
    return next((at + 1 for at in range(place - 1, last - 1, -1) if parts[at].kind in (CUT, PRICE)), last)


def _amount_before(parts: Sequence[Part], place: int, start: int) -> int | None:
    """The amount that a price speaks of: in front of it, with nothing but small words between."""
    for at in range(place - 1, start - 1, -1):
        if parts[at].kind in (AMOUNT, PACK):
            return at
        if parts[at].kind != TEXT or parts[at].word not in FILLER | GRADES | WEAK_GRADES:
            break
    # "từ 30kg, giá 15k": the amount may end the stretch before.
    at = place - 1
    while at >= 0 and parts[at].kind == TEXT and parts[at].word in FILLER:
        at -= 1
    if at < 1 or parts[at].kind != CUT or parts[at].word not in (",", "(", ":", "-"):
        return None
    at -= 1
    while at > 0 and parts[at].kind == TEXT and parts[at].word in UP:
        at -= 1
    near = parts[max(0, at - 3):at]
    asked = {one.word for one in near} & (ASKED - {"đơn"}) and not any(one.kind == PRICE for one in near)
    return at if parts[at].kind in (AMOUNT, PACK) and asked else None


def _amount_after(parts: Sequence[Part], place: int) -> int | None:
    for at in range(place + 1, min(len(parts), place + 6)):
        part = parts[at]
        if part.kind in (AMOUNT, PACK):
            return at
        if part.word == "(" and at == place + 1:
            continue
        if part.kind != TEXT or part.word not in FILLER | ASKED | FROM | _CONDITION:
            return None
    return None


def piece_before(parts: Sequence[Part], place: int, start: int) -> int | None:
    """What is sold earlier in the stretch: "mớ rau muống 8k", "cặp trống mái 2tr3", "nửa con lợn quay 1tr3"."""
    at = next((at for at in range(place - 1, start - 1, -1) if parts[at].kind in (AMOUNT, PACK)), None)
    if at is None or (amount := parts[at].amount) is None:
        return None
    if amount.implied or amount.value <= 1 and not _is_had(parts, at):
        return at
    price = parts[place].sum
    # "3 quả bưởi 50 nghìn" is for the three of them, "30 quả bưởi 20 nghìn" for each.
    is_bundle = price is not None and amount.value <= 10 and price.vnd >= _LEAST_EACH * amount.value
    return at if is_bundle and not (STOCK & {near.word for near in parts[start:at]}) and place - at <= 4 else None


def size_of(parts: Sequence[Part], at: int) -> int | None:
    """The piece whose weight stands at `at`: "trái 1 ký", "quả trên 1kg", "bó 50 bông"."""
    amount = parts[at].amount
    near = next((place for place in range(at - 1, max(-1, at - 4), -1) if parts[place].kind == AMOUNT), None)
    one = parts[near].amount if near is not None else None
    if near is None or one is None or amount is None or any(part.kind != TEXT for part in parts[near + 1:at]):
        return None
    return near if one.implied and not amount.implied and one.unit != amount.unit and one.in_kg() is None else None
