"""A village's digest: what is for sale today, as a message for Zalo and as words to read out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from catalog.households.model import Household, Village
from catalog.listings.model import Listing, left_text, order_link
from catalog.posts.model import CHANNELS
from catalog.posts.texts import low_first
from catalog.words.money import show_vnd
from catalog.words.phones import show_phone
from catalog.words.spoken import say_day, say_unit, say_vnd, seconds_to_say

MOST_CHARACTERS = 2000
"""What one message of Zalo holds."""

LONGEST_SECONDS = 55
"""To read out: a recording ends after a minute."""

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


@dataclass(frozen=True, slots=True)
class Good:
    """One listing with its household."""

    listing: Listing
    household: Household


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was read out, as an M4A."""

    id: str
    upload_key: str
    object_key: str
    seconds: float
    created_ms: int


def day_text(day: date) -> str:
    """`thứ Năm 26/11`, always in Vietnamese: it goes to the village's group."""
    return f"{WEEKDAYS[day.weekday()]} {day.day}/{day.month}"


def turned(goods: list[Good], day: date) -> list[Good]:
    """The goods from another household on each day, so that none is always the one that is left out."""
    homes = [list(group) for _, group in groupby(goods, key=lambda good: good.household.id)]
    start = day.toordinal() % len(homes) if homes else 0
    return [good for home in homes[start:] + homes[:start] for good in home]


def digest_text(village: Village, goods: list[Good], day: date, *, public_url: str) -> str:
    """The message, at most MOST_CHARACTERS: household by household, what doesn't fit counted at the end.

    A household's number stands there if it shows one. Nothing but facts of what is on the stall.
    """
    head = f"Chợ phiên {village.name}, {day_text(day)}"
    if not goods:
        return f"{head}\nHôm nay chưa nhà nào đăng hàng."
    foot = "Bấm vào đường dẫn để đặt. Đến lấy hoặc gửi xe khách."
    lines, shown, home = [head], 0, ""
    for good in goods:
        more = [_line(good, public_url)]
        if good.household.id != home:
            more = ["", _home(good.household), *more]
        left_out = len(goods) - shown - 1
        if len("\n".join([*lines, *more, "", _rest(village, left_out, public_url), foot])) > MOST_CHARACTERS:
            break
        lines, shown, home = lines + more, shown + 1, good.household.id
    rest = [_rest(village, len(goods) - shown, public_url)] if shown < len(goods) else []
    return "\n".join([*lines, "", *rest, foot])


def digest_words(village: Village, goods: list[Good], day: date) -> str:
    """What the village's head reads out, at most LONGEST_SECONDS long."""
    weekday = WEEKDAYS[day.weekday()]
    head = f"Chào bà con. Đây là tin chợ phiên {low_first(village.name)}, {weekday} {say_day(day)}."
    if not goods:
        return f"{head} Hôm nay chưa nhà nào đăng hàng. Nhà nào có gì bán thì bảo tổ số đăng giúp. Cảm ơn bà con."
    homes = len({good.household.id for good in goods})
    foot = "Ai cần thì mở tin nhắn trong nhóm, bấm vào đường dẫn của món ấy mà đặt. Cảm ơn bà con."
    head += f" Hôm nay có {homes} nhà bán hàng." if homes > 1 else ""
    said: list[str] = []
    for _, group in groupby(goods, key=lambda good: good.household.id):
        sentence = _said(list(group))
        if seconds_to_say(" ".join([head, *said, sentence, _said_rest(len(goods)), foot])) > LONGEST_SECONDS:
            break
        said.append(sentence)
    shown = _count(goods, len(said))
    rest = [_said_rest(len(goods) - shown)] if shown < len(goods) else []
    return " ".join([head, *said, *rest, foot])


def _count(goods: list[Good], homes: int) -> int:
    """How many goods the first `homes` households have."""
    groups = [len(list(group)) for _, group in groupby(goods, key=lambda good: good.household.id)]
    return sum(groups[:homes])


def _home(household: Household) -> str:
    return f"Nhà {household.name}" + (f", gọi {show_phone(household.phone)}" if household.phone else "")


def _line(good: Good, public_url: str) -> str:
    one = good.listing
    dates = (f", đóng gói {one.packed_on:%d/%m/%Y}, hạn {one.best_before:%d/%m/%Y}"
             if one.kind == "dried_meat" and one.packed_on and one.best_before else "")
    left = left_text(one)
    return (f"- {one.name} {show_vnd(one.price_vnd)}/{one.unit}, {left[:1].lower()}{left[1:]}{dates}: "
            f"{order_link(public_url, one.code, CHANNELS['zalo'])}")


def _rest(village: Village, count: int, public_url: str) -> str:
    return f"và {count} món nữa: {public_url}/embed/{village.code}"


def _said(goods: Iterable[Good]) -> str:
    goods = list(goods)
    names = [f"{low_first(one.listing.name)} {say_vnd(one.listing.price_vnd)} một {say_unit(one.listing.unit)}" for one in goods]
    return f"Nhà {goods[0].household.name} có {', '.join(names)}."


def _said_rest(count: int) -> str:
    return f"Còn {count} món nữa, bà con xem trong nhóm."
