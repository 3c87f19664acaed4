"""Pieces of a show after its end: what was recorded between two moments, copied without encoding again.

The full playlist tells where each group of pictures lies in the recording. A pin begins a group, so
a piece begins on the very frame at which its card was laid.
"""

from __future__ import annotations

import errno
import io
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import Any

import av

from media.live.hls import FULL
from media.live.spliced import Spliced
from media.live.zero import zero_of

# A pin's moment is told to the frame; times in the playlist are rounded to the millisecond.
_NEARLY_SECONDS = 0.005
# What is asked of the disk at once; PyAV's own 32 kB would be twenty thousand calls an hour.
_READ_BYTES = 1 << 20
_MILLISECONDS = Fraction(1, 1000)


class NothingThere(Exception):
    """The recording has nothing between the two moments."""


@dataclass(frozen=True, slots=True)
class Place:
    """A group of pictures in a part's file; `begin` in seconds of the output clock."""

    file: str
    at: int
    length: int
    begin: float
    seconds: float

    @property
    def end(self) -> float:
        """When the next group begins, if there is one."""
        return self.begin + self.seconds


@dataclass(frozen=True, slots=True)
class Chapter:
    """A name for what begins at a moment of the output clock."""

    begin: float
    title: str


def places(folder: Path) -> tuple[dict[str, int], list[Place]]:
    """The length of each part's header, and all groups in order, by the full playlist."""
    zero = zero_of(folder)
    heads: dict[str, int] = {}
    found: list[Place] = []
    begin = seconds = 0.0
    at = length = 0
    for line in (folder / FULL).read_text().splitlines():
        name, _, value = line.partition(":")
        if name == "#EXT-X-MAP":
            file, head_bytes = value.split('"')[1], value.split('"')[3].partition("@")[0]
            heads[file] = int(head_bytes)
        elif name == "#EXT-X-PROGRAM-DATE-TIME":
            begin = datetime.fromisoformat(value).timestamp() - zero
        elif name == "#EXTINF":
            seconds = float(value.rstrip(","))
        elif name == "#EXT-X-BYTERANGE":
            length, at = (int(number) for number in value.split("@"))
        elif line and not line.startswith("#"):
            found.append(Place(line, at, length, begin, seconds))
    return heads, found


def cut(
    folder: Path, begin: float, end: float, out: Path, *, chapters: Iterable[Chapter] = (), title: str = "",
    leave_bytes: int = 0,
) -> float:
    """Write what was on air from `begin` to `end` (seconds of the output clock) as an MP4 whose index
    stands first; its length in seconds.

    It begins with the group that begins at or before `begin` and ends with the one that `end` lies
    in or ends. Where a worker had died in between, the parts are joined. `chapters` are marked as
    players list them; what comes before the first has none. Memory doesn't grow with the length
    but for the index. Raises NothingThere, and OSError where fewer than `leave_bytes` of the disk would be free.
    """
    heads, all_places = places(folder)
    wanted = [place for place in all_places
              if place.end > begin + _NEARLY_SECONDS and place.begin < end - _NEARLY_SECONDS]
    if not wanted:
        raise NothingThere
    if shutil.disk_usage(folder).free - sum(place.length for place in wanted) < leave_bytes:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    part = out.with_suffix(".part")
    try:
        with av.open(str(part), "w", format="mp4", options={"movflags": "+faststart"}) as made:
            if title:
                made.metadata["title"] = title
            joint = _Joint(made)
            for file, run in groupby(wanted, key=lambda place: place.file):
                joint.add(folder / file, heads[file], list(run))
            made.set_chapters(joint.marked(list(chapters)))
        os.replace(part, out)
    finally:
        part.unlink(missing_ok=True)
    return float(joint.seconds)


class _Joint:
    """Copies packets from sources one behind the other, from time 0."""

    def __init__(self, made: Any) -> None:
        self._made = made
        self._streams: dict[int, Any] = {}
        self._joined: list[tuple[float, float, float]] = []
        self.seconds = Fraction(0)

    def add(self, path: Path, head_bytes: int, run: list[Place]) -> None:
        ranges = [(0, head_bytes), *((place.at, place.length) for place in run)]
        with path.open("rb") as file:
            spliced = io.BufferedReader(Spliced(file, ranges))
            with av.open(spliced, "r", format="mp4", buffer_size=_READ_BYTES) as source:
                self._copy(source, run)

    def marked(self, chapters: list[Chapter]) -> list[Any]:
        """The chapters as the container takes them: each lasts until the next, in the file's own time."""
        starts = [max(0.0, self._in_file(chapter.begin)) for chapter in chapters]
        ends = [*starts, float(self.seconds)][1:]
        return [{"id": number, "start": round(start * 1000), "end": round(end * 1000), "time_base": _MILLISECONDS,
                 "metadata": {"title": chapter.title}}
                for number, (chapter, start, end) in enumerate(zip(chapters, starts, ends, strict=True)) if end > start]

    def _in_file(self, moment: float) -> float:
        """Where a moment of the output clock has come to lie; one in a hole, at the hole's end."""
        for begin, end, shift in self._joined:
            if moment < end:
                return max(moment, begin) + shift
        return float(self.seconds)

    def _copy(self, source: Any, run: list[Place]) -> None:
        for stream in source.streams:
            if stream.index not in self._streams:
                self._streams[stream.index] = self._made.add_stream_from_template(stream)
        shift: Fraction | None = None
        end = self.seconds
        for packet in source.demux():
            if not packet.size or packet.dts is None:
                continue
            # The first packet is the key picture: what sounds before it belongs to what was before.
            at = packet.dts * packet.time_base
            if shift is None:
                if packet.stream.type != "video":
                    continue
                shift = self.seconds - at
                self._joined.append((run[0].begin, run[-1].end, float(self.seconds) - run[0].begin))
            if at + shift < self.seconds:
                continue
            end = max(end, at + shift + (packet.duration or 0) * packet.time_base)
            moved = round(shift / packet.time_base)
            packet.dts, packet.pts = packet.dts + moved, packet.pts + moved
            packet.stream = self._streams[packet.stream.index]
            self._made.mux(packet)
        self.seconds = end
