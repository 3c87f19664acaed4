"""Words as ink: edges, heights, the price."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from PIL import Image

from media.lettering.price import DONG_SHARE, GAP_SHARE, digits, fit_price, price_ink, price_width_em
from media.lettering.text import BOLD, EXTRA_BOLD, MEDIUM, Style, draw_ink, fit_size, ink, measure_em

ALPHABET = "aăâbcdđeêghiklmnoôơpqrstuưvxy àằầậđèềệìòồộờợùừựỳ AĂÂĐÊÔƠƯ ẦẬẰẶỀỆỒỘỜỢỪỰ 0123456789 .,·/"


@pytest.mark.parametrize("weight", [EXTRA_BOLD, BOLD, MEDIUM])
def test_decomposed_and_composed_letters_give_the_same_ink(weight: str) -> None:
    style = Style(weight, 60, -0.01)

    composed = ink(unicodedata.normalize("NFC", ALPHABET), style)
    decomposed = ink(unicodedata.normalize("NFD", ALPHABET), style)

    assert composed.mask.tobytes() == decomposed.mask.tobytes()


@pytest.mark.parametrize("text", ["Bưởi da xanh", "Ậ", "gỹ", "1.250.000", "Ủ ạ"])
def test_ink_has_no_blank_edge(text: str) -> None:
    line = ink(text, Style(EXTRA_BOLD, 64))

    pixels = np.asarray(line.mask)

    assert all(edge.any() for edge in (pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]))
    assert pixels.shape[0] == line.rise_px + line.drop_px


def test_stacked_marks_stand_above_the_capitals_and_are_counted() -> None:
    plain, marked = ink("A", Style(EXTRA_BOLD, 100)), ink("Ẫ", Style(EXTRA_BOLD, 100))

    assert marked.rise_px >= plain.rise_px + 18


@pytest.mark.parametrize("text", ["Thịt trâu gác bếp", "To Wa Vườn", "25.000", "Hộ A Lử · Tuần Giáo"])
@pytest.mark.parametrize("tracking", [0.0, -0.02])
def test_a_line_is_as_wide_as_it_was_measured(text: str, tracking: float) -> None:
    drawn = ink(text, Style(EXTRA_BOLD, 80, tracking)).width_px

    assert drawn == pytest.approx(80 * measure_em(text, EXTRA_BOLD, tracking), abs=2.5)


def test_fitted_text_keeps_within_its_room() -> None:
    size = fit_size("Nhà Lường Thị Hoa Phương", MEDIUM, width_px=200, max_px=40)

    assert 190 <= ink("Nhà Lường Thị Hoa Phương", Style(MEDIUM, size)).width_px <= 200


@pytest.mark.parametrize(("align", "left"), [("left", 100), ("right", 100), ("centre", 100)])
def test_the_black_itself_stands_on_the_edge_asked_for(align: str, left: int) -> None:
    image = Image.new("RGB", (300, 120), "white")
    line = ink("Lả", Style(EXTRA_BOLD, 60))

    box = draw_ink(image, line, (0, 0, 0), x=left, baseline=90, align=align)

    dark = np.asarray(image.convert("L")) < 128
    columns = np.flatnonzero(dark.any(axis=0))
    assert abs(columns[0] - box.left) <= 1
    assert abs(columns[-1] + 1 - box.right) <= 1
    assert {"left": box.left, "right": box.right, "centre": (box.left + box.right) // 2}[align] in (99, 100)


def test_blank_text_is_ink_of_no_width() -> None:
    assert ink("  ", Style(MEDIUM, 30)).width_px == 0


@pytest.mark.parametrize(("price_vnd", "shown"), [(500, "500"), (25_000, "25.000"), (1_250_000, "1.250.000")])
def test_prices_have_a_point_at_each_thousand(price_vnd: int, shown: str) -> None:
    assert digits(price_vnd) == shown


@pytest.mark.parametrize("unit", ["kg", "chục", "túi", "quả", "bó"])
def test_dong_hangs_from_the_head_and_the_unit_stands_on_the_foot_without_touching(unit: str) -> None:
    size = 120
    line = price_ink(1_250_000, unit, size)
    number = ink("1.250.000", Style(EXTRA_BOLD, size, -0.02))

    column = np.asarray(line.mask)[:, number.width_px + round(size * GAP_SHARE):]
    gap = np.asarray(line.mask)[:, number.width_px:number.width_px + round(size * GAP_SHARE)]

    dong = ink("đ", Style(EXTRA_BOLD, size * DONG_SHARE))
    rows = column.any(axis=1)
    assert not gap.any()
    assert rows[0] and rows[:dong.rise_px].all()
    assert rows[line.rise_px - 1]
    assert not rows[dong.mask.height:line.rise_px].all()


def test_the_largest_price_shrinks_into_its_room() -> None:
    size = fit_price(1_250_000_000, "chục", width_px=500, max_px=200)

    assert price_ink(1_250_000_000, "chục", size).width_px <= 500
    assert size == pytest.approx(500 / price_width_em(1_250_000_000, "chục"), rel=0.02)
