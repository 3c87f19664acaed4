"""A whole table's pictures, with rows that cannot be drawn and a run that was stopped."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from scripts._render_batch import BadRow, read_rows
from tests.media.cards import LINK, drawn_photo
from tests.scripts.test_render import SCRIPT

HEADER = "photo,kind,name,price,unit,stock,link,tier,harvested_on"


def table(folder: Path, *rows: str) -> Path:
    """A CSV beside the photos that it names."""
    path = folder / "village.csv"
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    return path


def run(path: Path, out_dir: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, SCRIPT, "--batch", path, "--out", out_dir], capture_output=True, text=True,
                          check=False)


def test_good_rows_are_drawn_bad_ones_told_and_a_second_run_goes_on(tmp_path: Path) -> None:
    photo = drawn_photo(tmp_path).name
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 broken")
    path = table(tmp_path, f"{photo},mango,Xoài Tuần Giáo,25000,kg,40,{LINK},,",
                 f"broken.jpg,mango,Xoài keo,18000,kg,,{LINK}1,,",
                 f"{photo},mango,Xoài cát,0,kg,,{LINK}2,,")
    folder = tmp_path / "out" / "001-xoai-tuan-giao"

    first = run(path, tmp_path / "out")
    manifest = (folder / "manifest.json").read_bytes()
    again = run(path, tmp_path / "out")
    (folder / "clip.mp4").unlink()
    mended = run(path, tmp_path / "out")

    assert first.returncode == 1
    assert "1 drawn, 0 already there, 2 could not be drawn" in first.stdout
    assert "row 2: the photo" in first.stderr
    assert "row 3: argument --price" in first.stderr
    assert "Traceback" not in first.stderr
    assert "0 drawn, 1 already there" in again.stdout
    assert "1 drawn, 0 already there" in mended.stdout
    assert (folder / "manifest.json").read_bytes() == manifest
    assert all((folder / line["file"]).is_file() for line in json.loads(manifest))


def test_columns_are_named_as_the_options_and_may_hold_several_values(tmp_path: Path) -> None:
    photo = drawn_photo(tmp_path).name
    path = table(tmp_path, f"{photo}|{photo},mango,Xoài,25000,kg,40,{LINK},từ 5 kg=23000|từ 20 kg=20000,2026-06-01")

    rows, faults = read_rows(path, tmp_path / "out")

    assert faults == []
    (row,) = rows
    assert [path.name for path in row.spec.photos] == [photo, photo]
    assert [(tier.label, tier.price_vnd) for tier in row.spec.tiers] == [("từ 5 kg", 23000), ("từ 20 kg", 20000)]
    assert row.spec.harvested_on is not None


def test_a_json_list_does_as_well(tmp_path: Path) -> None:
    photo = drawn_photo(tmp_path).name
    path = tmp_path / "village.json"
    path.write_text(json.dumps([{"photo": [photo], "focus": ["0.5,0.25"], "kind": "mango", "name": "Xoài",
                                 "price": 25000, "unit": "kg", "link": LINK, "vietgap": True, "ocop": None}]))

    rows, faults = read_rows(path, tmp_path / "out")

    assert faults == []
    assert rows[0].spec.focus == ((0.5, 0.25),)
    assert rows[0].spec.is_vietgap and rows[0].spec.ocop_stars == 0


@pytest.mark.parametrize("out", ["../elsewhere", "/etc"])
def test_no_row_leaves_the_folder(tmp_path: Path, out: str) -> None:
    path = tmp_path / "village.json"
    path.write_text(json.dumps([{"kind": "mango", "name": "Xoài", "price": 1, "unit": "kg", "link": LINK, "out": out}]))

    rows, faults = read_rows(path, tmp_path / "out")

    assert rows == []
    assert "lies outside" in faults[0]


@pytest.mark.parametrize("content", ["", "kind,name", "[]", "{", "[1]", "\x00\x01"])
def test_what_is_no_table_is_told(tmp_path: Path, content: str) -> None:
    path = tmp_path / ("village.json" if content[:1] in ("[", "{") else "village.csv")
    path.write_text(content)

    with pytest.raises(BadRow):
        read_rows(path, tmp_path / "out")
