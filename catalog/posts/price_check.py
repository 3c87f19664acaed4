"""Prices in a text beside the price that the listing has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from catalog.words.keyed import N_
from catalog.words.money import BadMoney, read_vnd, show_vnd
from catalog.words.units import BadQuantity, read_unit

LEAST_VND = 500
"""Fry and seedlings are sold for less than a thousand; below this a price has lost its noughts."""

FAR = 2
"""So many times more or less than the listing's price is a slip, not a better offer."""

_PRICE = re.compile(
    r"(?<![\d.,])(?P<sum>\d+(?:[.,]\d+)*(?: ?(?:k|nghìn|nghin|ngàn|ngan|triệu|trieu|tr)(?:\d{1,3}| ?rưỡi| ?ruoi)?(?!\w))?"
    r"(?: ?(?:đồng|dong|vnđ|vnd|đ|d|₫)(?!\w))?)(?: ?(?:/|một|mot|mỗi|moi) ?1?(?P<unit>[^\W\d_]+))?")
_SCALED = re.compile(r"k|n|tr|đ|d|v|₫")
_NOT_THE_PRICE = re.compile(r"(?:ship|cước|cuoc|phí|phi|tiền xe|tien xe|giảm|giam|bớt|bot|cọc|coc|tặng|tang|thưởng|quà)(?: \w+){0,2}:? ?$|\d[\d.,]* ?(?:k|nghìn|nghin|ngàn|triệu|trieu|tr|đ)? ?(?:-|–|đến|den|tới|toi) ?$")

Told = tuple[str, str, str, str, dict[str, Any]]


def price_findings(text: str, price_vnd: int, unit: str, *, tiers_vnd: tuple[int, ...] = ()) -> Iterator[Told]:
    """Rule, words, why, instead and values for each price that can't be meant; `text` as `phrases.read` gives it.

    Only what names a price of the same unit, or a sum too small for anything, is compared: what is said of
    several units, of sending or of another unit is another price. A second price beside the right one may be one by amount;
    those in `tiers_vnd` are.
    """
    said = [found for found in _PRICE.finditer(text)
            if _SCALED.search(found["sum"]) and not _NOT_THE_PRICE.search(text[:found.start()])]
    sums = {found.start(): _read(found["sum"]) for found in said}
    has_own = price_vnd in sums.values()
    for found in said:
        value, words = sums[found.start()], found[0].strip()
        if value is None:
            continue
        if value < LEAST_VND:
            yield ("price-small", words, N_("{said} chắc là thiếu số không."),
                   N_("Viết: {price}/{unit}.") if price_vnd >= LEAST_VND else N_("Bấm Sửa, ghi lại giá của món này."),
                   {"said": words, "price": show_vnd(price_vnd), "unit": unit})
        elif value not in tiers_vnd and _is_of(found["unit"], unit) and value != price_vnd and (not has_own or not price_vnd / FAR < value < price_vnd * FAR):
            yield ("price-other", words, N_("Hàng đang bán {price}/{unit}."), N_("Viết: {price}/{unit}. Muốn đổi giá thì bấm Sửa."),
                   {"price": show_vnd(price_vnd), "unit": unit})


def _read(words: str) -> int | None:
    try:
        return read_vnd(words)
    except BadMoney:
        small = re.fullmatch(r"(\d{1,3}) ?(?:đồng|dong|vnđ|vnd|đ|d|₫)", words)
        return int(small[1]) if small else None


def _is_of(said: str | None, unit: str) -> bool:
    try:
        return bool(said) and read_unit(said or "") == read_unit(unit)
    except BadQuantity:
        return said == unit
