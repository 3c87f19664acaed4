"""After the show, each pinned product's piece is cut on its frame, without encoding."""

from __future__ import annotations

import asyncio
import io
import os
from pathlib import Path

import av
import pytest

from media.live.pieces import Chapter, NothingThere, cut, places
from media.live.spec import OnAir, Restarted
from media.live.spliced import Spliced
from media.pool import RenderPool
from tests.media.live.phone import recorded, send
from tests.media.live.test_pins import BLUE, card
from tests.media.live.watching import RED, is_near, on_air, pictures


async def test_a_piece_begins_on_the_frame_of_its_pin_and_ends_with_it(tmp_path: Path) -> None:
    async with on_air(tmp_path) as (live, heard):
        sending = asyncio.create_task(send(live, "phone", recorded(5, colour=RED)))
        await heard.first(OnAir)
        await asyncio.sleep(0.5)
        begin = await live.pin(card(), "A1")
        await asyncio.sleep(2.6)
        end = await live.pin(None, "")
        await sending
    pool = RenderPool(max_workers=1)
    await pool.open()

    piece = tmp_path / "piece.mp4"
    made = await pool.run("live_piece", {"folder": str(tmp_path), "begin": begin, "end": end, "out": str(piece)},
                          seconds_limit=60)
    await pool.close()

    seen = pictures(piece)
    assert seen[0][0] == 0
    assert all(is_near(picture[200, 60], BLUE) for _, picture, _ in seen)
    assert abs(len(seen) / 20 - (end - begin)) < 0.01
    assert abs(made["seconds"] - (end - begin)) < 0.1
    with av.open(str(piece)) as file:
        heard_seconds = sum(frame.samples for frame in file.decode(audio=0)) / 48_000
    assert abs(heard_seconds - (end - begin)) < 0.1
    data = piece.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


async def test_a_piece_over_a_dead_worker_is_joined(tmp_path: Path) -> None:
    async with on_air(tmp_path) as (live, heard):
        begin = await live.pin(card(), "A1")
        await asyncio.sleep(2.5)
        assert live.pid
        os.kill(live.pid, 9)
        await heard.first(Restarted)
        await asyncio.sleep(1)
        end = await live.pin(None, "")

    cut(tmp_path, begin, end, tmp_path / "piece.mp4")

    seen = pictures(tmp_path / "piece.mp4")
    assert all(is_near(picture[200, 60], BLUE) for _, picture, _ in seen)
    assert max(late[0] - soon[0] for soon, late in zip(seen, seen[1:], strict=False)) < 0.15


async def test_the_recording_is_indexed_without_a_hole(tmp_path: Path) -> None:
    async with on_air(tmp_path) as (live, _):
        await asyncio.sleep(2.5)
        await live.pin(card(), "A1")

    heads, found = places(tmp_path)

    assert list(heads) == ["recording-1.mp4"]
    assert found[0].at == heads["recording-1.mp4"]
    for before, after in zip(found, found[1:], strict=False):
        assert after.at == before.at + before.length
        assert abs(after.begin - before.begin - before.seconds) < 0.002
    with pytest.raises(NothingThere):
        cut(tmp_path, 500, 510, tmp_path / "piece.mp4")


async def test_pins_are_chapters_also_behind_a_hole_where_a_worker_was_missing(tmp_path: Path) -> None:
    async with on_air(tmp_path) as (live, _):
        await asyncio.sleep(0.6)
        first = await live.pin(card(), "A1")
        await asyncio.sleep(1.2)
        await live.cut()
    await asyncio.sleep(1)
    async with on_air(tmp_path) as (live, _):
        await asyncio.sleep(0.5)
        second = await live.pin(card(), "A2")
        await asyncio.sleep(0.6)

    seconds = cut(tmp_path, 0, 1000, tmp_path / "whole.mp4", title="Chợ Mường Phăng",
                  chapters=(Chapter(first, "A1 · Bưởi da xanh"), Chapter(second, "A2 · Thịt trâu")))

    with av.open(str(tmp_path / "whole.mp4")) as whole:
        chapters = [(chapter["metadata"]["title"], round(float(chapter["start"] * chapter["time_base"]), 1))
                    for chapter in whole.chapters()]
        assert whole.metadata["title"] == "Chợ Mường Phăng"
    seen = pictures(tmp_path / "whole.mp4")
    keys = [at for at, _, is_key in seen if is_key]
    assert [title for title, _ in chapters] == ["A1 · Bưởi da xanh", "A2 · Thịt trâu"]
    assert all(min(abs(key - at) for key in keys) < 0.06 for _, at in chapters)
    assert chapters[1][1] < second - 1 and seconds < second
    assert max(late[0] - soon[0] for soon, late in zip(seen, seen[1:], strict=False)) < 0.15


def test_ranges_of_a_file_read_like_one_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"head....onetwo..three")
    with path.open("rb") as file:
        spliced = Spliced(file, [(0, 4), (8, 3), (16, 5)])

        everything = spliced.read()
        at = spliced.seek(-7, io.SEEK_END), spliced.read(4), spliced.tell()

    assert everything == b"headonethree"
    assert at == (5, b"ne", 7)
