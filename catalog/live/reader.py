"""Livestream comments read into draft orders, by rules that can be explained; no network, no model."""

from __future__ import annotations

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
from catalog.words.tokens import PHONE, Text, take_apart

_SLIP_BETWEEN = frozenset(("nhầm", "lộn", "mới", "đúng", "à", "quên", "thiếu"))
_OWN_CUE = frozenset("sđt số gọi lh liên zalo alo tel phone call".split()) | {"số điện thoại", "điện thoại"}
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
    scene = scene_of(taken, pins)
    words = lemmas(taken, scene.people)
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
    """The number to call for whoever buys: theirs or their recipient's, never a shop's or a driver's."""
    places = [place for place, token in enumerate(text.tokens) if token.kind == PHONE]
    good = [place for place in places if text.tokens[place].e164]
    if not good or verdict.intent == SPAM:
        return None
    line = " ".join(words)
    is_theirs = cues.THEIRS.search(line) or (cues.OTHERS.search(line) and verdict.intent not in (CHANGE, CANCEL))
    if not verdict.orders and is_theirs and not cues.OWN.search(line):
        return None
    good = [place for place in good if not (verdict.orders and cues.THIRD.search(" ".join(words[max(0, place - 3):place])))]
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
