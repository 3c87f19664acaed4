"""Files are whole or absent, and kept once."""

from __future__ import annotations

from pathlib import Path

from catalog.storage.objects import Objects


async def test_the_same_bytes_are_kept_once_under_their_digest(tmp_path: Path) -> None:
    objects = Objects(tmp_path / "files")
    objects.open()
    source = tmp_path / "a.JPG"
    source.write_bytes(b"mango")

    first, second = await objects.keep(source), await objects.keep(source)

    assert first == second and first.endswith(".jpg") and len(first) == 64 + 4
    assert objects.path(first).read_bytes() == b"mango"


async def test_a_start_sweeps_what_was_left_half_written(tmp_path: Path) -> None:
    objects = Objects(tmp_path / "files")
    objects.open()
    (objects.scratch / "half").write_bytes(b"x")

    objects.open()

    assert list(objects.scratch.iterdir()) == []


async def test_dropping_what_is_not_there_is_harmless(tmp_path: Path) -> None:
    objects = Objects(tmp_path / "files")
    objects.open()

    await objects.drop("0" * 64 + ".jpg")
