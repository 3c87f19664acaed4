"""Full bleed: the photo to the edges, the brocade over the seam, name and price on a deep plate."""

from __future__ import annotations

from dataclasses import dataclass

from media.brocade.pattern import NARROW_ROWS, band
from media.cards.badge import badge_of, draw_badge
from media.cards.canvas import Canvas
from media.cards.mosaic import Photos
from media.cards.parts import (COLUMN_GAP_SHARE, OLD_PRICE_SHARE, Column, draw_column, draw_household_tab, draw_name,
                               draw_old_price, draw_price, fit_column, name_height, old_price_height, old_price_lift)
from media.cards.stage import draw_stage, seal_fits
from media.lettering.names import NameLines, fit_name
from media.lettering.price import fit_price, price_width_em
from media.lettering.text import CAP_HEIGHT_EM, Box
from media.palette import plate
from media.spec import CardSpec

NAME_SHARE, PRICE_SHARE, SMALL_PRICE_SHARE = 0.062, 0.126, 0.104
LEAST_PHOTO_SHARE = 0.602
BAND_CELL_PX = 4
BAND_PX = NARROW_ROWS * BAND_CELL_PX


@dataclass(frozen=True, slots=True)
class PlatePlan:
    """Where everything stands at one scale of the type; the photo reaches down to `photo_px`."""

    scale: float
    name: NameLines
    last_name_baseline: int
    price_px: float
    column: Column
    photo_px: int


def suits(spec: CardSpec, photos: Photos, width: int, height: int) -> bool:
    """Always: whatever no other layout can set stands here."""
    return True


def draw(canvas: Canvas, spec: CardSpec, photos: Photos) -> None:
    """Draw the card over the whole canvas."""
    width, height = canvas.image.size
    negative = photos[0] if photos else None
    sealed = badge_of(spec) is None and seal_fits(
        spec.stock_text, negative, Box(0, 0, width, round(height * LEAST_PHOTO_SHARE)))
    plan = plan_plate(spec, width, height, sealed=sealed)
    draw_stage(canvas, spec, negative, Box(0, 0, width, plan.photo_px), sealed=sealed)
    draw_plate(canvas, spec, plan)


def margin_px(width: int) -> int:
    """The margin at the left, the right and below the last baseline; even."""
    return round(0.06 * width / 2) * 2


def plan_plate(spec: CardSpec, width: int, height: int, *, sealed: bool = False) -> PlatePlan:
    """The largest type that leaves the photo its share of the card."""
    return next(plan for scale in range(100, 30, -2)
                if (plan := _plan_at(spec, width, height, scale / 100, sealed=sealed)).photo_px
                >= LEAST_PHOTO_SHARE * height)


def draw_seam(canvas: Canvas, spec: CardSpec, top: int) -> None:
    """The household's band across the card at `top`, and the deep plate below it."""
    width, height = canvas.image.size
    cloth = band(spec.kind, spec.household_code, rows=NARROW_ROWS, cell_px=BAND_CELL_PX, length_px=width)
    canvas.paste(cloth, 0, top)
    canvas.fill(Box(0, top + BAND_PX, width, height), plate(spec.kind, dark=True).ground)


def draw_plate(canvas: Canvas, spec: CardSpec, plan: PlatePlan) -> None:
    """Band, plate and words below the photo, then the tab and the badge that lie on it."""
    colours, (width, height) = plate(spec.kind, dark=True), canvas.image.size
    margin = margin_px(width)
    draw_seam(canvas, spec, plan.photo_px)
    draw_name(canvas, plan.name, colours.strong, x=margin, last=plan.last_name_baseline)
    draw_old_price(canvas, spec, colours, OLD_PRICE_SHARE * width * plan.scale, x=margin,
                   baseline=height - margin - old_price_lift(plan.price_px, width * plan.scale))
    draw_price(canvas, spec, colours, plan.price_px, x=margin, baseline=height - margin)
    draw_column(canvas, plan.column, right=width - margin, baseline=height - margin)
    if not plan.column.has_household:
        draw_household_tab(canvas, spec, left=margin, width_px=width - 2 * margin)
    draw_badge(canvas, spec, Box(0, 0, width, plan.photo_px), inset_px=margin)


def _plan_at(spec: CardSpec, width: int, height: int, scale: float, *, sealed: bool) -> PlatePlan:
    margin = margin_px(width)
    measure, air = width - 2 * margin, width * (0.4 + 0.6 * scale)
    name = fit_name(spec.name, width_px=measure, max_px=NAME_SHARE * width * scale)
    gap = COLUMN_GAP_SHARE * width
    least_price = min(SMALL_PRICE_SHARE * width * scale * price_width_em(spec.price_vnd, spec.unit), 0.75 * measure)
    column = fit_column(spec, plate(spec.kind, dark=True), sealed=sealed, short_px=width,
                        room_px=measure - least_price - gap)
    price_px = fit_price(spec.price_vnd, spec.unit, width_px=measure - column.width_px - gap,
                         max_px=PRICE_SHARE * width * scale)
    last = (height - margin - round(price_px * CAP_HEIGHT_EM) - old_price_height(spec, width * scale)
            - round(0.038 * air))
    # An even height keeps the brocade's cells on the grid of the JPEG's halved colour planes.
    photo = (last - name_height(name) - round(0.041 * air) - BAND_PX) // 2 * 2
    return PlatePlan(scale, name, last, price_px, column, photo)
