"""Pieces that several layouts share: the column beside the price, the household's tab, the price with the old one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np

from media.cards.canvas import Canvas
from media.icons import pin_mask
from media.lettering.names import LEADING, NameLines
from media.lettering.price import old_price_ink, price_ink
from media.lettering.text import (BOLD, CAP_HEIGHT_EM, EXTRA_BOLD, MEDIUM, NAME_TRACKING, Box, Style, fit_size, ink,
                                  measure_em)
from media.palette import Colour, Plate, palette
from media.spec import CardSpec

COLUMN_GAP_SHARE = 0.041
"""Between the price and the column at its right, in parts of the short side."""
CAPTION_SHARE, SMALLEST_CAPTION_SHARE = 0.032, 0.027
OLD_PRICE_SHARE = 0.042
_OLD_GAP_SHARE = 0.020
_LINE_STEP_SHARE = 0.0463
_DOT = " · "


@dataclass(frozen=True, slots=True)
class Column:
    """Lines that stand right-aligned beside the price, the last on the price's baseline."""

    lines: tuple[tuple[str, Style, Colour], ...]
    width_px: float
    has_household: bool


def turn(spec: CardSpec, at: int) -> int:
    """A number 0..255 that stays with a household's product: what takes turns between products goes by it."""
    return hashlib.sha256(f"{spec.household_code}\n{spec.order_link}".encode()).digest()[at]


def household_line(spec: CardSpec) -> str:
    """Who sells and where, on one line."""
    return _DOT.join(part for part in (spec.household, spec.place) if part)


def fit_column(spec: CardSpec, plate: Plate, *, sealed: bool, short_px: int, room_px: float) -> Column:
    """Stock above household (with the stock in a seal: household above place), as large as `room_px` lets it.

    Where the household would become too small it is left out, for the tab to show.
    """
    words = ((spec.household, spec.place) if sealed else (spec.stock_text, spec.household))
    size = _size([words[0] or "", words[1] or ""], room_px, short_px)
    has_household = size >= SMALLEST_CAPTION_SHARE * short_px
    if not has_household:
        words = (None, None) if sealed else (None, spec.stock_text)
        size = _size([words[1] or ""], room_px, short_px)
    styles = ((BOLD, plate.strong), (MEDIUM, plate.soft)) if has_household else ((BOLD, plate.strong),) * 2
    lines = tuple((text, Style(weight, size), colour)
                  for text, (weight, colour) in zip(words, styles, strict=True) if text)
    width = max((measure_em(text, style.weight) * style.size_px for text, style, _ in lines), default=0.0)
    return Column(lines, width, has_household)


def draw_column(canvas: Canvas, column: Column, *, right: int, baseline: int) -> None:
    """Set the column's lines upwards from `baseline`."""
    step = round(_LINE_STEP_SHARE * min(canvas.image.size))
    for back, (text, style, colour) in enumerate(reversed(column.lines)):
        canvas.text(text, style, colour, x=right, baseline=baseline - back * step, align="right")


def draw_name(canvas: Canvas, name: NameLines, colour: Colour, *, x: int, last: int) -> None:
    """Set a name's lines, the last on the baseline `last`."""
    style, step = Style(EXTRA_BOLD, name.size_px, NAME_TRACKING), round(name.size_px * LEADING)
    for back, line in enumerate(reversed(name.lines)):
        canvas.text(line, style, colour, x=x, baseline=last - back * step)


def name_height(name: NameLines) -> int:
    """From the head of the first line's highest mark to the last baseline, in pixels."""
    rise = ink(name.lines[0], Style(EXTRA_BOLD, name.size_px, NAME_TRACKING)).rise_px
    return rise + round(name.size_px * LEADING) * (len(name.lines) - 1)


def draw_price(canvas: Canvas, spec: CardSpec, plate: Plate, size_px: float, *, x: int, baseline: int,
               align: str = "left") -> Box:
    """The price lock-up; the box of its ink."""
    return canvas.ink("price", price_ink(spec.price_vnd, spec.unit, size_px), plate.price, x=x, baseline=baseline,
                      align=align)


def draw_old_price(canvas: Canvas, spec: CardSpec, plate: Plate, size_px: float, *, x: int, baseline: int,
                   align: str = "left") -> None:
    """The price before a promotion, struck through; nothing where there is none."""
    if has_old_price(spec):
        canvas.ink("old price", old_price_ink(spec.was_vnd or 0, size_px), plate.soft, x=x, baseline=baseline,
                   align=align)


def has_old_price(spec: CardSpec) -> bool:
    """Whether there is a promotion to show: a price before that was higher."""
    return spec.was_vnd is not None and spec.was_vnd > spec.price_vnd


def old_price_height(spec: CardSpec, short_px: float) -> int:
    """What an old price needs above the new one, its gap counted; 0 without a promotion."""
    return round((OLD_PRICE_SHARE * CAP_HEIGHT_EM + _OLD_GAP_SHARE) * short_px) if has_old_price(spec) else 0


def old_price_lift(price_px: float, short_px: float) -> int:
    """How far the old price's baseline stands above the new one's."""
    return round(price_px * CAP_HEIGHT_EM + _OLD_GAP_SHARE * short_px)


def draw_household_tab(canvas: Canvas, spec: CardSpec, *, left: int, width_px: int) -> None:
    """A tab that hangs from the top edge over the photo: a pin, the household, the place."""
    colours, short = palette(spec.kind), min(canvas.image.size)
    pin, pad = pin_mask(round(0.023 * short)), round(0.023 * short)
    words = household_line(spec)
    lead = pin.width + round(0.013 * short)
    size = fit_size(words, MEDIUM, width_px=width_px - 2 * pad - lead, max_px=CAPTION_SHARE * short)
    width = round(measure_em(words, MEDIUM) * size) + 2 * pad + lead
    height = round(0.0620 * short)
    canvas.fill(Box(left, 0, left + width, height), colours.deep)
    baseline = round(height * 0.56 + size * 0.30)
    canvas.image.paste(colours.paper, (left + pad, baseline - round(size * 0.37) - pin.height // 2), pin)
    canvas.text(words, Style(MEDIUM, size), colours.paper, x=left + pad + lead, baseline=baseline)
    threads = colours.threads
    hem = [threads[0], threads[1], threads[0], threads[2], threads[0]]
    rows = np.repeat(np.array([hem], np.uint8), 4 * width, axis=0).reshape(4, width, 5, 3).transpose(2, 0, 1, 3)
    canvas.paste(np.ascontiguousarray(rows.reshape(20, width, 3)), left, height)
    canvas.tab_box = Box(left, 0, left + width, height + 20)


def _size(words: list[str], room_px: float, short_px: int) -> float:
    return min(fit_size(text, weight, width_px=room_px, max_px=CAPTION_SHARE * short_px)
               for text, weight in zip(words, (BOLD, MEDIUM), strict=False))
