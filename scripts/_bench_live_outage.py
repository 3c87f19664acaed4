"""`bench.py live`: the phone loses its network, briefly and for a minute."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import av

import _bench_live_peer as peer
from _bench_live_source import SLICE_SECONDS, Phone, send
from _bench_live_table import Table, opened
from media.live.originals import assemble_all
from media.live.spec import OnAir, Slate

SLATE_S, BACK_S = 1.5, 1.0
LONG_SECONDS = (5.0, 60.0)


async def through_outages(table: Table, work: Path, phone: Phone, rounds: int) -> None:
    """The slate, the picture's return, and what the phone's own recording lost."""
    live, ear, listening = await opened(work / "outage", "ultrafast")
    number = await send(live, phone, "phone/0", seconds=3)
    slates, returns, missing = [], [], []
    for turn in range(1, rounds + 1):
        slates.append(await ear.after(time.monotonic(), Slate))
        away = 7 + 3 * turn  # the key pictures' second is met at another place each time
        missing += range(number, number + away)
        await asyncio.sleep(0.5)
        back = time.monotonic()
        sending = asyncio.create_task(send(live, phone, f"phone/{turn}", seconds=3, first=number + away))
        returns.append(await ear.after(back, OnAir))
        number = await sending
    for late in missing:
        await live.slice("phone/late", late, phone.slice(late))
    await live.end()
    await listening
    assemble_all(work / "outage")
    whole = b"".join(phone.slice(at) for at in range(number))
    (work / "whole.webm").write_bytes(whole)
    table.row("slate after the phone's network is lost, worst", max(slates), "s", SLATE_S)
    table.row("picture after it is back, worst", max(returns), "s", BACK_S)
    table.row("pictures lost in the original after back-fill",
              pictures(work / "whole.webm") - pictures(work / "outage" / "original-phone.webm"), "", 0)


def pictures(path: Path) -> int:
    with av.open(str(path)) as file:
        return sum(1 for _ in file.decode(video=0))


async def through_long_outages(table: Table, work: Path, phone: Phone) -> None:
    """Five seconds and a minute without a network: platforms keep their sessions, the phone's recording stays whole."""
    for away in LONG_SECONDS:
        platform = peer.Platform(work / f"long-{away:g}")
        live, ear, listening = await opened(work / f"away-{away:g}", "ultrafast")
        await live.destination("p", platform.url("x"))
        number = await send(live, phone, "phone/0", seconds=5)
        await asyncio.sleep(away)
        missing = range(number, number + round(away / SLICE_SECONDS))
        back = time.monotonic()
        sending = asyncio.create_task(send(live, phone, "phone/1", seconds=6, first=missing.stop))
        returned = await ear.after(back, OnAir)
        for late in missing:
            await live.slice("phone/1", late, phone.slice(late))
        last = await sending
        await live.end()
        await listening
        whole = work / "whole.webm"
        whole.write_bytes(b"".join(phone.slice(at) for at in range(last)))
        assemble_all(work / f"away-{away:g}")
        original = work / f"away-{away:g}" / "original-phone.webm"
        table.row(f"outage of {away:g} s: RTMP sessions dropped", ear.dropped("p"), "", 0)
        table.row("  pictures lost in the original after back-fill", pictures(whole) - pictures(original), "", 0)
        table.row("  picture after it is back", returned, "s", BACK_S)
        platform.stop()
