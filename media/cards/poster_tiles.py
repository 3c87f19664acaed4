"""The goods of a show on its poster: one to four tiles, each with photo, name and price, and whose it is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from media.cards.canvas import Canvas
from media.cards.tile import HEM_HEIGHT_PX, draw_picture
from media.lettering.names import LEADING, NameLines, fit_name
from media.lettering.price import fit_price, price_ink
from media.lettering.text import (BOLD, CAP_HEIGHT_EM, EXTRA_BOLD, MEDIUM, NAME_TRACKING, Box, Ink, Style, fit_size,
                                  measure_em)
from media.palette import palette, plate
from media.spec import CardSpec

GAP_PX = 8
_WIDE_PX = 600
"""From this width on, a tile has its price beside the name."""
_PLATE_PX = {False: 168, True: 112}
_USUAL_SHAPE = 4 / 3
_NARROW_SHARE, _ROOMY_PX = 0.88, 440
"""In tiles lower than this the type is a little smaller, for the photo's sake."""
_WIDE_NAME_PX, _NAME_PX, _WIDE_PRICE_PX, _PRICE_PX, _SELLER_PX = 50, 40, 84, 58, 29
_LEAST_NAME_SHARE, _LEAST_SELLER_PX = 0.6, 23
_PRICE_SHARE = 0.62
"""Of a narrow tile's measure, where the seller stands beside the price."""


def arrange(count: int, area: Box) -> list[Box]:
    """Where `count` goods (1 to 4) stand in `area`: the way that leaves photos nearest to their usual shape."""
    return min(_ways(count, area), key=lambda boxes: max(map(_strain, boxes)))


def draw_goods(canvas: Canvas, goods: Sequence[CardSpec], sellers: Sequence[str], area: Box, *, scale: float) -> None:
    """Fill `area` with the tiles, `scale` being the size of their type (1 on a picture of 1080 pixels)."""
    boxes = arrange(len(goods), area)
    narrow = min(scale, scale * _NARROW_SHARE * max(1.0, min(box.height for box in boxes) / _ROOMY_PX))
    plans = [_plan(spec, seller, box, scale if box.width >= _WIDE_PX else narrow)
             for spec, seller, box in zip(goods, [*sellers, *[""] * len(goods)], boxes, strict=False)]
    if not all(plan.beside for plan in plans):
        plans = [replace(plan, beside=plan.is_wide) for plan in plans]
    for spec, plan in zip(goods, plans, strict=True):
        # Plates that stand side by side begin on one line.
        top = min(other.top for other in plans if other.box.bottom == plan.box.bottom)
        draw_picture(canvas, spec, plan.box, top - HEM_HEIGHT_PX)
        _set_words(canvas, spec, plan, top)


def draw_more(canvas: Canvas, words: str, kind: str, area: Box, *, scale: float) -> None:
    """A tab with what there is beside, hanging from the upper right corner of `area`."""
    if not words:
        return
    size, pad = 34 * scale, round(22 * scale)
    width, height = round(measure_em(words, BOLD) * size) + 2 * pad, round(62 * scale)
    canvas.fill(Box(area.right - width, area.top, area.right, area.top + height), palette(kind).ink)
    canvas.text(words, Style(BOLD, size), palette(kind).paper, x=area.right - pad,
                baseline=area.top + round((height + size * CAP_HEIGHT_EM) / 2), align="right")


@dataclass(frozen=True, slots=True)
class _Plan:
    """The words of one tile. `beside`: a narrow tile's seller stands at the right of the price, not above it."""

    box: Box
    is_wide: bool
    scale: float
    pad: int
    name: NameLines
    price: Ink
    seller: str
    beside: bool

    @property
    def foot(self) -> int:
        """The lowest baseline."""
        return self.box.bottom - round((34 if self.is_wide else 26) * self.scale)

    @property
    def rise(self) -> int:
        """What the name takes above its last baseline, the blank over it counted."""
        return round(self.name.size_px * (LEADING * (len(self.name.lines) - 1) + 1.02)) + round(12 * self.scale)

    @property
    def seller_line(self) -> int:
        """What the seller takes below the name, if it stands there."""
        return round(self.seller_px * 1.5) if self.seller and (self.is_wide or not self.beside) else 0

    @property
    def seller_px(self) -> float:
        """The size of the seller's name."""
        taken = self.price.width_px + 24 * self.scale if self.is_wide or self.beside else 0.0
        return _seller_px(self.seller, self.box.width - 2 * self.pad - taken, self.scale)

    @property
    def top(self) -> int:
        """Where the plate has to begin."""
        words = self.rise + self.seller_line
        if self.is_wide:
            return self.foot - max(words, self.price.rise_px + round(26 * self.scale))
        return self.foot - self.price.rise_px - round(24 * self.scale) - words


