"""The sheets of every layout look as they were agreed: each place compared with its golden picture.

`scripts/contact_sheet.py` draws the same layouts × kinds × cases large, to look at them.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PIL import Image
from skimage.metrics import structural_similarity

from media.cards.pictures import MOST_BYTES, encode_jpeg
from media.spec import KINDS
from scripts import contact_sheet
from scripts._contact_cases import CASES, Cell, cell_size, cells, draw_cell, product, sheets

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
CELL_PX, COLUMNS, GOLDEN_QUALITY = 144, len(CASES), 80
LEAST_SSIM, MOST_COLOUR_DRIFT = 0.97, 2.5


@pytest.mark.parametrize(("role", "layout"), sheets(), ids=["-".join(names) for names in sheets()])
def test_layouts_look_as_they_were_agreed(role: str, layout: str) -> None:
    width, height = cell_size(role, CELL_PX)
    agreed = [cell for row in cells(role, layout) for cell in row]
    path = GOLDEN / f"{role}-{layout}.jpg"
    places = [(at % COLUMNS * width, at // COLUMNS * height) for at in range(len(agreed))]
    drawn = Image.new("RGB", (COLUMNS * width, len(agreed) // COLUMNS * height), "white")

    for cell, place in zip(agreed, places, strict=True):
        if card := draw_cell(cell):
            drawn.paste(card.resize((width, height), Image.Resampling.BOX), place)

    # Both sides go through the same encoder: what is left is what the layout changed.
    encoded = io.BytesIO()
    drawn.save(encoded, "JPEG", quality=GOLDEN_QUALITY, optimize=True)
    if os.environ.get("GOLDEN") == "write":  # after a change of look that was seen and agreed
        path.write_bytes(encoded.getvalue())
    with Image.open(path) as golden, Image.open(encoded) as made:
        assert golden.size == made.size
        sides = golden.convert("RGB"), made.convert("RGB")
    for cell, (left, top) in zip(agreed, places, strict=True):
        box = (left, top, left + width, top + height)
        before, now = (np.asarray(image.crop(box)).astype(np.float32) for image in sides)
        alike = structural_similarity(before.mean(axis=2), now.mean(axis=2), data_range=255)
        assert alike >= LEAST_SSIM, f"{cell.kind} {cell.case}: {alike:.3f}"
        assert np.abs(before.mean(axis=(0, 1)) - now.mean(axis=(0, 1))).max() <= MOST_COLOUR_DRIFT, cell


def test_the_golden_pictures_are_small() -> None:
    assert sum(path.stat().st_size for path in GOLDEN.iterdir()) < 4_500_000
    assert {path.stem for path in GOLDEN.glob("*-*.jpg")} >= {"-".join(names) for names in sheets()}


@pytest.mark.parametrize("layout", ["story_deep", "story_paper"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("case", ["plain", "long", "promotion"])
def test_the_code_of_every_story_reads_small_and_turned(layout: str, kind: str, case: str, tmp_path: Path) -> None:
    cell = Cell("story", layout, kind, case)
    card = draw_cell(cell)
    assert card is not None
    path = tmp_path / "story.jpg"
    path.write_bytes(encode_jpeg(card, most_bytes=MOST_BYTES["story"]))

    with Image.open(path) as story:
        small = story.convert("RGB").resize((story.width // 4, story.height // 4), Image.Resampling.LANCZOS)
        turned = small.rotate(20, Image.Resampling.BICUBIC, expand=True, fillcolor=(90, 90, 90))

    for seen in (small, turned):
        assert [code.text for code in zxingcpp.read_barcodes(seen)] == [product(cell).order_link.upper()]


def test_the_script_writes_each_card_and_a_sheet(tmp_path: Path) -> None:
    only = ["--role", "preview", "--layout", "preview_deep", "--width", "120"]

    code = contact_sheet.main(["--out", str(tmp_path), *only])

    assert code == 0
    assert (tmp_path / "preview-preview_deep" / "mango-no-photo.jpg").exists()
    with Image.open(tmp_path / "sheet.jpg") as sheet:
        assert sheet.width == len(CASES) * (120 + contact_sheet.GAP_PX) - contact_sheet.GAP_PX


def test_the_script_refuses_a_layout_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        contact_sheet.main(["--out", str(tmp_path), "--layout", "poster"])
