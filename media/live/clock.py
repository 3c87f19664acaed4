"""The output clock: a picture and its sound at every tick, whatever comes from outside."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from av.video.frame import VideoFrame

from media.live.compositor import Compositor
from media.live.hearing import RATE_HZ
from media.live.intake import Intake
from media.live.spec import LiveSpec

SLATE_AFTER_SECONDS = 1.0
# A machine that slept so long goes on at the present rather than making up for it.
_GIVEN_UP_SECONDS = 2.0
# One that is behind by so much leaves out pictures, never two in a row for long, until it is in time.
_BEHIND_SECONDS, _MOST_LEFT_OUT = 0.25, 4
_SILENCE_DB = -90.0

Tell = Callable[[dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Pin:
    """A card to be shown, or none, under the number by which it was asked for."""

    number: int
    png: bytes | None
    name: str


@dataclass(slots=True)
class Counts:
    """What the clock did so far."""

    frames: int = 0
    late: int = 0
    shown: int = 0
    squares: float = 0.0
    samples: int = field(default=0)

    def level_db(self) -> float:
        """The mean level since it was last asked for, in dB below full scale."""
        mean, self.squares, samples = self.squares, 0.0, self.samples
        self.samples = 0
        return max(_SILENCE_DB, 10 * float(np.log10(max(mean / max(samples, 1), 1e-9))))


class Clock:
    """Ticks `fps` times a second since `zero` (seconds since 1970) and hands on what goes out.

    `put` takes (a picture or None, tick, is it a key picture, sound, number of the
    first sample).
    """

    def __init__(self, spec: LiveSpec, intake: Intake, zero: float, tell: Tell) -> None:
        self._spec, self._intake, self._tell = spec, intake, tell
        self._compositor = Compositor(spec)
        self._orders: queue.SimpleQueue[Pin] = queue.SimpleQueue()
        # Only its beginning is taken from the wall clock, which may be set while we run.
        self._zero = time.monotonic() - (time.time() - zero)
        self.counts = Counts()
        self.is_muted = False
        self.is_over = False

    def pin(self, order: Pin) -> None:
        """Show a card from the next picture on."""
        self._orders.put(order)

    def run(self, put: Callable[[VideoFrame | None, int, bool, np.ndarray, int], None]) -> None:
        """Until `is_over`."""
        fps = self._spec.fps
        tick = int((time.monotonic() - self._zero) * fps) + 1
        is_slate, last_new, told, left_out = True, -1e9, 0, 0
        while not self.is_over:
            wait = self._zero + tick / fps - time.monotonic()
            if wait > 0:
                time.sleep(wait)
            elif -wait > _GIVEN_UP_SECONDS:
                missed = int(-wait * fps)
                self.counts.late += missed
                tick += missed
            elif -wait > 1 / fps:
                self.counts.late += 1
            seconds = tick / fps
            is_key = self._obey(seconds)
            first, last = tick * RATE_HZ // fps, (tick + 1) * RATE_HZ // fps
            sound = np.zeros(last - first, np.float32)
            if source := self._intake.source():
                picture, sound = source.tick(last - first)
                if picture is not None:
                    self._compositor.show(picture)
                    self.counts.shown += 1
                    last_new = seconds
                    if is_slate:
                        is_slate = False
                        self._tell({"on_air": seconds})
            if not is_slate and seconds - last_new >= SLATE_AFTER_SECONDS:
                is_slate = True
                self._compositor.slate()
                self._tell({"slate": seconds})
            if self.is_muted:
                sound[:] = 0
            self.counts.squares += float(np.dot(sound, sound))
            self.counts.samples += len(sound)
            is_left_out = -wait > _BEHIND_SECONDS and not is_key and left_out < _MOST_LEFT_OUT
            left_out = left_out + 1 if is_left_out else 0
            put(None if is_left_out else self._compositor.frame, tick, is_key, sound, first)
            self.counts.frames += 1
            tick += 1
            if int(seconds) != told:
                told = int(seconds)
                self._tell({"second": seconds})

    def _obey(self, seconds: float) -> bool:
        """Do what was asked for since the last tick; whether a key picture is due."""
        is_key = False
        while not self._orders.empty():
            order = self._orders.get()
            try:
                self._compositor.pin(order.png)
            except ValueError:
                self._tell({"pinned": order.number, "failed": True})
                continue
            self._tell({"pinned": order.number, "seconds": seconds, "name": order.name})
            is_key = True
        return is_key
