"""A 40 × 30 mm label for a bag or a fruit: one bit a dot, as thermal printers of 203 dpi take it.

Packed food must say what it is, how much, of what, from when, until when and who made it (decree
43/2017/NĐ-CP, article 10 and annex I), so none of that is ever cut: it becomes smaller.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from media.brocade.pattern import NARROW_ROWS, repeat_cells
from media.lettering.facts import day_words
from media.lettering.price import small_price
from media.lettering.text import BOLD, EXTRA_BOLD, Style, draw_ink, ink, measure_em, nfc
from media.prints.words import spaced_phone
from media.qr import QUIET_MODULES, link_payload, qr_modules
from media.spec import CardSpec

WIDTH_DOTS, HEIGHT_DOTS = 320, 240
DOTS_PER_MM = 8
FINE = 4
"""Drawn this many times larger; thresholding then keeps strokes as thick as they are."""
_MODULE_DOTS = 4  # half a millimetre
_MARGIN = 10
_STRIP_TOP, _STRIP_CELL, _THIN_STRIP_ROWS = 8, 2, 7
_MOST_TEXT, _LEAST_TEXT = 22.0, 14.0
USUAL_TEXT = 19.0
"""Text is no smaller unless what must be said would not fit."""
_NAME_SHARE, _PRICE_SHARE, _STEP, _RISE = 1.36, 1.5, 1.2, 0.98
_SQUEEZE, _MOST_CAPTION = 0.9, 19.0
_CAPTION = "Quét để mua"
_DARK_BELOW = 128


@dataclass(frozen=True, slots=True)
class Row:
    """A line: its words, weight and size in dots, and the baseline below the label's head."""

    words: str
    weight: str
    size: float
    baseline: float


