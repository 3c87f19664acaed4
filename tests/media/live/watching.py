"""What tests of a broadcast share: one on the air, its events, its pictures."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import av
import numpy as np

from media.live.spec import Event, LiveSpec
from media.live.supervisor import Broadcast

T = TypeVar("T")
AMPLE = 20.0
RED, GREEN = (200, 60, 40), (40, 160, 60)


@dataclass
class Heard:
    """The events so far, and a way to wait for one of a kind."""

    events: list[Event] = field(default_factory=list)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def listen(self, live: Broadcast) -> None:
        async for event in live.events():
            async with self.news:
                self.events.append(event)
                self.news.notify_all()

    async def first(self, kind: type[T], *, after: int = 0) -> T:
        def found() -> list[T]:
            return [event for event in self.events[after:] if isinstance(event, kind)]

        async with asyncio.timeout(AMPLE), self.news:
            await self.news.wait_for(found)
        return found()[0]


@asynccontextmanager
async def on_air(folder: Path, **limits: int) -> AsyncIterator[tuple[Broadcast, Heard]]:
    spec = LiveSpec(folder, width_px=320, height_px=240, fps=20, video_rate=400_000, preset="ultrafast", **limits)
    live, heard = await Broadcast.open(spec), Heard()
    listening = asyncio.create_task(heard.listen(live))
    try:
        yield live, heard
    finally:
        await live.end()
        await listening


def pictures(path: Path) -> list[tuple[float, np.ndarray, bool]]:
    with av.open(str(path)) as video:
        return [(float(frame.time), frame.to_ndarray(format="rgb24"), frame.key_frame)
                for frame in video.decode(video=0)]


def is_near(pixel: np.ndarray, colour: tuple[int, int, int]) -> bool:
    return bool(np.abs(pixel.astype(int) - colour).max() < 30)
