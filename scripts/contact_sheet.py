#!/usr/bin/env python3
"""Draw every layout of a card with every kind of product and every awkward case, to look at them one by one.

Writes `ROLE-LAYOUT/KIND-CASE.jpg` for each, one `ROLE-LAYOUT.jpg` that shows them together, and `sheet.jpg`
of all. With `--role` or `--layout` only those. A place stays empty where a layout does not suit a product.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if __name__ == "__main__":
    from _environment import reexec

    reexec()
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

if TYPE_CHECKING:
    from PIL import Image

GAP_PX = 8


def main(arguments: list[str]) -> int:
    """Run with the command line's arguments; the exit code."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--out", type=Path, required=True, help="the folder to write to; made when missing")
    options.add_argument("--role", help="only this role: square, portrait, story or preview")
    options.add_argument("--layout", help="only this layout: full_bleed, side_band, big_price …")
    options.add_argument("--width", type=int, default=270, help="width of a card on the sheets (default 270)")
    given = options.parse_args(arguments)
    from scripts._contact_cases import sheets

    made = []
    for role, layout in sheets():
        if given.role in (None, role) and given.layout in (None, layout):
            made.append(_write_sheet(role, layout, given.out, given.width))
            print(f"{role}-{layout}.jpg", flush=True)
    if not made:
        options.error("no layout of that name in that role")
    _stack(made).save(given.out / "sheet.jpg", quality=85)
    return 0


def sheet(role: str, layout: str, width_px: int, folder: Path | None = None) -> Image.Image:
    """One layout's sheet: a row for each kind, a column for each case; with a folder each card is kept there."""
    from PIL import Image

    from scripts._contact_cases import cell_size, cells, draw_cell

    rows = cells(role, layout)
    width, height = cell_size(role, width_px)
    size = len(rows[0]) * (width + GAP_PX) - GAP_PX, len(rows) * (height + GAP_PX) - GAP_PX
    whole = Image.new("RGB", size, "white")
    for down, row in enumerate(rows):
        for along, cell in enumerate(row):
            card = draw_cell(cell)
            if card is None:
                continue
            if folder:
                card.save(folder / f"{cell.kind}-{cell.case.replace(' ', '-')}.jpg", quality=90)
            whole.paste(card.resize((width, height), Image.Resampling.LANCZOS),
                        (along * (width + GAP_PX), down * (height + GAP_PX)))
    return whole


def _write_sheet(role: str, layout: str, out: Path, width_px: int) -> Image.Image:
    folder = out / f"{role}-{layout}"
    folder.mkdir(parents=True, exist_ok=True)
    made = sheet(role, layout, width_px, folder)
    made.save(out / f"{role}-{layout}.jpg", quality=85)
    return made


def _stack(made: list[Image.Image]) -> Image.Image:
    from PIL import Image

    size = max(image.width for image in made), sum(image.height + 4 * GAP_PX for image in made)
    whole = Image.new("RGB", size, "white")
    top = 0
    for image in made:
        whole.paste(image, (0, top))
        top += image.height + 4 * GAP_PX
    return whole


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
