"""Drawing on a printed page, in the millimetres of an A5 sheet: kerned vector text, codes, icons."""

from __future__ import annotations

from datetime import UTC, datetime

from fpdf import FPDF

from media.icons import Outline
from media.lettering.text import BOLD, EXTRA_BOLD, MEDIUM, RULER_PX, bearings_em, font, font_path, measure_em, nfc
from media.palette import Colour
from media.qr import QUIET_MODULES, qr_modules, qr_side_modules

A5_WIDTH_MM, A5_HEIGHT_MM = 148.0, 210.0
SIZES_MM = {"A6": (105.0, 148.5), "A5": (148.0, 210.0), "A4": (210.0, 297.0)}
_POINTS_PER_MM = 72 / 25.4
_SEAM = 0.03  # modules overlap by this share: viewers leave light seams between shapes that only touch


class Pen:
    """A page of any of the three sizes, drawn on as if it were A5."""

    def __init__(self, size: str, title: str) -> None:
        """Raises KeyError for a size other than A6, A5 or A4."""
        width, height = SIZES_MM[size]
        self.scale = width / A5_WIDTH_MM
        self.pdf = FPDF(unit="mm", format=(width, height))
        self.pdf.set_auto_page_break(False)
        self.pdf.set_margin(0)
        self.pdf.set_title(title)
        self.pdf.set_lang("vi")
        # A fixed day: the same sign must give the same bytes.
        self.pdf.set_creation_date(datetime(2020, 1, 1, tzinfo=UTC))
        for weight in (EXTRA_BOLD, BOLD, MEDIUM):
            self.pdf.add_font(weight, fname=font_path(weight))
        self.pdf.add_page()

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
                self.pdf.text((left + ahead * size_mm) * self.scale, baseline * self.scale, letter)

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
                self.pdf.polygon([((left + x * side / 100) * self.scale, (top + y * side / 100) * self.scale)
                                  for x, y in outline], style="F")

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

    def _rectangle(self, style: str, left: float, top: float, width: float, height: float, round_mm: float) -> None:
        self.pdf.rect(left * self.scale, top * self.scale, width * self.scale, height * self.scale, style=style,
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
