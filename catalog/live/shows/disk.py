"""What the control room and the camera are told when the server's disk runs out of room for a show."""

from __future__ import annotations

from catalog.web.locale import say
from catalog.words.keyed import N_

LOW_MINUTES = 30
_FEWER_MINUTES, _MORE_MINUTES = 5, 10
LOW = N_("Máy chủ sắp đầy, còn ghi được khoảng {minutes} phút. Báo người trông máy chủ.")
FULL = N_("Máy chủ đã đầy. Buổi vẫn phát, nhưng không ghi lại nữa.")


def disk_words(minutes_left: int) -> str:
    """One sentence while less than half an hour can be recorded, else nothing."""
    if minutes_left >= LOW_MINUTES:
        return ""
    return say(LOW, {"minutes": minutes_left}) if minutes_left else say(FULL, {})


def is_worth_telling(told: int, now: int) -> bool:
    """Whether who was `told` so many minutes should hear of it anew: each five fewer, ten more, the end and its end."""
    told, now = min(told, LOW_MINUTES), min(now, LOW_MINUTES)
    return now <= told - _FEWER_MINUTES or now >= told + _MORE_MINUTES or (now == 0) != (told == 0)
