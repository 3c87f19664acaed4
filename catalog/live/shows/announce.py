"""When a show is, in words, and its entry for a calendar (RFC 5545)."""

from __future__ import annotations

from datetime import UTC, datetime

from catalog.live.shows.model import Show
from catalog.web.clock import WEEKDAYS, local

PARTS_OF_DAY = ((5, "đêm"), (11, "sáng"), (13, "trưa"), (18, "chiều"), (22, "tối"), (24, "đêm"))
"""Until which hour each part of the day lasts, as people say it."""

LENGTH_MINUTES = 60
ALARM_MINUTES = 10
LONGEST_LINE = 75
"""Octets of a line before it is folded: RFC 5545, 3.1."""


def day_lines(ms: int) -> tuple[str, str]:
    """The day on two short lines, always in Vietnamese: `tối thứ Bảy`, `28 tháng 11`."""
    moment = local(ms)
    part = next(words for until, words in PARTS_OF_DAY if moment.hour < until)
    return f"{part} {WEEKDAYS[moment.weekday()]}", f"{moment.day} tháng {moment.month}"


def calendar(show: Show, seller: str, link: str, *, stamp_ms: int) -> str:
    """An iCalendar object: the show of this seller ("nhà Lò Thị Xuân"), and an alarm ten minutes before."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Cho Phien//Live//VI", "METHOD:PUBLISH", "BEGIN:VEVENT",
             f"UID:{show.code.lower()}@cho-phien", f"DTSTAMP:{_utc(stamp_ms)}", f"DTSTART:{_utc(show.starts_ms)}",
             f"DURATION:PT{LENGTH_MINUTES}M", f"SUMMARY:{_text(f'{show.title} · {seller}')}",
             f"LOCATION:{_text(link)}", f"URL:{link}", f"DESCRIPTION:{_text(f'Xem và đặt ở {link}')}",
             "BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(show.title)}", f"TRIGGER:-PT{ALARM_MINUTES}M", "END:VALARM",
             "END:VEVENT", "END:VCALENDAR"]
    return "".join(f"{_fold(line)}\r\n" for line in lines)


def _utc(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    """Escaped as RFC 5545, 3.3.11, wants it."""
    return words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r", "").replace("\n", "\\n")


def _fold(line: str) -> str:
    """Folded at octets, never inside a character."""
    parts, part = [], ""
    for char in line:
        if len((part + char).encode()) > LONGEST_LINE - (1 if parts else 0):
            parts.append(part)
            part = ""
        part += char
    return "\r\n ".join([*parts, part])
