"""Story: the photo above, name, stock and price beside the order code, all within the phone's free middle."""

from __future__ import annotations

from media.brocade.pattern import NARROW_ROWS, band, tonal_cloth
from media.cards.badge import draw_badge
from media.cards.canvas import Canvas
from media.cards.mosaic import Photos, draw_mosaic, mosaic
from media.cards.parts import draw_name, draw_old_price, draw_price, has_old_price, household_line, turn
from media.cards.stage import draw_stage
from media.lettering.names import LEADING, fit_name
from media.lettering.price import fit_price, small_price
from media.lettering.text import BOLD, CAP_HEIGHT_EM, MEDIUM, Box, Style, fit_size
from media.palette import Plate, plate
from media.qr import link_payload, qr_side_modules
from media.spec import CardSpec

SAFE_TOP_PX, SAFE_BOTTOM_PX = 250, 1670
"""Apps lay their own bars over a story above and below these lines."""
SCAN_WORDS = "Quét để đặt hàng"
_PHOTO_PX, _CELL_PX, _MARGIN_PX, _GAP_PX = 1152, 4, 64, 40
_QR_PX, _SMALL_QR_PX = 330, 268
_LEAST_NAME_PX = 44
_LINK_PX, _LEAST_LINK_PX = 26, 22
_SCAN_DROP_PX, _LINK_DROP_PX = 48, 86
_DOT = " · "


def draw_deep(canvas: Canvas, spec: CardSpec, photos: Photos) -> None:
    """Draw the story on the deep ground over the whole canvas, 1080 × 1920."""
    _draw(canvas, spec, photos, dark=True)


def draw_paper(canvas: Canvas, spec: CardSpec, photos: Photos) -> None:
    """The same on paper."""
    _draw(canvas, spec, photos, dark=False)


def _draw(canvas: Canvas, spec: CardSpec, photos: Photos, *, dark: bool) -> None:
    colours, (width, height) = plate(spec.kind, dark=dark), canvas.image.size
    stage = Box(0, 0, width, _PHOTO_PX)
    if turn(spec, 4) % 2 and mosaic(photos, stage):
        draw_mosaic(canvas, photos, stage)
    else:
        draw_stage(canvas, spec, photos[0] if photos else None, stage)
    canvas.paste(band(spec.kind, spec.household_code, rows=NARROW_ROWS, cell_px=_CELL_PX, length_px=width),
                 0, _PHOTO_PX)
    top = _PHOTO_PX + NARROW_ROWS * _CELL_PX
    canvas.fill(Box(0, top, width, height), colours.ground)
    cloth_top = SAFE_BOTTOM_PX + 40
    canvas.paste(tonal_cloth(spec.kind, spec.household_code, width_px=width, height_px=height - cloth_top,
                             cell_px=5, dark=dark), 0, cloth_top)
    draw_badge(canvas, spec, Box(0, SAFE_TOP_PX + 10 - _MARGIN_PX, width, _PHOTO_PX), inset_px=_MARGIN_PX)
    beside = width - 2 * _MARGIN_PX - _GAP_PX - _QR_PX
    if fit_name(spec.name, width_px=beside, max_px=68).size_px >= _LEAST_NAME_PX:
        _draw_beside(canvas, spec, colours, top + 26, beside)
    else:
        _draw_below(canvas, spec, colours, top + 26)


def _draw_beside(canvas: Canvas, spec: CardSpec, colours: Plate, top: int, measure: int) -> None:
    """Name, stock and price at the left of the code: tops and feet aligned with its tile."""
    right = canvas.image.width - _MARGIN_PX
    tile = _code(canvas, spec, top, _QR_PX)
    name = fit_name(spec.name, width_px=measure, max_px=68)
    last = tile.top + round(name.size_px * CAP_HEIGHT_EM) + (len(name.lines) - 1) * round(name.size_px * LEADING)
    draw_name(canvas, name, colours.strong, x=_MARGIN_PX, last=last)
    price_px = fit_price(spec.price_vnd, spec.unit, width_px=measure, max_px=136)
    draw_price(canvas, spec, colours, price_px, x=_MARGIN_PX, baseline=tile.bottom)
    if has_old_price(spec):
        draw_old_price(canvas, spec, colours, 44, x=_MARGIN_PX,
                       baseline=tile.bottom - round(price_px * CAP_HEIGHT_EM) - 22)
    elif spec.stock_text:
        _line(canvas, spec.stock_text, BOLD, colours.strong, 37, measure, x=_MARGIN_PX, baseline=last + 58)
    rows = _rows_under(spec, colours)
    size_px = 35 if len(rows) == 1 else 32
    for words, weight, colour, drop in rows:
        _line(canvas, words, weight, colour, size_px, measure, x=_MARGIN_PX, baseline=tile.bottom + drop)
    size = fit_size(SCAN_WORDS, BOLD, width_px=tile.width, max_px=37)
    canvas.text(SCAN_WORDS, Style(BOLD, size), colours.strong, x=(tile.left + tile.right) // 2,
                baseline=tile.bottom + _SCAN_DROP_PX, align="centre")
    size = fit_size(spec.short_link, MEDIUM, width_px=tile.width, max_px=_LINK_PX)
    if size < _LEAST_LINK_PX:  # a long one reaches out to the left rather than become unreadable
        free = right - _MARGIN_PX if len(rows) == 1 else tile.width + _GAP_PX
        size = fit_size(spec.short_link, MEDIUM, width_px=free, max_px=_LINK_PX)
    canvas.text(spec.short_link, Style(MEDIUM, size), colours.soft, x=right,
                baseline=tile.bottom + _LINK_DROP_PX, align="right")


