"""Labels: one bit a dot, whole words, dates, a code that reads; the same bytes for the same label."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from media.lettering.text import measure_em
from media.prints import label
from media.prints.label import HEIGHT_DOTS, USUAL_TEXT, WIDTH_DOTS, label_image, text_size
from media.prints.labels import COLUMNS, ROWS, write_label, write_label_sheet
from media.spec import CardSpec
from tests.media.cards import LONG_NAME, spec

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
MOST_OTHER_DOTS = 0.004

MEAT = spec(kind="dried_meat", name="Thịt trâu gác bếp", price_vnd=850_000, household="Hộ A Lử",
            household_code="DB-005", packed_on=date(2026, 11, 2), best_before=date(2027, 2, 2), ingredients="thịt trâu, mắc khén, muối, ớt",
            net_text="500 g", phone="0912345678")
LABELS = {
    "meat": MEAT,
    "longest": replace(MEAT, name=LONG_NAME, household="Nhà Lường Thị Hoa Phương",
                       ingredients="thịt trâu 92 %, mắc khén, hạt dổi, gừng, tỏi, ớt, muối, đường"),
    "fruit": spec(kind="grapefruit", name="Bưởi da xanh Mường Ảng", net_text="1 quả ≈ 1,2 kg",
                  household="Nhà ông bà Lả"),
    "long link": replace(MEAT, order_link="http://cho-phien.dienbien.example:8000/o/K7M2/Z"),
    "bare": replace(MEAT, ingredients=None, net_text=None, phone=None, best_before=None),
}
every_label = pytest.mark.parametrize("name", list(LABELS))


def said(product: CardSpec, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every line that is set on a label, in its order."""
    words: list[str] = []
    drawn = label.ink

    def note(line: str, style: label.Style) -> object:
        words.append(line)
        return drawn(line, style)

    monkeypatch.setattr(label, "ink", note)
    label_image(product)
    return words


@every_label
def test_a_label_has_a_printers_dots(name: str, tmp_path: Path) -> None:
    made = write_label(LABELS[name], tmp_path / "label.png")

    with Image.open(made.path) as image:
        assert (image.mode, image.size) == ("1", (WIDTH_DOTS, HEIGHT_DOTS)) == ("1", (320, 240))
        assert image.info["dpi"] == pytest.approx((203, 203), abs=0.1)
    assert (made.width, made.height, made.content_type) == (320, 240, "image/png")


@every_label
@pytest.mark.parametrize("degrees", [0, 20, 90])
def test_a_phone_reads_the_code_of_a_label(name: str, degrees: int) -> None:
    image = label_image(LABELS[name]).convert("L").resize((WIDTH_DOTS * 2, HEIGHT_DOTS * 2), Image.Resampling.NEAREST)

    turned = image.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255)

    assert [code.text for code in zxingcpp.read_barcodes(turned)] == [LABELS[name].order_link.upper()]


def test_a_module_is_half_a_millimetre() -> None:
    dots = np.asarray(label_image(MEAT))

    code = ~dots[HEIGHT_DOTS - 132 + 16:HEIGHT_DOTS - 16, WIDTH_DOTS - 132 + 16:WIDTH_DOTS - 16]
    blocks = code.reshape(25, 4, 25, 4).sum(axis=(1, 3))
    assert set(np.unique(blocks)) == {0, 16}


@every_label
def test_a_label_says_all_that_it_must(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    product = LABELS[name]

    words = " ".join(said(product, monkeypatch))

    parts = [product.name, product.household, product.ingredients, product.net_text]
    assert all(part in words for part in parts if part)
    if product.packed_on:
        assert "NSX: 2/11/2026" in words
    if product.best_before:
        assert "HSD: 2/2/2027" in words
    if product.phone:
        assert "0912 345 678" in words
    assert ("25.000đ/kg" in words) == (name == "fruit")


@every_label
def test_no_line_leaves_the_label_or_meets_the_code(name: str) -> None:
    product = LABELS[name]
    code = label._code_side(product)

    rows, _ = label._fit(product)

    for row in rows:
        right = label._MARGIN + measure_em(row.words, row.weight) * row.size
        assert right <= WIDTH_DOTS - label._MARGIN + 0.5, row.words
        assert row.baseline <= HEIGHT_DOTS - 4
        assert right <= WIDTH_DOTS - code or row.baseline + 0.24 * row.size <= HEIGHT_DOTS - code, row.words
    for above, below in zip(rows, rows[1:], strict=False):
        assert below.baseline - above.baseline >= 1.15 * below.size


def test_ordinary_labels_have_text_of_nineteen_dots_and_none_is_unreadable() -> None:
    sizes = {name: text_size(product) for name, product in LABELS.items()}

    assert min(size for name, size in sizes.items() if name != "longest") >= USUAL_TEXT
    # Letters of 1.2 mm are the least that a label may have: 9.6 dots, capitals here are 0.74 of the size.
    assert sizes["longest"] * 0.74 >= 9.6


def test_a_label_sheet_holds_forty_five(tmp_path: Path) -> None:
    made = write_label_sheet(MEAT, tmp_path / "labels.pdf")

    data = made.path.read_bytes()
    assert (made.width, made.height) == (595, 842)
    assert data.count(b"/Subtype /Image") == 1, "one picture, laid down many times"
    assert made.bytes < 100_000
    assert COLUMNS * ROWS == 45


@pytest.mark.parametrize("count", [0, 46])
def test_a_page_holds_no_more_labels_than_it_does(count: int, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="1 to 45"):
        write_label_sheet(MEAT, tmp_path / "labels.pdf", count=count)


@every_label
def test_the_same_label_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    first = [write(LABELS[name], tmp_path / "label").path.read_bytes() for write in (write_label, write_label_sheet)]

    again = [write(LABELS[name], tmp_path / "label").path.read_bytes() for write in (write_label, write_label_sheet)]

    assert first == again


@pytest.mark.parametrize("name", ["meat", "fruit", "longest"])
def test_labels_look_as_they_were_agreed(name: str) -> None:
    image, path = label_image(LABELS[name]), GOLDEN / f"label-{name}.png"

    if os.environ.get("GOLDEN") == "write":  # after a change of look that was seen and agreed
        image.save(path, optimize=True)
    with Image.open(path) as agreed:
        other = np.asarray(agreed.convert("1")) != np.asarray(image)
    assert other.mean() <= MOST_OTHER_DOTS
