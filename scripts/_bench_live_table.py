"""What the parts of `bench.py live` share: the table of figures, a broadcast, and what was heard of it."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from pathlib import Path

from _bench_live_source import FPS, SIZE
from media.live.spec import DestinationState, Event, LiveSpec, Stats
from media.live.supervisor import Broadcast

MOST_SECONDS = 30.0


@dataclass(slots=True)
class Table:
    """Figures beside their limits."""

    failed: int = 0

    def row(self, name: str, value: float, unit: str, limit: float, *, least: bool = False) -> None:
        kept = value >= limit if least else value <= limit
        self.failed += not kept
        bound = "at least" if least else "at most"
        print(f"{name:<58} {value:8.2f} {unit:<5} {bound} {limit:g}{'' if kept else '   NOT KEPT'}", flush=True)


@dataclass(slots=True)
class Ear:
    """Events with the moment at which each was heard."""

    heard: list[tuple[float, Event]] = field(default_factory=list)

    async def listen(self, live: Broadcast) -> None:
        async for event in live.events():
            self.heard.append((time.monotonic(), event))

    async def after(self, since: float, kind: type[Event], **said: object) -> float:
        """Seconds from `since` to the first such event that says so; 30 when there is none."""
        while time.monotonic() - since < MOST_SECONDS:
            for moment, event in self.heard:
                if moment >= since and isinstance(event, kind) and all(
                        getattr(event, name) == value for name, value in said.items()):
                    return moment - since
            await asyncio.sleep(0.02)
        return MOST_SECONDS

    def dropped(self, id: str) -> int:
        """How often a destination's session has ended."""
        return sum(isinstance(event, DestinationState) and (event.id, event.state) == (id, "waiting")
                   for _, event in self.heard)

    @property
    def late(self) -> int:
        return max((event.late for _, event in self.heard if isinstance(event, Stats)), default=0)


def spec_for(folder: Path, preset: str) -> LiveSpec:
    return LiveSpec(folder, width_px=SIZE[0], height_px=SIZE[1], fps=FPS, video_rate=1_000_000, preset=preset)


async def opened(folder: Path, preset: str) -> tuple[Broadcast, Ear, asyncio.Task[None]]:
    live, ear = await Broadcast.open(spec_for(folder, preset)), Ear()
    return live, ear, asyncio.create_task(ear.listen(live))
