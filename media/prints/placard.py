"""Stall signs as PDF files: one on a page of A6, A5 or A4, or several on A4 to cut apart."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from media.files import write_whole
from media.prints.pen import SIZES_MM, Pen
from media.prints.sign import A5_WIDTH_MM, draw_sign
from media.spec import CardSpec, MediaFile

BLEED_MM = 3.0
"""What printers ask for around a page that is cut to its size."""
_MARK_MM, _MARK_GAP_MM = 4.0, 1.0
_SHEETS = {"A5": (2, 1), "A6": (2, 2)}  # how many stand side by side and one above the other on A4


def write_sign(spec: CardSpec, path: Path, size: str = "A5", *, bleed_mm: float = 0.0,
               crop_marks: bool = False) -> MediaFile:
    """The sign as a one-page PDF of vector text and codes, written to `path`; width and height in points.

    With `bleed_mm` (BLEED_MM for print shops) the page is larger by that on every side and says where
    it is to be cut; `crop_marks` draws that, too. Raises KeyError for an unknown size.
    """
    width, height = SIZES_MM[size]
    inset = bleed_mm + (_MARK_GAP_MM + _MARK_MM if crop_marks else 0.0)
    pen = Pen(width + 2 * inset, height + 2 * inset, _title(spec))
    if inset:
        pen.trim(inset, bleed_mm)
    if crop_marks:
        _draw_crop_marks(pen, width, height, inset)
    pen.stand(inset, inset, width / A5_WIDTH_MM)
    draw_sign(pen, spec)
    return _write(pen, path)


def write_sign_sheet(specs: Sequence[CardSpec], path: Path, size: str = "A6") -> MediaFile:
    """Signs of A6 (four a page) or A5 (two) on pages of A4 with dashed lines to cut along.

    A single sign fills its page. Raises KeyError for another size, ValueError without a sign.
    """
    columns, rows = _SHEETS[size]
    if not specs:
        raise ValueError("a sheet needs a sign")
    places = columns * rows
    wanted = list(specs) if len(specs) > 1 else [specs[0]] * places
    width, height = SIZES_MM["A4"][::-1] if rows == 1 else SIZES_MM["A4"]
    pen = Pen(width, height, _title(specs[0]))
    for at, spec in enumerate(wanted):
        if at % places == 0:
            if at:
                pen.pdf.add_page()
            _draw_cuts(pen, columns, rows, width, height)
        down, along = divmod(at % places, columns)
        pen.stand(along * width / columns, down * height / rows, SIZES_MM[size][0] / A5_WIDTH_MM)
        draw_sign(pen, spec)
    return _write(pen, path)


def _draw_cuts(pen: Pen, columns: int, rows: int, width: float, height: float) -> None:
    pen.stand(0, 0, 1)
    for along in range(1, columns):
        pen.cut_line(along * width / columns, 0, along * width / columns, height)
    for down in range(1, rows):
        pen.cut_line(0, down * height / rows, width, down * height / rows)


def _draw_crop_marks(pen: Pen, width: float, height: float, inset: float) -> None:
    """Two short lines at each corner, outside of what is printed to the edge."""
    for x in (inset, inset + width):
        pen.cut_line(x, 0, x, _MARK_MM, dashed=False)
        pen.cut_line(x, 2 * inset + height - _MARK_MM, x, 2 * inset + height, dashed=False)
    for y in (inset, inset + height):
        pen.cut_line(0, y, _MARK_MM, y, dashed=False)
        pen.cut_line(2 * inset + width - _MARK_MM, y, 2 * inset + width, y, dashed=False)


def _title(spec: CardSpec) -> str:
    return f"{spec.name} · {spec.household}"


def _write(pen: Pen, path: Path) -> MediaFile:
    write_whole(path, bytes(pen.pdf.output()))
    return MediaFile(path, path.stem, round(pen.pdf.w_pt), round(pen.pdf.h_pt), path.stat().st_size, "application/pdf")
