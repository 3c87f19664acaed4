"""A recording decoded without a worker: all that an `Ingest` shows and hears of it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from queue import SimpleQueue

from av.video.frame import VideoFrame

from media.live.hearing import RATE_HZ
from media.live.ingest import Ingest
from media.live.originals import form_of

AMPLE = 20.0


@dataclass(frozen=True)
class Decoded:
    """Pictures in their order, and the loudest sample."""

    pictures: list[VideoFrame]
    loudness: float

    @property
    def sizes(self) -> list[tuple[int, int]]:
        """Each size once, in the order of its coming."""
        return list(dict.fromkeys((picture.width, picture.height) for picture in self.pictures))


def decoded(data: bytes, *, until: float, pace: float = 0.05) -> Decoded:
    """What is decoded, when a picture of `until` (seconds at the source) has come."""
    ended: SimpleQueue[str | None] = SimpleQueue()
    ingest = Ingest(form_of(data) or "webm", ended.put)
    ingest.feed.give(data)
    deadline = time.monotonic() + AMPLE
    while ingest.newest < until and not ingest.is_over and time.monotonic() < deadline:
        time.sleep(0.005)
    assert ingest.newest >= until, f"only to {ingest.newest}"
    ticks = range(round(until / pace) + 1)
    pictures = [picture for tick in ticks if (picture := ingest.picture_at(tick * pace + 0.001))]
    with ingest.lock:
        sound = ingest.hearing.read(round((until - 0.5) * RATE_HZ), RATE_HZ // 4)
    ingest.close()
    return Decoded(pictures, float(abs(sound).max()))


def refusal(data: bytes) -> str | None:
    """Why decoding ended."""
    ended: SimpleQueue[str | None] = SimpleQueue()
    Ingest(form_of(data) or "webm", ended.put).feed.give(data)
    return ended.get(timeout=AMPLE)
