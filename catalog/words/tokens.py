"""A text taken apart: words, numbers, phone numbers, links, signs, each with its place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from catalog.words.phone_spans import PhoneSpan, find_phones
from catalog.words.spelling import plain_letters

WORD, NUMBER, PHONE, LINK, SIGN, LINE = "word", "number", "phone", "link", "sign", "line"

_SIGNS = str.maketrans({**dict.fromkeys("‐‑‒–—―−~", "-"), **dict.fromkeys("‘’ʼ`´", "'"), "×": "x", "½": "1/2 "})
_KEPT_OUT = "\ue000"
_TOKEN = re.compile(r"(?P<phone>\ue000+)|(?P<link>(?:https?://|www\.)\S+|[a-z0-9\-]+\.(?:com|vn|net|me|example|link|shop|xyz|info|top|club|site)\b\S*)"
                    r"|(?P<number>[0-9]+(?:[.,][0-9]+)*)|(?P<word>(?<=[0-9])x(?=[a-z]{1,2}[0-9])|(?<=[0-9])(?:kg|ký|quả|trái|túi|bịch|gói|cân)(?=[^\W\d_]{3})|[^\W\d_]+)|(?P<line>\n)|(?P<sign>[^\s\w]|_)")
MOST_CHARACTERS = 4000
_LONGEST_NUMBER = 15
"""Longer runs of digits are no amount and no price, and would be work for nothing."""
_NOUGHT = frozenset(("không", "khong", "0", "o"))
_DIGIT_WORDS = {"không": "0", "khong": "0", "o": "0", "một": "1", "mot": "1", "mốt": "1", "hai": "2", "ba": "3", "bốn": "4",
                "bon": "4", "tư": "4", "tu": "4", "năm": "5", "nam": "5", "lăm": "5", "sáu": "6", "sau": "6", "bảy": "7",
                "bay": "7", "bẩy": "7", "tám": "8", "tam": "8", "chín": "9", "chin": "9", "0": "0"}


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a text. `text` is lower case with its marks, `plain` without them.

    `glued` tells that no blank stands before it; `start` and `end` are places in `Text.shown`.
    """

    kind: str
    text: str
    plain: str
    start: int
    end: int
    glued: bool
    e164: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A message with its tokens. `shown` is the text in its own case, composed, its lines kept."""

    shown: str
    lowered: str
    plain: str
    tokens: tuple[Token, ...]
    phones: tuple[PhoneSpan, ...]

    @property
    def has_marks(self) -> bool:
        """Whether any Vietnamese mark was typed; without one, every word may be any of its letters."""
        return self.plain != self.lowered


def take_apart(text: str) -> Text:
    """The text as tokens; what is longer than MOST_CHARACTERS is not read."""
    shown = _composed(text[:MOST_CHARACTERS])
    lowered = shown.lower()
    if len(lowered) != len(shown):
        lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in shown)
    phones = tuple(find_phones(lowered)) if _has_digits(lowered) else ()
    scanned = lowered
    for span in phones:
        scanned = scanned[:span.start] + _KEPT_OUT * (span.end - span.start) + scanned[span.end:]
    by_place = {span.start: span for span in phones}
    plain = plain_letters(lowered)
    tokens, before = [], -1
    for found in _TOKEN.finditer(scanned):
        start, end = found.span()
        kind = found.lastgroup or SIGN
        if kind == NUMBER and end - start > _LONGEST_NUMBER:
            kind = SIGN
        span = by_place.get(start) if kind == PHONE else None
        tokens.append(Token(kind, lowered[start:end], plain[start:end], start, end, start == before,
                            span.e164 if span else None))
        before = end
    return Text(shown, lowered, plain, tuple(spoken_phones(tokens)), phones)


def spoken_phones(tokens: list[Token]) -> list[Token]:
    """The tokens with a number said digit by digit ("không chín tám bảy …") as one phone token."""
    if not any(token.text in _NOUGHT for token in tokens):
        return tokens
    made: list[Token] = []
    index = 0
    while index < len(tokens):
        end, digits = index, ""
        if tokens[index].text in _NOUGHT:
            while end < len(tokens) and (tokens[end].text in _DIGIT_WORDS or (digits and tokens[end].kind == NUMBER and len(tokens[end].text) == 1)
                                         or (digits and tokens[end].kind == SIGN and tokens[end].text in ",.-")):
                digits += _DIGIT_WORDS.get(tokens[end].text, tokens[end].text if tokens[end].kind == NUMBER else "")
                end += 1
                if len(digits) == 10:
                    break
        if len(digits) < 8:
            made.append(tokens[index])
            index += 1
            continue
        phone = "+84" + digits[1:] if len(digits) == 10 and digits[1] in "35789" else None
        made.append(Token(PHONE, "", "", tokens[index].start, tokens[end - 1].end, False, phone))
        index = end
    return made


def _has_digits(lowered: str) -> bool:
    return sum(char.isdigit() for char in lowered) >= 6


def _composed(text: str) -> str:
    """One composed form, plain signs, blanks single, lines kept, nothing that is not seen."""
    composed = unicodedata.normalize("NFKC", text.translate(_SIGNS))
    if not composed.isascii():
        composed = "".join(char for char in composed
                           if unicodedata.category(char) not in ("Cf", "Me") and not "\ufe00" <= char <= "\ufe0f")
    return "\n".join(" ".join(line.split()) for line in composed.splitlines() if line.strip())
