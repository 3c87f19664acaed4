"""Side band: paper ground, the brocade upright along the left edge, the photo inset, text on the photo's edges."""

from __future__ import annotations

from media.canvas import Canvas
from media.develop import Negative
from media.layout_parts import COLUMN_GAP_SHARE, draw_column, fit_column
from media.palette import palette
from media.pattern import NARROW_ROWS, band
from media.spec import CardSpec
from media.stage import draw_stage
from media.text import CAP_HEIGHT_EM, EXTRA_BOLD, NAME_TRACKING, Box, Style, ink
from media.text_names import LEADING, fit_name
from media.text_price import fit_price, price_ink, price_width_em

NAME_SHARE, LEAST_NAME_SHARE = 0.060, 0.047
PRICE_SHARE, SMALL_PRICE_SHARE = 0.118, 0.100
LEAST_PHOTO_SHARE = 0.602
_CELL_PX = 6
_BAND_PX = NARROW_ROWS * _CELL_PX
_INSET_PX = 24
_BOTTOM_PX = 60


def suits(spec: CardSpec, width: int, height: int) -> bool:
    """Whether name, price and household stand under the photo without becoming small."""
    name_px, has_household, top = _measure(spec, width, height)
    return name_px >= LEAST_NAME_SHARE * width and has_household and top >= _least_photo_bottom(width, height)


def draw(canvas: Canvas, spec: CardSpec, negative: Negative | None) -> None:
    """Draw the card over the whole canvas; `suits` was asked before."""
    colours, (width, height) = palette(spec.kind), canvas.image.size
    left, right = _BAND_PX + _INSET_PX, width - _INSET_PX
    canvas.fill(Box(0, 0, width, height), colours.paper)
    canvas.paste(band(spec.kind, spec.household_code, rows=NARROW_ROWS, cell_px=_CELL_PX, length_px=height,
                      vertical=True), 0, 0)
    name = fit_name(spec.name, width_px=right - left, max_px=NAME_SHARE * width)
    column = fit_column(spec, on_deep=False, sealed=False, short_px=width, room_px=_column_room(spec, width))
    price_px = fit_price(spec.price_vnd, spec.unit, max_px=PRICE_SHARE * width,
                         width_px=right - left - column.width_px - COLUMN_GAP_SHARE * width)
    baseline = height - _BOTTOM_PX
    canvas.ink("price", price_ink(spec.price_vnd, spec.unit, price_px), colours.price_on_paper,
               x=left, baseline=baseline)
    draw_column(canvas, column, right=right, baseline=baseline)
    style = Style(EXTRA_BOLD, name.size_px, NAME_TRACKING)
    last = baseline - round(price_px * CAP_HEIGHT_EM) - round(0.042 * width)
    step = round(name.size_px * LEADING)
    for back, line in enumerate(reversed(name.lines)):
        canvas.text(line, style, colours.ink, x=left, baseline=last - back * step)
    top = last - step * (len(name.lines) - 1) - ink(name.lines[0], style).rise_px
    bottom = max(top - round(0.034 * width), _least_photo_bottom(width, height))
    draw_stage(canvas, spec, negative, Box(left, _INSET_PX, right, bottom // 2 * 2))


def _measure(spec: CardSpec, width: int, height: int) -> tuple[float, bool, int]:
    """The name's size, whether the household has its place, and the lowest the photo may reach."""
    measure = width - _BAND_PX - 2 * _INSET_PX
    name = fit_name(spec.name, width_px=measure, max_px=NAME_SHARE * width)
    column = fit_column(spec, on_deep=False, sealed=False, short_px=width, room_px=_column_room(spec, width))
    price_px = fit_price(spec.price_vnd, spec.unit, max_px=PRICE_SHARE * width,
                         width_px=measure - column.width_px - COLUMN_GAP_SHARE * width)
    last = height - _BOTTOM_PX - round(price_px * CAP_HEIGHT_EM) - round(0.042 * width)
    rise = ink(name.lines[0], Style(EXTRA_BOLD, name.size_px, NAME_TRACKING)).rise_px
    top = last - round(name.size_px * LEADING) * (len(name.lines) - 1) - rise - round(0.030 * width)
    return name.size_px, column.has_household, top


def _column_room(spec: CardSpec, width: int) -> float:
    measure = width - _BAND_PX - 2 * _INSET_PX
    least_price = SMALL_PRICE_SHARE * width * price_width_em(spec.price_vnd, spec.unit)
    return measure - least_price - COLUMN_GAP_SHARE * width


def _least_photo_bottom(width: int, height: int) -> int:
    """Where the photo must end at least to have its share of the whole card."""
    return _INSET_PX + round(LEAST_PHOTO_SHARE * width * height / (width - _BAND_PX - 2 * _INSET_PX))
