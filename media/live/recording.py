"""The recording: fragmented MP4 that grows by one group of pictures at a time and needs no end.

A fragment is given whole when it is complete, so a part that was cut off by a crash plays to its
last fragment (ISO/IEC 14496-12, 8.8). A worker that carries on begins a new part.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av

from media.live.encode import Coded

# Times go on from part to part, so they are never moved to zero.
_CONTAINER = {
    "movflags": "frag_keyframe+empty_moov+default_base_moof+frag_discont+skip_trailer",
    "avoid_negative_ts": "disabled",
    "flush_packets": "1",
}


@dataclass(frozen=True, slots=True)
class Fragment:
    """A group of pictures: from when to when on the output clock. A part's head, which comes first
    and is no group, has no length."""

    data: bytes
    begin: float
    end: float

    @property
    def is_head(self) -> bool:
        """Whether it is (a piece of) the head."""
        return self.end == self.begin


def part_name(number: int) -> str:
    """The file of a recording's part."""
    return f"recording-{number}.mp4"


def parts(folder: Path) -> list[Path]:
    """The recording's parts in order."""
    numbers = sorted(int(path.stem.rpartition("-")[2]) for path in folder.glob("recording-*.mp4"))
    return [folder / part_name(number) for number in numbers]


class Recording:
    """One part being made. `container` takes the encoder's streams before the first packet."""

    def __init__(self, fps: int) -> None:
        self._fps = fps
        self._written = bytearray()
        self._keys: deque[float] = deque()
        self._last = 0.0
        self.container: Any = av.open(_Sink(self._written), "w", format="mp4", options=_CONTAINER)

    def write(self, coded: Coded) -> list[Fragment]:
        """Take a packet; what is complete now."""
        if coded.is_video:
            self._last = coded.seconds
            if coded.is_key:
                self._keys.append(coded.seconds)
        before = len(self._written)
        self.container.mux(coded.packet)
        return self._complete() if len(self._written) > before else []

    def close(self) -> list[Fragment]:
        """The last fragments."""
        self._keys.append(self._last + 1 / self._fps)
        self.container.close()
        return self._complete()

    def _complete(self) -> list[Fragment]:
        done = []
        while (length := _whole(self._written)) is not None:
            data = bytes(self._written[:length])
            del self._written[:length]
            if data[4:8] != b"moof":
                done.append(Fragment(data, 0.0, 0.0))
                continue
            begin = self._keys.popleft()
            done.append(Fragment(data, begin, self._keys[0] if self._keys else self._last))
        return done


class _Sink:
    def __init__(self, written: bytearray) -> None:
        self._written = written

    def write(self, data: bytes) -> int:
        self._written += data
        return len(data)


def _whole(data: bytearray) -> int | None:
    """The length of the first box, or of a fragment's two, if all of it is there."""
    length = 0
    while length + 8 <= len(data):
        kind = bytes(data[length + 4 : length + 8])
        length += int.from_bytes(data[length : length + 4], "big")
        if length > len(data):
            return None
        if kind != b"moof":
            return length
    return None
