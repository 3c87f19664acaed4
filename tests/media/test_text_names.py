"""Names on one or two lines, broken as a Vietnamese reader would."""

from __future__ import annotations

import pytest

from media.lettering.names import fit_name
from media.lettering.text import EXTRA_BOLD, NAME_TRACKING, Style, ink
from tests.media.cards import LONG_NAME


def lines(name: str, width_px: float = 560, max_px: float = 70) -> tuple[str, ...]:
    """The lines that a name is set in."""
    return fit_name(name, width_px=width_px, max_px=max_px).lines


def test_a_name_that_fits_stays_on_one_line() -> None:
    assert lines("Xoài ngọt", 700) == ("Xoài ngọt",)


@pytest.mark.parametrize(("name", "kept"), [
    ("Xoài Tuần Giáo ngọt lịm", "Tuần Giáo"),
    ("Bưởi da xanh Mường Ảng", "Mường Ảng"),
    ("Gạo nếp nương túi 2 kg", "2 kg"),
    ("Mật ong rừng Mường Nhé hạng 1", "hạng 1"),
    ("Mắc khén hộp 500 g loại ngon", "500 g"),
])
def test_places_and_amounts_are_never_parted(name: str, kept: str) -> None:
    found = lines(name)

    assert len(found) == 2
    assert any(kept in line for line in found)


def test_goods_and_a_place_part_between_them() -> None:
    assert lines("Xoài Tuần Giáo", 400) == ("Xoài", "Tuần Giáo")


def test_two_lines_are_as_even_as_the_words_allow() -> None:
    assert lines("Thịt trâu gác bếp") == ("Thịt trâu", "gác bếp")


@pytest.mark.parametrize("name", ["THỊT TRÂU GÁC BẾP NHÀ LÀM", "Thịt Trâu Gác Bếp Nhà Làm"])
def test_capitals_everywhere_keep_nothing_together(name: str) -> None:
    found = lines(name)

    assert len(found) == 2
    assert abs(len(found[0]) - len(found[1])) <= 5


def test_a_second_line_comes_before_smaller_letters() -> None:
    found = fit_name("Bưởi da xanh Mường Ảng", width_px=560, max_px=70)

    assert len(found.lines) == 2
    assert found.size_px == 70


@pytest.mark.parametrize("name", [LONG_NAME, "W" * 80, "ẪỄỘ " * 20, "Nghiêng" * 11, "a"])
@pytest.mark.parametrize("width_px", [328, 582, 952])
def test_eighty_letters_fit_whole_in_two_lines(name: str, width_px: int) -> None:
    found = fit_name(name, width_px=width_px, max_px=70)

    assert len(found.lines) <= 2
    assert " ".join(found.lines) == name.strip()
    for line in found.lines:
        assert ink(line, Style(EXTRA_BOLD, found.size_px, NAME_TRACKING)).width_px <= width_px + 1
