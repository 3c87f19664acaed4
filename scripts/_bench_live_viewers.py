"""`bench.py live`: three hundred viewers of one show's HLS, straight from the shop's server and through nginx."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import _bench_live_peer as peer
from _bench_live_source import Phone
from _bench_live_stage import Camera, Stage, staged
from _bench_live_table import Table
from _nginx_front import Front

VIEWERS, MOST_SECONDS = 300, 60.0
LONGEST_S = 2.0
"""A segment's length: who waits longer for one sees the picture stand."""

LISTED = 3


async def by_viewers(table: Table, work: Path, phone: Phone, minutes: float) -> None:
    """Every fetch of every viewer; none may fail, none take longer than a segment lasts."""
    stage = await staged(work / "viewers")
    camera = Camera(stage, phone)
    filming = asyncio.create_task(camera.film())
    front = Front(work / "front", shop_port=stage.server.port)
    try:
        await asyncio.wait_for(_listed(stage), 60)
        for way, port in (("from the shop's server", stage.server.port), ("through nginx", front.port)):
            seconds, begun = min(MOST_SECONDS, minutes * 60), peer.cpu_seconds([stage.server.pid])
            seen = await asyncio.to_thread(crowd, port, stage.path, seconds)
            used = (peer.cpu_seconds([stage.server.pid]) - begun) / seconds
            print(f"  {way}: the server takes {used:.0%} of a core; {seen['segments']} segments, {seen['playlists']} playlists, {seen['bytes'] >> 20} MB, "
                  f"median {seen['p50'] * 1000:.0f} ms, playlist p99 {seen['playlist_p99'] * 1000:.0f} ms")
            table.row(f"{VIEWERS} viewers {way}: fetches failed", seen["failed"], "", 0)
            table.row("  later than a segment lasts", seen["late"], "", 0)
            table.row("  time of a segment, p99", seen["p99"], "s", LONGEST_S)
            table.row("  viewers who heard of the show's state", seen["told"], "", VIEWERS, least=True)
            table.row("  segments fetched by a viewer in ten seconds",
                      seen["segments"] / VIEWERS / seconds * 10, "", 4, least=True)
    finally:
        filming.cancel()
        with suppress(asyncio.CancelledError):
            await filming
        front.stop()
        await stage.server.stop()


def crowd(port: int, path: str, seconds: float) -> dict[str, Any]:
    """What so many viewers saw, from a process of their own."""
    job = {"port": port, "path": path, "viewers": VIEWERS, "seconds": seconds}
    done = subprocess.run([sys.executable, str(Path(__file__).with_name("_bench_live_crowd.py"))], text=True,
                          input=json.dumps(job), capture_output=True, timeout=seconds + 60, check=True)
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


async def _listed(stage: Stage) -> None:
    playlist = stage.folder / "live.m3u8"
    while not playlist.exists() or playlist.read_text().count("#EXTINF") < LISTED:
        await asyncio.sleep(0.2)
