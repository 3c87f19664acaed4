"""Link preview, 1200 × 630: the photo left, the brocade upright, words right; a long name goes under the photo."""

from __future__ import annotations

from media.brocade.pattern import NARROW_ROWS, band
from media.cards.canvas import Canvas
from media.cards.parts import household_line
from media.cards.stage import draw_stage
from media.lettering.names import LEADING, fit_name
from media.lettering.price import fit_price, price_ink
from media.lettering.text import BOLD, CAP_HEIGHT_EM, EXTRA_BOLD, MEDIUM, NAME_TRACKING, Box, Style, fit_size, ink
from media.palette import palette
from media.photos.develop import Negative
from media.spec import CardSpec

_CELL_PX = 4
_BAND_PX = NARROW_ROWS * _CELL_PX
_PHOTO_WIDTH_PX, _PHOTO_HEIGHT_PX = 724, 380
_LEAST_NAME_PX = 38
_CAPTION_PX, _LEAST_CAPTION_PX = 33, 24


def draw(canvas: Canvas, spec: CardSpec, negative: Negative | None) -> None:
    """Draw the preview over the whole canvas."""
    measure = canvas.image.width - _PHOTO_WIDTH_PX - _BAND_PX - 32 - 40
    if fit_name(spec.name, width_px=measure, max_px=65).size_px >= _LEAST_NAME_PX:
        _draw_beside(canvas, spec, negative, measure)
    else:
        _draw_under(canvas, spec, negative)


def _draw_beside(canvas: Canvas, spec: CardSpec, negative: Negative | None, measure: int) -> None:
    colours, (width, height) = palette(spec.kind), canvas.image.size
    canvas.fill(Box(_PHOTO_WIDTH_PX, 0, width, height), colours.deep)
    draw_stage(canvas, spec, negative, Box(0, 0, _PHOTO_WIDTH_PX, height))
    canvas.paste(band(spec.kind, spec.household_code, rows=NARROW_ROWS, cell_px=_CELL_PX, length_px=height,
                      vertical=True), _PHOTO_WIDTH_PX, 0)
    left = _PHOTO_WIDTH_PX + _BAND_PX + 32
    name = fit_name(spec.name, width_px=measure, max_px=65)
    style = Style(EXTRA_BOLD, name.size_px, NAME_TRACKING)
    baseline = 58 + ink(name.lines[0], style).rise_px
    for at, line in enumerate(name.lines):
        canvas.text(line, style, colours.paper, x=left, baseline=baseline + at * round(name.size_px * LEADING))
    baseline += (len(name.lines) - 1) * round(name.size_px * LEADING)
    price_px = fit_price(spec.price_vnd, spec.unit, width_px=measure, max_px=92)
    canvas.ink("price", price_ink(spec.price_vnd, spec.unit, price_px), colours.price_on_deep, x=left,
               baseline=baseline + 64 + round(price_px * CAP_HEIGHT_EM))
    foot = height - 58
    for back, (words, weight, colour) in enumerate(_captions(spec, measure)):
        size = fit_size(words, weight, width_px=measure, max_px=_CAPTION_PX)
        canvas.text(words, Style(weight, size), colour, x=left, baseline=foot - back * 48)


def _captions(spec: CardSpec, measure: int) -> list[tuple[str, str, tuple[int, int, int]]]:
    """Stock, household and place from the lowest line upwards; household and place share one where it fits."""
    colours = palette(spec.kind)
    line = household_line(spec)
    together = fit_size(line, MEDIUM, width_px=measure, max_px=_CAPTION_PX) >= _LEAST_CAPTION_PX
    lower = [line] if together or not spec.place else [spec.place, spec.household]
    return [(words, MEDIUM, colours.pale) for words in lower] + (
        [(spec.stock_text, BOLD, colours.paper)] if spec.stock_text else [])


def _draw_under(canvas: Canvas, spec: CardSpec, negative: Negative | None) -> None:
    """Photo over the whole width; name at the left and price at the right of a low plate."""
    colours, (width, height) = palette(spec.kind), canvas.image.size
    margin, top = 48, _PHOTO_HEIGHT_PX + _BAND_PX
    draw_stage(canvas, spec, negative, Box(0, 0, width, _PHOTO_HEIGHT_PX))
    canvas.paste(band(spec.kind, spec.household_code, rows=NARROW_ROWS, cell_px=_CELL_PX, length_px=width),
                 0, _PHOTO_HEIGHT_PX)
    canvas.fill(Box(0, top, width, height), colours.deep)
    price = price_ink(spec.price_vnd, spec.unit,
                      fit_price(spec.price_vnd, spec.unit, width_px=0.36 * width, max_px=78))
    measure = width - 2 * margin - price.width_px - 44
    name = fit_name(spec.name, width_px=measure, max_px=46)
    step = round(name.size_px * LEADING)
    first = top + 26 + round(name.size_px * 0.98)
    for at, line in enumerate(name.lines):
        canvas.text(line, Style(EXTRA_BOLD, name.size_px, NAME_TRACKING), colours.paper, x=margin,
                    baseline=first + at * step)
    last = first + (len(name.lines) - 1) * step
    canvas.ink("price", price, colours.price_on_deep, x=width - margin, baseline=max(last, top + 28 + price.rise_px),
               align="right")
    foot = height - 36
    used = 0
    if spec.stock_text:
        size = fit_size(spec.stock_text, BOLD, width_px=0.3 * width, max_px=30)
        used = canvas.text(spec.stock_text, Style(BOLD, size), colours.paper, x=width - margin, baseline=foot,
                           align="right").width + 44
    words = household_line(spec)
    size = fit_size(words, MEDIUM, width_px=width - 2 * margin - used, max_px=30)
    canvas.text(words, Style(MEDIUM, size), colours.pale, x=margin, baseline=foot)
