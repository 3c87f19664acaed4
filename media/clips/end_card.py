"""The last three seconds of a clip: name, price and the code to scan, held still."""

from __future__ import annotations

from media.brocade.pattern import FULL_ROWS, NARROW_ROWS, band
from media.cards.canvas import Canvas
from media.cards.parts import household_line
from media.cards.story import SCAN_WORDS
from media.clips.words import HEIGHT_PX, LEAST_CAPTION_PX, WIDTH_PX, Sheet
from media.lettering.names import LEADING, NameLines, fit_name
from media.lettering.price import fit_price, price_ink
from media.lettering.text import CAP_HEIGHT_EM, EXTRA_BOLD, MEDIUM, NAME_TRACKING, Style, fit_size, measure_em
from media.palette import palette
from media.qr import link_payload, qr_side_modules
from media.spec import CardSpec

_BAND_CELL_PX, _FOOT_CELL_PX = 5, 4
_BAND_PX, _FOOT_PX = FULL_ROWS * _BAND_CELL_PX, NARROW_ROWS * _FOOT_CELL_PX
# Name, price and code share this width: 0.61 of the picture's, and a little for whole modules.
_COLUMN_PX = 660
_LONGEST_LINE_PX = WIDTH_PX - 2 * 72
_MOST_NAME_PX, _LEAST_ONE_LINE_PX, _TWO_LINES_PX = 100, 58, 74
_MOST_PRICE_PX = 190
_SCAN_PX, _LINK_PX, _HOUSEHOLD_PX = 64, 40, 38
# From the code's lower edge: the invitation, the link, the household.
_SCAN_DROP_PX, _LINK_DROP_PX, _HOUSEHOLD_DROP_PX = 112, 178, 262
_HOUSEHOLD_STEP_PX = 52
_NAME_TO_PRICE_PX, _PRICE_TO_CODE_PX = 62, 70
# The square card, from its upper edge: baselines of name and price, top of the code's tile.
_SQUARE_NAME_AT_PX, _SQUARE_PRICE_AT_PX, _SQUARE_CODE_AT_PX = 184, 326, 376
_SQUARE_NAME_PX, _SQUARE_PRICE_PX, _SQUARE_CODE_PX = 72, 132, 528


def draw_end_card(spec: CardSpec) -> Canvas:
    """The card, 1080 × 1920: the household's full band on top, everything else on one axis.

    Raises ValueError where the link is too long for a code that phones can read.
    """
    colours, middle = palette(spec.kind), WIDTH_PX // 2
    canvas = Canvas.blank(WIDTH_PX, HEIGHT_PX, colours.deep)
    for rows, cell, top in (
        (FULL_ROWS, _BAND_CELL_PX, 0),
        (NARROW_ROWS, _FOOT_CELL_PX, HEIGHT_PX - _FOOT_PX),
    ):
        cloth = band(spec.kind, spec.household_code, rows=rows, cell_px=cell, length_px=WIDTH_PX)
        canvas.paste(cloth, 0, top)
    name = _fit_name(spec.name)
    step = round(name.size_px * LEADING)
    price_px = fit_price(spec.price_vnd, spec.unit, width_px=_COLUMN_PX, max_px=_MOST_PRICE_PX)
    heights = (len(name.lines) - 1) * step + round((name.size_px + price_px) * CAP_HEIGHT_EM)
    block = heights + _NAME_TO_PRICE_PX + _PRICE_TO_CODE_PX + _COLUMN_PX + _HOUSEHOLD_DROP_PX
    # A little above the middle of the ground, as the eye wants it.
    baseline = _BAND_PX + round((HEIGHT_PX - _BAND_PX - _FOOT_PX - block) * 0.46)
    baseline += round(name.size_px * CAP_HEIGHT_EM)
    for line in name.lines:
        style = Style(EXTRA_BOLD, name.size_px, NAME_TRACKING)
        canvas.text(line, style, colours.paper, x=middle, baseline=baseline, align="centre")
        baseline += step
    baseline += _NAME_TO_PRICE_PX + round(price_px * CAP_HEIGHT_EM) - step
    price = price_ink(spec.price_vnd, spec.unit, price_px)
    canvas.ink("price", price, colours.price_on_deep, x=middle, baseline=baseline, align="centre")
    _draw_code(canvas, spec, baseline + _PRICE_TO_CODE_PX)
    return canvas


