"""Comments brought to one spelling, so that the rules can be read: "e k lấy nx" is "em không lấy nữa".

A word with marks is itself. A word without is restored where only one reading is likely; more are
restored where the whole comment was typed without marks.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from catalog.live.cues import SPELLINGS
from catalog.live.rule_files import sections
from catalog.words.spelling import spelling
from catalog.words.tokens import LINK, NUMBER, PHONE, WORD, Text, Token

_FILE = sections("spellings.txt")
_TO_LEMMA = {spelling(variant): lemma for line in _FILE["short"] for lemma, _, variants in (line.partition(": "),)
             for variant in variants.split()}
_UNMARKED = dict(pair.split("=") for line in _FILE["unmarked"] for pair in line.split(" ; "))
_ALWAYS_PLAIN, _AFTER_NUMBER, _TITLES = (frozenset(" ".join(_FILE[name]).split())
                                         for name in ("always_plain", "after_number", "titles"))
_HELD = re.compile(r"([^\W\d_])\1+$")
# Endings of a sentence, where nothing follows them: "ha" is hả, in "Ha Noi" it is not.
_LAST = {"ha": "hả", "chua": "chưa", "hem": "không", "a": "ạ", "nhi": "nhỉ"}
_AT_THE_END = frozenset("vay shop a em chi anh ad z v the nhi sop".split())


def lemmas(text: Text, people: Container[int]) -> list[str]:
    """One word for each token: its usual spelling, "#" for a number, "@" for a phone, "&" for a link, "^…" for `people`."""
    tokens, marked = text.tokens, text.has_marks
    return ["^" + token.text if index in people else _lemma(tokens, index, marked) for index, token in enumerate(tokens)]


def names_of(text: Text) -> set[int]:
    """The words that are part of a name: large after a title, or beside another one ("chị Mai", "Rạch Giá")."""
    large = {index for index, token in enumerate(text.tokens)
             if token.kind == WORD and text.shown[token.start].isupper() and len(token.text) > 1}
    words = sum(token.kind == WORD for token in text.tokens)
    if not large or 2 * len(large) > words + 2:
        return set()
    if any(text.shown[text.tokens[index].end - 1].isupper() for index in large):
        return set()
    return {index for index in large if index and text.tokens[index - 1].kind == WORD and (
        index - 1 in large or text.tokens[index - 1].plain in _TITLES)} | {
            index for index in large if index + 1 in large and index and text.tokens[index - 1].kind == WORD}


def _lemma(tokens: Sequence[Token], index: int, marked: bool) -> str:
    token = tokens[index]
    if token.kind != WORD:
        return {NUMBER: "#", PHONE: "@", LINK: "&"}.get(token.kind, token.text)
    key = spelling(token.text)
    if key in _AFTER_NUMBER and index and token.glued and tokens[index - 1].kind == NUMBER:
        return token.text
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if key in ("a", "c", "m", "e") and following and following.glued and following.kind == NUMBER:
        return token.text
    found = _TO_LEMMA.get(key)
    if found is not None:
        return found
    is_last = following is None or following.kind != WORD or following.plain in _AT_THE_END
    if is_last and token.text in _LAST and not marked:
        return _LAST[token.text]
    if not marked and token.text == "thanh":
        return "thanh" if following and following.plain == "toan" else "thành"
    if not marked and token.text == "toi":
        return "tới" if following and following.plain in ("dau", "chua", "noi") else "tôi"
    if token.text == "roi" and (not index or tokens[index - 1].plain != "nam"):
        return "rồi"
    if token.text == token.plain and (not marked or token.text in _ALWAYS_PLAIN):
        return _UNMARKED.get(key, key)
    return SPELLINGS.get(key) or _HELD.sub(r"\1", token.text)
