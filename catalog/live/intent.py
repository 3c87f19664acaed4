"""Whether a comment orders, and what else it may be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from catalog.live import cues
from catalog.live.clauses import Clause
from catalog.live.counting import counts_goods
from catalog.live.rule_files import word_lists
from catalog.live.scene import Scene
from catalog.words.tokens import PHONE

ORDER, ADD, CHANGE, CANCEL, PRICE, SHIPPING, STOCK, PAYMENT, SPAM, QUESTION, LATER, CHATTER = (
    "order", "add", "change", "cancel", "price", "shipping", "stock", "payment", "spam", "question", "later", "chatter")
_POLITE, _NOISE = word_lists("small_words.txt")["polite"], word_lists("small_words.txt")["noise"]
_TALK = ((cues.COMPLAINT, CHATTER), (cues.OTHERS, CHATTER), (cues.OFFER, CHATTER), (cues.GAME, CHATTER),
         (cues.LATER, LATER), (cues.IF, LATER), (cues.PAID, PAYMENT), (cues.STATUS, QUESTION))
_AGAINST = (cues.PAID, cues.COMPLAINT, cues.OTHERS, cues.OFFER, cues.GAME, cues.STREAM, cues.BARGAIN)
_SLIP_OF_TONGUE = re.compile(r"(?<!\S)à không(?!\S)")
_LARGE = 100
"""Who has so much of something offers it, or tells of it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The intent, the clauses that order, and the words that a person should look at (`unsure`, empty where none)."""

    intent: str
    clauses: tuple[Clause, ...] = ()
    unsure: str = ""

    @property
    def orders(self) -> bool:
        """Whether goods are asked for now."""
        return self.intent in (ORDER, ADD)


def judge(scene: Scene, words: Sequence[str], clauses: Sequence[Clause]) -> Verdict:
    """What the comment is: a clause that asks to buy now, and that no rule speaks against, makes an order."""
    folded = _folded(clauses)
    whole = _line(words, 0, len(words), folded)
    if cues.SPAM.search(whole) or _is_advert(scene, whole):
        return Verdict(SPAM)
    found = cues.SETTLED.search(whole)
    haggles = any(clause.money for clause in clauses) and cues.THEN.search(whole)
    settled = (found is not None and not haggles and not cues.SOMEBODY_ELSES.search(whole)
               and not cues.LATER_DAY.search(whole[:found.start()]))
    lines = {clause.start: _line(words, clause.start, clause.end, folded) for clause in clauses}
    before = {later.start: lines[earlier.start] for earlier, later in pairwise(clauses)}
    has_phone = any(token.e164 for token in scene.tokens)
    after = {earlier.start: lines[later.start] for earlier, later in pairwise(clauses)}
    meant = [clause for clause in clauses if _asks(clause, lines[clause.start], words, clauses, scene)
             and _is_free(clause, lines[clause.start], before.get(clause.start, ""), settled)
             and not cues.HEDGE.search(after.get(clause.start, ""))
             and (_wants(lines[clause.start])
                  or not _is_told_of(before.get(clause.start, ""), after.get(clause.start, "")))]
    for rule, intent in ((cues.CANCEL, CANCEL), (cues.CHANGE, CHANGE)):
        found = rule.search(whole)
        if found and not _is_mended(found[0], rule, meant, lines):
            return Verdict(intent)
    if meant and not any(_wants(lines[clause.start]) for clause in meant) and not has_phone and any(
            rule.search(whole) for rule in (cues.GAME, cues.OTHERS, cues.OFFER)):
        return Verdict(CHATTER)
    if meant and cues.MISSING.search(whole):
        return Verdict(CHATTER)
    if not meant:
        return _without_a_clear_wish(whole, clauses, has_phone=has_phone)
    asked = any(_verb(lines[clause.start]) or cues.PLEASE.search(lines[clause.start]) for clause in meant)
    if not asked and not has_phone and _asks_price_elsewhere(meant, lines, clauses):
        return Verdict(PRICE)
    # Items stand in clauses of their own too: "chốt đơn: A1 2 quả, A3 1kg".
    taken = tuple(clause for clause in clauses if (clause.mentions or clause.amounts or clause.vague) and (
        clause in meant or _is_item(clause, words, lines[clause.start], before.get(clause.start, ""), settled)))
    told = [clause for clause in taken if not _is_question(lines[clause.start])]
    if any(clause.amounts for clause in told):
        taken = tuple(told)
    return Verdict(ADD if cues.ADDS.search(whole) else ORDER, taken)


def _without_a_clear_wish(whole: str, clauses: Sequence[Clause], *, has_phone: bool) -> Verdict:
    """The intent where no clause orders by itself: a code with a number to call, "chốt em", or talk."""
    for rule, intent in _TALK:
        if rule.search(whole):
            return Verdict(intent)
    if has_phone and not _is_question(whole) and not cues.CALL.search(whole):
        named = tuple(clause for clause in clauses if clause.mentions or clause.amounts)
        if any(clause.mentions for clause in named) and len(whole.split()) <= 12:
            return Verdict(ORDER, named, "@")
        if cues.CLOSES.search(whole):
            return Verdict(ORDER, (), "chốt")
    said = [word for word in whole.split() if word not in _NOISE and (word.isalpha() or word in "@#%$")]
    if cues.ONLY_A_VERB.fullmatch(" ".join(said)):
        return Verdict(ORDER, (), whole)
    return Verdict(_other(whole))


def _is_advert(scene: Scene, whole: str) -> bool:
    """Whether somebody else's goods are praised with a price or a place to call."""
    praises = cues.ADVERT.search(whole) and not cues.LEADS.search(whole)
    return bool(praises) and any(token.kind == PHONE for token in scene.tokens)