def _plan(spec: CardSpec, seller: str, box: Box, scale: float) -> _Plan:
    """The price beside the name where the tile is wide and the name stays large, else below it."""
    is_wide = box.width >= _WIDE_PX
    pad = round((64 if is_wide else 28) * scale)
    measure = box.width - 2 * pad
    if is_wide:
        price = _price(spec, 0.5 * measure, _WIDE_PRICE_PX * scale)
        name = fit_name(spec.name, width_px=measure - price.width_px - 44 * scale, max_px=_WIDE_NAME_PX * scale)
        if name.size_px >= _LEAST_NAME_SHARE * _WIDE_NAME_PX * scale:
            return _Plan(box, True, scale, pad, name, price, seller, True)
    price = _price(spec, _PRICE_SHARE * measure if seller else measure, _PRICE_PX * scale)
    room = measure - price.width_px - 24 * scale
    return _Plan(box, False, scale, pad, fit_name(spec.name, width_px=measure, max_px=_NAME_PX * scale), price, seller,
                 not seller or _seller_px(seller, room, scale) >= _LEAST_SELLER_PX * scale)


def _set_words(canvas: Canvas, spec: CardSpec, plan: _Plan, top: int) -> None:
    """The name from the plate's head, the price on its foot, the seller where the plan has room for it."""
    colours, left, right = plate(spec.kind, dark=True), plan.box.left + plan.pad, plan.box.right - plan.pad
    last = top + plan.rise
    step, style = round(plan.name.size_px * LEADING), Style(EXTRA_BOLD, plan.name.size_px, NAME_TRACKING)
    for back, line in enumerate(reversed(plan.name.lines)):
        canvas.text(line, style, colours.strong, x=left, baseline=last - back * step)
    if plan.is_wide:
        canvas.ink("price", plan.price, colours.price, x=right, baseline=plan.foot, align="right")
    else:
        canvas.ink("price", plan.price, colours.price, x=left, baseline=plan.foot)
    if plan.seller_line:
        canvas.text(plan.seller, Style(MEDIUM, plan.seller_px), colours.soft, x=left, baseline=last + plan.seller_line)
    elif plan.seller:
        canvas.text(plan.seller, Style(MEDIUM, plan.seller_px), colours.soft, x=right, baseline=plan.foot,
                    align="right")


def _ways(count: int, area: Box) -> list[list[Box]]:
    middle_x, middle_y, half = (area.left + area.right) // 2, (area.top + area.bottom) // 2, GAP_PX // 2
    left, right = (area.left, middle_x - half), (middle_x + half, area.right)
    upper, lower = (area.top, middle_y - half), (middle_y + half, area.bottom)
    whole_x, whole_y = (area.left, area.right), (area.top, area.bottom)
    ways = {1: [[(whole_x, whole_y)]],
            2: [[(left, whole_y), (right, whole_y)], [(whole_x, upper), (whole_x, lower)]],
            3: [[(whole_x, upper), (left, lower), (right, lower)], [(left, whole_y), (right, upper), (right, lower)]],
            4: [[(left, upper), (right, upper), (left, lower), (right, lower)]]}
    return [[Box(x[0], y[0], x[1], y[1]) for x, y in way] for way in ways[count]]


def _strain(box: Box) -> float:
    height = max(1, box.height - _PLATE_PX[box.width >= _WIDE_PX])
    return abs(math.log(box.width / height / _USUAL_SHAPE))


def _price(spec: CardSpec, width_px: float, max_px: float) -> Ink:
    return price_ink(spec.price_vnd, spec.unit, fit_price(spec.price_vnd, spec.unit, width_px=width_px, max_px=max_px))


def _seller_px(seller: str, room: float, scale: float) -> float:
    return fit_size(seller, MEDIUM, width_px=max(1.0, room), max_px=_SELLER_PX * scale) if seller else 0.0
