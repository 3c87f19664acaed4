"""`bench.py live`: a live against plain ffmpeg at the same work, through outages, broken platforms and a restart,
many lives at once, and many viewers of one."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Coroutine
from pathlib import Path

import _bench_live_peer as peer
from _bench_live_cost import against_ffmpeg
from _bench_live_many import many
from _bench_live_outage import through_long_outages, through_outages
from _bench_live_platforms import beside_a_slow_one, through_platforms
from _bench_live_restart import through_restart
from _bench_live_source import FPS, SIZE, SLICE_SECONDS, Phone, record
from _bench_live_table import Table
from _bench_live_viewers import by_viewers

Part = Callable[[Table, Path, Phone, int, float], Coroutine[None, None, None]]


async def _by_slow_lines(table: Table, work: Path) -> None:
    from _bench_live_uplink import by_slow_lines  # the only part that needs a browser

    await asyncio.to_thread(by_slow_lines, table, work)


PARTS: dict[str, Part] = {
    "cost": lambda table, work, phone, rounds, minutes: against_ffmpeg(table, work, phone, minutes),
    "outages": lambda table, work, phone, rounds, minutes: through_outages(table, work, phone, rounds),
    "long": lambda table, work, phone, rounds, minutes: through_long_outages(table, work, phone),
    "platforms": lambda table, work, phone, rounds, minutes: through_platforms(table, work, phone),
    "slow": lambda table, work, phone, rounds, minutes: beside_a_slow_one(table, work, phone),
    "restart": lambda table, work, phone, rounds, minutes: through_restart(table, work, phone),
    "viewers": lambda table, work, phone, rounds, minutes: by_viewers(table, work, phone, minutes),
    "eight": lambda table, work, phone, rounds, minutes: many(table, work, phone, minutes),
    "uplink": lambda table, work, phone, rounds, minutes: _by_slow_lines(table, work),
}


def run(rounds: int, minutes: float, only: str = "") -> int:
    """0 when every figure keeps its limit; `only` names one of the parts."""
    if not peer.is_there():
        print("bench.py live needs: apt-get install nginx libnginx-mod-rtmp", file=sys.stderr)
        return 2
    if only and only not in PARTS:
        print(f"--only is one of {', '.join(PARTS)}", file=sys.stderr)
        return 2
    work = Path(tempfile.mkdtemp(prefix="live-"))
    table = Table()
    try:
        record(work / "source.webm")
        phone = Phone(work / "source.webm")
        print(f"{SIZE[0]}×{SIZE[1]}, {FPS} a second, VP8 and Opus in slices of {SLICE_SECONDS * 1000:g} ms")
        for name, part in PARTS.items():
            if only in ("", name):
                asyncio.run(part(table, work, phone, rounds, minutes))
                print(f"  the machine's load meanwhile: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    finally:
        peer.Platform.stop_all()
        shutil.rmtree(work, ignore_errors=True)
    return int(table.failed > 0)
