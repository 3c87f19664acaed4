"""Where a live's recording and playlists go: a thread of its own writes them, so that a disk that is slow
holds no picture up.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable
from contextlib import suppress
from io import FileIO
from pathlib import Path

from media.live.hls import Playlists
from media.live.recording import Fragment, part_name, parts
from media.live.space import Space, append

# Six minutes of a live; a disk that takes nothing for so long loses pieces of the recording.
_MOST_WAITING = 200
_CLOSE_SECONDS = 45.0


class Shelf:
    """The next part of the recording in `folder`, and its playlists.

    Fragments stand in the part before a playlist names them. When the disk has no room, what is on air
    goes on without being recorded. `zero` as in media.live.hls.
    """

    def __init__(self, folder: Path, zero: float, leave_bytes: int) -> None:
        self._folder, self._zero = folder, zero
        self._space = Space(folder, leave_bytes)
        self._part = len(parts(folder)) + 1
        self._file: FileIO | None = None
        with suppress(OSError):
            self._file = (folder / part_name(self._part)).open("xb", buffering=0)
        self._head = b""
        self._playlists: Playlists | None = None
        self._waiting: queue.Queue[Fragment | None] = queue.Queue(_MOST_WAITING)
        self._thread = threading.Thread(target=self._run, name="shelf", daemon=True)
        self._thread.start()

    def put(self, fragments: Iterable[Fragment]) -> None:
        """Have them written; never waits."""
        for fragment in fragments:
            try:
                self._waiting.put_nowait(fragment)
            except queue.Full:
                return

    def close(self) -> None:
        """Wait for all that is to be written, and end the playlists."""
        self._waiting.put(None, timeout=_CLOSE_SECONDS)
        self._thread.join(_CLOSE_SECONDS)

    def _run(self) -> None:
        while fragment := self._waiting.get():
            self._write(fragment)
        if self._file:
            self._file.close()
        if self._playlists:
            self._playlists.close()

    def _write(self, fragment: Fragment) -> None:
        at = self._record(fragment)
        if fragment.is_head:
            self._head += fragment.data
            return
        with suppress(OSError):
            if self._playlists is None:
                self._playlists = Playlists(self._folder, part=self._part, head=self._head, zero=self._zero)
            self._playlists.add(fragment, at)

    def _record(self, fragment: Fragment) -> int | None:
        """Where it stands in the part, None when it could not be kept."""
        if self._file is None or not (fragment.is_head or self._space.has_room):
            return None
        try:
            return append(self._file, fragment.data)
        except OSError:
            if fragment.is_head:  # what came later could not be read
                self._file.close()
                self._file = None
            return None
