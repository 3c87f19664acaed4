"""Playlists (RFC 8216): the last half minute as segments of their own, and the whole show as ranges
of the recording.

Segments are put in place under another name first, so that nobody reads half of one.
"""

from __future__ import annotations

import math
import os
import re
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from media.live.encode import GROUP_SECONDS
from media.live.recording import Fragment, part_name
from media.live.space import append

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
        self._is_torn = part > 1
        self._is_recorded = self._is_recording_torn = False
        self._put(head_name(part), head)
        full = folder / FULL
        if full.exists():
            self._put(FULL, full.read_bytes().replace(b"#EXT-X-ENDLIST\n", b""))
        else:
            self._put(FULL, f"#EXTM3U\n#EXT-X-VERSION:{_VERSION}\n#EXT-X-TARGETDURATION:{GROUP_SECONDS}\n"
                            "#EXT-X-PLAYLIST-TYPE:EVENT\n#EXT-X-INDEPENDENT-SEGMENTS\n".encode())

    def add(self, fragment: Fragment, at: int | None) -> None:
        """Publish a fragment, which stands at byte `at` of its part, as the newest segment; with None it was
        not recorded. Raises OSError when it could not be written, and then goes on with the next."""
        seconds, shown_at = fragment.end - fragment.begin, self._zero + fragment.begin
        listed = Listed(self._next, self._part, seconds, shown_at, self._is_torn)
        self._add_to_full(fragment, at, shown_at)
        try:
            self._put(listed.name, fragment.data)
        except OSError:
            self._is_torn = True
            self._forget(keep=0)
            raise
        self._next, self._is_torn = self._next + 1, False
        self._window.append(listed)
        while sum(item.seconds for item in self._window) - self._window[0].seconds >= _WINDOW_SECONDS:
            gone = self._window.popleft()
            self._cuts_gone += gone.is_cut
            self._old.append(gone.number)
        self._forget(keep=_GRACE_SEGMENTS)
        self._put(LIVE, self._live(is_over=False).encode())

    def close(self) -> None:
        """Say in both that nothing more comes."""
        with suppress(OSError):
            self._put(LIVE, self._live(is_over=True).encode())
        with suppress(OSError):
            self._append_to_full("#EXT-X-ENDLIST\n")

    def _forget(self, *, keep: int) -> None:
        """Let the oldest segments that no list names go, but so many."""
        while len(self._old) > keep:
            (self._folder / segment_name(self._old.popleft())).unlink(missing_ok=True)

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

    def _add_to_full(self, fragment: Fragment, at: int | None, shown_at: float) -> None:
        is_torn, self._is_recording_torn = self._is_recording_torn, self._is_recorded
        if at is None:
            return
        name, lines = part_name(self._part), []
        if is_torn or (self._part > 1 and not self._is_recorded):
            lines.append("#EXT-X-DISCONTINUITY")
        if not self._is_recorded:
            lines.append(f'#EXT-X-MAP:URI="{name}",BYTERANGE="{self._head_bytes}@0"')
        lines += [f"#EXT-X-PROGRAM-DATE-TIME:{_date(shown_at)}", f"#EXTINF:{fragment.end - fragment.begin:.3f},",
                  f"#EXT-X-BYTERANGE:{len(fragment.data)}@{at}", name, ""]
        with suppress(OSError):
            self._append_to_full("\n".join(lines))
            self._is_recorded, self._is_recording_torn = True, False

    def _append_to_full(self, text: str) -> None:
        with (self._folder / FULL).open("r+b", buffering=0) as full:
            append(full, text.encode())

    def _put(self, name: str, data: bytes) -> None:
        part = self._folder / f".{name}.part"
        try:
            part.write_bytes(data)
            os.replace(part, self._folder / name)
        except OSError:
            part.unlink(missing_ok=True)
            raise


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
