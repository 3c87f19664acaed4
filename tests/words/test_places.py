"""Old and new names of the communes of Điện Biên."""

from __future__ import annotations

import pytest

from catalog.words.places import find_place, suggestions, units


def test_the_table_leads_129_units_to_45() -> None:
    assert len(units()) == 129
    assert len({unit.today for unit in units()}) == 45
    assert sum(today.startswith("phường") for today in {unit.today for unit in units()}) == 3


@pytest.mark.parametrize(("commune", "parts"), [
    ("xã Quài Tở", {"xã Quài Tở", "xã Tỏa Tình", "xã Tênh Phông"}),
    ("xã Búng Lao", {"xã Búng Lao", "xã Ẳng Tở", "xã Chiềng Đông"}),
])
def test_a_commune_of_today_is_made_of_those_before(commune: str, parts: set[str]) -> None:
    assert {unit.before for unit in units() if unit.today == commune} == parts


@pytest.mark.parametrize(("text", "said", "today"), [
    ("huyện Mường Ảng", "huyện Mường Ảng", {"xã Mường Ảng", "xã Búng Lao", "xã Mường Lạn", "xã Nà Tấu"}),
    ("lấy ở bản Lói, xã Ẳng Tở", "xã Ẳng Tở", {"xã Búng Lao"}),
    ("bản Co Nỏm xã Ẳng Tở huyện Mường Ảng", "xã Ẳng Tở", {"xã Búng Lao"}),
    ("xã Tỏa Tình, huyện Tuần Giáo, Điện Biên", "xã Tỏa Tình", {"xã Quài Tở"}),
    ("toa tinh", "xã Tỏa Tình", {"xã Quài Tở"}),
    ("H. Điện Biên Đông nhé", "huyện Điện Biên Đông", None),
])
def test_an_old_name_is_understood_with_and_without_marks(text: str, said: str, today: set[str] | None) -> None:
    found = find_place(text)

    assert found is not None and found.said == said
    assert today is None or set(found.today) == today


@pytest.mark.parametrize("text", ["xã Mường Ảng", "xã Búng Lao, huyện Mường Ảng", "Tuần Giáo", "Quài Tở", "Hà Nội", "", "chợ phiên", "Điện Biên"])
def test_a_name_of_today_or_from_elsewhere_needs_no_word(text: str) -> None:
    assert find_place(text) is None


def test_suggestions_fill_in_todays_name_for_an_old_one() -> None:
    offered = suggestions()

    assert ("xã Búng Lao, Điện Biên", "") in offered
    assert ("xã Búng Lao, Điện Biên", "xã Ẳng Tở, huyện Mường Ảng cũ") in offered
    assert len({value for value, _ in offered}) == 45
