"""Words as ink: Be Vietnam Pro laid out by raqm, trimmed to what is really black, so that edges align.

An `Ink` has no side bearings: its width is what the eye measures. Heights are measured with their
diacritics, which rise a quarter of an em above the capitals in Vietnamese.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from media.palette import Colour

EXTRA_BOLD, BOLD, MEDIUM = "ExtraBold", "Bold", "Medium"
NAME_TRACKING, PRICE_TRACKING = -0.01, -0.02
CAP_HEIGHT_EM = 0.74
RULER_PX = 256


@dataclass(frozen=True, slots=True)
class Style:
    """How a line is set. `tracking` is added between letters, in parts of the size."""

    weight: str
    size_px: float
    tracking: float = 0.0


@dataclass(frozen=True, slots=True)
class Ink:
    """A drawn line, trimmed: `rise_px` of it stand above the baseline, `drop_px` hang below."""

    mask: Image.Image
    rise_px: int
    drop_px: int

    @property
    def width_px(self) -> int:
        """The width of the black itself."""
        return self.mask.width


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels, right and bottom not included."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Width in pixels."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Height in pixels."""
        return self.bottom - self.top


def nfc(text: str) -> str:
    """The text with composed letters and single blanks: the form in which the font has its glyphs."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def font_path(weight: str) -> Path:
    """The file of one weight in the font's package."""
    return Path(str(files("fontpkg_be_vietnam_pro") / "files" / f"BeVietnamPro-{weight}.ttf"))


@lru_cache(maxsize=128)
def font(weight: str, size_px: float) -> ImageFont.FreeTypeFont:
    """A face at a size, laid out by raqm."""
    return ImageFont.truetype(str(font_path(weight)), size_px, layout_engine=ImageFont.Layout.RAQM)


@lru_cache(maxsize=512)
def measure_em(text: str, weight: str, tracking: float = 0.0) -> float:
    """The width of a line's ink in ems: times the size in pixels it is its width."""
    text = nfc(text)
    if not text:
        return 0.0
    bearings = bearings_em(text[0], weight)[0] + bearings_em(text[-1], weight)[1]
    return font(weight, RULER_PX).getlength(text) / RULER_PX - bearings + tracking * (len(text) - 1)


@lru_cache(maxsize=512)
def bearings_em(letter: str, weight: str) -> tuple[float, float]:
    """The blank that a letter's advance holds left and right of its ink, in ems."""
    face = font(weight, RULER_PX)
    canvas = Image.new("L", (3 * RULER_PX, 3 * RULER_PX))
    ImageDraw.Draw(canvas).text((RULER_PX, 2 * RULER_PX), letter, fill=255, font=face, anchor="ls")
    box = canvas.getbbox()
    if box is None:
        return 0.0, 0.0
    return (box[0] - RULER_PX) / RULER_PX, (RULER_PX + face.getlength(letter) - box[2]) / RULER_PX


def fit_size(text: str, weight: str, *, width_px: float, max_px: float, tracking: float = 0.0) -> float:
    """The largest size up to `max_px` at which the line is no wider than `width_px`."""
    return min(max_px, (width_px - 1) / max(measure_em(text, weight, tracking), 0.01))


@lru_cache(maxsize=256)
def ink(text: str, style: Style) -> Ink:
    """The line drawn and trimmed. Blank text gives ink of no width."""
    text = nfc(text)
    face = font(style.weight, style.size_px)
    step = style.tracking * style.size_px
    pad = round(style.size_px)
    width = int(face.getlength(text) + abs(step) * len(text)) + 2 * pad
    canvas = Image.new("L", (width, round(2.6 * style.size_px) + 2))
    pen, baseline = ImageDraw.Draw(canvas), round(1.6 * style.size_px)
    if step == 0:
        pen.text((pad, baseline), text, fill=255, font=face, anchor="ls")
    else:
        for at, letter in enumerate(text):
            # The difference of two lengths keeps the kerning between a letter and the one before it.
            x = pad + face.getlength(text[:at + 1]) - face.getlength(letter) + at * step
            pen.text((x, baseline), letter, fill=255, font=face, anchor="ls")
    box = canvas.getbbox() or (0, baseline, 0, baseline)
    return Ink(canvas.crop(box), baseline - box[1], box[3] - baseline)


def draw_ink(image: Image.Image, line: Ink, colour: Colour, *, x: int, baseline: int, align: str = "left") -> Box:
    """Put a line on an image, its left, right or centre at `x`; the box of its ink."""
    left = {"left": x, "right": x - line.width_px, "centre": x - line.width_px // 2}[align]
    top = baseline - line.rise_px
    image.paste(colour, (left, top), line.mask)
    return Box(left, top, left + line.mask.width, top + line.mask.height)
