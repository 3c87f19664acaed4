"""The brocade: the same for a household every day, different between them, and woven whole."""

from __future__ import annotations

import re

import pytest

from catalog.web import band


def test_a_household_keeps_its_motif() -> None:
    assert band.motif_of("DB-003") == band.motif_of("DB-003")


def test_a_village_shows_every_motif() -> None:
    village = {band.motif_of(f"DB-{number:03}") for number in range(1, 161)}

    assert village == set(band.MOTIFS)


@pytest.mark.parametrize("motif", band.MOTIFS)
def test_a_motif_is_seven_even_rows_of_known_threads(motif: str) -> None:
    rows = band.MOTIFS[motif]

    assert len(rows) == band.ROWS - 2
    assert len({len(row) for row in rows}) == 1
    assert set("".join(rows)) <= {".", *band.THREADS}


@pytest.mark.parametrize("motif", band.MOTIFS)
def test_the_paths_fill_each_thread_once(motif: str) -> None:
    rows = ("r" * len(band.MOTIFS[motif][0]), *band.MOTIFS[motif], "r" * len(band.MOTIFS[motif][0]))

    filled: dict[tuple[int, int], str] = {}
    for colour, path in band.threads(motif):
        for column, row, length in re.findall(r"M(\d+) (\d+)h(\d+)", path):
            filled |= {(int(row), int(column) + step): colour for step in range(int(length))}

    assert filled == {(y, x): band.THREADS[name] for y, row in enumerate(rows) for x, name in enumerate(row)
                      if name != "."}
    assert band.repeat_px(motif) == 2 * len(rows[0])
