"""Each price of a message with the amount it is for and the words that tell its part: a sale, a tier, a fee."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from catalog.listings.sentence.bounds import amount_of, is_sort, piece_before, size_of, stretch_start
from catalog.listings.sentence.cues import (
    ALL,
    ASKED,
    CHEAPER,
    FEE,
    FILLER,
    GRADES,
    NOW,
    OLD,
    SORTS,
    UP,
    WEAK_GRADES,
    WHOLESALE,
    both,
)
from catalog.listings.sentence.packs import BUNDLES, PACKS
from catalog.listings.sentence.parts import AMOUNT, PRICE, TEXT, Part
from catalog.words.amounts import Amount

PLAIN, TIER, WHOLE, OFF, OFF_WHOLE, BULK, PAST, COST = "plain", "tier", "whole", "off", "off whole", "bulk", "past", "cost"
_ALL_SORTS = frozenset(("mỗi", "các", "nhiều", "đủ"))
_FROM_ORDER = frozenset(("đơn", "từ", "don", "tu"))
_ARROWS = frozenset(("➡", "→", ">", "xuống", "còn"))
_FREE = frozenset(("bao", "free", "miễn"))
_NOT_NAMING = ASKED | CHEAPER | FEE | FILLER | GRADES | NOW | OLD | UP | WEAK_GRADES | both("thùng xốp lốc bó cuộn bưng")
_BEFORE_NOW = {(day, word) for day in ("hôm", "hồi", "lúc", "tuần", "tháng", "hom", "hoi", "luc") for word in ("trước", "qua", "truoc")}
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
    has_sorts = any(part.word in SORTS and not (place and parts[place - 1].word in _ALL_SORTS) for place, part in enumerate(parts))
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
    at, asked = amount_of(parts, place, start, taken, is_first=is_first)
    amount, content = (parts[at].amount, parts[at].content) if at is not None else (None, None)
    per = part.per
    if per is not None and per.value != 1:
        amount, per, content, at = per, None, part.content, None
    elif per is not None and amount is None:
        content = part.content
        held = parts[place - 1].amount if place and parts[place - 1].kind == AMOUNT else None
        if content is None and per.unit in PACKS and held is not None and held.in_kg():
            content, at = held, place - 1
    if at is not None and at < place and not asked and is_sort(parts, at):
        amount, content = None, None
    first = min(at, place) if at is not None else place
    if at is not None and at < place and content is None and (one := size_of(parts, at)) is not None:
        amount, content, first, asked = parts[one].amount, amount, one, False
    elif at is None and per is None and (piece := piece_before(parts, place, start)) is not None:
        amount, content, first = parts[piece].amount, parts[piece].content, piece
        at = piece if amount is not None and not (amount.implied and amount.value == 1) else None
    if amount is not None and content is not None and amount.unit in BUNDLES and content.in_kg() is None:
        amount, content = replace(content, value=amount.value * content.value), None
    opening = stretch_start(parts, first) if first < place else start
    names = tuple(near.word for near in parts[opening:first]
                  if near.kind == TEXT and near.start in telling and near.word not in _NOT_NAMING)
    graded = bool(GRADES & set(before[-4:])) or _is_sort_behind(parts, place)
    role = _role(parts, place, before, asked=asked, amount=amount, is_first=is_first)
    return Offer(place, role, part.sum.vnd, part.sum.most_vnd, amount, per, content, at, names, has_sorts, graded,
                 bool(NOW & set(before)) or _became(parts, place), asked)


def _role(parts: Sequence[Part], place: int, before: list[str], *, asked: bool, amount: Amount | None, is_first: bool) -> str:
    words = set(before)
    after = parts[place + 1].word if place + 1 < len(parts) else ""
    if set(before[-3:]) & FEE and (not words & _FREE or words & _FROM_ORDER):
        return COST
    if not is_first and amount is None and parts[place].per is None and (
            "ship" in words and not words & _FREE or after in ("ship", "cọc") and not before):
        return COST
    if set(before[-2:]) & CHEAPER and not set(before[-2:]) & NOW:
        return OFF_WHOLE if words & ALL and amount is None else OFF
    if words & ALL and not is_first and not (amount is not None and amount.implied):
        return WHOLE
    if asked:
        return TIER
    if words & WHOLESALE:
        return BULK
    is_past = words & OLD or before in (["trước"], ["truoc"]) or set(zip(before, before[1:], strict=False)) & _BEFORE_NOW
    return PAST if is_past and (amount is None or amount.implied) else PLAIN


def _became(parts: Sequence[Part], place: int) -> bool:
    """Whether an arrow or "xuống" leads from the price before to this one."""
    return any(part.word in _ARROWS for part in parts[max(0, place - 2):place])


def _is_sort_behind(parts: Sequence[Part], place: int) -> bool:
    near = [part.word for part in parts[place + 1:place + 4]]
    return bool(near) and (near[0] in SORTS or (near[0] == "(" and len(near) > 1 and near[1] in SORTS | {"to", "nhỏ", "bé", "lớn"}))
