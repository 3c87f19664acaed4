"""Story: the photo above, name, stock and price beside the order code, all within the phone's free middle."""

from __future__ import annotations

from media.brocade.pattern import NARROW_ROWS, band, tonal_cloth
from media.cards.canvas import Canvas
from media.cards.parts import household_line
from media.cards.stage import draw_stage
from media.lettering.names import LEADING, fit_name
from media.lettering.price import fit_price, price_ink
from media.lettering.text import BOLD, CAP_HEIGHT_EM, EXTRA_BOLD, MEDIUM, NAME_TRACKING, Box, Style, fit_size
from media.palette import palette
from media.photos.develop import Negative
from media.qr import link_payload, qr_side_modules
from media.spec import CardSpec

SAFE_TOP_PX, SAFE_BOTTOM_PX = 250, 1670
"""Apps lay their own bars over a story above and below these lines."""
SCAN_WORDS = "Quét để đặt hàng"
_PHOTO_PX, _CELL_PX, _MARGIN_PX, _GAP_PX = 1152, 4, 64, 40
_QR_PX, _SMALL_QR_PX = 330, 268
_LEAST_NAME_PX = 44
_LINK_PX, _LEAST_LINK_PX = 26, 22


def draw(canvas: Canvas, spec: CardSpec, negative: Negative | None) -> None:
    """Draw the story over the whole canvas, 1080 × 1920."""
    colours, (width, height) = palette(spec.kind), canvas.image.size
    draw_stage(canvas, spec, negative, Box(0, 0, width, _PHOTO_PX))
    canvas.paste(band(spec.kind, spec.household_code, rows=NARROW_ROWS, cell_px=_CELL_PX, length_px=width),
                 0, _PHOTO_PX)
    top = _PHOTO_PX + NARROW_ROWS * _CELL_PX
    canvas.fill(Box(0, top, width, height), colours.deep)
    cloth_top = SAFE_BOTTOM_PX + 40
    canvas.paste(tonal_cloth(spec.kind, spec.household_code, width_px=width, height_px=height - cloth_top,
                             cell_px=5, dark=True), 0, cloth_top)
    beside = width - 2 * _MARGIN_PX - _GAP_PX - _QR_PX
    name = fit_name(spec.name, width_px=beside, max_px=68)
    if name.size_px >= _LEAST_NAME_PX:
        _draw_beside(canvas, spec, top + 26, beside)
    else:
        _draw_below(canvas, spec, top + 26)


def _draw_beside(canvas: Canvas, spec: CardSpec, top: int, measure: int) -> None:
    """Name, stock and price at the left of the code: tops and feet aligned with its tile."""
    colours, right = palette(spec.kind), canvas.image.width - _MARGIN_PX
    tile = _code(canvas, spec, top, _QR_PX)
    name = fit_name(spec.name, width_px=measure, max_px=68)
    baseline = tile.top + round(name.size_px * CAP_HEIGHT_EM)
    for at, line in enumerate(name.lines):
        canvas.text(line, Style(EXTRA_BOLD, name.size_px, NAME_TRACKING), colours.paper, x=_MARGIN_PX,
                    baseline=baseline + at * round(name.size_px * LEADING))
    baseline += (len(name.lines) - 1) * round(name.size_px * LEADING)
    if spec.stock_text:
        size = fit_size(spec.stock_text, BOLD, width_px=measure, max_px=37)
        canvas.text(spec.stock_text, Style(BOLD, size), colours.paper, x=_MARGIN_PX, baseline=baseline + 58)
    price_px = fit_price(spec.price_vnd, spec.unit, width_px=measure, max_px=136)
    canvas.ink("price", price_ink(spec.price_vnd, spec.unit, price_px), colours.price_on_deep,
               x=_MARGIN_PX, baseline=tile.bottom)
    line = household_line(spec)
    size = fit_size(line, MEDIUM, width_px=measure, max_px=35)
    canvas.text(line, Style(MEDIUM, size), colours.pale, x=_MARGIN_PX, baseline=tile.bottom + 48)
    size = fit_size(SCAN_WORDS, BOLD, width_px=tile.width, max_px=37)
    canvas.text(SCAN_WORDS, Style(BOLD, size), colours.paper, x=(tile.left + tile.right) // 2,
                baseline=tile.bottom + 48, align="centre")
    size = fit_size(spec.short_link, MEDIUM, width_px=tile.width, max_px=_LINK_PX)
    if size < _LEAST_LINK_PX:  # a long one reaches out to the left rather than become unreadable
        size = fit_size(spec.short_link, MEDIUM, width_px=right - _MARGIN_PX, max_px=_LINK_PX)
    canvas.text(spec.short_link, Style(MEDIUM, size), colours.pale, x=right, baseline=tile.bottom + 84, align="right")


def _draw_below(canvas: Canvas, spec: CardSpec, top: int) -> None:
    """A long name over the full measure, the rest at the left of a smaller code."""
    colours, full = palette(spec.kind), canvas.image.width - 2 * _MARGIN_PX
    name = fit_name(spec.name, width_px=full, max_px=54)
    style = Style(EXTRA_BOLD, name.size_px, NAME_TRACKING)
    baseline = top + round(name.size_px)
    for at, line in enumerate(name.lines):
        baseline = top + round(name.size_px) + at * round(name.size_px * LEADING)
        canvas.text(line, style, colours.paper, x=_MARGIN_PX, baseline=baseline)
    tile = _code(canvas, spec, baseline + 40, min(_SMALL_QR_PX, SAFE_BOTTOM_PX - baseline - 40))
    measure = tile.left - _GAP_PX - _MARGIN_PX
    price_px = fit_price(spec.price_vnd, spec.unit, width_px=measure, max_px=108)
    canvas.ink("price", price_ink(spec.price_vnd, spec.unit, price_px), colours.price_on_deep,
               x=_MARGIN_PX, baseline=tile.top + round(price_px * CAP_HEIGHT_EM))
    foot = tile.bottom
    rows = ((spec.stock_text or "", BOLD, colours.paper, 35, 134), (household_line(spec), MEDIUM, colours.pale, 33, 90),
            (SCAN_WORDS, BOLD, colours.paper, 33, 35), (spec.short_link, MEDIUM, colours.pale, _LINK_PX, 0))
    for words, weight, colour, most, above in rows:
        if words:
            size = fit_size(words, weight, width_px=measure, max_px=most)
            canvas.text(words, Style(weight, size), colour, x=_MARGIN_PX, baseline=foot - above)


def _code(canvas: Canvas, spec: CardSpec, top: int, side_px: int) -> Box:
    """The order code at the right margin; its tile is as large as whole modules allow."""
    payload = link_payload(spec.order_link)
    side = side_px // qr_side_modules(payload) * qr_side_modules(payload)
    return canvas.code(payload, left=canvas.image.width - _MARGIN_PX - side, top=top, side_px=side)
