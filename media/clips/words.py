"""What a clip says in each shot, and where the lines stand: name, then price, then the call."""

from __future__ import annotations

from dataclasses import dataclass

from media.cards.parts import household_line
from media.icons import pin_mask
from media.lettering.names import LEADING, fit_name
from media.lettering.price import fit_price, price_ink
from media.lettering.text import EXTRA_BOLD, MEDIUM, NAME_TRACKING, Box, Ink, Style, fit_size, ink
from media.palette import Colour, palette
from media.spec import CardSpec

WIDTH_PX, HEIGHT_PX = 1080, 1920
MARGIN_PX = 72
# Apps lay their buttons over the right edge.
APP_BUTTONS_PX = 144
MEASURE_PX = WIDTH_PX - MARGIN_PX - APP_BUTTONS_PX
BASELINE_PX = 1500


@dataclass(frozen=True, slots=True)
class Sheet:
    """The part of a 1080 × 1920 drawing, from row `top` to row `bottom`, that a clip shows."""

    top: int
    bottom: int

    @property
    def height_px(self) -> int:
        """Its height; the width is always 1080."""
        return self.bottom - self.top


TALL = Sheet(0, HEIGHT_PX)
# The words keep their place: their last line stands on the square's lower margin.
SQUARE = Sheet(480, 1560)
_NAME_PX, _PRICE_PX = round(0.115 * WIDTH_PX), round(0.16 * WIDTH_PX)
_NAME_OVER_PRICE_PX = 66
_CAPTION_PX = 42
LEAST_CAPTION_PX = 34


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its ink, colour, left edge and baseline."""

    ink: Ink
    colour: Colour
    left: int
    baseline: int

    @property
    def box(self) -> Box:
        """The box of the ink."""
        right, bottom = self.left + self.ink.width_px, self.baseline + self.ink.drop_px
        return Box(self.left, self.baseline - self.ink.rise_px, right, bottom)


def shot_words(spec: CardSpec, shot: int) -> list[Line]:
    """The lines of a shot, by its number: the three scenes take turns."""
    return (_name, _price, _call)[shot % 3](spec)


def _name(spec: CardSpec) -> list[Line]:
    name = fit_name(spec.name, width_px=MEASURE_PX, max_px=_NAME_PX)
    style = Style(EXTRA_BOLD, name.size_px, NAME_TRACKING)
    lines = _stacked(name.lines, style, BASELINE_PX, spec)
    # Never larger than the name itself, however long that is.
    most_px = min(_CAPTION_PX, 0.9 * name.size_px)
    return _caption_above(lines, spec, most_px) + lines


def _price(spec: CardSpec) -> list[Line]:
    colours = palette(spec.kind)
    size = fit_price(spec.price_vnd, spec.unit, width_px=MEASURE_PX, max_px=_PRICE_PX)
    price = Line(
        price_ink(spec.price_vnd, spec.unit, size), colours.price_on_deep, MARGIN_PX, BASELINE_PX
    )
    name = fit_name(spec.name, width_px=MEASURE_PX, max_px=_NAME_OVER_PRICE_PX)
    above = price.box.top - round(0.62 * _NAME_OVER_PRICE_PX)
    return _stacked(name.lines, Style(EXTRA_BOLD, name.size_px, NAME_TRACKING), above, spec) + [price]


def _call(spec: CardSpec) -> list[Line]:
    """What is left and the invitation; below it how to answer."""
    words = (f"{spec.stock_text},", "đặt hôm nay") if spec.stock_text else ("Đặt hàng", "hôm nay")
    size = min(
        fit_size(line, EXTRA_BOLD, width_px=MEASURE_PX, max_px=_NAME_PX, tracking=NAME_TRACKING)
        for line in words
    )
    answer = f"Gọi hoặc nhắn Zalo {spec.phone}" if spec.phone else "Quét mã ở cuối clip để đặt hàng"
    caption_px = fit_size(answer, MEDIUM, width_px=MEASURE_PX, max_px=_CAPTION_PX)
    caption = Line(
        ink(answer, Style(MEDIUM, caption_px)), palette(spec.kind).pale, MARGIN_PX, BASELINE_PX
    )
    above = BASELINE_PX - round(2.1 * _CAPTION_PX)
    return _stacked(words, Style(EXTRA_BOLD, size, NAME_TRACKING), above, spec) + [caption]


def _stacked(words: tuple[str, ...], style: Style, baseline: int, spec: CardSpec) -> list[Line]:
    """Lines one above the other, the last on `baseline`."""
    step = round(style.size_px * LEADING)
    colour = palette(spec.kind).paper
    return [
        Line(ink(line, style), colour, MARGIN_PX, baseline - (len(words) - 1 - at) * step)
        for at, line in enumerate(words)
    ]


def _caption_above(lines: list[Line], spec: CardSpec, most_px: float) -> list[Line]:
    """Who sells and where, after a pin, clear of the marks on the line below.

    On two lines where one would become too small to read.
    """
    pin = pin_mask(round(0.86 * most_px))
    lead = pin.width + 12
    room = MEASURE_PX - lead
    words = [household_line(spec)]
    if fit_size(words[0], MEDIUM, width_px=room, max_px=most_px) < min(most_px, LEAST_CAPTION_PX):
        words = [part for part in (spec.household, spec.place) if part]
    size = min(fit_size(part, MEDIUM, width_px=room, max_px=most_px) for part in words)
    foot = min(line.box.top for line in lines) - 30
    step = round(1.35 * size)
    baselines = [foot - (len(words) - 1 - at) * step for at in range(len(words))]
    colour = palette(spec.kind).pale
    sunk = round(0.06 * most_px)
    return [
        Line(Ink(pin, pin.height - sunk, sunk), colour, MARGIN_PX, baselines[0]),
        *(
            Line(ink(part, Style(MEDIUM, size)), colour, MARGIN_PX + lead, baseline)
            for part, baseline in zip(words, baselines, strict=True)
        ),
    ]
