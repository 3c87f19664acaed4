"""One stall sign, drawn as if on A5: who sells, what it costs, a code to order and a code to pay."""

from __future__ import annotations

from dataclasses import dataclass

from media.brocade.pattern import MID_ROWS, band
from media.icons import BANK, BASKET
from media.lettering.names import LEADING, NameLines, fit_name
from media.lettering.price import DONG_SHARE, GAP_SHARE, UNIT_SHARE, digits, fit_price, price_width_em, small_price
from media.lettering.text import (BOLD, CAP_HEIGHT_EM, EXTRA_BOLD, MEDIUM, NAME_TRACKING, PRICE_TRACKING, fit_size,
                                  measure_em)
from media.palette import INDIGO, QR_INK, WHITE, Colour, Palette, mix, palette
from media.prints.pen import Pen
from media.prints.words import (APP_WORDS, ORDER_WORDS, PAY_WORDS, account_line, address_line, certificates_line,
                                dates_line, tiers_line)
from media.qr import link_payload
from media.spec import BankPanel, CardSpec

A5_WIDTH_MM, A5_HEIGHT_MM = 148.0, 210.0
_MARGIN_MM = 8.6
_MEASURE_MM = A5_WIDTH_MM - 2 * _MARGIN_MM
_CENTRE_MM = A5_WIDTH_MM / 2
_BAND_MM, _BAND_CELL_PX = 22.0, 6
_RULE_MM = 60.2
_PANEL_TOP_MM, _PANEL_GAP_MM, _ROUND_MM = 118.2, 3.8, 2.2
_PANEL_MM = A5_HEIGHT_MM - _MARGIN_MM - _PANEL_TOP_MM
_CODE_MM, _LONE_CODE_MM = 47.4, 63.0
_PAY_INK = (15, 23, 52)
_LEAST_AIR_MM, _FOOT_MM, _OLD_MM, _OLD_STEP_MM = 5.4, 8.0, 6.0, 7.6


def draw_sign(pen: Pen, spec: CardSpec) -> None:
    """The sign where the pen stands, 148 × 210. Without a bank account the order panel stands alone."""
    colours = palette(spec.kind)
    _draw_head(pen, spec, colours)
    _draw_offer(pen, spec, colours)
    if spec.bank:
        half = (_MEASURE_MM - _PANEL_GAP_MM) / 2
        _draw_order_panel(pen, spec, colours, _MARGIN_MM, half)
        _draw_bank_panel(pen, spec.bank, _MARGIN_MM + half + _PANEL_GAP_MM, half)
    else:
        _draw_lone_panel(pen, spec, colours)


def _draw_head(pen: Pen, spec: CardSpec, colours: Palette) -> None:
    """The household's band, its name, its place and phone, and a hairline under them."""
    thick_px = MID_ROWS * _BAND_CELL_PX
    cloth = band(spec.kind, spec.household_code, rows=MID_ROWS, cell_px=_BAND_CELL_PX,
                 length_px=round(_MEASURE_MM / _BAND_MM * thick_px))
    pen.picture(cloth, _MARGIN_MM, _MARGIN_MM, _MEASURE_MM, _BAND_MM)
    size = fit_size(spec.household, EXTRA_BOLD, width_px=_MEASURE_MM, max_px=11.2, tracking=NAME_TRACKING)
    address = address_line(spec)
    pen.text(spec.household, EXTRA_BOLD, size, colours.ink, x=_CENTRE_MM, baseline=46.6 if address else 49.6,
             align="centre", tracking=NAME_TRACKING)
    if address:
        pen.text(address, MEDIUM, fit_size(address, MEDIUM, width_px=_MEASURE_MM, max_px=5.0), colours.ink,
                 x=_CENTRE_MM, baseline=54.9, align="centre")
    pen.fill(mix(colours.pale, colours.mid, 0.25), _MARGIN_MM, _RULE_MM, _MEASURE_MM, 0.3)


