"""A live show's poster for feeds, stories and link previews: its goods, its hour large, who sells, where to watch."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

from media.brocade.pattern import NARROW_ROWS, band, tonal_cloth
from media.cards.canvas import Canvas
from media.cards.pictures import encode_jpeg
from media.cards.poster_tiles import draw_goods, draw_more
from media.files import write_whole
from media.lettering.names import LEADING, NameLines
from media.lettering.text import (BOLD, CAP_HEIGHT_EM, EXTRA_BOLD, MEDIUM, NAME_TRACKING, PRICE_TRACKING, Box, Style,
                                  fit_size,
                                  ink, measure_em)
from media.lettering.title import fit_title
from media.palette import WHITE, Colour, palette, plate
from media.qr import qr_side_modules
from media.spec import MOST_ON_POSTER, MediaFile, PosterSpec

SIZES = {"feed": (1080, 1350), "story": (1080, 1920), "preview": (1200, 630)}
MOST_BYTES = 380_000
SAFE_BOTTOM_PX = 1670
"""Apps lay their own bars over a story below this line."""
ON_AIR_WORDS, SCAN_WORDS = "Phát trực tiếp", "Quét để xem, đặt"
ON_AIR: Colour = (195, 39, 29)
"""White on it has a contrast of 5.8, as on the shop's pages."""

_CELL_PX = 4
_BAND_PX = NARROW_ROWS * _CELL_PX
_MARGIN_PX, _BETWEEN_PX = 64, 44
_PREVIEW_PHOTOS_PX = 636
_TAG, _TAG_PX, _TAG_PAD_PX, _DOT_PX = Style(BOLD, 34), 58, 22, 20
_LEAST_PX = 25
_DOT = " · "


def write_posters(spec: PosterSpec, out_dir: Path) -> list[MediaFile]:
    """`feed.jpg`, `story.jpg` and `preview.jpg` in `out_dir`. A photo that can't be read is left out."""
    made = []
    for role, (width, height) in SIZES.items():
        path = out_dir / f"{role}.jpg"
        write_whole(path, encode_jpeg(draw_poster(spec, role).image, most_bytes=MOST_BYTES))
        made.append(MediaFile(path, role, width, height, path.stat().st_size, "image/jpeg"))
    return made


def draw_poster(spec: PosterSpec, role: str) -> Canvas:
    """The poster of `role`; KeyError for one that isn't known."""
    canvas = Canvas.blank(*SIZES[role], palette(_kind(spec)).ink)
    if role == "preview":
        _draw_preview(canvas, spec)
    elif role == "story":
        _draw_upright(canvas, spec, SAFE_BOTTOM_PX, qr_px=336, title_px=76, hour_px=152)
        top = SAFE_BOTTOM_PX + 40
        canvas.paste(tonal_cloth(_kind(spec), spec.code, width_px=canvas.image.width,
                                 height_px=canvas.image.height - top,
                                 cell_px=5, dark=True), 0, top)
    else:
        _draw_upright(canvas, spec, canvas.image.height - 56, qr_px=272, title_px=68, hour_px=132)
    return canvas


