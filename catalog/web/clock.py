"""Times as people in the highlands say them: kept in UTC, shown in Asia/Ho_Chi_Minh."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from catalog.web.locale import current, translate

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""Vietnam keeps UTC+7 the whole year, without daylight saving (IANA time zone database)."""

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def local(ms: int) -> datetime:
    """The moment in Vietnam's time."""
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone(VIETNAM)


def clock(ms: int) -> str:
    """Hour and minute: `14:32`."""
    return local(ms).strftime("%H:%M")


def day(moment: int | date | str) -> str:
    """Weekday and date: `thứ Tư 25/11`. Takes milliseconds, a date or its ISO form."""
    if isinstance(moment, int):
        moment = local(moment).date()
    if isinstance(moment, str):
        moment = date.fromisoformat(moment)
    return f"{translate(WEEKDAYS[moment.weekday()])} {moment:%d/%m}"


def full_date(moment: date | str) -> str:
    """Day, month and year as labels write them: `25/11/2026`."""
    if isinstance(moment, str):
        moment = date.fromisoformat(moment)
    return f"{moment:%d/%m/%Y}"


def moment(ms: int, now_ms: int) -> str:
    """Clock alone for today, with the day otherwise."""
    if local(ms).date() == local(now_ms).date():
        return clock(ms)
    return f"{clock(ms)} {day(ms)}"


def waited(ms: int, now_ms: int) -> str:
    """How long somebody has waited, in words for a tag: `Đợi 12 phút rồi`, or `Vừa đến` within the first minute."""
    if now_ms - ms < 60_000:
        return translate("Vừa đến")
    return translate("Đợi {time} rồi").format(time=ago(ms, now_ms))


def ago(ms: int, now_ms: int) -> str:
    """How long ago, in one unit: `12 phút`, `2 giờ`, `3 ngày`."""
    minutes = max(0, (now_ms - ms) // 60_000)
    number, unit = ((minutes, "phút") if minutes < 60
                    else (minutes // 60, "giờ") if minutes < 48 * 60
                    else (minutes // (24 * 60), "ngày"))
    return f"{number} {translate(unit)}" if current.get() == "vi" or number != 1 else f"1 {translate(unit).rstrip('s')}"
