"""The brocade: one household, one cloth."""

from __future__ import annotations

import numpy as np
import pytest

from media.brocade.fields import families
from media.brocade.pattern import FULL_ROWS, MID_ROWS, NARROW_ROWS, band, design, repeat_cells, tonal_cloth
from media.palette import palette

CODES = [f"DB-{number:03d}" for number in range(40)]


def test_the_same_household_gets_the_same_cloth_every_time() -> None:
    first = band("mango", "DB-001", rows=NARROW_ROWS, cell_px=4, length_px=1080)
    band.cache_clear()
    repeat_cells.cache_clear()

    again = band("mango", "DB-001", rows=NARROW_ROWS, cell_px=4, length_px=1080)

    assert np.array_equal(first, again)


def test_forty_households_wear_nearly_forty_cloths() -> None:
    cloths = {repeat_cells(code, FULL_ROWS).tobytes() for code in CODES}

    assert len(cloths) >= 38
    assert {design(code).family for code in CODES} == set(families())


def test_a_product_changes_the_colours_and_not_the_geometry() -> None:
    mango = band("mango", "DB-005", rows=NARROW_ROWS, cell_px=4, length_px=400)
    meat = band("dried_meat", "DB-005", rows=NARROW_ROWS, cell_px=4, length_px=400)

    assert not np.array_equal(mango, meat)
    for kind, cloth in (("mango", mango), ("dried_meat", meat)):
        threads = np.array(palette(kind).threads)
        far = np.abs(cloth[1::4, ::4, None, :].astype(int) - threads).sum(-1).min(-1)
        assert np.percentile(far, 95) < 40


@pytest.mark.parametrize(("rows", "cell_px"), [(NARROW_ROWS, 4), (MID_ROWS, 5), (FULL_ROWS, 6)])
def test_a_band_is_as_many_whole_cells_thick_as_it_should(rows: int, cell_px: int) -> None:
    across = band("other", "DB-002", rows=rows, cell_px=cell_px, length_px=900)
    upright = band("other", "DB-002", rows=rows, cell_px=cell_px, length_px=900, vertical=True)

    assert across.shape == (rows * cell_px, 900, 3)
    assert upright.shape == (900, rows * cell_px, 3)


@pytest.mark.parametrize("rows", [NARROW_ROWS, MID_ROWS, FULL_ROWS])
def test_every_cloth_mirrors_about_its_axis_and_only_mountains_run_through(rows: int) -> None:
    for code in CODES:
        cells = repeat_cells(code, rows)

        assert np.array_equal(cells[:, 1:], cells[:, :0:-1]), code
        if design(code).family != "nui":
            assert np.array_equal(cells, cells[::-1]), code


def test_no_line_in_a_field_is_a_lone_diagonal_of_ivory() -> None:
    for code in CODES:
        cells = repeat_cells(code, FULL_ROWS)[24:49]
        lit = (cells == 1).astype(int)
        above, below = np.pad(lit, ((1, 0), (0, 0)))[:-1], np.pad(lit, ((0, 1), (0, 0)))[1:]
        beside = np.roll(lit, 1, 1) + np.roll(lit, -1, 1) + above + below
        other = np.minimum(np.roll(cells, 1, 1) > 1, 1) + np.minimum(np.roll(cells, -1, 1) > 1, 1)

        alone = (lit == 1) & (beside == 0) & (other == 0)

        assert alone.mean() < 0.01, code


def test_another_height_is_refused() -> None:
    with pytest.raises(ValueError, match="19, 37 or 73"):
        repeat_cells("DB-001", 20)


@pytest.mark.parametrize("dark", [True, False])
def test_tonal_cloth_stays_close_to_one_tone(dark: bool) -> None:
    cloth = tonal_cloth("mango", "DB-003", width_px=600, height_px=500, cell_px=6, dark=dark)

    assert cloth.shape == (500, 600, 3)
    assert cloth.mean(axis=2).std() < (12 if dark else 16)
