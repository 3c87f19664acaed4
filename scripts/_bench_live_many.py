"""`bench.py live`: eight lives at once."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import _bench_live_peer as peer
from _bench_live_source import Phone, send
from _bench_live_table import Table, opened

LIVES = 8


async def many(table: Table, work: Path, phone: Phone, minutes: float) -> None:
    """Eight lives at once."""
    lives = [await opened(work / f"many-{number}", "ultrafast") for number in range(LIVES)]
    began = sum(os.times()[:4])
    await asyncio.gather(*(send(live, phone, "phone", seconds=minutes * 60) for live, _, _ in lives))
    cores = (sum(os.times()[:4]) - began) / (minutes * 60)
    late = [ear.late for _, ear, _ in lives]
    pids = [live.pid for live, _, _ in lives if live.pid]
    used = peer.cpu_seconds(pids) / (minutes * 60) / len(pids)
    for live, _, listening in lives:
        await live.end()
        await listening
    print(f"  each worker {used:.0%} of a core; the server and sender {cores:.0%}; late by live {late}")
    table.row(f"lives of 480p30 at once for {minutes:g} min without a late picture", sum(not each for each in late),
              "", LIVES, least=True)