def _wants(line: str) -> bool:
    return any(rule.search(line) for rule in (cues.STRONG, cues.TAKES, cues.NOW_WORDS, cues.PLEASE_AT_END))


def _is_told_of(before: str, after: str) -> bool:
    """Whether the clause beside speaks of an earlier order: goods without a verb are then that order's."""
    return any(rule.search(near) and not cues.NOW_WORDS.search(near) for near in (before, after) if near
               for rule in (cues.PAID_ALREADY, cues.STATUS, cues.COMPLAINT, cues.PAST))


def _is_mended(said: str, rule: re.Pattern[str], meant: Sequence[Clause], lines: dict[int, str]) -> bool:
    """Whether the order stands beside what is changed: a number or an address, or other goods that are refused."""
    clear = [clause for clause in meant if clause.amounts and (
        clause.mentions or cues.STRONG.search(lines[clause.start]))]
    if cues.REACHING.search(said):
        return bool(clear)
    others = [clause for clause in meant if not rule.search(lines[clause.start])]
    return said.startswith(("không", "đừng", "khỏi")) and any(clause.amounts for clause in others) and any(
        clause.mentions for clause in others)


def _asks_price_elsewhere(meant: Sequence[Clause], lines: dict[int, str], clauses: Sequence[Clause]) -> bool:
    """Whether goods without a verb stand beside the question what they cost: "A3 2kg, nhiêu tiền shop"."""
    others = [lines[clause.start] for clause in clauses if clause not in meant]
    return any(cues.WHAT_PRICE.search(line) and _is_question(line) and not cues.SHIP.search(line) for line in others)


def _asks(clause: Clause, line: str, words: Sequence[str], clauses: Sequence[Clause], scene: Scene) -> bool:
    """Whether the clause may ask to buy: a verb with something to buy, or goods with their amount."""
    if clause.amounts and clause.mentions:
        return True
    if clause.amounts:
        return any(counts_goods(scene, amount) for amount in clause.amounts) and (_verb(line) or _alone(clause, words))
    if clause.vague:
        return _verb(line) or bool(cues.PLEASE.search(line))
    if clause.mentions:
        return bool(cues.STRONG.search(line) or cues.ASKS_FOR.search(line)) or _alone_code(clause, words)
    return "đơn" in line and bool(cues.CLOSES.search(line)) and any(one.amounts or one.mentions for one in clauses)


def _verb(line: str) -> bool:
    return bool(cues.STRONG.search(line) or cues.WEAK.search(line))


