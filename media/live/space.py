"""How much longer a live can be kept, and an end of keeping it before the disk is full: the shop's orders
are written to the same one."""

from __future__ import annotations

import os
import shutil
import time
from contextlib import suppress
from io import FileIO
from pathlib import Path

from media.live.spec import LONGEST_MINUTES

_LOOK_SECONDS = 1.0
# Room must have come back by so much before keeping begins again.
_AGAIN_BYTES = 64 << 20


class Space:
    """The disk of a folder, of which `leave_bytes` are left alone."""

    def __init__(self, folder: Path, leave_bytes: int) -> None:
        self._folder, self._leave_bytes = folder, leave_bytes
        self._looked_at = float("-inf")
        self._spare_bytes = 0
        self._has_room = True

    @property
    def has_room(self) -> bool:
        """Whether anything that grows may be written."""
        if time.monotonic() - self._looked_at >= _LOOK_SECONDS:
            self._look()
        return self._has_room

    def minutes_left(self, bytes_per_second: float, *, owed_bytes: int = 0) -> int:
        """Whole minutes until there is no room, at most 999; 0 when there is none. `owed_bytes` are already promised."""
        if not self.has_room:
            return 0
        minutes = int((self._spare_bytes - owed_bytes) / max(bytes_per_second, 1) / 60)
        return max(1, min(LONGEST_MINUTES, minutes))

    def _look(self) -> None:
        self._looked_at = time.monotonic()
        try:
            free = shutil.disk_usage(self._folder).free
        except OSError:
            free = 0
        self._spare_bytes = free - self._leave_bytes
        self._has_room = self._spare_bytes > (0 if self._has_room else _AGAIN_BYTES)


def copied_later(folder: Path) -> int:
    """The bytes of a show that its end copies: what was recorded, and what phones have sent."""
    total = 0
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith((".slices", ".mp4")):
                total += entry.stat().st_size
    return total


def append(file: FileIO, data: bytes) -> int:
    """Write all at a file's end; where it begins there. A file that can't take all stays as it was, with OSError."""
    at = file.seek(0, os.SEEK_END)
    rest = memoryview(data)
    try:
        while rest:
            rest = rest[file.write(rest) :]
    except OSError:
        file.truncate(at)
        raise
    return at
