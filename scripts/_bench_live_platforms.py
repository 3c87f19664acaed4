"""`bench.py live`: a healthy platform beside one that hangs, dies or is slow, and when the worker dies."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

import _bench_live_peer as peer
from _bench_live_relay import slow_line
from _bench_live_source import Phone, send
from _bench_live_table import Table, opened
from media.live.spec import DestinationState

GAP_MS = 100.0
SLOW_BITS, SLOW_SECONDS, TOLD_S = 200_000, 25.0, 20.0


async def through_platforms(table: Table, work: Path, phone: Phone) -> None:
    """A healthy platform while another hangs, is killed, and while the worker is killed."""
    good, bad = peer.Platform(work / "good"), peer.Platform(work / "bad")
    live, ear, listening = await opened(work / "platforms", "ultrafast")
    sending = asyncio.create_task(send(live, phone, "phone", seconds=60))
    await live.destination("good", good.url("x"))
    await live.destination("bad", bad.url("x"))
    received = await receiving(good)
    for name, harm in (("nothing happens", lambda: None), ("another hangs", bad.hang), ("another is killed", bad.stop)):
        watching = asyncio.create_task(asyncio.to_thread(peer.gap_ms, received, 10))
        await asyncio.sleep(1)
        harm()
        table.row(f"longest gap at a healthy platform while {name}", await watching, "ms", GAP_MS)
    assert live.pid
    watching = asyncio.create_task(asyncio.to_thread(peer.gap_ms, received, 6))
    await asyncio.sleep(1)
    os.kill(live.pid, 9)
    table.row("gap at a platform when the worker is killed", await watching, "ms", 1500)
    table.row("sessions dropped at the healthy platform", ear.dropped("good"), "", 0)
    sending.cancel()
    await live.end()
    await listening
    good.stop()


async def beside_a_slow_one(table: Table, work: Path, phone: Phone) -> None:
    """A receiver that gets 200 kbit/s of a megabit: it is told so, keeps its session, and nobody else feels it."""
    good = peer.Platform(work / "beside")
    live, ear, listening = await opened(work / "slow", "ultrafast")
    sending = asyncio.create_task(send(live, phone, "phone", seconds=120))
    async with slow_line(good.port, bits_a_second=SLOW_BITS) as port:
        await live.destination("good", good.url("x"))
        received = await receiving(good)
        since = time.monotonic()
        await live.destination("slow", f"rtmp://127.0.0.1:{port}/live/slow")
        watching = asyncio.create_task(asyncio.to_thread(peer.gap_ms, received, SLOW_SECONDS))
        told = await ear.after(since, DestinationState, id="slow", state="live", reason="slow")
        gap = await watching
        table.row("longest gap at a healthy platform beside one of 200 kbit/s", gap, "ms", GAP_MS)
        table.row("the slow one is called slow after", told, "s", TOLD_S)
        table.row("sessions dropped at either", ear.dropped("good") + ear.dropped("slow"), "", 0)
        sending.cancel()
        await live.end()
        await listening
    good.stop()


async def receiving(platform: peer.Platform) -> Path:
    """What a platform has recorded for some seconds."""
    received = platform.folder / "x.flv"
    while not received.exists():
        await asyncio.sleep(0.1)
    await asyncio.sleep(3)
    return received
