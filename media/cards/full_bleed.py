"""Full bleed: the photo to the edges, the brocade over the seam, name and price on a deep plate."""

from __future__ import annotations

from dataclasses import dataclass

from media.brocade.pattern import NARROW_ROWS, band
from media.cards.canvas import Canvas
from media.cards.parts import COLUMN_GAP_SHARE, Column, draw_column, draw_household_tab, fit_column
from media.cards.stage import draw_stage, seal_fits
from media.lettering.names import LEADING, NameLines, fit_name
from media.lettering.price import fit_price, price_ink, price_width_em
from media.lettering.text import CAP_HEIGHT_EM, EXTRA_BOLD, NAME_TRACKING, Box, Style, ink
from media.palette import palette
from media.photos.develop import Negative
from media.spec import CardSpec

NAME_SHARE, PRICE_SHARE, SMALL_PRICE_SHARE = 0.062, 0.126, 0.104
LEAST_PHOTO_SHARE = 0.602
_CELL_PX = 4
_BAND_PX = NARROW_ROWS * _CELL_PX


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where everything stands at one scale of the type."""

    name: NameLines
    name_baselines: tuple[int, ...]
    price_px: float
    column: Column
    photo_px: int


def draw(canvas: Canvas, spec: CardSpec, negative: Negative | None) -> None:
    """Draw the card over the whole canvas."""
    colours, (width, height) = palette(spec.kind), canvas.image.size
    margin = round(0.06 * width / 2) * 2
    sealed = seal_fits(spec.stock_text, negative, Box(0, 0, width, round(height * LEAST_PHOTO_SHARE)))
    plan = _plan(spec, width, height, margin, sealed=sealed)
    draw_stage(canvas, spec, negative, Box(0, 0, width, plan.photo_px), sealed=sealed)
    canvas.paste(band(spec.kind, spec.household_code, rows=NARROW_ROWS, cell_px=_CELL_PX, length_px=width),
                 0, plan.photo_px)
    canvas.fill(Box(0, plan.photo_px + _BAND_PX, width, height), colours.deep)
    for line, baseline in zip(plan.name.lines, plan.name_baselines, strict=True):
        canvas.text(line, Style(EXTRA_BOLD, plan.name.size_px, NAME_TRACKING), colours.paper,
                    x=margin, baseline=baseline)
    canvas.ink("price", price_ink(spec.price_vnd, spec.unit, plan.price_px), colours.price_on_deep,
               x=margin, baseline=height - margin)
    draw_column(canvas, plan.column, right=width - margin, baseline=height - margin)
    if not plan.column.has_household:
        draw_household_tab(canvas, spec, left=margin, width_px=width - 2 * margin)


def _plan(spec: CardSpec, width: int, height: int, margin: int, *, sealed: bool) -> _Plan:
    """The largest type that leaves the photo its share of the card."""
    return next(plan for scale in range(100, 30, -2)
                if (plan := _plan_at(spec, width, height, margin, scale / 100, sealed=sealed)).photo_px
                >= LEAST_PHOTO_SHARE * height)


def _plan_at(spec: CardSpec, width: int, height: int, margin: int, scale: float, *, sealed: bool) -> _Plan:
    measure, air = width - 2 * margin, width * (0.4 + 0.6 * scale)
    name = fit_name(spec.name, width_px=measure, max_px=NAME_SHARE * width * scale)
    gap = COLUMN_GAP_SHARE * width
    least_price = min(SMALL_PRICE_SHARE * width * scale * price_width_em(spec.price_vnd, spec.unit), 0.75 * measure)
    column = fit_column(spec, on_deep=True, sealed=sealed, short_px=width, room_px=measure - least_price - gap)
    price_px = fit_price(spec.price_vnd, spec.unit, width_px=measure - column.width_px - gap,
                         max_px=PRICE_SHARE * width * scale)
    last = height - margin - round(price_px * CAP_HEIGHT_EM) - round(0.038 * air)
    step = round(name.size_px * LEADING)
    baselines = tuple(last - step * back for back in range(len(name.lines) - 1, -1, -1))
    rise = ink(name.lines[0], Style(EXTRA_BOLD, name.size_px, NAME_TRACKING)).rise_px
    # An even height keeps the brocade's cells on the grid of the JPEG's halved colour planes.
    photo = (baselines[0] - rise - round(0.041 * air) - _BAND_PX) // 2 * 2
    return _Plan(name, baselines, price_px, column, photo)
