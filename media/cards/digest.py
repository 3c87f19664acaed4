"""A village's picture of the day: the goods of several households on one sheet, each on its kind's own plate."""

from __future__ import annotations

from pathlib import Path

from media.brocade.pattern import NARROW_ROWS, band
from media.cards.canvas import Canvas
from media.cards.pictures import encode_jpeg
from media.cards.tile import HEM_HEIGHT_PX, draw_picture
from media.files import write_whole
from media.lettering.names import fit_name
from media.lettering.price import fit_price, price_ink, price_width_em
from media.lettering.text import BOLD, CAP_HEIGHT_EM, EXTRA_BOLD, MEDIUM, NAME_TRACKING, Box, Style, fit_size, measure_em
from media.palette import palette, plate
from media.spec import MOST_ON_DIGEST, CardSpec, DigestSpec, MediaFile

WIDTH_PX, HEIGHT_PX = 1080, 1350
MOST_BYTES = 300_000
GAP_PX = 8
_MARGIN_PX, _CELL_PX = 64, 4
_BAND_PX = NARROW_ROWS * _CELL_PX
_HEAD_PX, _FOOT_PX = 112, 78
_TITLE_PX, _DAY_PX, _FOOT_TEXT_PX = 66, 35, 33
_PAD_PX = 24
_LINE_PX = 31
_SMALLEST_PX = 25
"""LOOK's smallest type: .023 of the short side."""

_KIND_OF_SHEET = "other"
_GROUND = palette(_KIND_OF_SHEET).ink
"""A shade below the plate of other goods, so that theirs stands off too."""


def write_digest(spec: DigestSpec, out_dir: Path) -> MediaFile:
    """The picture in `out_dir`/digest.jpg, at most MOST_BYTES. A photo that can't be read is left out."""
    path = out_dir / "digest.jpg"
    write_whole(path, encode_jpeg(draw_digest(spec).image, most_bytes=MOST_BYTES))
    return MediaFile(path, "digest", WIDTH_PX, HEIGHT_PX, path.stat().st_size, "image/jpeg")


def draw_digest(spec: DigestSpec) -> Canvas:
    """The sheet: the village's band, title and day, the goods, and where all of it stands."""
    colours = plate(_KIND_OF_SHEET, dark=True)
    canvas = Canvas.blank(WIDTH_PX, HEIGHT_PX, _GROUND)
    canvas.paste(band(_KIND_OF_SHEET, spec.code, rows=NARROW_ROWS, cell_px=_CELL_PX, length_px=WIDTH_PX), 0, 0)
    measure = WIDTH_PX - 2 * _MARGIN_PX
    day_px = fit_size(spec.day_text, MEDIUM, width_px=0.4 * measure, max_px=_DAY_PX)
    room = measure - measure_em(spec.day_text, MEDIUM) * day_px - 40
    title_px = fit_size(spec.title, EXTRA_BOLD, width_px=room, max_px=_TITLE_PX, tracking=NAME_TRACKING)
    baseline = _BAND_PX + round((_HEAD_PX + _TITLE_PX * CAP_HEIGHT_EM) / 2) + 4
    canvas.text(spec.title, Style(EXTRA_BOLD, title_px, NAME_TRACKING), colours.strong, x=_MARGIN_PX, baseline=baseline)
    canvas.text(spec.day_text, Style(MEDIUM, day_px), colours.soft, x=WIDTH_PX - _MARGIN_PX, baseline=baseline, align="right")
    goods = spec.goods[:MOST_ON_DIGEST]
    for one, box in zip(goods, boxes(len(goods)), strict=True):
        _draw_one(canvas, one, box)
    _draw_foot(canvas, spec)
    return canvas


