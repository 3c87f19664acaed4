"""Playlists (RFC 8216): the last half minute as segments of their own, and the whole show as ranges
of the recording.

Segments are put in place under another name first, so that nobody reads half of one.
"""

from __future__ import annotations

import math
import os
import re
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from media.live.encode import GROUP_SECONDS
from media.live.recording import Fragment, part_name

LIVE, FULL = "live.m3u8", "full.m3u8"
_WINDOW_SECONDS = 30.0
# Players that lag still ask for segments that have left the list.
_GRACE_SEGMENTS = 30
_VERSION = 7
_SEGMENT = re.compile(r"segment-(\d{6})\.m4s")


@dataclass(frozen=True, slots=True)
class Listed:
    """A segment in the live playlist."""

    number: int
    part: int
    seconds: float
    shown_at: float
    is_cut: bool

    @property
    def name(self) -> str:
        """Its file."""
        return segment_name(self.number)


def segment_name(number: int) -> str:
    """The file of a segment."""
    return f"segment-{number:06d}.m4s"


def head_name(part: int) -> str:
    """The file of a part's header."""
    return f"init-{part}.mp4"


class Playlists:
    """Both playlists of a folder, carried on where an earlier worker stopped.

    `zero` is when the output clock stood at 0, in seconds since 1970.
    """

    def __init__(self, folder: Path, *, part: int, head: bytes, zero: float) -> None:
        self._folder, self._part, self._zero = folder, part, zero
        self._head_bytes = len(head)
        numbers = [int(found[1]) for path in folder.glob("segment-*.m4s") if (found := _SEGMENT.fullmatch(path.name))]
        self._next = max(numbers, default=0) + 1
        self._window = deque(_listed(folder / LIVE))
        shown = {item.number for item in self._window}
        self._old: deque[int] = deque(number for number in sorted(numbers) if number not in shown)
        # Each part but the first begins with a cut.
        self._cuts_gone = max(0, part - 2 - sum(item.is_cut for item in self._window))
        self._is_first = True
        self._put(head_name(part), head)
        full = folder / FULL
        if full.exists():
            full.write_text(full.read_text().replace("#EXT-X-ENDLIST\n", ""))
        else:
            self._put(FULL, f"#EXTM3U\n#EXT-X-VERSION:{_VERSION}\n#EXT-X-TARGETDURATION:{GROUP_SECONDS}\n"
                            "#EXT-X-PLAYLIST-TYPE:EVENT\n#EXT-X-INDEPENDENT-SEGMENTS\n".encode())

    def add(self, fragment: Fragment, at: int) -> None:
        """Publish a fragment, which stands at byte `at` of its part, as the newest segment."""
        seconds, shown_at = fragment.end - fragment.begin, self._zero + fragment.begin
        is_cut = self._is_first and self._part > 1
        listed = Listed(self._next, self._part, seconds, shown_at, is_cut)
        self._put(listed.name, fragment.data)
        self._next += 1
        self._window.append(listed)
        self._add_to_full(fragment, at, listed)
        self._is_first = False
        while sum(item.seconds for item in self._window) - self._window[0].seconds >= _WINDOW_SECONDS:
            gone = self._window.popleft()
            self._cuts_gone += gone.is_cut
            self._old.append(gone.number)
        while len(self._old) > _GRACE_SEGMENTS:
            (self._folder / segment_name(self._old.popleft())).unlink(missing_ok=True)
        self._put(LIVE, self._live(is_over=False).encode())

    def close(self) -> None:
        """Say in both that nothing more comes."""
        self._put(LIVE, self._live(is_over=True).encode())
        with (self._folder / FULL).open("a") as full:
            full.write("#EXT-X-ENDLIST\n")

    def _live(self, *, is_over: bool) -> str:
        first = self._window[0].number if self._window else self._next
        longest = max([GROUP_SECONDS, *(math.ceil(item.seconds - 0.5) for item in self._window)])
        lines = ["#EXTM3U", f"#EXT-X-VERSION:{_VERSION}", f"#EXT-X-TARGETDURATION:{longest}",
                 f"#EXT-X-MEDIA-SEQUENCE:{first}", f"#EXT-X-DISCONTINUITY-SEQUENCE:{self._cuts_gone}",
                 "#EXT-X-INDEPENDENT-SEGMENTS"]
        for item in self._window:
            if item.is_cut:
                lines.append("#EXT-X-DISCONTINUITY")
            if item.is_cut or item is self._window[0]:
                lines.append(f'#EXT-X-MAP:URI="{head_name(item.part)}"')
            lines += [f"#EXT-X-PROGRAM-DATE-TIME:{_date(item.shown_at)}", f"#EXTINF:{item.seconds:.3f},", item.name]
        return "\n".join([*lines, *(["#EXT-X-ENDLIST"] if is_over else []), ""])

    def _add_to_full(self, fragment: Fragment, at: int, listed: Listed) -> None:
        name, lines = part_name(self._part), []
        if self._is_first:
            lines += ["#EXT-X-DISCONTINUITY"] if listed.is_cut else []
            lines.append(f'#EXT-X-MAP:URI="{name}",BYTERANGE="{self._head_bytes}@0"')
        lines += [f"#EXT-X-PROGRAM-DATE-TIME:{_date(listed.shown_at)}", f"#EXTINF:{listed.seconds:.3f},",
                  f"#EXT-X-BYTERANGE:{len(fragment.data)}@{at}", name, ""]
        with (self._folder / FULL).open("a") as full:
            full.write("\n".join(lines))

    def _put(self, name: str, data: bytes) -> None:
        part = self._folder / f".{name}.part"
        part.write_bytes(data)
        os.replace(part, self._folder / name)


def _listed(playlist: Path) -> list[Listed]:
    """The segments of a live playlist that an earlier worker left."""
    listed: list[Listed] = []
    is_cut, part, shown_at, seconds = False, 0, 0.0, 0.0
    for line in playlist.read_text().splitlines() if playlist.exists() else ():
        name, _, value = line.partition(":")
        if name == "#EXT-X-DISCONTINUITY":
            is_cut = True
        elif name == "#EXT-X-MAP":
            part = int(value.partition("init-")[2].partition(".")[0])
        elif name == "#EXT-X-PROGRAM-DATE-TIME":
            shown_at = datetime.fromisoformat(value).timestamp()
        elif name == "#EXTINF":
            seconds = float(value.rstrip(","))
        elif found := _SEGMENT.fullmatch(line):
            listed.append(Listed(int(found[1]), part, seconds, shown_at, is_cut))
            is_cut = False
    return listed


def _date(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
