"""What tells an order from talk: the rules of `cues.txt`, each made into one expression.

Rules are data: whoever finds a new way of saying something adds a line there. A rule is searched in
a comment, or in one clause of it, after `lemmas` has brought the spelling together.
"""

from __future__ import annotations

import re

from catalog.live.rule_files import sections
from catalog.words.spelling import spelling

ME = (r"(?:em|anh|chị|mình|tôi|tui|tớ|cô|chú|bác|con|cháu|dì|mẹ|bà|ông|má|nhà (?:em|mình|tôi|tui|chị|anh)"
      r"|chúng em|bọn em|tụi em)")
_RULES = sections("cues.txt")
_LATER = "(?:" + "|".join(_RULES["later_day"]) + ")"


def _rule(name: str) -> re.Pattern[str]:
    """Any line of the rule, as whole words."""
    ways = "|".join(line.replace("{later}", _LATER).replace("{me}", ME) for line in _RULES[name])
    return re.compile(rf"(?<!\S)(?:{ways})(?!\S)")


SPAM, ADVERT, LEADS, CALL = _rule("spam"), _rule("advert"), _rule("leads"), _rule("call")
CANCEL, CHANGE, MISSING, COMPLAINT = _rule("cancel"), _rule("change"), _rule("missing"), _rule("complaint")
PAID, PAID_ALREADY, STATUS = _rule("paid"), _rule("paid_already"), _rule("status")
OTHERS, RELATIVE, OFFER, GAME = _rule("others"), _rule("relative"), _rule("offer"), _rule("game")
PAST, NOW_WORDS, LATER, LATER_DAY = _rule("past"), _rule("now_words"), _rule("later"), _rule("later_day")
WISH, WHEN, HEDGE, THEN, TOPIC = _rule("wish"), _rule("when"), _rule("hedge"), _rule("then"), _rule("topic")
IF, SETTLED, SOMEBODY_ELSES = _rule("if"), _rule("settled"), _rule("somebody_elses")
QUESTION, POLITE, BARGAIN, STREAM, PRAISE = (_rule("question"), _rule("polite"), _rule("bargain"), _rule("stream"),
                                             _rule("praise"))
STRONG, WEAK, TAKES, PRESENT = _rule("strong"), _rule("weak"), _rule("takes"), _rule("present")
PLEASE, PLEASE_AT_END, TELLS, HAS = _rule("please"), _rule("please_at_end"), _rule("tells"), _rule("has")
THEIRS, THIRD, OWN = _rule("theirs"), _rule("third"), _rule("own")
WHAT_PRICE, SHIP, PRICE, STOCK = _rule("what_price"), _rule("ship"), _rule("price"), _rule("stock")
CLOSES, TAKE, ADDS = _rule("closes"), _rule("take"), _rule("adds")
ONLY_A_VERB = re.compile(_RULES["only_a_verb"][0].replace("{me}", ME))
ASKS_FOR = _rule("asks_for")
NO_QUESTION, REACHING = _rule("no_question"), _rule("reaching")


def _spellings() -> dict[str, str]:
    """The spelling that the rules use for each of their words, by its key: "xoá" is written "xóa" there."""
    words = {word for lines in _RULES.values() for line in lines for word in re.findall(r"[^\W\d_]+", line)}
    return {spelling(word): word for word in words if not word.isascii()}


SPELLINGS = _spellings()
