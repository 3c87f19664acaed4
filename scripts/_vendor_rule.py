"""The peer of `bench.py words`: comments read as vendors' help pages describe it — a code or "chốt", a number, a phone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_CLOSES = re.compile(r"\b(?:chốt|chot|lấy|lay|đặt|mua)\b")
_PHONE = re.compile(r"\b0\d(?:[ .\-]?\d){8}\b")
_NUMBER = re.compile(r"\b(\d+(?:[.,]\d+)?) ?(kg|ký|kí|cân|quả|trái|túi|gói|bịch)?")
_UNITS = {"ký": "kg", "kí": "kg", "cân": "kg", "trái": "quả", "gói": "túi", "bịch": "túi"}


def read_by_rule(text: str, products: Mapping[str, str]) -> dict[str, Any]:
    """An answer with the keys of the readers', by one code or name, one number and one phone.

    `products` gives each code, and each word that names one product alone, its code.
    """
    lowered = text.lower()
    phone = _PHONE.search(lowered)
    rest = _PHONE.sub(" ", lowered)
    said = next((word for word in products if re.search(rf"\b{word}\b", rest)), None)
    code = products[said] if said else None
    rest = re.sub(rf"\b{said}\b", " ", rest) if said else rest
    number = _NUMBER.search(rest)
    order = bool(number and (code or _CLOSES.search(rest)) or (code and _CLOSES.search(rest)))
    items = [{"product": code, "quantity": float(number[1].replace(",", ".")) if number else None,
              "unit": _UNITS.get(number[2] or "", number[2]) if number else None}] if order else []
    return {"text": text, "order": order, "items": items,
            "phone": "+84" + re.sub(r"\D", "", phone[0])[1:] if phone else None}
