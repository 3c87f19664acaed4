"""Whether a comment orders, and what else it may be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from catalog.live import cues
from catalog.live.clauses import Clause
from catalog.words.tokens import Text

ORDER, ADD, CHANGE, CANCEL, PRICE, SHIPPING, STOCK, PAYMENT, SPAM, QUESTION, LATER, CHATTER = (
    "order", "add", "change", "cancel", "price", "shipping", "stock", "payment", "spam", "question", "later", "chatter")
INTENTS = (ORDER, ADD, CHANGE, CANCEL, PRICE, SHIPPING, STOCK, PAYMENT, SPAM, QUESTION, LATER, CHATTER)
_ADDS = re.compile(r"(?<!\S)(?:thêm|nữa|cộng thêm)(?!\S)")
_SHIP = re.compile(r"(?<!\S)(?:ship|phí|cước|giao|gửi)(?!\S)")
_PRICE = re.compile(r"(?<!\S)(?:giá|tiền|nhiêu|bao nhiêu|tổng|đắt|rẻ)(?!\S)")
_STOCK = re.compile(r"(?<!\S)(?:còn|hết|có)(?!\S)")
# Said with nothing else, it asks for whatever is shown: "chốt em", "múc", "chốt đơn cho chị".
_ONLY_A_VERB = re.compile(rf"(?:chốt|múc|hốt|quất|order|lên đơn|chốt đơn|lấy|đặt|xúc|book)(?: đơn| luôn| liền| ngay)?(?: cho| giúp| hộ| luôn)?(?: {cues.ME})?(?: @)?")
_NOISE = frozenset("ạ nhé nha đi với ơi shop ad luôn liền , . ! dạ vâng nè".split())


@dataclass(frozen=True, slots=True)
class Verdict:
    """The intent, the clauses that order, and whether a person should look (`why` names the words)."""

    intent: str
    clauses: tuple[Clause, ...] = ()
    unsure: str = ""

    @property
    def orders(self) -> bool:
        """Whether goods are asked for now."""
        return self.intent in (ORDER, ADD)


def judge(text: Text, words: Sequence[str], clauses: Sequence[Clause]) -> Verdict:
    """What the comment is, by its clauses: one that asks to buy now, and that no rule speaks against, makes an order."""
    line = _line(words, 0, len(words), clauses)
    line = line.replace("à không", "nhầm")
    if cues.SPAM.search(line):
        return Verdict(SPAM)
    has_phone = any(token.e164 for token in text.tokens)
    ordering = [clause for clause in clauses if _asks(clause, words, clauses)]
    if cues.CANCEL.search(line):
        return Verdict(CANCEL)
    if cues.CHANGE.search(line):
        return Verdict(CHANGE)
    if any(rule.search(line) for rule in (cues.COMPLAINT, cues.OTHERS, cues.OFFER, cues.GAME)):
        return Verdict(CHATTER)
    settled = bool(cues.SETTLED.search(line))
    if not settled and (cues.LATER.search(line) or cues.IF.search(line)):
        return Verdict(LATER)
    meant = [clause for clause in ordering if _is_free(clause, words, clauses, settled)]
    clear = [clause for clause in meant if clause.amounts and (has_phone or _verb(_of(clause, words, clauses)))]
    if cues.PAID.search(line) and not clear:
        return Verdict(PAYMENT)
    if cues.STATUS.search(line) and not clear:
        return Verdict(QUESTION)
    if not meant:
        if has_phone and any(clause.mentions for clause in clauses) and not _is_question(line):
            meant = [clause for clause in clauses if clause.mentions or clause.amounts]
        elif has_phone and re.search(r"(?<!\S)(?:chốt|lên đơn|đặt hàng|order)(?!\S)", line) and not _is_question(line):
            return Verdict(ORDER, (), "chốt")
    if not meant and _ONLY_A_VERB.fullmatch(" ".join(word for word in line.split() if word not in _NOISE)):
        return Verdict(ORDER, (), line)
    if not meant:
        return Verdict(_other(line))
    if not any(_verb(_of(clause, words, clauses)) for clause in meant) and _asks_elsewhere(line, meant, words, clauses):
        return Verdict(_other(line))
    # Items stand in clauses of their own too: "chốt đơn: A1 2 quả, A3 1kg".
    taken = tuple(clause for clause in clauses if (clause.mentions or clause.amounts) and (
        clause in meant or _is_item(clause, words, clauses, settled)))
    return Verdict(ADD if _ADDS.search(line) else ORDER, taken)


def _asks(clause: Clause, words: Sequence[str], clauses: Sequence[Clause]) -> bool:
    """Whether the clause may ask to buy: a verb with something to buy, or goods with their amount."""
    line = _of(clause, words, clauses)
    if clause.amounts and clause.mentions:
        return True
    if clause.amounts:
        return _verb(line) or _alone(clause, words)
    if clause.mentions:
        return bool(cues.STRONG.search(line) or re.search(r"(?<!\S)(?:lấy|mua|thêm|xin|cho (?:em|mình|chị|anh|tôi|cô|bác|con))(?!\S)", line)
                    or _alone_code(clause, words))
    return bool(re.search(r"(?<!\S)(?:lên đơn|chốt đơn)(?!\S)", line)) and any(other.amounts or other.mentions for other in clauses)


def _verb(line: str) -> bool:
    return bool(cues.STRONG.search(line) or cues.WEAK.search(line))


def _alone(clause: Clause, words: Sequence[str]) -> bool:
    """Whether an amount stands with nothing but polite words: "2 túi nhé shop", "+1"."""
    rest = [word for place, word in enumerate(words[clause.start:clause.end], clause.start)
            if not any(amount.start <= place < amount.end for amount in clause.amounts)]
    unit_said = any(amount.unit for amount in clause.amounts) or "+" in rest
    return unit_said and all(word in _POLITE_WORDS for word in rest)


def _alone_code(clause: Clause, words: Sequence[str]) -> bool:
    rest = [word for place, word in enumerate(words[clause.start:clause.end], clause.start)
            if not any(mention.start <= place < mention.end for mention in clause.mentions)]
    return any(mention.by_code for mention in clause.mentions) and all(word in _POLITE_WORDS for word in rest)


_POLITE_WORDS = frozenset("gái trai cưng bé cháu nhà bà dì bác ông ui nè đó này chốt lấy % ạ nhé nha em chị anh mình shop ơi ad đi luôn với + - @ thôi nữa giúp cho nghen tôi cô bác con dạ vâng ok".split())


def _is_free(clause: Clause, words: Sequence[str], clauses: Sequence[Clause], settled: bool) -> bool:
    """Whether nothing in the clause speaks against an order."""
    line = _of(clause, words, clauses)
    if cues.PAID.search(line) or (cues.STATUS.search(line) and not settled):
        return False
    if cues.STREAM.search(line) or (cues.PAST.search(line) and not cues.NOW_WORDS.search(line)):
        return False
    if cues.BARGAIN.search(line):
        return False
    if clause.money and not cues.STRONG.search(line) and not clause.mentions:
        return False
    if _is_question(line) and not (settled or (cues.POLITE.search(line) and cues.STRONG.search(line) and clause.amounts)):
        return False
    return not (cues.PRAISE.search(line) and not clause.amounts)


def _is_item(clause: Clause, words: Sequence[str], clauses: Sequence[Clause], settled: bool) -> bool:
    line = _of(clause, words, clauses)
    return bool(clause.amounts or clause.mentions) and _is_free(clause, words, clauses, settled) and (
        bool(clause.amounts) or _alone_code(clause, words) or _verb(line) or len(words[clause.start:clause.end]) <= 4)


def _is_question(line: str) -> bool:
    return bool(cues.QUESTION.search(line))


def _asks_elsewhere(line: str, meant: Sequence[Clause], words: Sequence[str], clauses: Sequence[Clause]) -> bool:
    """Whether goods without a verb stand beside a question about them: "A3 2kg, nhiêu tiền shop"."""
    return any(_is_question(_of(clause, words, clauses)) for clause in clauses if clause not in meant)


def _other(line: str) -> str:
    if _is_question(line):
        if _SHIP.search(line):
            return SHIPPING
        if _PRICE.search(line):
            return PRICE
        return STOCK if _STOCK.search(line) else QUESTION
    return PRICE if cues.BARGAIN.search(line) else CHATTER


def _of(clause: Clause, words: Sequence[str], clauses: Sequence[Clause]) -> str:
    return _line(words, clause.start, clause.end, clauses).replace("à không", "nhầm")


def _line(words: Sequence[str], start: int, end: int, clauses: Sequence[Clause]) -> str:
    """The words of that stretch with each amount as one "%", so that rules need not know how it was said."""
    shown: list[str] = []
    amounts = {amount.start: amount.end for clause in clauses for amount in clause.amounts if amount.unit or amount.in_words}
    index = start
    while index < end:
        if index in amounts and amounts[index] <= end:
            shown.append("#" if False else "%")
            index = amounts[index]
        else:
            shown.append(words[index])
            index += 1
    return " ".join(shown)