def _draw_offer(pen: Pen, spec: CardSpec, colours: Palette) -> None:
    """Name, price and what belongs to it, centred as one block between the hairline and the panels."""
    room = _PANEL_TOP_MM - _RULE_MM - 2 * _LEAST_AIR_MM
    scale = next((share / 100 for share in range(100, 50, -4) if _offer(spec, share / 100).height <= room), 0.5)
    offer = _offer(spec, scale)
    baseline = (_RULE_MM + _PANEL_TOP_MM - offer.height) / 2 + offer.rise
    for line in offer.name.lines:
        pen.text(line, EXTRA_BOLD, offer.name.size_px, colours.ink, x=_CENTRE_MM, baseline=baseline, align="centre",
                 tracking=NAME_TRACKING)
        baseline += offer.step
    baseline += offer.gap + offer.cap - offer.step
    if spec.was_vnd and spec.was_vnd > spec.price_vnd:
        size = _OLD_MM * scale
        _draw_old_price(pen, small_price(spec.was_vnd), size, colours, baseline - offer.cap + size * CAP_HEIGHT_EM)
        baseline += _OLD_STEP_MM * scale
    _draw_price(pen, spec, colours, offer.price_mm, baseline)
    for words in _under_price(spec):
        baseline += _FOOT_MM * scale
        pen.text(words, BOLD, fit_size(words, BOLD, width_px=_MEASURE_MM, max_px=5.2 * scale), colours.ink,
                 x=_CENTRE_MM, baseline=baseline, align="centre")


@dataclass(frozen=True, slots=True)
class _Offer:
    """The block's measures at one scale, in millimetres."""

    name: NameLines
    price_mm: float
    rise: float
    step: float
    gap: float
    cap: float
    height: float


def _offer(spec: CardSpec, scale: float) -> _Offer:
    name = fit_name(spec.name, width_px=_MEASURE_MM, max_px=9.6 * scale)
    two, under = len(name.lines) == 2, _under_price(spec)
    most = (19.5 if two else 25.0) - (2.0 if under else 0.0)
    price = fit_price(spec.price_vnd, spec.unit, width_px=_MEASURE_MM * 0.92, max_px=most * scale)
    step, rise, cap = name.size_px * LEADING, name.size_px * 0.95, price * CAP_HEIGHT_EM
    gap = (7.4 if two else 8.2) * scale
    old = _OLD_STEP_MM * scale if spec.was_vnd and spec.was_vnd > spec.price_vnd else 0.0
    height = rise + step * (len(name.lines) - 1) + gap + cap + old + _FOOT_MM * scale * len(under)
    return _Offer(name, price, rise, step, gap, cap, height)


def _under_price(spec: CardSpec) -> list[str]:
    """The lines below the price: prices by amount, certificates, dates."""
    return [words for words in (tiers_line(spec), certificates_line(spec), dates_line(spec)) if words]


def _draw_old_price(pen: Pen, words: str, size: float, colours: Palette, baseline: float) -> None:
    """The price before a promotion with a thin line through it."""
    pen.text(words, MEDIUM, size, colours.ink, x=_CENTRE_MM, baseline=baseline, align="centre")
    width = measure_em(words, MEDIUM) * size + 1.4
    pen.fill(colours.ink, _CENTRE_MM - width / 2, baseline - size * CAP_HEIGHT_EM / 2 - 0.2, width, 0.4)


def _draw_price(pen: Pen, spec: CardSpec, colours: Palette, size: float, baseline: float) -> None:
    number = digits(spec.price_vnd)
    left = _CENTRE_MM - price_width_em(spec.price_vnd, spec.unit) * size / 2
    column = left + (measure_em(number, EXTRA_BOLD, PRICE_TRACKING) + GAP_SHARE) * size
    pen.text(number, EXTRA_BOLD, size, colours.price_on_paper, x=left, baseline=baseline, tracking=PRICE_TRACKING)
    # The stroke of đ stands as high above its own baseline as capitals do, so its head meets the digits' head.
    pen.text("đ", EXTRA_BOLD, size * DONG_SHARE, colours.price_on_paper, x=column,
             baseline=baseline - size * CAP_HEIGHT_EM * (1 - DONG_SHARE))
    if spec.unit:
        pen.text(f"/{spec.unit}", BOLD, size * UNIT_SHARE, colours.price_on_paper, x=column, baseline=baseline)


