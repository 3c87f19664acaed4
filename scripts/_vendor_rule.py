"""The peer of `bench.py words`: comments read as vendors' help pages describe it — a code or "chốt", a number, a phone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

_CLOSES = re.compile(r"\b(?:chốt|chot|lấy|lay|đặt|mua)\b")
_PHONE = re.compile(r"\b0\d(?:[ .\-]?\d){8}\b")
_NUMBER = re.compile(r"\b(\d+(?:[.,]\d+)?) ?(kg|ký|kí|cân|quả|trái|túi|gói|bịch)?")
_UNITS = {"ký": "kg", "kí": "kg", "cân": "kg", "trái": "quả", "gói": "túi", "bịch": "túi"}


def read_by_rule(text: str, codes: Sequence[str]) -> dict[str, Any]:
    """An answer with the keys of the readers', by one code, one number and one phone."""
    lowered = text.lower()
    phone = _PHONE.search(lowered)
    rest = _PHONE.sub(" ", lowered)
    code = next((code for code in codes if re.search(rf"\b{code.lower()}\b", rest)), None)
    rest = re.sub(rf"\b{code.lower()}\b", " ", rest) if code else rest
    number = _NUMBER.search(rest)
    order = bool(code or (_CLOSES.search(rest) and number))
    items = [{"product": code, "quantity": float(number[1].replace(",", ".")) if number else None,
              "unit": _UNITS.get(number[2] or "", number[2]) if number else None}] if order else []
    return {"text": text, "order": order, "items": items,
            "phone": "+84" + re.sub(r"\D", "", phone[0])[1:] if phone else None}
