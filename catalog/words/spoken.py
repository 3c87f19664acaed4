"""Money, units and days as they are said aloud, and how long it takes to say a text."""

from __future__ import annotations

import re
from datetime import date

SYLLABLES_A_SECOND = 4
"""Unhurried Vietnamese speech before a camera; reading out news runs at about five."""

_SAID = {"kg": "cân"}
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+", re.UNICODE)


def say_vnd(amount_vnd: int) -> str:
    """"25 nghìn", "25 nghìn rưỡi", "1 triệu 200 nghìn": a sum as a stall calls it."""
    millions, rest = divmod(amount_vnd, 1_000_000)
    thousands, small = divmod(rest, 1000)
    if millions and rest == 500_000:
        return f"{millions} triệu rưỡi"
    parts = [f"{millions} triệu"] if millions else []
    if thousands:
        parts.append(f"{thousands} nghìn" + (" rưỡi" if small == 500 else ""))
    if small and not (thousands and small == 500):
        parts.append(f"{small} đồng")
    return " ".join(parts) or "0 đồng"


def say_unit(unit: str) -> str:
    """The unit's name in speech: a kilogram is a cân."""
    return _SAID.get(unit, unit)


def say_amount(text: str) -> str:
    """An amount as shown ("60,5 kg") as it is said ("60 cân rưỡi")."""
    number, _, unit = text.partition(" ")
    said = say_unit(unit)
    return f"{number.removesuffix(',5')} {said} rưỡi" if number.endswith(",5") else f"{number} {said}"


def say_day(day: date, *, year: bool = False) -> str:
    """"ngày 20 tháng 2", and the year where it isn't plain."""
    return f"ngày {day.day} tháng {day.month}{f' năm {day.year}' if year else ''}"


def syllables(text: str) -> int:
    """How many syllables are said: a Vietnamese word is written syllable by syllable, numbers count as read."""
    return sum(_of_token(token) for token in _TOKEN.findall(text))


def seconds_to_say(text: str) -> int:
    """How long it takes to read the text out, to the whole second."""
    return round(syllables(text) / SYLLABLES_A_SECOND)


def _of_token(token: str) -> int:
    if not token[0].isdigit():
        return 1
    if token[0] == "0" and len(token) > 1 or len(token) > 9:
        return sum(char.isdigit() for char in token)  # A phone number is read digit by digit.
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", token):
        token = token.replace(".", "")
    whole, _, part = token.replace(".", ",").partition(",")
    return _of_number(int(whole)) + (1 + len(part.replace(",", "")) if part else 0)


def _of_number(number: int) -> int:
    for size in (1_000_000, 1000):
        if number >= size:
            high, rest = divmod(number, size)
            return _of_number(high) + 1 + (2 if 0 < rest < 100 else 0) + (_of_rest(rest) if rest else 0)
    hundreds, rest = divmod(number, 100)
    return (2 if hundreds else 0) + (_of_rest(rest) if hundreds and rest else 0 if hundreds else _below_hundred(number))


def _of_rest(rest: int) -> int:
    """What follows a hundred or a thousand: "linh" before a single digit; the caller counts "không trăm"."""
    return 2 if rest < 10 else _of_number(rest)


def _below_hundred(number: int) -> int:
    tens, ones = divmod(number, 10)
    return 1 if number <= 10 else 2 if tens == 1 else 2 + (ones > 0)
