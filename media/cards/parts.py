"""Pieces that several layouts share: the column at the right of the price, and the household's tab."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from media.cards.canvas import Canvas
from media.icons import pin_mask
from media.lettering.text import BOLD, MEDIUM, Box, Style, fit_size, measure_em
from media.palette import Colour, palette
from media.spec import CardSpec

COLUMN_GAP_SHARE = 0.041
"""Between the price and the column at its right, in parts of the short side."""
_CAPTION_SHARE, _SMALLEST_CAPTION_SHARE = 0.032, 0.027
_LINE_STEP_SHARE = 0.0463
_DOT = " · "


@dataclass(frozen=True, slots=True)
class Column:
    """Lines that stand right-aligned beside the price, the last on the price's baseline."""

    lines: tuple[tuple[str, Style, Colour], ...]
    width_px: float
    has_household: bool


def household_line(spec: CardSpec) -> str:
    """Who sells and where, on one line."""
    return _DOT.join(part for part in (spec.household, spec.place) if part)


def fit_column(spec: CardSpec, *, on_deep: bool, sealed: bool, short_px: int, room_px: float) -> Column:
    """Stock above household (with the stock in a seal: household above place), as large as `room_px` lets it.

    Where the household would become too small it is left out, for the tab to show.
    """
    colours = palette(spec.kind)
    strong, soft = (colours.paper, colours.pale) if on_deep else (colours.ink, colours.ink)
    words = ((spec.household, spec.place) if sealed else (spec.stock_text, spec.household))
    size = _size([words[0] or "", words[1] or ""], room_px, short_px)
    has_household = size >= _SMALLEST_CAPTION_SHARE * short_px
    if not has_household:
        words = (None, None) if sealed else (None, spec.stock_text)
        size = _size([words[1] or ""], room_px, short_px)
    styles = ((BOLD, strong), (MEDIUM, soft)) if has_household else ((BOLD, strong), (BOLD, strong))
    lines = tuple((text, Style(weight, size), colour)
                  for text, (weight, colour) in zip(words, styles, strict=True) if text)
    width = max((measure_em(text, style.weight) * style.size_px for text, style, _ in lines), default=0.0)
    return Column(lines, width, has_household)


def draw_column(canvas: Canvas, column: Column, *, right: int, baseline: int) -> None:
    """Set the column's lines upwards from `baseline`."""
    step = round(_LINE_STEP_SHARE * min(canvas.image.size))
    for back, (text, style, colour) in enumerate(reversed(column.lines)):
        canvas.text(text, style, colour, x=right, baseline=baseline - back * step, align="right")


def draw_household_tab(canvas: Canvas, spec: CardSpec, *, left: int, width_px: int) -> None:
    """A tab that hangs from the top edge over the photo: a pin, the household, the place."""
    colours, short = palette(spec.kind), min(canvas.image.size)
    pin, pad = pin_mask(round(0.023 * short)), round(0.023 * short)
    words = household_line(spec)
    lead = pin.width + round(0.013 * short)
    size = fit_size(words, MEDIUM, width_px=width_px - 2 * pad - lead, max_px=_CAPTION_SHARE * short)
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


def _size(words: list[str], room_px: float, short_px: int) -> float:
    return min(fit_size(text, weight, width_px=room_px, max_px=_CAPTION_SHARE * short_px)
               for text, weight in zip(words, (BOLD, MEDIUM), strict=False))
