"""Link preview, 1200 × 630: the photo at one side, the brocade upright, words at the other; no code.

A long name goes under a photo over the whole width.
"""

from __future__ import annotations

from media.brocade.pattern import NARROW_ROWS, band
from media.cards.badge import draw_badge
from media.cards.canvas import Canvas
from media.cards.mosaic import Photos
from media.cards.parts import draw_name, draw_old_price, draw_price, has_old_price, household_line, name_height, turn
from media.cards.stage import draw_stage
from media.lettering.names import LEADING, fit_name
from media.lettering.price import UNIT_SHARE, fit_price, price_ink, small_price
from media.lettering.text import BOLD, CAP_HEIGHT_EM, MEDIUM, Box, Style, fit_size
from media.palette import Colour, Plate, plate
from media.spec import CardSpec

_CELL_PX = 4
_BAND_PX = NARROW_ROWS * _CELL_PX
_PHOTO_WIDTH_PX, _PHOTO_HEIGHT_PX = 724, 380
_LEAST_NAME_PX = 38
_CAPTION_PX, _LEAST_CAPTION_PX = 33, 24
_TOP_PX, _NEAR_PX, _FAR_PX = 58, 32, 40
_OLD_PX, _TIER_PX, _ROW_PX = 38, 29, 44
_PRICE_PX, _UNIT_PX, _LEAST_UNIT_PX = 92, 32, 21


def draw_deep(canvas: Canvas, spec: CardSpec, photos: Photos) -> None:
    """Draw the preview on the deep ground over the whole canvas."""
    _draw(canvas, spec, photos, plate(spec.kind, dark=True))


def draw_paper(canvas: Canvas, spec: CardSpec, photos: Photos) -> None:
    """The same on paper."""
    _draw(canvas, spec, photos, plate(spec.kind, dark=False))


def _draw(canvas: Canvas, spec: CardSpec, photos: Photos, colours: Plate) -> None:
    measure = canvas.image.width - _PHOTO_WIDTH_PX - _BAND_PX - _NEAR_PX - _FAR_PX
    canvas.fill(Box(0, 0, *canvas.image.size), colours.ground)
    if fit_name(spec.name, width_px=measure, max_px=65).size_px >= _LEAST_NAME_PX:
        _draw_beside(canvas, spec, photos, colours, measure)
    else:
        _draw_under(canvas, spec, photos, colours)


def _draw_beside(canvas: Canvas, spec: CardSpec, photos: Photos, colours: Plate, measure: int) -> None:
    """The photo at the left, or for half of the products at the right."""
    width, height = canvas.image.size
    mirrored = turn(spec, 3) % 2 == 1
    photo_left = width - _PHOTO_WIDTH_PX if mirrored else 0
    stage = Box(photo_left, 0, photo_left + _PHOTO_WIDTH_PX, height)
    draw_stage(canvas, spec, photos[0] if photos else None, stage)
    canvas.paste(band(spec.kind, spec.household_code, rows=NARROW_ROWS, cell_px=_CELL_PX, length_px=height,
                      vertical=True), photo_left - _BAND_PX if mirrored else _PHOTO_WIDTH_PX, 0)
    left = _FAR_PX if mirrored else _PHOTO_WIDTH_PX + _BAND_PX + _NEAR_PX
    name = fit_name(spec.name, width_px=measure, max_px=65)
    baseline = _TOP_PX + name_height(name)
    draw_name(canvas, name, colours.strong, x=left, last=baseline)
    if has_old_price(spec):
        baseline += 56 + round(_OLD_PX * CAP_HEIGHT_EM)
        draw_old_price(canvas, spec, colours, _OLD_PX, x=left, baseline=baseline)
        baseline -= 64 - 22
    baseline = _draw_price(canvas, spec, colours, left, measure, baseline + 64)
    captions, foot = _captions(spec, colours, measure), height - _TOP_PX
    _draw_tiers(canvas, spec, colours, left, measure, baseline + 60, foot - 48 * len(captions) - 8)
    for back, (words, weight, colour) in enumerate(captions):
        size = fit_size(words, weight, width_px=measure, max_px=_CAPTION_PX)
        canvas.text(words, Style(weight, size), colour, x=left, baseline=foot - back * 48)
    draw_badge(canvas, spec, stage, inset_px=48)