def _draw_upright(canvas: Canvas, spec: PosterSpec, foot: int, *, qr_px: int, title_px: float, hour_px: float) -> None:
    """Goods above, the words upwards from the row `foot`, the code at their right; the band lies between."""
    kind, width = _kind(spec), canvas.image.width
    colours, right = plate(kind, dark=True), width - _MARGIN_PX
    side = qr_px // qr_side_modules(spec.payload) * qr_side_modules(spec.payload)
    measure = right - side - _BETWEEN_PX - _MARGIN_PX
    title = fit_title(spec.title, width_px=measure, max_px=title_px, max_lines=3)
    seller = fit_size(spec.seller_text, MEDIUM, width_px=measure, max_px=35)
    full_seller = seller < _LEAST_PX
    seller = fit_size(spec.seller_text, MEDIUM, width_px=right - _MARGIN_PX, max_px=35) if full_seller else seller
    code_foot = foot - (round(seller * 2.3) if full_seller else 0)
    left_foot = code_foot if full_seller else foot
    rows = _rows(spec, measure, hour_px)
    hour_line = left_foot if full_seller else left_foot - round(seller * CAP_HEIGHT_EM) - 44
    title_rise = round(title.size_px * 1.02)
    title_height = title_rise + round(title.size_px * LEADING) * (len(title.lines) - 1)
    # Where the code is taller than the words, the room is between title and hour: both columns begin and end together.
    top = min(hour_line - round(rows[0] * CAP_HEIGHT_EM) - 50 - title_height, code_foot - side - 88)
    last_title, band_top = top + title_height, top - 46 - _BAND_PX
    area, goods = Box(0, 0, width, band_top), spec.goods[:MOST_ON_POSTER]
    draw_goods(canvas, goods, spec.sellers, area, scale=1.0)
    draw_more(canvas, spec.more_text, kind, area, scale=1.0)
    canvas.paste(band(kind, spec.code, rows=NARROW_ROWS, cell_px=_CELL_PX, length_px=width), 0, band_top)
    _draw_tag(canvas, _MARGIN_PX, band_top + (_BAND_PX - _TAG_PX) // 2, edge=palette(kind).ink)
    _draw_title(canvas, title, colours.strong, _MARGIN_PX, last_title)
    _draw_hour(canvas, spec, rows, colours.price, colours.strong, _MARGIN_PX, hour_line)
    canvas.text(spec.seller_text, Style(MEDIUM, seller), colours.soft, x=_MARGIN_PX, baseline=foot)
    tile = canvas.code(spec.payload, left=right - side, top=code_foot - side - 88, side_px=side)
    middle = (tile.left + tile.right) // 2
    size = fit_size(SCAN_WORDS, BOLD, width_px=tile.width, max_px=35)
    canvas.text(SCAN_WORDS, Style(BOLD, size), colours.strong, x=middle, baseline=code_foot - 40, align="centre")
    link = fit_size(spec.short_link, MEDIUM, width_px=tile.width + 24, max_px=27)
    canvas.text(spec.short_link, Style(MEDIUM, link), colours.soft, x=middle, baseline=code_foot, align="centre")


def _draw_preview(canvas: Canvas, spec: PosterSpec) -> None:
    """Goods at the left, the band upright, words at the right; no code, for who sees it can press it."""
    kind, (width, height) = _kind(spec), canvas.image.size
    colours, left = plate(kind, dark=True), _PREVIEW_PHOTOS_PX + _BAND_PX + 36
    measure = width - left - 44
    area = Box(0, 0, _PREVIEW_PHOTOS_PX, height)
    draw_goods(canvas, spec.goods[:MOST_ON_POSTER], spec.sellers, area, scale=0.72)
    draw_more(canvas, spec.more_text, kind, area, scale=0.86)
    canvas.paste(band(kind, spec.code, rows=NARROW_ROWS, cell_px=_CELL_PX, length_px=height, vertical=True),
                 _PREVIEW_PHOTOS_PX, 0)
    _draw_tag(canvas, left, 48)
    foot = height - 50
    seller = spec.seller_text
    if fit_size(seller, MEDIUM, width_px=measure, max_px=32) < _LEAST_PX:
        seller = seller.split(_DOT)[0]
    size = fit_size(seller, MEDIUM, width_px=measure, max_px=32)
    canvas.text(seller, Style(MEDIUM, size), colours.soft, x=left, baseline=foot)
    day = _DOT.join(spec.day_lines)
    day_px = fit_size(day, BOLD, width_px=measure, max_px=42)
    day_line = foot - round(size * CAP_HEIGHT_EM) - 40
    hour_px = fit_size(spec.hour_text, EXTRA_BOLD, width_px=measure, max_px=132, tracking=PRICE_TRACKING)
    hour_line = day_line - round(day_px * CAP_HEIGHT_EM) - 32
    canvas.text(day, Style(BOLD, day_px), colours.strong, x=left, baseline=day_line)
    canvas.text(spec.hour_text, Style(EXTRA_BOLD, hour_px, PRICE_TRACKING), colours.price, x=left, baseline=hour_line)
    top, bottom = 48 + _TAG_PX + 30, hour_line - round(hour_px * CAP_HEIGHT_EM) - 36
    most = 58.0
    while True:
        title = fit_title(spec.title, width_px=measure, max_px=most, max_lines=4)
        rise = round(title.size_px * 1.02) + round(title.size_px * LEADING) * (len(title.lines) - 1)
        if rise <= bottom - top:
            break
        most = title.size_px * 0.95
    _draw_title(canvas, title, colours.strong, left, top + rise)


def _kind(spec: PosterSpec) -> str:
    """The kind whose colours the sheet has: its goods', where they are all of one."""
    kinds = {one.kind for one in spec.goods[:MOST_ON_POSTER]}
    return kinds.pop() if len(kinds) == 1 else "other"


def _rows(spec: PosterSpec, measure: float, most: float) -> tuple[float, float]:
    """The sizes of the hour and of the two lines beside it, which together fill the hour's height."""
    hour_em = measure_em(spec.hour_text, EXTRA_BOLD, PRICE_TRACKING)
    day_em = max(measure_em(line, BOLD) for line in spec.day_lines)
    # The lines are a third of the hour's size; between them and it stands a quarter of that.
    size = min(most, (measure - 1) / (hour_em + 0.2 + 0.345 * day_em))
    return size, 0.345 * size


def _draw_hour(canvas: Canvas, spec: PosterSpec, sizes: tuple[float, float], hour: Colour, day: Colour, left: int,
               baseline: int) -> None:
    box = canvas.text(spec.hour_text, Style(EXTRA_BOLD, sizes[0], PRICE_TRACKING), hour, x=left, baseline=baseline)
    x, above = box.right + round(0.2 * sizes[0]), round(sizes[0] * 0.44)
    canvas.text(spec.day_lines[0], Style(BOLD, sizes[1]), day, x=x, baseline=baseline - above)
    canvas.text(spec.day_lines[1], Style(BOLD, sizes[1]), day, x=x, baseline=baseline)


def _draw_title(canvas: Canvas, title: NameLines, colour: Colour, left: int, last: int) -> None:
    step = round(title.size_px * LEADING)
    for back, line in enumerate(reversed(title.lines)):
        canvas.text(line, Style(EXTRA_BOLD, title.size_px, NAME_TRACKING), colour, x=left, baseline=last - back * step)


def _draw_tag(canvas: Canvas, left: int, top: int, *, edge: Colour | None = None) -> None:
    """The red tag with a dot, as on the show's page; over the band it has an `edge`."""
    words = ink(ON_AIR_WORDS, _TAG)
    right, pad, bottom = left + 2 * _TAG_PAD_PX + _DOT_PX + 14 + words.width_px, _TAG_PAD_PX, top + _TAG_PX
    if edge:
        canvas.fill(Box(left - 8, top - 9, right + 8, bottom + 9), edge)
    canvas.fill(Box(left, top, right, bottom), ON_AIR)
    middle, large = (top + bottom) // 2, Image.new("L", (8 * _DOT_PX, 8 * _DOT_PX))
    ImageDraw.Draw(large).ellipse((0, 0, 8 * _DOT_PX - 1, 8 * _DOT_PX - 1), fill=255)
    canvas.image.paste(WHITE, (left + pad, middle - _DOT_PX // 2), large.resize((_DOT_PX, _DOT_PX)))
    canvas.text(ON_AIR_WORDS, _TAG, WHITE, x=left + pad + _DOT_PX + 14,
                baseline=middle + round(_TAG.size_px * CAP_HEIGHT_EM / 2))
