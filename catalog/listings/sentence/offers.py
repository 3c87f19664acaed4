"""Each price of a message with the amount it is for and the words that tell its part: a sale, a tier, a fee."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from catalog.listings.sentence.cues import (
    ALL,
    ASKED,
    CHEAPER,
    FEE,
    FILLER,
    FROM,
    GRADES,
    NOW,
    OLD,
    SORTS,
    STOCK,
    UP,
    WEAK_GRADES,
    WHOLESALE,
)
from catalog.listings.sentence.packs import BUNDLES, PACKS
from catalog.listings.sentence.parts import AMOUNT, CUT, PACK, PRICE, TEXT, Part
from catalog.words.amounts import Amount

PLAIN, TIER, WHOLE, OFF, BULK, PAST, COST = "plain", "tier", "whole", "off", "bulk", "past", "cost"
_LEAST_EACH = 8000
_CONDITION = frozenset(("khi", "nếu", "cho"))
_ARROWS = frozenset(("➡", "→", ">", "xuống", "còn"))
_FREE = frozenset(("bao", "free", "miễn"))
_NOT_NAMING = ASKED | CHEAPER | FEE | FILLER | GRADES | NOW | OLD | UP | WEAK_GRADES | {"thùng", "xốp", "lốc", "bó", "cuộn", "bưng", "thung", "xop", "loc", "bo"}
_BEFORE_NOW = {(day, word) for day in ("hôm", "hồi", "lúc", "tuần", "tháng", "hom", "hoi", "luc") for word in ("trước", "qua", "truoc")}
_SORT_OF = SORTS | {"hàng", "hang", "cỡ"}
_HAVING = frozenset(("còn", "có", "sẵn", "bán", "con", "co", "san", "ban"))


@dataclass(frozen=True, slots=True)
class Offer:
    """A price at `place`. `amount` is what it is for (None where not said), at part `at` if it stands apart;
    `per` is the one unit of a price by unit; `naming` are the words in front that may name another product."""

    place: int
    role: str
    vnd: int
    most: int | None
    amount: Amount | None
    per: Amount | None
    content: Amount | None
    at: int | None
    naming: tuple[str, ...]
    has_sorts: bool
    is_graded: bool
    is_now: bool
    is_asked: bool

    @property
    def is_one(self) -> bool:
        """Whether it is the price of one: of a unit, a pack, a piece, or of what was not said."""
        return (self.amount is None or self.amount.value == 1) and not self.is_asked

    @property
    def unit(self) -> str | None:
        """The unit the price is for, None where not said."""
        return self.per.unit if self.per else self.amount.unit if self.amount else None


def offers_of(parts: Sequence[Part], telling: frozenset[int]) -> list[Offer]:
    """The prices from left to right, fees and old prices among them."""
    found: list[Offer] = []
    taken: set[int] = set()
    has_sorts = any(part.word in SORTS and not (place and parts[place - 1].word in ("mỗi", "các", "nhiều", "đủ")) for place, part in enumerate(parts))
    for place, part in enumerate(parts):
        if part.kind == PRICE:
            offer = _offer(parts, place, telling, taken, has_sorts=has_sorts, is_first=not any(one.role != COST for one in found))
            taken |= {offer.at} if offer.at is not None else set()
            found.append(offer)
    return found


def _offer(parts: Sequence[Part], place: int, telling: frozenset[int], taken: set[int], *, has_sorts: bool, is_first: bool) -> Offer:
    part = parts[place]
    assert part.sum is not None
    start = stretch_start(parts, place)
    before = [near.word for near in parts[start:place] if near.kind == TEXT]
    at, asked = _amount_of(parts, place, start, taken, is_first=is_first)
    amount, content = (parts[at].amount, parts[at].content) if at is not None else (None, None)
    per = part.per
    if per is not None and per.value != 1:
        amount, per, content, at = per, None, part.content, None
    elif per is not None and amount is None:
        content = part.content
        if content is None and per.unit in PACKS and place and parts[place - 1].kind == AMOUNT and (held := parts[place - 1].amount) and held.in_kg():
            content, at = held, place - 1
    if at is not None and at < place and not asked and _is_sort(parts, at):
        amount, content = None, None
    first = min(at, place) if at is not None else place
    if at is not None and at < place and content is None and (one := _size_of(parts, at)) is not None:
        amount, content, first, asked = parts[one].amount, amount, one, False
    elif at is None and per is None and (piece := _piece_before(parts, place, start)) is not None:
        amount, content, first = parts[piece].amount, parts[piece].content, piece
        at = piece if amount is not None and not (amount.implied and amount.value == 1) else None
    if amount is not None and content is not None and amount.unit in BUNDLES and content.in_kg() is None:
        amount, content = replace(content, value=amount.value * content.value), None
    opening = stretch_start(parts, first) if first < place else start
    names = tuple(near.word for near in parts[opening:first] if near.kind == TEXT and near.start in telling and near.word not in _NOT_NAMING)
    graded = bool(GRADES & set(before[-4:])) or _is_sort_behind(parts, place)
    role = _role(parts, place, before, asked=asked, amount=amount, is_first=is_first)
    return Offer(place, role, part.sum.vnd, part.sum.most_vnd, amount, per, content, at, names, has_sorts, graded,
                 bool(NOW & set(before)) or _became(parts, place), asked)


def _role(parts: Sequence[Part], place: int, before: list[str], *, asked: bool, amount: Amount | None, is_first: bool) -> str:
    words = set(before)
    after = parts[place + 1].word if place + 1 < len(parts) else ""
    if (set(before[-3:]) & FEE and not (words & _FREE and not words & {"đơn", "từ", "don", "tu"})) or (after in ("ship", "cọc") and not before and amount is None and not is_first):
        return COST
    if set(before[-2:]) & CHEAPER and not set(before[-2:]) & NOW:
        return OFF
    if words & ALL and not is_first and not (amount is not None and amount.implied):
        return WHOLE
    if asked:
        return TIER
    if words & WHOLESALE:
        return BULK
    is_past = words & OLD or before in (["trước"], ["truoc"]) or set(zip(before, before[1:], strict=False)) & _BEFORE_NOW
    return PAST if is_past and (amount is None or amount.implied) else PLAIN


def _amount_of(parts: Sequence[Part], place: int, start: int, taken: set[int], *, is_first: bool) -> tuple[int | None, bool]:
    """The part with the amount of a price, and whether whoever gets the price must take that much."""
    part = parts[place]
    before, after = _amount_before(parts, place, start), _amount_after(parts, place)
    if before is not None and before not in taken and (amount := parts[before].amount) is not None:
        if _is_sort(parts, before):
            return before, False
        asked = _is_asked(parts, before, place, amount)
        is_many = not amount.implied or parts[before].kind == PACK
        if part.per is None or part.per.value == 1 and is_many and (asked or not is_first and (amount.value > 1 or parts[before].kind == PACK) and not _is_had(parts, before)):
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


def _is_sort(parts: Sequence[Part], at: int) -> bool:
    """Whether the amount tells a sort of the goods: "loại hơn 1,5kg", "hàng 19 quả"."""
    last = parts[at - 1] if at else None
    if last is None or last.kind != TEXT:
        return False
    return last.word in _SORT_OF or at > 1 and parts[at - 2].word in _SORT_OF and last.word in WEAK_GRADES


def _is_had(parts: Sequence[Part], at: int) -> bool:
    return at > 0 and parts[at - 1].word in _HAVING


def _is_bundle(vnd: int, amount: Amount) -> bool:
    """Whether an amount right behind a price can be what it buys: not a crop of tons behind "15k"."""
    weight = amount.in_kg()
    return amount.value <= 12 and (weight is None or weight <= 20 and vnd >= 1500 * weight)


def _is_priced(parts: Sequence[Part], at: int) -> bool:
    """Whether a price of its own follows the amount."""
    for near in parts[at + 1:at + 4]:
        if near.kind == PRICE:
            return True
        if near.kind != TEXT or near.word not in FILLER:
            return False
    return False


def _is_asked(parts: Sequence[Part], at: int, place: int, amount: Amount) -> bool:
    words = {near.word for near in parts[max(stretch_start(parts, at), at - 4):place] if near.kind == TEXT}
    return bool(words & (FROM | UP if amount.value == 1 and amount.unit not in ("yến", "tạ", "tấn") else ASKED | UP))


def stretch_start(parts: Sequence[Part], place: int) -> int:
    """Where the stretch that ends at `place` begins: behind the last cut or price."""
    return next((at + 1 for at in range(place - 1, -1, -1) if parts[at].kind in (CUT, PRICE)), 0)


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


def _piece_before(parts: Sequence[Part], place: int, start: int) -> int | None:
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


def _size_of(parts: Sequence[Part], at: int) -> int | None:
    """The piece whose weight stands at `at`: "trái 1 ký", "quả trên 1kg", "bó 50 bông"."""
    amount = parts[at].amount
    near = next((place for place in range(at - 1, max(-1, at - 4), -1) if parts[place].kind == AMOUNT), None)
    if near is None or amount is None or (one := parts[near].amount) is None or not one.implied or amount.implied or one.unit == amount.unit:
        return None
    if any(part.kind != TEXT for part in parts[near + 1:at]) or one.in_kg() is not None:
        return None
    return near


def _became(parts: Sequence[Part], place: int) -> bool:
    """Whether an arrow or "xuống" leads from the price before to this one."""
    return any(part.word in _ARROWS for part in parts[max(0, place - 2):place])


def _is_sort_behind(parts: Sequence[Part], place: int) -> bool:
    near = [part.word for part in parts[place + 1:place + 4]]
    return bool(near) and (near[0] in SORTS or (near[0] == "(" and len(near) > 1 and near[1] in SORTS | {"to", "nhỏ", "bé", "lớn"}))
