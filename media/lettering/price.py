"""The price lock-up: big digits, a hanging đ, and the unit on the baseline under it."""

from __future__ import annotations

from functools import lru_cache

from PIL import Image

from media.lettering.text import BOLD, CAP_HEIGHT_EM, EXTRA_BOLD, MEDIUM, PRICE_TRACKING, Ink, Style, ink, measure_em

DONG_SHARE, UNIT_SHARE, GAP_SHARE = 0.50, 0.34, 0.09


def digits(price_vnd: int) -> str:
    """Whole đồng with a point at each thousand, as prices are written in Vietnam: 1.250.000."""
    return f"{price_vnd:,}".replace(",", ".")


def price_width_em(price_vnd: int, unit: str) -> float:
    """The width of the whole lock-up in sizes of its digits."""
    column = max(DONG_SHARE * measure_em("đ", EXTRA_BOLD), UNIT_SHARE * measure_em(_unit(unit), BOLD))
    return measure_em(digits(price_vnd), EXTRA_BOLD, PRICE_TRACKING) + GAP_SHARE + column


def fit_price(price_vnd: int, unit: str, *, width_px: float, max_px: float) -> float:
    """The largest size of the digits, up to `max_px`, at which the lock-up keeps within `width_px`."""
    return min(max_px, (width_px - 3) / price_width_em(price_vnd, unit))


@lru_cache(maxsize=64)
def price_ink(price_vnd: int, unit: str, size_px: float) -> Ink:
    """The lock-up as one piece of ink: đ hangs from the digits' head, "/kg" stands on their foot."""
    number = ink(digits(price_vnd), Style(EXTRA_BOLD, size_px, PRICE_TRACKING))
    dong = ink("đ", Style(EXTRA_BOLD, size_px * DONG_SHARE))
    per = ink(_unit(unit), Style(BOLD, size_px * UNIT_SHARE))
    column = number.width_px + round(size_px * GAP_SHARE)
    drop = max(number.drop_px, per.drop_px)
    mask = Image.new("L", (column + max(dong.width_px, per.width_px), number.rise_px + drop))
    mask.paste(number.mask, (0, 0))
    mask.paste(dong.mask, (column, 0))
    mask.paste(per.mask, (column, number.rise_px - per.rise_px))
    return Ink(mask, number.rise_px, drop)


@lru_cache(maxsize=64)
def old_price_ink(was_vnd: int, size_px: float) -> Ink:
    """A price that no longer holds, a thin line through the middle of its digits."""
    number = ink(f"{digits(was_vnd)}đ", Style(MEDIUM, size_px))
    over, thick = round(size_px * 0.10), max(2, round(size_px * 0.058))
    mask = Image.new("L", (number.width_px + 2 * over, number.mask.height))
    mask.paste(number.mask, (over, 0))
    top = number.rise_px - round((size_px * CAP_HEIGHT_EM + thick) / 2)
    mask.paste(255, (0, top, mask.width, top + thick))
    return Ink(mask, number.rise_px, number.drop_px)


def small_price(price_vnd: int, unit: str = "") -> str:
    """A price on one line among other words: "22.000đ/kg"."""
    return f"{digits(price_vnd)}đ{_unit(unit)}"


def _unit(unit: str) -> str:
    return f"/{unit}" if unit else ""