def boxes(count: int) -> list[Box]:
    """Where `count` goods stand: rows of one and of two, an odd one large on top."""
    top, bottom = _BAND_PX + _HEAD_PX, HEIGHT_PX - _FOOT_PX
    rows = [1] * count if count <= 2 else ([1] if count % 2 else []) + [2] * (count // 2)
    shares = [1.35 if count == 3 and row == 1 else 1.0 for row in rows]
    room = bottom - top - GAP_PX * (len(rows) - 1)
    found: list[Box] = []
    for at, row in enumerate(rows):
        upper = top + round(room * sum(shares[:at]) / sum(shares)) + GAP_PX * at
        lower = top + round(room * sum(shares[:at + 1]) / sum(shares)) + GAP_PX * at
        half = (WIDTH_PX - GAP_PX) // 2
        found += ([Box(0, upper, WIDTH_PX, lower)] if row == 1
                  else [Box(0, upper, half, lower), Box(half + GAP_PX, upper, WIDTH_PX, lower)])
    return found


def _draw_one(canvas: Canvas, spec: CardSpec, box: Box) -> None:
    """One product: its photo, a hem of its threads, and a deep plate with name, price and household."""
    is_wide = box.width == WIDTH_PX
    pad = _MARGIN_PX if is_wide else _PAD_PX
    colours, measure = plate(spec.kind, dark=True), box.width - 2 * pad
    name = fit_name(spec.name, width_px=measure, max_px=50 if is_wide else 36)
    price_px = fit_price(spec.price_vnd, spec.unit, width_px=0.56 * measure, max_px=72 if is_wide else 50)
    room = measure - price_px * price_width_em(spec.price_vnd, spec.unit) - 28
    household, household_px = _fit_household(spec, room)
    step, price_line = round(name.size_px * 1.2), box.bottom - 24
    rise = max(round(price_px * CAP_HEIGHT_EM), _LINE_PX * (len(household) - 1) + round(household_px * CAP_HEIGHT_EM))
    last_name = price_line - rise - 24
    plate_top = last_name - step * (len(name.lines) - 1) - round(name.size_px * 1.12) - 10
    draw_picture(canvas, spec, box, plate_top - HEM_HEIGHT_PX)
    left, right = box.left + pad, box.right - pad
    for back, line in enumerate(reversed(name.lines)):
        canvas.text(line, Style(EXTRA_BOLD, name.size_px, NAME_TRACKING), colours.strong, x=left, baseline=last_name - back * step)
    canvas.ink("price", price_ink(spec.price_vnd, spec.unit, price_px), colours.price, x=left, baseline=price_line)
    for back, line in enumerate(reversed(household)):
        canvas.text(line, Style(MEDIUM, household_px), colours.soft, x=right, baseline=price_line - back * _LINE_PX, align="right")


def _fit_household(spec: CardSpec, room: float) -> tuple[tuple[str, ...], float]:
    """Who sells, on one line or on two, and its size; the smallest type is gone below only for a name without blanks."""
    size = fit_size(spec.household, MEDIUM, width_px=room, max_px=31)
    if size >= _SMALLEST_PX:
        return (spec.household,), size
    found = fit_name(spec.household, width_px=room, max_px=_SMALLEST_PX, weight=MEDIUM, tracking=0.0)
    return found.lines, found.size_px


def _draw_foot(canvas: Canvas, spec: DigestSpec) -> None:
    colours, baseline = plate(_KIND_OF_SHEET, dark=True), HEIGHT_PX - round((_FOOT_PX - _FOOT_TEXT_PX * CAP_HEIGHT_EM) / 2)
    measure = WIDTH_PX - 2 * _MARGIN_PX
    link_px = fit_size(spec.short_link, BOLD, width_px=(0.62 if spec.more_text else 1.0) * measure, max_px=_FOOT_TEXT_PX)
    if spec.more_text:
        room = measure - measure_em(spec.short_link, BOLD) * link_px - 40
        more_px = fit_size(spec.more_text, MEDIUM, width_px=room, max_px=_FOOT_TEXT_PX)
        canvas.text(spec.more_text, Style(MEDIUM, more_px), colours.soft, x=_MARGIN_PX, baseline=baseline)
        canvas.text(spec.short_link, Style(BOLD, link_px), colours.price, x=WIDTH_PX - _MARGIN_PX, baseline=baseline, align="right")
    else:
        canvas.text(spec.short_link, Style(BOLD, link_px), colours.price, x=WIDTH_PX // 2, baseline=baseline, align="centre")
