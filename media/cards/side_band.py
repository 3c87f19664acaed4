"""Side band: paper ground, the brocade upright along the left edge, the photo inset, text on the photo's edges."""

from __future__ import annotations

from dataclasses import dataclass

from media.brocade.pattern import NARROW_ROWS, band
from media.cards.canvas import Canvas
from media.cards.parts import COLUMN_GAP_SHARE, Column, draw_column, fit_column
from media.cards.stage import draw_stage
from media.lettering.names import LEADING, NameLines, fit_name
from media.lettering.price import fit_price, price_ink, price_width_em
from media.lettering.text import CAP_HEIGHT_EM, EXTRA_BOLD, NAME_TRACKING, Box, Style, ink
from media.palette import palette
from media.photos.develop import Negative
from media.spec import CardSpec

NAME_SHARE, LEAST_NAME_SHARE = 0.060, 0.047
PRICE_SHARE, SMALL_PRICE_SHARE = 0.118, 0.100
LEAST_PHOTO_SHARE = 0.602
_CELL_PX = 6
_BAND_PX = NARROW_ROWS * _CELL_PX
_INSET_PX = 24
_BOTTOM_PX = 60


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where the words stand, and how low the photo may reach over them."""

    name: NameLines
    column: Column
    price_px: float
    last_name_baseline: int
    photo_bottom: int


def suits(spec: CardSpec, width: int, height: int) -> bool:
    """Whether name, price and household stand under the photo without becoming small."""
    plan = _plan(spec, width, height)
    return (plan.name.size_px >= LEAST_NAME_SHARE * width and plan.column.has_household
            and plan.photo_bottom >= _least_photo_bottom(width, height))


def draw(canvas: Canvas, spec: CardSpec, negative: Negative | None) -> None:
    """Draw the card over the whole canvas; `suits` was asked before."""
    colours, (width, height) = palette(spec.kind), canvas.image.size
    left, right, baseline = _BAND_PX + _INSET_PX, width - _INSET_PX, height - _BOTTOM_PX
    plan = _plan(spec, width, height)
    canvas.fill(Box(0, 0, width, height), colours.paper)
    canvas.paste(band(spec.kind, spec.household_code, rows=NARROW_ROWS, cell_px=_CELL_PX, length_px=height,
                      vertical=True), 0, 0)
    draw_stage(canvas, spec, negative, Box(left, _INSET_PX, right, plan.photo_bottom // 2 * 2))
    style = Style(EXTRA_BOLD, plan.name.size_px, NAME_TRACKING)
    for back, line in enumerate(reversed(plan.name.lines)):
        canvas.text(line, style, colours.ink, x=left,
                    baseline=plan.last_name_baseline - back * round(plan.name.size_px * LEADING))
    canvas.ink("price", price_ink(spec.price_vnd, spec.unit, plan.price_px), colours.price_on_paper,
               x=left, baseline=baseline)
    draw_column(canvas, plan.column, right=right, baseline=baseline)


def _plan(spec: CardSpec, width: int, height: int) -> _Plan:
    measure, gap = width - _BAND_PX - 2 * _INSET_PX, COLUMN_GAP_SHARE * width
    name = fit_name(spec.name, width_px=measure, max_px=NAME_SHARE * width)
    least_price = SMALL_PRICE_SHARE * width * price_width_em(spec.price_vnd, spec.unit)
    column = fit_column(spec, on_deep=False, sealed=False, short_px=width, room_px=measure - least_price - gap)
    price_px = fit_price(spec.price_vnd, spec.unit, max_px=PRICE_SHARE * width,
                         width_px=measure - column.width_px - gap)
    last = height - _BOTTOM_PX - round(price_px * CAP_HEIGHT_EM) - round(0.042 * width)
    rise = ink(name.lines[0], Style(EXTRA_BOLD, name.size_px, NAME_TRACKING)).rise_px
    top = last - round(name.size_px * LEADING) * (len(name.lines) - 1) - rise
    return _Plan(name, column, price_px, last, top - round(0.030 * width))


def _least_photo_bottom(width: int, height: int) -> int:
    """Where the photo must end at least to have its share of the whole card."""
    return _INSET_PX + round(LEAST_PHOTO_SHARE * width * height / (width - _BAND_PX - 2 * _INSET_PX))