def _draw_order_panel(pen: Pen, spec: CardSpec, colours: Palette, left: float, width: float) -> None:
    ground, centre = colours.price_on_paper, left + width / 2
    pen.fill(ground, left, _PANEL_TOP_MM, width, _PANEL_MM, round_mm=_ROUND_MM)
    _draw_panel_head(pen, ORDER_WORDS, WHITE, centre, icon_ground=ground, bank=False)
    pen.code(link_payload(spec.order_link), QR_INK, left=centre - _CODE_MM / 2, top=_PANEL_TOP_MM + 19.6, side=_CODE_MM)
    _draw_panel_foot(pen, spec.short_link, APP_WORDS, WHITE, centre, width)


def _draw_bank_panel(pen: Pen, bank: BankPanel, left: float, width: float) -> None:
    centre = left + width / 2
    pen.outline(INDIGO, left, _PANEL_TOP_MM, width, _PANEL_MM, line_mm=0.8, round_mm=_ROUND_MM)
    _draw_panel_head(pen, PAY_WORDS, INDIGO, centre, icon_ground=WHITE, bank=True)
    pen.code(bank.payload, _PAY_INK, left=centre - _CODE_MM / 2, top=_PANEL_TOP_MM + 19.6, side=_CODE_MM)
    _draw_panel_foot(pen, bank.account_name, account_line(bank), INDIGO, centre, width)


def _draw_panel_head(pen: Pen, words: tuple[str, str], colour: Colour, centre: float, *, icon_ground: Colour,
                     bank: bool) -> None:
    """Icon at the left of two lines, both centred together over the code."""
    size, icon, gap = 6.0, 10.0, 3.2
    text_mm = max(measure_em(line, EXTRA_BOLD, NAME_TRACKING) for line in words) * size
    left = centre - (icon + gap + text_mm) / 2
    pen.icon(BANK if bank else BASKET, colour, icon_ground, left=left, top=_PANEL_TOP_MM + 5.2, side=icon)
    for at, line in enumerate(words):
        pen.text(line, EXTRA_BOLD, size, colour, x=left + icon + gap, baseline=_PANEL_TOP_MM + 9.4 + at * 7.2,
                 tracking=NAME_TRACKING)


def _draw_panel_foot(pen: Pen, strong: str, soft: str, colour: Colour, centre: float, width: float) -> None:
    room = width - 6
    pen.text(strong, BOLD, fit_size(strong, BOLD, width_px=room, max_px=4.0), colour, x=centre,
             baseline=_PANEL_TOP_MM + 73.6, align="centre")
    pen.text(soft, MEDIUM, fit_size(soft, MEDIUM, width_px=room, max_px=3.5), colour, x=centre,
             baseline=_PANEL_TOP_MM + 78.4, align="centre")


def _draw_lone_panel(pen: Pen, spec: CardSpec, colours: Palette) -> None:
    """One wide panel: a large code at the left, words at the right, centred on it."""
    ground, inset = colours.price_on_paper, (_PANEL_MM - _LONE_CODE_MM) / 2
    pen.fill(ground, _MARGIN_MM, _PANEL_TOP_MM, _MEASURE_MM, _PANEL_MM, round_mm=_ROUND_MM)
    pen.code(link_payload(spec.order_link), QR_INK, left=_MARGIN_MM + inset, top=_PANEL_TOP_MM + inset,
             side=_LONE_CODE_MM)
    left = _MARGIN_MM + 1.75 * inset + _LONE_CODE_MM
    room, middle = _MARGIN_MM + _MEASURE_MM - 0.75 * inset - left, _PANEL_TOP_MM + _PANEL_MM / 2
    pen.icon(BASKET, WHITE, ground, left=left, top=middle - 28, side=16)
    for at, line in enumerate(ORDER_WORDS):
        pen.text(line, EXTRA_BOLD, 8.8, WHITE, x=left, baseline=middle + 1 + at * 10.6, tracking=NAME_TRACKING)
    for words, weight, most, below in ((spec.short_link, BOLD, 4.6, 21.6), (APP_WORDS, MEDIUM, 4.2, 27.8)):
        pen.text(words, weight, fit_size(words, weight, width_px=room, max_px=most), WHITE, x=left,
                 baseline=middle + below)
