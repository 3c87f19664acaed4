"""Labels as files: one PNG for a thermal printer, or a sheet of A4 to print and cut."""

from __future__ import annotations

import io
from pathlib import Path

from media.files import write_whole
from media.prints.label import HEIGHT_DOTS, WIDTH_DOTS, label_image
from media.prints.pen import SIZES_MM, Pen
from media.spec import CardSpec, MediaFile

LABEL_MM = (40.0, 30.0)
COLUMNS, ROWS = 5, 9
"""What an A4 page holds with room for a printer's own margins."""


def write_label(spec: CardSpec, path: Path) -> MediaFile:
    """The label as a PNG of one bit a dot, 320 × 240 at 203 dpi."""
    out = io.BytesIO()
    label_image(spec).save(out, "PNG", dpi=(203, 203), optimize=True)
    write_whole(path, out.getvalue())
    return MediaFile(path, path.stem, WIDTH_DOTS, HEIGHT_DOTS, path.stat().st_size, "image/png")


def write_label_sheet(spec: CardSpec, path: Path, *, count: int = COLUMNS * ROWS) -> MediaFile:
    """`count` labels (1 to 45) on a page of A4 with lines to cut along, drawn at 812 dpi.

    Raises ValueError for a count that a page does not hold.
    """
    if not 1 <= count <= COLUMNS * ROWS:
        raise ValueError(f"a page holds 1 to {COLUMNS * ROWS} labels, not {count}")
    width, height = SIZES_MM["A4"]
    pen = Pen(width, height, f"{spec.name} · {spec.household}")
    left, top = (width - COLUMNS * LABEL_MM[0]) / 2, (height - ROWS * LABEL_MM[1]) / 2
    image = label_image(spec, fine=True)
    for at in range(count):
        down, along = divmod(at, COLUMNS)
        pen.picture(image, left + along * LABEL_MM[0], top + down * LABEL_MM[1], *LABEL_MM)
    rows = -(-count // COLUMNS)
    for along in range(COLUMNS + 1):
        x = left + along * LABEL_MM[0]
        pen.cut_line(x, top - 4, x, top + rows * LABEL_MM[1] + 4)
    for down in range(rows + 1):
        y = top + down * LABEL_MM[1]
        pen.cut_line(left - 4, y, left + COLUMNS * LABEL_MM[0] + 4, y)
    write_whole(path, bytes(pen.pdf.output()))
    return MediaFile(path, path.stem, round(pen.pdf.w_pt), round(pen.pdf.h_pt), path.stat().st_size, "application/pdf")
