"""Where files are kept: photos, pictures, clips, each under the SHA-256 of its bytes.

A file is whole or absent: written beside its place, flushed to the disk, then renamed. The same
bytes are kept once, so keeping a file twice is harmless.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
from pathlib import Path


class Objects:
    """Files in a folder. A key is `<64 hex digits>.<ending>`, stable for ever, safe in an address."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.scratch = folder / "tmp"
        # Held while a file is kept and named, and while an unnamed one is dropped: the same bytes
        # may be given up by one person in the moment in which another brings them.
        self.naming = asyncio.Lock()

    def open(self) -> None:
        """Make the folders; what a killed process left half written is swept away."""
        shutil.rmtree(self.scratch, ignore_errors=True)
        self.scratch.mkdir(parents=True)

    async def keep(self, source: Path) -> str:
        """The key under which a copy of `source` now stands, on the disk and not only in memory."""
        return await asyncio.to_thread(self._keep, source)

    def path(self, key: str) -> Path:
        """Where the file of `key` stands."""
        return self.folder / key[:2] / key

    async def drop(self, key: str) -> None:
        """Forget the file of `key`; nothing happens where there is none."""
        await asyncio.to_thread(self.path(key).unlink, missing_ok=True)

    def old_keys(self, folder: str, *, before_seconds: float) -> list[str]:
        """Keys in one of the 256 folders (`00` to `ff`) whose files were written before that time."""
        found = (self.folder / folder).glob("*") if (self.folder / folder).is_dir() else ()
        return sorted(path.name for path in found if path.is_file() and path.stat().st_mtime < before_seconds)

    def _keep(self, source: Path) -> str:
        with source.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        key = digest + source.suffix.lower()
        place = self.path(key)
        if place.exists():
            return key
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = self.scratch / f"{key}.{os.getpid()}.{id(source)}"
        with source.open("rb") as file, beside.open("wb") as copy:
            shutil.copyfileobj(file, copy, 1 << 20)
            copy.flush()
            os.fsync(copy.fileno())
        os.replace(beside, place)
        _flush_folder(place.parent)
        return key


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
