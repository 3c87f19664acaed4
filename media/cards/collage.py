"""Collage: two or three photos, the name left and the price right on its last line, one row of facts below."""

from __future__ import annotations

from dataclasses import dataclass

from media.cards.badge import draw_badge
from media.cards.canvas import Canvas
from media.cards.full_bleed import BAND_PX, LEAST_PHOTO_SHARE, draw_plate, draw_seam, margin_px, plan_plate
from media.cards.mosaic import Photos, draw_mosaic, mosaic
from media.cards.parts import (CAPTION_SHARE, OLD_PRICE_SHARE, SMALLEST_CAPTION_SHARE, draw_name, draw_old_price,
                               draw_price, household_line, name_height, old_price_height, old_price_lift)
from media.lettering.names import NameLines, fit_name
from media.lettering.price import fit_price, price_width_em
from media.lettering.text import BOLD, CAP_HEIGHT_EM, MEDIUM, Box, Style, fit_size, measure_em
from media.palette import plate
from media.spec import CardSpec

NAME_SHARE, LEAST_NAME_SHARE = 0.054, 0.045
PRICE_SHARE, LEAST_PRICE_SHARE = 0.112, 0.098
_BETWEEN_SHARE = 0.044


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where the words of the short plate stand."""

    name: NameLines
    price_px: float
    caption_px: float
    last_name_baseline: int
    photo_px: int


def suits(spec: CardSpec, photos: Photos, width: int, height: int) -> bool:
    """Whether there are two photos or more that can stand side by side."""
    return bool(mosaic(photos, Box(0, 0, width, round(height * LEAST_PHOTO_SHARE))))


def draw(canvas: Canvas, spec: CardSpec, photos: Photos) -> None:
    """Draw the card over the whole canvas; a name too long for the short plate stands as on a full bleed."""
    width, height = canvas.image.size
    plan = _plan(spec, width, height)
    if plan is None:
        long = plan_plate(spec, width, height)
        draw_mosaic(canvas, photos, Box(0, 0, width, long.photo_px))
        draw_plate(canvas, spec, long)
        return
    colours, margin = plate(spec.kind, dark=True), margin_px(width)
    stage = Box(0, 0, width, plan.photo_px)
    draw_mosaic(canvas, photos, stage)
    draw_seam(canvas, spec, plan.photo_px)
    draw_name(canvas, plan.name, colours.strong, x=margin, last=plan.last_name_baseline)
    draw_old_price(canvas, spec, colours, OLD_PRICE_SHARE * width, x=width - margin, align="right",
                   baseline=plan.last_name_baseline - old_price_lift(plan.price_px, width))
    draw_price(canvas, spec, colours, plan.price_px, x=width - margin, baseline=plan.last_name_baseline, align="right")
    foot = height - margin
    canvas.text(household_line(spec), Style(MEDIUM, plan.caption_px), colours.soft, x=margin, baseline=foot)
    if spec.stock_text:
        canvas.text(spec.stock_text, Style(BOLD, plan.caption_px), colours.strong, x=width - margin, baseline=foot,
                    align="right")
    draw_badge(canvas, spec, stage, inset_px=margin)


def _plan(spec: CardSpec, width: int, height: int) -> _Plan | None:
    """The short plate, or None where it would make something small or take too much of the photos."""
    measure, between = width - 2 * margin_px(width), _BETWEEN_SHARE * width
    price_px = fit_price(spec.price_vnd, spec.unit, width_px=0.56 * measure, max_px=PRICE_SHARE * width)
    room = measure - between - price_px * price_width_em(spec.price_vnd, spec.unit)
    name = fit_name(spec.name, width_px=room, max_px=NAME_SHARE * width)
    caption_px = CAPTION_SHARE * width
    stock = measure_em(spec.stock_text, BOLD) * caption_px + between if spec.stock_text else 0.0
    caption_px = fit_size(household_line(spec), MEDIUM, width_px=measure - stock, max_px=caption_px)
    foot = height - margin_px(width) - round(caption_px * CAP_HEIGHT_EM)
    last = foot - round(0.050 * width)
    rise = max(name_height(name), round(price_px * CAP_HEIGHT_EM) + old_price_height(spec, width))
    photo = (last - rise - round(0.036 * width) - BAND_PX) // 2 * 2
    small = (price_px < LEAST_PRICE_SHARE * width or name.size_px < LEAST_NAME_SHARE * width
             or caption_px < SMALLEST_CAPTION_SHARE * width)
    return None if small or photo < LEAST_PHOTO_SHARE * height else _Plan(name, price_px, caption_px, last, photo)
