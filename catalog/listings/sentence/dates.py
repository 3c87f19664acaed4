"""What dried meat's sentence says of its days and what is in it: "đóng gói 15/11, hạn dùng 15/2/2027, thành phần thịt trâu, muối"."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from catalog.words.spelling import plain_letters

_DAY = (r"(?:\s|:|ngày|đến|tới|là)*(?P<day>\d{1,2})\s*(?:/|-|\.|\s*tháng\s*)\s*(?P<month>\d{1,2})"
        r"(?:\s*(?:/|-|\.|năm)\s*(?P<year>\d{4}|\d{2})(?!\d))?(?!\d)")
_PACKED = r"(?:đóng gói|nsx|ngày sản xuất|sản xuất|ngày làm)"
_BEST = r"(?:hsd|hạn sử dụng|hạn dùng|hạn|dùng đến|sử dụng đến)"
_MADE_OF = (r"(?:thành phần|nguyên liệu)(?:\s|:|gồm|là|có)*(?P<words>[^.;\n]{2,200}?)"
            rf"(?=\s*(?:[.;\n]|$|,?\s*(?:{_PACKED}|{_BEST}|giá|còn|lấy hàng|lấy ở|gọi|liên hệ|sđt|zalo)(?!\w)))")


def _both(pattern: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """For texts with marks and without."""
    return re.compile(rf"(?<!\w){pattern}", re.I), re.compile(rf"(?<!\w){plain_letters(pattern)}", re.I)


_PACKED_ON, _BEST_BEFORE, _INGREDIENTS = _both(_PACKED + _DAY), _both(_BEST + _DAY), _both(_MADE_OF)


@dataclass(frozen=True, slots=True)
class Care:
    """The days and the ingredients; None and "" where not said. `guessed` are words of a day without its year, by field."""

    packed_on: date | None = None
    best_before: date | None = None
    ingredients: str = ""
    guessed: tuple[tuple[str, str], ...] = ()


def read_care(message: str, today: date) -> Care:
    """What the message says; a day without a year is the last one for packing and the next one for the end."""
    text = unicodedata.normalize("NFC", message)
    way = 1 if text.isascii() else 0
    packed, best, made_of = _PACKED_ON[way].search(text), _BEST_BEFORE[way].search(text), _INGREDIENTS[way].search(text)
    days = {"packed_on": _day(packed, today, is_past=True), "best_before": _day(best, today, is_past=False)}
    guessed = tuple((name, " ".join(found[0].split())) for name, found in (("packed_on", packed), ("best_before", best))
                    if found and days[name] and not found["year"])
    return Care(**days, ingredients=" ".join(made_of["words"].split()).strip(" ,") if made_of else "", guessed=guessed)


def _day(found: re.Match[str] | None, today: date, *, is_past: bool) -> date | None:
    if found is None:
        return None
    try:
        if found["year"]:
            year = int(found["year"])
            return date(year if year > 99 else 2000 + year, int(found["month"]), int(found["day"]))
        day = date(today.year, int(found["month"]), int(found["day"]))
        if is_past and day > today:
            return day.replace(year=today.year - 1)
        return day.replace(year=today.year + 1) if not is_past and day < today else day
    except ValueError:
        return None
