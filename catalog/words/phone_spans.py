"""Where phone numbers stand in a text, so that their digits are not taken for amounts.

The national forms are those of `catalog.words.phones`; here a number with a digit too few or too many
keeps its place and is worth nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Digits, or a letter o between or before them, as on a keyboard whose nought sits beside it.
_GROUP = re.compile(r"\+?(?:[0-9]|(?<![^\W\d_])o(?=o?[0-9])|(?<=[0-9])o(?=[0-9o]|\b))+")
_BETWEEN = re.compile(r"[ .\-_·()]{1,3}|, ?")
_HIDDEN = re.compile(r"\b0[0-9]{1,6}[x*•]{2,}[0-9x*•]*")
_UNIT_AFTER = re.compile(r" ?(?:k[gyií]?|kgs|g|gr|gam|gram|cân|can|lạng|lang|quả|qua|trái|trai|túi|tui|bịch|gói|chục|cặp|con|hộp|thùng|lít|chai|yến|yen|tạ|ta|nghìn|ngàn|tr|đ)\b")
_MOBILE = re.compile("0[35789][0-9]{8}")
_LANDLINE = re.compile("02[0-9]{9}")
_FEWEST = 8
"""Fewer digits than these are no phone number, not even a wrong one."""


@dataclass(frozen=True, slots=True)
class PhoneSpan:
    """A number at `start`..`end`; `e164` is None where it lacks a digit or has one too many."""

    start: int
    end: int
    e164: str | None


def find_phones(lowered: str) -> list[PhoneSpan]:
    """The phone numbers in a lower-case text, from left to right."""
    hidden = [PhoneSpan(found.start(), found.end(), None) for found in _HIDDEN.finditer(lowered)]
    groups = [found for found in _GROUP.finditer(lowered)
              if not any(span.start <= found.start() < span.end for span in hidden)]
    spans, index = hidden, 0
    while index < len(groups):
        taken, span = _number_from(lowered, groups, index)
        if span:
            spans.append(span)
        index += taken
    return sorted(spans, key=lambda span: span.start)


def _number_from(text: str, groups: list[re.Match[str]], index: int) -> tuple[int, PhoneSpan | None]:
    """How many groups belong together from `index` on, and the number they make, if any."""
    first = groups[index]
    digits = _digits(first)
    if not (digits.startswith(("0", "84"))) or _is_inside_word(text, first):
        return 1, None
    best, taken = 0, 1
    count = 1
    wanted = _wanted(digits)
    while True:
        if len(digits) == wanted:
            best, taken = count, count
            break
        following = groups[index + count] if index + count < len(groups) else None
        if following is None or len(digits) > wanted or not _BETWEEN.fullmatch(text, groups[index + count - 1].end(),
                                                                             following.start()):
            break
        if _UNIT_AFTER.match(text, following.end()) or len(digits) + len(_digits(following)) > wanted + 1:
            break
        digits += _digits(following)
        wanted = _wanted(digits)
        count += 1
    if not best and len(digits) < _FEWEST + (2 if digits.startswith("84") else 0):
        return 1, None
    taken = best or count
    number = "0" + digits[2:].lstrip("0") if digits.startswith("84") else digits
    whole = bool(best and (_MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number)))
    if digits.startswith("84") and not whole and first[0][0] != "+":
        return 1, None
    return taken, PhoneSpan(first.start(), groups[index + taken - 1].end(), "+84" + number[1:] if whole else None)


def _wanted(digits: str) -> int:
    if digits.startswith("0084"):
        return 13
    if digits.startswith("84"):
        return 12 if digits.startswith("840") else 11
    return 11 if digits.startswith("02") else 10


def _digits(group: re.Match[str]) -> str:
    digits = group[0].replace("o", "0").removeprefix("+")
    return digits.removeprefix("00") if digits.startswith("0084") else digits


def _is_inside_word(text: str, group: re.Match[str]) -> bool:
    """Whether a short group is glued to a letter or two in front, as in a code: "a0"."""
    return (group.start() > 0 and text[group.start() - 1].isalnum() and len(group[0]) < _FEWEST
            and not text[max(0, group.start() - 3):group.start()].isalpha())
