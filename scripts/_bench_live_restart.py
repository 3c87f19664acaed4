"""`bench.py live`: the shop's server is restarted under a show on air."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from pathlib import Path

import av

from _bench_live_source import Phone
from _bench_live_stage import Camera, staged
from _bench_live_table import Table
from media.live.originals import Log

BACK_S, RECORDED_S = 6.0, 3.0
BEFORE_SECONDS, AFTER_SECONDS = 6.0, 6.0


async def through_restart(table: Table, work: Path, phone: Phone) -> None:
    """How long the picture is away, whether the recording goes on, and what of the phone's was lost."""
    stage = await staged(work / "restart")
    camera = Camera(stage, phone)
    filming = asyncio.create_task(camera.film())
    try:
        await asyncio.wait_for(camera.back_on_air(0.0), 60)
        await asyncio.sleep(BEFORE_SECONDS)
        cut = time.monotonic()
        await stage.server.stop()
        down = time.monotonic()
        await stage.server.start()
        print(f"  ended within {down - cut:.1f} s, pages again after {time.monotonic() - down:.1f} s more")
        back = await asyncio.wait_for(camera.back_on_air(down), 60) + down - cut
        await asyncio.sleep(AFTER_SECONDS)
        await asyncio.wait_for(camera.drained(), 60)
    finally:
        filming.cancel()
        with suppress(asyncio.CancelledError):
            await filming
        await stage.server.stop()
    table.row("picture back after the server was restarted", back, "s", BACK_S)
    recorded = seconds_of(stage.folder / "recording-2.mp4")
    table.row("recorded since then, in a part of its own", recorded, "s", RECORDED_S, least=True)
    table.row("slices of the phone lost", len(Log.open(stage.folder, "phone").missing), "", 0)


def seconds_of(recording: Path) -> float:
    """How long a recording plays, also one that was cut off."""
    if not recording.exists():
        return 0.0
    with av.open(str(recording)) as file:
        times = [packet.pts * packet.time_base for packet in file.demux(video=0) if packet.pts is not None]
    return float(max(times) - min(times)) if times else 0.0
