"""Side band: paper ground, the brocade upright at an edge, the photo inset beside it, text on the photo's edges."""

from __future__ import annotations

from dataclasses import dataclass

from media.brocade.pattern import NARROW_ROWS, band
from media.cards.badge import draw_badge
from media.cards.canvas import Canvas
from media.cards.mosaic import Photos
from media.cards.parts import (COLUMN_GAP_SHARE, OLD_PRICE_SHARE, Column, draw_column, draw_name, draw_old_price,
                               draw_price, fit_column, name_height, old_price_height, old_price_lift, turn)
from media.cards.stage import draw_stage, fills
from media.lettering.names import NameLines, fit_name
from media.lettering.price import fit_price, price_width_em
from media.lettering.text import CAP_HEIGHT_EM, Box
from media.palette import plate
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


def suits(spec: CardSpec, photos: Photos, width: int, height: int) -> bool:
    """Whether a photo fills its frame, and name, price and household stand under it without becoming small."""
    plan = _plan(spec, width, height)
    return (plan.name.size_px >= LEAST_NAME_SHARE * width and plan.column.has_household
            and plan.photo_bottom >= _least_photo_bottom(width, height)
            and (not photos or fills(photos[0], Box(0, 0, _frame_width(width), plan.photo_bottom))))


def draw(canvas: Canvas, spec: CardSpec, photos: Photos) -> None:
    """Draw the card over the whole canvas, the band at the left or, for half of the products, at the right."""
    colours, (width, height) = plate(spec.kind, dark=False), canvas.image.size
    mirrored = turn(spec, 2) % 2 == 1
    left = _INSET_PX if mirrored else _BAND_PX + _INSET_PX
    right, baseline = left + _frame_width(width), height - _BOTTOM_PX
    plan = _plan(spec, width, height)
    canvas.fill(Box(0, 0, width, height), colours.ground)
    canvas.paste(band(spec.kind, spec.household_code, rows=NARROW_ROWS, cell_px=_CELL_PX, length_px=height,
                      vertical=True), width - _BAND_PX if mirrored else 0, 0)
    frame = Box(left, _INSET_PX, right, plan.photo_bottom // 2 * 2)
    draw_stage(canvas, spec, photos[0] if photos else None, frame)
    draw_name(canvas, plan.name, colours.strong, x=left, last=plan.last_name_baseline)
    draw_old_price(canvas, spec, colours, OLD_PRICE_SHARE * width, x=left,
                   baseline=baseline - old_price_lift(plan.price_px, width))
    draw_price(canvas, spec, colours, plan.price_px, x=left, baseline=baseline)
    draw_column(canvas, plan.column, right=right, baseline=baseline)
    draw_badge(canvas, spec, frame, inset_px=32)


def _frame_width(width: int) -> int:
    return width - _BAND_PX - 2 * _INSET_PX


def _plan(spec: CardSpec, width: int, height: int) -> _Plan:
    measure, gap = _frame_width(width), COLUMN_GAP_SHARE * width
    name = fit_name(spec.name, width_px=measure, max_px=NAME_SHARE * width)
    least_price = SMALL_PRICE_SHARE * width * price_width_em(spec.price_vnd, spec.unit)
    column = fit_column(spec, plate(spec.kind, dark=False), sealed=False, short_px=width,
                        room_px=measure - least_price - gap)
    price_px = fit_price(spec.price_vnd, spec.unit, max_px=PRICE_SHARE * width,
                         width_px=measure - column.width_px - gap)
    last = (height - _BOTTOM_PX - round(price_px * CAP_HEIGHT_EM) - old_price_height(spec, width)
            - round(0.038 * width))
    return _Plan(name, column, price_px, last, last - name_height(name) - round(0.025 * width))


def _least_photo_bottom(width: int, height: int) -> int:
    """Where the photo must end at least to have its share of the whole card."""
    return _INSET_PX + round(LEAST_PHOTO_SHARE * width * height / _frame_width(width))