def _draw_price(canvas: Canvas, spec: CardSpec, colours: Plate, left: int, measure: int, top: int) -> int:
    """The price, its head at `top`; the baseline of what it ends with.

    Where a long price would make the unit too small to read, the unit stands under it.
    """
    size = fit_price(spec.price_vnd, spec.unit, width_px=measure, max_px=_PRICE_PX)
    if not spec.unit or size * UNIT_SHARE >= _LEAST_UNIT_PX:
        baseline = top + round(size * CAP_HEIGHT_EM)
        draw_price(canvas, spec, colours, size, x=left, baseline=baseline)
        return baseline
    size = fit_price(spec.price_vnd, "", width_px=measure, max_px=_PRICE_PX)
    baseline = top + round(size * CAP_HEIGHT_EM)
    canvas.ink("price", price_ink(spec.price_vnd, "", size), colours.price, x=left, baseline=baseline)
    canvas.text(f"/{spec.unit}", Style(BOLD, _UNIT_PX), colours.price, x=left, baseline=baseline + _ROW_PX)
    return baseline + _ROW_PX


def _draw_tiers(canvas: Canvas, spec: CardSpec, colours: Plate, left: int, measure: int, first: int,
                last: int) -> None:
    """Prices by amount in rows under the price, as many as stand above the captions."""
    for at, tier in enumerate(spec.tiers[:2]):
        baseline = first + at * _ROW_PX
        if baseline > last:
            return
        words = f"{tier.label}: {small_price(tier.price_vnd)}"
        size = fit_size(words, BOLD, width_px=measure, max_px=_TIER_PX)
        canvas.text(words, Style(BOLD, size), colours.soft, x=left, baseline=baseline)


def _captions(spec: CardSpec, colours: Plate, measure: int) -> list[tuple[str, str, Colour]]:
    """Stock, household and place from the lowest line upwards; household and place share one where it fits."""
    line = household_line(spec)
    together = fit_size(line, MEDIUM, width_px=measure, max_px=_CAPTION_PX) >= _LEAST_CAPTION_PX
    lower = [line] if together or not spec.place else [spec.place, spec.household]
    return [(words, MEDIUM, colours.soft) for words in lower] + (
        [(spec.stock_text, BOLD, colours.strong)] if spec.stock_text else [])


def _draw_under(canvas: Canvas, spec: CardSpec, photos: Photos, colours: Plate) -> None:
    """Photo over the whole width; name at the left and price at the right of a low plate."""
    width, height = canvas.image.size
    margin, top = 48, _PHOTO_HEIGHT_PX + _BAND_PX
    stage = Box(0, 0, width, _PHOTO_HEIGHT_PX)
    draw_stage(canvas, spec, photos[0] if photos else None, stage)
    canvas.paste(band(spec.kind, spec.household_code, rows=NARROW_ROWS, cell_px=_CELL_PX, length_px=width),
                 0, _PHOTO_HEIGHT_PX)
    price_px = fit_price(spec.price_vnd, spec.unit, width_px=0.36 * width, max_px=78)
    price, foot = price_ink(spec.price_vnd, spec.unit, price_px), height - 36
    measure = width - 2 * margin - price.width_px - 44
    name = fit_name(spec.name, width_px=measure, max_px=46)
    last = top + 26 + round(name.size_px * 0.98) + (len(name.lines) - 1) * round(name.size_px * LEADING)
    draw_name(canvas, name, colours.strong, x=margin, last=last)
    words, used = household_line(spec), 0
    if has_old_price(spec):
        words = " · ".join(part for part in (spec.stock_text, spec.household) if part)
        draw_old_price(canvas, spec, colours, 34, x=width - margin, align="right",
                       baseline=foot - round(price_px * CAP_HEIGHT_EM) - 18)
        draw_price(canvas, spec, colours, price_px, x=width - margin, baseline=foot, align="right")
        used = price.width_px + 44
    else:
        draw_price(canvas, spec, colours, price_px, x=width - margin, align="right",
                   baseline=max(last, top + 28 + price.rise_px))
        if spec.stock_text:
            size = fit_size(spec.stock_text, BOLD, width_px=0.3 * width, max_px=30)
            used = canvas.text(spec.stock_text, Style(BOLD, size), colours.strong, x=width - margin, baseline=foot,
                               align="right").width + 44
    size = fit_size(words, MEDIUM, width_px=width - 2 * margin - used, max_px=30)
    canvas.text(words, Style(MEDIUM, size), colours.soft, x=margin, baseline=foot)
    draw_badge(canvas, spec, stage, inset_px=40)
