"""After the show, each pinned product's piece is cut on its frame, without encoding."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import av
import pytest

from media.live.pieces import NothingThere, cut, places
from media.live.spec import OnAir, Restarted
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