def _rows_under(spec: CardSpec, colours: Plate) -> list[tuple[str, str, tuple[int, int, int], int]]:
    """What stands under the price, at most two rows: words, weight, colour, drop from the tile's foot."""
    household, tiers = household_line(spec), tiers_line(spec)
    rows = [(household, MEDIUM, colours.soft)]
    if has_old_price(spec) and spec.stock_text:
        if tiers:
            rows = [(_DOT.join((spec.stock_text, spec.household)), MEDIUM, colours.soft)]
        else:
            rows.insert(0, (spec.stock_text, BOLD, colours.strong))
    if tiers:
        rows.insert(0, (tiers, BOLD, colours.strong))
    return [(*row, drop) for row, drop in zip(rows, (_SCAN_DROP_PX, _LINK_DROP_PX), strict=False)]


def tiers_line(spec: CardSpec) -> str:
    """The first two prices by amount on one line; blank without any."""
    return _DOT.join(f"{tier.label}: {small_price(tier.price_vnd)}" for tier in spec.tiers[:2])


def _draw_below(canvas: Canvas, spec: CardSpec, colours: Plate, top: int) -> None:
    """A long name over the full measure, the rest at the left of a smaller code."""
    full = canvas.image.width - 2 * _MARGIN_PX
    name = fit_name(spec.name, width_px=full, max_px=54)
    last = top + round(name.size_px) + (len(name.lines) - 1) * round(name.size_px * LEADING)
    draw_name(canvas, name, colours.strong, x=_MARGIN_PX, last=last)
    tile = _code(canvas, spec, last + 40, min(_SMALL_QR_PX, SAFE_BOTTOM_PX - last - 40))
    measure = tile.left - _GAP_PX - _MARGIN_PX
    price_px = fit_price(spec.price_vnd, spec.unit, width_px=measure, max_px=108)
    draw_price(canvas, spec, colours, price_px, x=_MARGIN_PX,
               baseline=tile.top + round(price_px * CAP_HEIGHT_EM))
    stock = spec.stock_text or ""
    if has_old_price(spec):
        draw_old_price(canvas, spec, colours, 36, x=_MARGIN_PX, baseline=tile.bottom - 132)
        rows = [(_DOT.join(part for part in (stock, spec.household) if part), MEDIUM, colours.soft, 33, 90)]
    else:
        rows = [(stock, BOLD, colours.strong, 35, 134), (household_line(spec), MEDIUM, colours.soft, 33, 90)]
    rows += [(SCAN_WORDS, BOLD, colours.strong, 33, 35), (spec.short_link, MEDIUM, colours.soft, _LINK_PX, 0)]
    for words, weight, colour, most, above in rows:
        if words:
            _line(canvas, words, weight, colour, most, measure, x=_MARGIN_PX, baseline=tile.bottom - above)


def _line(canvas: Canvas, words: str, weight: str, colour: tuple[int, int, int], most_px: float, measure: float, *,
          x: int, baseline: int) -> None:
    canvas.text(words, Style(weight, fit_size(words, weight, width_px=measure, max_px=most_px)), colour, x=x,
                baseline=baseline)


def _code(canvas: Canvas, spec: CardSpec, top: int, side_px: int) -> Box:
    """The order code at the right margin; its tile is as large as whole modules allow."""
    payload = link_payload(spec.order_link)
    side = side_px // qr_side_modules(payload) * qr_side_modules(payload)
    return canvas.code(payload, left=canvas.image.width - _MARGIN_PX - side, top=top, side_px=side)