def draw_square_card(spec: CardSpec, sheet: Sheet) -> Canvas:
    """The card for a square clip, drawn where the sheet is: band, name and price, the code below.

    Raises ValueError where the link is too long for a code that phones can read.
    """
    colours, middle = palette(spec.kind), WIDTH_PX // 2
    canvas = Canvas.blank(WIDTH_PX, HEIGHT_PX, colours.deep)
    cloth = band(spec.kind, spec.household_code, rows=NARROW_ROWS, cell_px=_FOOT_CELL_PX, length_px=WIDTH_PX)
    canvas.paste(cloth, 0, sheet.top)
    name = fit_name(spec.name, width_px=_LONGEST_LINE_PX, max_px=_SQUARE_NAME_PX, max_lines=1)
    price_px = fit_price(spec.price_vnd, spec.unit, width_px=_SQUARE_CODE_PX, max_px=_SQUARE_PRICE_PX)
    style = Style(EXTRA_BOLD, name.size_px, NAME_TRACKING)
    at = sheet.top + _SQUARE_NAME_AT_PX
    canvas.text(name.lines[0], style, colours.paper, x=middle, baseline=at, align="centre")
    price = price_ink(spec.price_vnd, spec.unit, price_px)
    at = sheet.top + _SQUARE_PRICE_AT_PX
    canvas.ink("price", price, colours.price_on_deep, x=middle, baseline=at, align="centre")
    payload = link_payload(spec.order_link)
    side = _SQUARE_CODE_PX // qr_side_modules(payload) * qr_side_modules(payload)
    tile = canvas.code(
        payload, left=(WIDTH_PX - side) // 2 & ~1, top=sheet.top + _SQUARE_CODE_AT_PX, side_px=side
    )
    rows = (
        (SCAN_WORDS, EXTRA_BOLD, colours.paper, 52, 76),
        (spec.short_link, MEDIUM, colours.pale, 38, 132),
    )
    for words, weight, colour, most_px, drop in rows:
        size = fit_size(words, weight, width_px=_LONGEST_LINE_PX, max_px=most_px)
        baseline = tile.bottom + drop
        canvas.text(words, Style(weight, size), colour, x=middle, baseline=baseline, align="centre")
    return canvas


def _draw_code(canvas: Canvas, spec: CardSpec, top: int) -> None:
    """The tile, on even pixels so that colour planes cut it cleanly, and the words beneath."""
    colours, middle = palette(spec.kind), WIDTH_PX // 2
    payload = link_payload(spec.order_link)
    modules = qr_side_modules(payload)
    side = _COLUMN_PX // modules * modules
    tile = canvas.code(payload, left=(WIDTH_PX - side) // 2 & ~1, top=top & ~1, side_px=side)
    rows = [
        (SCAN_WORDS, EXTRA_BOLD, colours.paper, _SCAN_PX, _SCAN_DROP_PX),
        (spec.short_link, MEDIUM, colours.pale, _LINK_PX, _LINK_DROP_PX),
    ]
    for at, words in enumerate(_household_rows(spec)):
        drop = _HOUSEHOLD_DROP_PX + at * _HOUSEHOLD_STEP_PX
        rows.append((words, MEDIUM, colours.pale, _HOUSEHOLD_PX, drop))
    for words, weight, colour, most_px, drop in rows:
        size = fit_size(words, weight, width_px=_LONGEST_LINE_PX, max_px=most_px)
        baseline = tile.bottom + drop
        canvas.text(words, Style(weight, size), colour, x=middle, baseline=baseline, align="centre")


def _household_rows(spec: CardSpec) -> list[str]:
    """Who sells, where and how to call, on one line, or on two where one would be too small."""
    line = " · ".join(part for part in (household_line(spec), spec.phone) if part)
    if fit_size(line, MEDIUM, width_px=_LONGEST_LINE_PX, max_px=_HOUSEHOLD_PX) >= LEAST_CAPTION_PX:
        return [line]
    where = " · ".join(part for part in (spec.place, spec.phone) if part)
    return [part for part in (spec.household, where) if part]


def _fit_name(name: str) -> NameLines:
    """One line as wide as the code where that is large enough, else two lines that may be wider."""
    em = measure_em(name, EXTRA_BOLD, NAME_TRACKING)
    one_line_px = min(_MOST_NAME_PX, (_COLUMN_PX - 1) / max(em, 0.01))
    if one_line_px >= _LEAST_ONE_LINE_PX:
        return fit_name(name, width_px=_COLUMN_PX, max_px=one_line_px, max_lines=1)
    two = fit_name(name, width_px=_COLUMN_PX, max_px=_TWO_LINES_PX)
    if two.size_px >= _LEAST_ONE_LINE_PX:
        return two
    return fit_name(name, width_px=_LONGEST_LINE_PX, max_px=_LEAST_ONE_LINE_PX)
