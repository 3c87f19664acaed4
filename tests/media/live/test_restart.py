"""A worker's death is a blink: the broadcast, its files and its card go on."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from media.live.originals import assemble_all
from media.live.process import Worker
from media.live.spec import Acked, Ended, LiveSpec, OnAir, Refused, Restarted, TurnedAway
from media.live.supervisor import Broadcast
from tests.media.live.phone import recorded, send
from tests.media.live.test_pins import BLUE, card
from tests.media.live.watching import AMPLE, GREEN, RED, is_near, on_air, pictures


def kill(live: Broadcast) -> None:
    assert live.pid
    os.kill(live.pid, signal.SIGKILL)


async def test_a_killed_worker_is_followed_by_one_that_carries_on(tmp_path: Path) -> None:
    slices = recorded(6, colour=RED)
    async with on_air(tmp_path) as (live, heard):
        sending = asyncio.create_task(send(live, "phone/1", slices))
        await heard.first(OnAir)
        await live.pin(card(), "A1")
        await asyncio.sleep(1)
        before = len(heard.events)
        kill(live)
        await heard.first(Restarted, after=before)
        await heard.first(OnAir, after=before)
        await sending
    assemble_all(tmp_path)

    first, second = (pictures(tmp_path / f"recording-{part}.mp4") for part in (1, 2))
    assert second[0][0] > first[-1][0], "the clock goes on"
    assert is_near(second[-5][1][200, 60], BLUE), "the card is still there"
    assert is_near(second[-5][1][10, 200], RED), "and the camera's picture"
    assert (tmp_path / "original-phone.webm").read_bytes() == b"".join(slices)
    assert {event.number for event in heard.events if isinstance(event, Acked)} == set(range(len(slices)))
    live_list = (tmp_path / "live.m3u8").read_text()
    assert live_list.count("#EXT-X-DISCONTINUITY\n") == 1
    assert live_list.endswith("#EXT-X-ENDLIST\n")


def test_a_worker_of_which_a_thread_breaks_ends_as_a_whole() -> None:
    lines = ("import threading, time; from media.live.worker import end_with_any_thread; end_with_any_thread(); "
             "threading.Thread(target=lambda: 1 / 0).start(); time.sleep(600)")

    ended = subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True, timeout=60, check=False)

    assert ended.returncode == 1
    assert "ZeroDivisionError" in ended.stderr


async def test_a_worker_that_hangs_is_replaced(tmp_path: Path) -> None:
    async with on_air(tmp_path) as (live, heard):
        assert live.pid
        os.kill(live.pid, signal.SIGSTOP)

        await heard.first(Restarted)
        await live.pin(card(), "A1")

    assert len(list(tmp_path.glob("recording-*.mp4"))) == 2


async def test_a_card_asked_for_while_a_worker_hangs_is_laid_by_the_next(tmp_path: Path) -> None:
    async with on_air(tmp_path) as (live, heard):
        await live.pin(card(), "A1")
        assert live.pid
        os.kill(live.pid, signal.SIGSTOP)
        first = asyncio.create_task(live.pin(card(40, 40), "A2"))
        await asyncio.sleep(0.1)

        gone_at = await live.pin(None, "")
        laid_at = await first

    assert laid_at == gone_at
    assert await heard.first(Restarted)
    assert pictures(tmp_path / "recording-2.mp4")[-1][1][200, 60].max() < 60


@pytest.mark.parametrize("stop", [Broadcast.cut, Broadcast.end])
async def test_a_broadcast_that_is_stopped_while_its_worker_is_replaced_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: Callable[[Broadcast], Awaitable[None]],
) -> None:
    start, is_replaced = Worker.start, asyncio.Event()

    async def start_slowly(spec: LiveSpec) -> Worker:
        is_replaced.set()
        await asyncio.sleep(0.3)
        return await start(spec)

    async with on_air(tmp_path) as (live, heard):
        monkeypatch.setattr(Worker, "start", start_slowly)
        kill(live)
        await is_replaced.wait()

        await asyncio.wait_for(stop(live), AMPLE)

        assert await heard.first(Ended)


async def test_a_recorder_with_which_workers_die_is_turned_away_and_the_live_goes_on(tmp_path: Path) -> None:
    slices = recorded(3, colour=RED)
    async with on_air(tmp_path) as (live, heard):
        for number in range(4):
            seen = len(heard.events)
            await live.slice("evil", number, slices[number])
            kill(live)
            await heard.first(Restarted, after=seen)
        assert await heard.first(TurnedAway) == TurnedAway("evil", "broken")
        with pytest.raises(Refused, match="broken"):
            await live.slice("evil", 5, slices[5])
        await send(live, "good", slices)
        await heard.first(OnAir)


async def test_a_restarted_server_goes_on_in_the_same_folder(tmp_path: Path) -> None:
    slices = recorded(4, colour=GREEN)
    async with on_air(tmp_path) as (live, _):
        await send(live, "phone/1", slices[:15])
        await live.cut()

    async with on_air(tmp_path) as (live, heard):
        await send(live, "phone/2", slices[15:], first=15)
        await heard.first(OnAir)
    assemble_all(tmp_path)

    assert (tmp_path / "original-phone.webm").read_bytes() == b"".join(slices)
    assert len(list(tmp_path.glob("recording-*.mp4"))) == 2