def label_image(spec: CardSpec, *, fine: bool = False) -> Image.Image:
    """The label as a picture of mode "1", 320 × 240 dots, or with `fine` four times that for laser printers."""
    grey = Image.new("L", (WIDTH_DOTS * FINE, HEIGHT_DOTS * FINE), 255)
    rows, strip_rows = _fit(spec)
    _draw_strip(grey, spec, strip_rows)
    for row in rows:
        draw_ink(grey, ink(row.words, Style(row.weight, row.size * FINE)), 0, x=_MARGIN * FINE,
                 baseline=round(row.baseline * FINE))
    code = _code_side(spec)
    left, top = WIDTH_DOTS - code, HEIGHT_DOTS - code
    size = min(_MOST_CAPTION, (code - 2 * _MARGIN) / measure_em(_CAPTION, BOLD))
    if all(row.baseline < top - 1.3 * size or not _reaches(row, left) for row in rows):
        draw_ink(grey, ink(_CAPTION, Style(BOLD, size * FINE)), 0, x=(left + code // 2) * FINE,
                 baseline=round((top + 6) * FINE), align="centre")
    _draw_code(grey, spec, left, top)
    if not fine:
        grey = grey.resize((WIDTH_DOTS, HEIGHT_DOTS), Image.Resampling.BOX)
    return grey.point(lambda value: 255 if value >= _DARK_BELOW else 0).convert("1", dither=Image.Dither.NONE)


def text_size(spec: CardSpec) -> float:
    """The size of the smallest text in dots: how much a label says decides it."""
    return min(row.size for row in _fit(spec)[0])


def _reaches(row: Row, left: float) -> bool:
    return _MARGIN + measure_em(row.words, row.weight) * row.size > left


def _fit(spec: CardSpec) -> tuple[list[Row], int]:
    """The rows at the largest size that keeps them on the label, and the rows of the strip above them.

    A strip of the whole field where there is room, a thin one else, none before text becomes small.
    """
    for strip, least in ((NARROW_ROWS - 6, 20.5), (_THIN_STRIP_ROWS, USUAL_TEXT), (0, USUAL_TEXT)):
        for size in (_MOST_TEXT, 20.5, USUAL_TEXT):
            if size >= least and _holds(rows := _rows(spec, size, strip)):
                return rows, strip
    sizes = np.arange(USUAL_TEXT - 0.5, _LEAST_TEXT - 0.1, -0.5)
    return next(((rows, 0) for size in sizes if _holds(rows := _rows(spec, float(size), 0))),
                (_rows(spec, _LEAST_TEXT, 0), 0))


def _holds(rows: list[Row]) -> bool:
    return rows[-1].baseline <= HEIGHT_DOTS - 0.24 * rows[-1].size - 4


def _rows(spec: CardSpec, size: float, strip_rows: int) -> list[Row]:
    """Name and ingredients over the whole width, the rest at the left of the code where it stands beside it."""
    full, code = WIDTH_DOTS - 2 * _MARGIN, _code_side(spec)
    beside, code_top = WIDTH_DOTS - code - _MARGIN - 2, HEIGHT_DOTS - code
    top = _STRIP_TOP + strip_rows * _STRIP_CELL + (7 if strip_rows else 0)
    rows: list[Row] = []

    def put(words: str, weight: str, text: float, gap: float = 0.0) -> None:
        nonlocal top
        rest = nfc(words).split(" ")
        while rest:
            room = full if top + _RISE * text + 0.3 * text < code_top else beside
            # A last word or two alone are worth a slightly smaller line.
            least = max(_SQUEEZE * text, USUAL_TEXT) if text >= USUAL_TEXT else _SQUEEZE * text
            if measure_em(" ".join(rest), weight) * least <= room:
                count = len(rest)
            else:
                count = next((count for count in range(len(rest) - 1, 1, -1)
                              if measure_em(" ".join(rest[:count]), weight) * text <= room), 1)
            line, rest = " ".join(rest[:count]), rest[count:]
            fitted = min(text, room / measure_em(line, weight))
            baseline = top + gap + _RISE * text
            rows.append(Row(line, weight, fitted, baseline))
            top, gap = baseline + (_STEP - _RISE) * text, 0.0

    is_food = bool(spec.packed_on or spec.best_before or spec.ingredients)
    put(spec.name, EXTRA_BOLD, size * (_NAME_SHARE if len(spec.name) <= 40 else 1.0))
    if not is_food:
        put(small_price(spec.price_vnd, spec.unit), EXTRA_BOLD, size * _PRICE_SHARE, 4)
    if spec.ingredients:
        put(f"Thành phần: {spec.ingredients}", BOLD, size)
    for words in _facts(spec):
        put(words, BOLD, size)
    return rows


def _facts(spec: CardSpec) -> list[str]:
    """Short lines, each whole: net weight, dates, who and where to call."""
    return [words for words in (
        spec.net_text and (f"KL tịnh: {spec.net_text}" if spec.packed_on else spec.net_text),
        spec.packed_on and f"NSX: {day_words(spec.packed_on)}",
        spec.best_before and f"HSD: {day_words(spec.best_before)}",
        spec.household, spaced_phone(spec.phone)) if words]


def _code_side(spec: CardSpec) -> int:
    return (len(qr_modules(link_payload(spec.order_link))) + 2 * QUIET_MODULES) * _MODULE_DOTS


def _draw_code(grey: Image.Image, spec: CardSpec, left: int, top: int) -> None:
    """Half a millimetre a module; the quiet zone ends at the label's edges."""
    modules = np.array(qr_modules(link_payload(spec.order_link)))
    pixels = np.where(modules, 0, 255).astype(np.uint8).repeat(_MODULE_DOTS * FINE, 0).repeat(_MODULE_DOTS * FINE, 1)
    quiet = QUIET_MODULES * _MODULE_DOTS
    grey.paste(Image.fromarray(pixels), ((left + quiet) * FINE, (top + quiet) * FINE))


def _draw_strip(grey: Image.Image, spec: CardSpec, rows: int) -> None:
    """The household's field, or its inner stripe, as outline cells: ivory becomes ink, dyes would be mud."""
    if not rows:
        return
    cells = repeat_cells(spec.household_code, NARROW_ROWS)[3:-3]
    if rows < cells.shape[0]:
        cells = cells[(cells.shape[0] - rows) // 2:][:rows]
    across = (WIDTH_DOTS - 2 * _MARGIN) // _STRIP_CELL - 1 | 1  # odd: an axis stands in the middle
    run = cells[:, (np.arange(across) - across // 2) % cells.shape[1]]
    side = _STRIP_CELL * FINE
    pixels = np.where(run == 1, 0, 255).astype(np.uint8).repeat(side, 0).repeat(side, 1)
    grey.paste(Image.fromarray(pixels), (_MARGIN * FINE, _STRIP_TOP * FINE))
