"""Drawing on a printed page, in millimetres of a sheet of its own: kerned vector text, codes, icons, cutting lines."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
from fpdf import FPDF
from PIL import Image

from media.icons import Outline
from media.lettering.text import BOLD, EXTRA_BOLD, MEDIUM, RULER_PX, bearings_em, font, font_path, measure_em, nfc
from media.palette import Colour
from media.qr import QUIET_MODULES, qr_modules, qr_side_modules

SIZES_MM = {"A6": (105.0, 148.5), "A5": (148.0, 210.0), "A4": (210.0, 297.0)}
_POINTS_PER_MM = 72 / 25.4
_SEAM = 0.03  # modules overlap by this share: viewers leave light seams between shapes that only touch
_CUT_COLOUR, _CUT_MM = (150, 150, 150), 0.15


class Pen:
    """A printed sheet. Everything is drawn from the corner and at the scale that `stand` set last."""

    def __init__(self, width_mm: float, height_mm: float, title: str) -> None:
        self.left = self.top = 0.0
        self.scale = 1.0
        self.pdf = FPDF(unit="mm", format=(width_mm, height_mm))
        self.pdf.set_auto_page_break(False)
        self.pdf.set_margin(0)
        self.pdf.set_title(title)
        self.pdf.set_lang("vi")
        # A fixed day: the same sheet must give the same bytes.
        self.pdf.set_creation_date(datetime(2020, 1, 1, tzinfo=UTC))
        for weight in (EXTRA_BOLD, BOLD, MEDIUM):
            self.pdf.add_font(weight, fname=font_path(weight))
        self.pdf.add_page()

    def stand(self, left_mm: float, top_mm: float, scale: float) -> None:
        """Draw from this corner of the page on, `scale` millimetres of paper to one of the drawing."""
        self.left, self.top, self.scale = left_mm, top_mm, scale

    def trim(self, inset_mm: float, bleed_mm: float) -> None:
        """Tell the printer where the page is to be cut, and how far around that colour may run.

        The boxes are those of PDF 32000-1, 14.11.2. The library has no place for them, but writes the
        page's media box as it is given.
        """
        width, height = self.pdf.w_pt, self.pdf.h_pt
        boxes = [f"[0 0 {width:.2f} {height:.2f}]"]
        for name, inset in (("BleedBox", inset_mm - bleed_mm), ("TrimBox", inset_mm)):
            low = inset * _POINTS_PER_MM
            boxes.append(f"/{name} [{low:.2f} {low:.2f} {width - low:.2f} {height - low:.2f}]")
        self.pdf.pages[self.pdf.page].media_box = "\n".join(boxes)

    def cut_line(self, x1: float, y1: float, x2: float, y2: float, *, dashed: bool = True) -> None:
        """A thin grey line to cut along."""
        self.pdf.set_draw_color(*_CUT_COLOUR)
        self.pdf.set_line_width(_CUT_MM)
        self.pdf.set_dash_pattern(*((1.2, 1.2) if dashed else (0, 0)))
        self.pdf.line(self._x(x1), self._y(y1), self._x(x2), self._y(y2))
        self.pdf.set_dash_pattern()

    def picture(self, pixels: np.ndarray | Image.Image, left: float, top: float, width: float, height: float) -> None:
        """Pixels over a rectangle; the same object twice is kept once in the file."""
        image = pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)
        self.pdf.image(image, x=self._x(left), y=self._y(top), w=width * self.scale, h=height * self.scale)

    def text(self, words: str, weight: str, size_mm: float, colour: Colour, *, x: float, baseline: float,
             align: str = "left", tracking: float = 0.0) -> None:
        """A line of vector text with its kerning, its ink's left, centre or right at `x`."""
        words = nfc(words)
        if not words:
            return
        face = font(weight, RULER_PX)
        width = measure_em(words, weight, tracking) * size_mm
        left = x - {"left": 0.0, "centre": width / 2, "right": width}[align]
        left -= bearings_em(words[0], weight)[0] * size_mm
        self.pdf.set_font(weight, size=size_mm * self.scale * _POINTS_PER_MM)
        self.pdf.set_text_color(*colour)
        for at, letter in enumerate(words):
            ahead = (face.getlength(words[:at + 1]) - face.getlength(letter)) / RULER_PX + at * tracking
            if letter != " ":
                self.pdf.text(self._x(left + ahead * size_mm), self._y(baseline), letter)

    def fill(self, colour: Colour, left: float, top: float, width: float, height: float, *,
             round_mm: float = 0) -> None:
        """A filled rectangle."""
        self.pdf.set_fill_color(*colour)
        self._rectangle("F", left, top, width, height, round_mm)

    def outline(self, colour: Colour, left: float, top: float, width: float, height: float, *, line_mm: float,
                round_mm: float) -> None:
        """A frame whose outer edge is the rectangle given."""
        self.pdf.set_draw_color(*colour)
        self.pdf.set_line_width(line_mm * self.scale)
        half = line_mm / 2
        self._rectangle("D", left + half, top + half, width - line_mm, height - line_mm, round_mm - half)

    def icon(self, shapes: tuple[tuple[Outline, ...], tuple[Outline, ...]], colour: Colour, ground: Colour, *,
             left: float, top: float, side: float) -> None:
        """An icon in a square, its cuts in the colour of the ground."""
        for outlines, shade in zip(shapes, (colour, ground), strict=True):
            self.pdf.set_fill_color(*shade)
            for outline in outlines:
                self.pdf.polygon([(self._x(left + x * side / 100), self._y(top + y * side / 100)) for x, y in outline],
                                 style="F")

    def code(self, payload: str, colour: Colour, *, left: float, top: float, side: float) -> None:
        """A vector QR code on a white square of `side`, its quiet zone within."""
        self.fill((255, 255, 255), left, top, side, side)
        module = side / qr_side_modules(payload)
        self.pdf.set_fill_color(*colour)
        for row, modules in enumerate(qr_modules(payload)):
            y = top + (QUIET_MODULES + row) * module
            for start, length in _runs(modules):
                self._rectangle("F", left + (QUIET_MODULES + start) * module, y,
                                (length + _SEAM) * module, (1 + _SEAM) * module, 0)

    def _x(self, x: float) -> float:
        return self.left + x * self.scale

    def _y(self, y: float) -> float:
        return self.top + y * self.scale

    def _rectangle(self, style: str, left: float, top: float, width: float, height: float, round_mm: float) -> None:
        self.pdf.rect(self._x(left), self._y(top), width * self.scale, height * self.scale, style=style,
                      round_corners=round_mm > 0, corner_radius=round_mm * self.scale)


def _runs(modules: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Start and length of each run of dark modules in a row."""
    runs, start = [], None
    for at, dark in enumerate((*modules, False)):
        if dark and start is None:
            start = at
        elif not dark and start is not None:
            runs.append((start, at - start))
            start = None
    return runs