def _alone(clause: Clause, words: Sequence[str]) -> bool:
    """Whether an amount stands with nothing but polite words: "2 túi nhé shop", "+1"."""
    rest = [word for place, word in enumerate(words[clause.start:clause.end], clause.start)
            if not any(amount.start <= place < amount.end for amount in clause.amounts)]
    unit_said = any(amount.unit for amount in clause.amounts) or "+" in rest
    return unit_said and all(word in _POLITE for word in rest)


def _alone_code(clause: Clause, words: Sequence[str]) -> bool:
    rest = [word for place, word in enumerate(words[clause.start:clause.end], clause.start)
            if not any(mention.start <= place < mention.end for mention in clause.mentions)]
    return any(mention.by_code for mention in clause.mentions) and all(word in _POLITE for word in rest)


def _is_free(clause: Clause, line: str, before: str, settled: bool) -> bool:
    """Whether nothing in the clause speaks against an order. A condition may stand in the clause before."""
    if any(rule.search(line) for rule in _AGAINST):
        return False
    if cues.STATUS.search(line) and not settled:
        return False
    if cues.PAST.search(line) and not cues.NOW_WORDS.search(line):
        return False
    if not settled and _is_put_off(line, before):
        return False
    if cues.RELATIVE.search(line) and not cues.PLEASE.search(line):
        return False
    if clause.money and not cues.STRONG.search(line) and not clause.mentions:
        return False
    head = line[:max(line.rfind("%"), line.rfind("$"), 0)]
    if not cues.STRONG.search(line) and not cues.TAKES.search(head) and cues.TELLS.search(head):
        return False
    if not cues.STRONG.search(line) and any((amount.in_kg() or amount.value) >= _LARGE for amount in clause.amounts) and cues.HAS.search(head):
        return False
    if _is_question(line) and not settled and not (
            cues.POLITE.search(line) and (cues.STRONG.search(line) or cues.WEAK.search(line)) and clause.amounts):
        return False
    return not (cues.PRAISE.search(line) and not clause.amounts)


def _is_put_off(line: str, before: str) -> bool:
    """Whether buying hangs on a later day, on somebody else or on a condition, said here or in the clause before."""
    present = cues.PRESENT.search(line)
    later = cues.LATER.search(line)
    if (later and not (present and present.start() < later.start())) or cues.IF.search(line) or cues.WISH.search(line):
        return True
    if cues.THEN.search(line) and not cues.TOPIC.search(line):
        return True
    if cues.WHEN.search(before) and not present:
        return True
    joined = f"{before} , {line}"
    return not present and bool(before) and not _is_question(before) and bool(
        cues.LATER.search(joined) or cues.IF.search(joined))


def _is_item(clause: Clause, words: Sequence[str], line: str, before: str, settled: bool) -> bool:
    return _is_free(clause, line, before, settled) and (
        bool(clause.amounts or clause.vague or cues.TAKE.search(line)) or _alone_code(clause, words)
        or clause.end - clause.start <= 4)


def _is_question(line: str) -> bool:
    return bool(cues.QUESTION.search(cues.NO_QUESTION.sub(" ", line)))


def _other(line: str) -> str:
    if _is_question(line):
        if cues.SHIP.search(line):
            return SHIPPING
        if cues.PRICE.search(line):
            return PRICE
        return STOCK if cues.STOCK.search(line) else QUESTION
    return PRICE if cues.BARGAIN.search(line) else CHATTER


def _folded(clauses: Sequence[Clause]) -> dict[int, tuple[int, str]]:
    """Where an amount ("%") or a product ("$") begins, and the token behind it."""
    folded = {mention.start: (mention.end, "$") for clause in clauses for mention in clause.mentions}
    return folded | {amount.start: (amount.end, "%") for clause in clauses for amount in clause.amounts
                     if amount.unit or amount.in_words}


def _line(words: Sequence[str], start: int, end: int, folded: dict[int, tuple[int, str]]) -> str:
    """The words of that stretch, amounts and products folded, so that rules need not know how they were said."""
    shown: list[str] = []
    index = start
    while index < end:
        after, sign = folded.get(index, (0, ""))
        if not 0 < after <= end:
            after, sign = index + 1, words[index]
        shown.append(sign)
        index = after
    return _SLIP_OF_TONGUE.sub("nhầm", " ".join(shown))
