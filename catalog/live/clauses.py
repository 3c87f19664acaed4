"""A comment as clauses, each with the products and amounts that stand in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from catalog.live.counting import (
    ADDRESS,
    bare_unit_is_meant,
    counts_kilos,
    is_meant,
    past_a_price,
    past_its_unit,
    read_vague,
)
from catalog.live.pins import Mention
from catalog.live.scene import Scene
from catalog.words.amounts import IN_KG, Amount, read_amount
from catalog.words.sums import read_sum
from catalog.words.tokens import LINE, NUMBER, SIGN, WORD

_CUTS = frozenset(",.;!?…|\n/\\")
_STARTERS = frozenset(("nhưng", "nhưg", "mà", "nên"))
_PUT_ASIDE = frozenset((("khong", "lay"), ("ko", "lay"), ("k", "lay"), ("khoi", "lay"), ("khong", "can"), ("k", "can"),
                        ("ko", "can"), ("khong", "phai"), ("chu", "khong"), ("ko", "phai"), ("k", "phai"), ("chu", "ko"),
                        ("khong", "co"), ("di", "ung"), ("khong", "an"), ("dung", "gui"), ("dung", "giao"),
                        ("dung", "lay")))
_ANIMALS = frozenset(("trau", "lon", "heo", "bo", "ga", "vit"))
_NOT_THAT = frozenset((("thi", "khoi"), ("thi", "thoi"), ("thi", "khong")))


@dataclass
class Clause:
    """One stretch between signs: `start`..`end` in the tokens, its mentions, amounts and sums."""

    start: int
    end: int
    mentions: list[Mention] = field(default_factory=list)
    amounts: list[Amount] = field(default_factory=list)
    vague: list[Amount] = field(default_factory=list)
    money: bool = False


def clauses_of(scene: Scene) -> list[Clause]:
    """The clauses with what was found in each; empty ones are left out."""
    tokens = scene.tokens
    clauses, current, index = [], Clause(0, 0), 0
    while index < len(tokens):
        token = tokens[index]
        if begins := _begins_after(scene, index, current):
            current.end = index
            if token.text in ("thì", "thi"):
                current.amounts.clear()
            clauses.append(current)
            current = Clause(begins - 1 if token.text in _STARTERS else begins, begins)
            index = begins
        elif index in scene.people and not scene.names(index):
            index += 1
        else:
            index = _take(scene, index, current)
    current.end = len(tokens)
    clauses.append(current)
    return [clause for clause in clauses if clause.end > clause.start]


def _begins_after(scene: Scene, index: int, current: Clause) -> int:
    """The token at which a new clause begins, where a sign or a word ends this one here; else 0."""
    token = scene.tokens[index]
    if token.kind in (SIGN, LINE) and token.text in _CUTS:
        return index + 1
    if token.text in _STARTERS and index > current.start:
        return index + 1
    # "chị kia lấy 5kg thì em lấy 7kg": the second speaks for herself.
    speaks = token.text in ("thì", "thi") and current.amounts and scene.plain(index + 1) in (
        "em", "minh", "tui", "toi", "chi", "anh", "e")
    takes = {"lay", "mua", "chot", "dat", "muc"} & {scene.plain(index + 2), scene.plain(index + 3)}
    return index + 1 if speaks and takes else 0


def _take(scene: Scene, index: int, clause: Clause) -> int:
    """Note what begins at `index`; returns the index after it."""
    tokens = scene.tokens
    if tokens[index].kind not in (WORD, NUMBER):
        return index + 1
    if mention := scene.named[index]:
        if not _is_put_aside(scene, mention):
            clause.mentions.append(mention)
        return mention.end
    if after := past_a_price(scene, index):
        clause.money = True
        return after
    if money := read_sum(tokens, index):
        if counts_kilos(scene, money.start, money.end):
            clause.amounts.append(Amount(Decimal(tokens[index].text), "kg", index, money.end))
            return money.end
        clause.money = True
        return past_its_unit(scene, money.end)
    if vague := read_vague(scene, index):
        clause.vague.append(vague)
        return vague.end
    amount = read_amount(tokens, index, bare_unit=bare_unit_is_meant(scene, index))
    if amount is None:
        return index + 1
    if after := _past_a_size(scene, amount):
        return after
    if is_meant(scene, amount):
        clause.amounts.append(amount)
    return amount.end


def _past_a_size(scene: Scene, amount: Amount) -> int | None:
    """The index behind "loại 1kg2 một quả": how big one is."""
    if amount.unit not in IN_KG or amount.end >= len(scene.tokens) or scene.plain(amount.start - 1) not in (
            "loai", "co", "size", "nang"):
        return None
    piece = read_amount(scene.tokens, amount.end)
    return piece.end if piece and piece.unit in ("quả", "con") and piece.value == 1 else None


def _is_put_aside(scene: Scene, mention: Mention) -> bool:
    """Whether a product is named only to be refused ("không phải bưởi"), or a code is an address ("toà A1")."""
    near, far = scene.plain(mention.start - 1), scene.plain(mention.start - 2)
    if mention.by_code and near in ADDRESS:
        return True
    if near == "con" and not mention.by_code and scene.plain(mention.start) in _ANIMALS:
        return True
    if "kieng" in (near, far) or near == "tru" or (far, near) in _PUT_ASIDE:
        return True
    return (scene.plain(mention.end), scene.plain(mention.end + 1)) in _NOT_THAT
