"""Livestream comments read into draft orders, by rules that can be explained; no network, no model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from catalog.live import cues
from catalog.live.clauses import clauses_of
from catalog.live.intent import CANCEL, CHANGE, SPAM, Verdict, judge
from catalog.live.items import Item, items_of
from catalog.live.lemmas import lemmas
from catalog.live.pins import Pins
from catalog.live.scene import scene_of
from catalog.words.tokens import PHONE, Text, Token, take_apart

_THEIRS = re.compile(r"(?<!\S)(?:shipper|tài xế|bảo vệ|nhà xe|trưởng bản|trưởng thôn|hotline|tổng đài|số này|thợ|môi giới|hợp tác xã|htx|bưu cục|chở hàng|trên (?:túi|bao|hộp))(?!\S)|(?<!\S)(?:gọi|alo|liên hệ|lh|số|hỏi) (?:anh|chị|chú|cô|bác|ông|bà|thím|dì)(?: \S+){0,2} \^\S+(?: \^\S+)* @|(?<!\S)(?:số|sđt|số điện thoại|zalo|alo|gọi|hotline|gọi cho|của|hỏi|liên hệ|qua)(?: \S+){0,2}? "
                     r"(?:ông|bác sĩ|thú y|xe tải|shop|shipper|ship|nhà xe|tài xế|bảo vệ|công an|bưu điện|tổng đài|môi giới|bưu tá|bưu cục|hàng xóm|xe|thằng|bên|chành|kỹ thuật|ad|vườn|bán|giao|lừa|thợ|xe ôm|tài xế|trưởng bản|chủ)(?!\S)")
_OWN = re.compile(r"(?<!\S)(?:số|sđt|số điện thoại|zalo) (?:của )?(?:em|tui|tôi|mình|chị|anh|cháu|con|cô|chú|bác)(?: (?:nè|là|này|nhé|nha|đây))? @")
_THIRD = re.compile(r"(?<!\S)(?:tài xế|nhà xe|xe|shipper|bác tài|lơ xe|phụ xe|chành)(?!\S)")
_SLIP_BETWEEN = frozenset(("nhầm", "lộn", "mới", "đúng", "à", "quên", "thiếu"))
_OWN_CUE = frozenset(("sđt", "số", "số điện thoại", "điện thoại", "gọi", "lh", "liên", "zalo", "alo", "tel", "phone", "call"))
LARGE = {"kg": 30, "quả": 60, "túi": 30}
"""From here on an amount is looked at by a person: it is more than a household buys."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a comment says. `unsure` names the words that a person should look at, empty where none."""

    intent: str
    items: tuple[Item, ...]
    phone: str | None
    unsure: str = ""

    @property
    def orders(self) -> bool:
        """Whether goods are asked for now."""
        return self.intent in ("order", "add")


def read_comment(text: str, pins: Pins) -> Reading:
    """The intent, items and the number to call of one comment under the products on air."""
    taken = take_apart(text)
    words = lemmas(taken)
    scene = scene_of(taken, pins)
    clauses = clauses_of(scene)
    verdict = judge(scene, words, clauses)
    items: list[Item] = []
    if verdict.orders:
        items = items_of(taken, words, verdict.clauses, pins, clauses) or [Item(None, None, None)]
    return Reading(verdict.intent, tuple(items), _phone(taken, words, verdict), _unsure(verdict, items))


def as_json(text: str, reading: Reading) -> dict[str, Any]:
    """The reading with the keys that outsiders rely on."""
    return {"text": text, "order": reading.orders, "items": [
        {"product": item.product, "quantity": _number(item), "unit": item.unit} for item in reading.items],
        "phone": reading.phone}


def _number(item: Item) -> int | float | None:
    if item.quantity is None:
        return None
    return int(item.quantity) if item.quantity == int(item.quantity) else float(item.quantity)


def _phone(text: Text, words: Sequence[str], verdict: Verdict) -> str | None:
    """The number to call for whoever buys: theirs or their recipient's, never a shop's, a driver's or an advertiser's."""
    places = [place for place, token in enumerate(text.tokens) if token.kind == PHONE]
    good = [place for place in places if text.tokens[place].e164]
    if not good or verdict.intent == SPAM:
        return None
    line = " ".join(words)
    if not verdict.orders and not _OWN.search(line) and (_THEIRS.search(line) or (cues.OTHERS.search(line) and not verdict.intent in (CHANGE, CANCEL))):
        return None
    good = [place for place in good if not (verdict.orders and _THIRD.search(" ".join(words[max(0, place - 3):place])))]
    if not good:
        return None
    if len(good) == 1:
        return text.tokens[good[0]].e164
    between = set(words[good[-2]:good[-1]])
    if between & _SLIP_BETWEEN:
        return text.tokens[good[-1]].e164
    named = [place for place in good if set(words[max(0, place - 3):place]) & _OWN_CUE]
    return text.tokens[(named or good)[0]].e164


def _unsure(verdict: Verdict, items: Sequence[Item]) -> str:
    if verdict.unsure:
        return verdict.unsure
    for item in items:
        if item.quantity is not None and item.unit in LARGE and item.quantity > LARGE[item.unit]:
            return f"{item.quantity:f} {item.unit}"
    return ""
