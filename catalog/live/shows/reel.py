"""The show's picture for many viewers at once: what all of them ask for within some seconds is looked up once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from catalog.errors import NotFound
from catalog.live.shows.model import Show
from catalog.live.shows.queries import show_by_code
from catalog.storage.database import Database

SHOW_SECONDS = 1.0
"""So old may a show's state be: the end of one is seen that late."""

PLAYLIST_SECONDS = 0.2
PIECE_SECONDS = 20.0
"""Viewers ask for a new piece within some seconds of each other."""

MOST_BYTES = 24 << 20
"""Of pieces in memory at once, of all shows: eight with six seconds each. What is over is read from the disk."""


class Reel:
    """Made with the app; everything in it forgets itself. `folder_of` tells where a show's files are."""

    def __init__(self, db: Database, folder_of: Callable[[str], Path]) -> None:
        self._db, self._folder_of = db, folder_of
        self._shows: dict[str, Show] = {}
        self._playlists: dict[str, bytes] = {}
        self._pieces: dict[Path, bytes] = {}
        self._piece_bytes = 0

    async def playlist(self, code: str) -> bytes | None:
        """The last half minute (RFC 8216); None where nothing is on air. Raises `NotFound`."""
        show = await self._show(code)
        if show.state != "live":
            return None
        if show.id not in self._playlists:
            try:
                self._playlists[show.id] = (self._folder_of(show.id) / "live.m3u8").read_bytes()
            except FileNotFoundError:
                return None
            self._later(PLAYLIST_SECONDS, self._playlists, show.id)
        return self._playlists[show.id]

    async def piece(self, code: str, name: str) -> bytes:
        """A segment, or a header, which never change. Raises `NotFound`."""
        path = self._folder_of((await self._show(code)).id) / name
        if path in self._pieces:
            return self._pieces[path]
        try:
            data = await asyncio.to_thread(path.read_bytes)
        except FileNotFoundError:
            raise NotFound from None
        if path not in self._pieces and self._piece_bytes + len(data) <= MOST_BYTES:
            self._pieces[path] = data
            self._piece_bytes += len(data)
            asyncio.get_running_loop().call_later(PIECE_SECONDS, self._forget, path)
        return data

    async def _show(self, code: str) -> Show:
        code = code.upper()
        if code not in self._shows:
            async with self._db.read() as connection:
                show = await show_by_code(connection, code)
            if show is None:
                raise NotFound("Không có buổi phát này. Xem lại đường dẫn.")
            self._shows[code] = show
            self._later(SHOW_SECONDS, self._shows, code)
        return self._shows[code]

    def _later(self, seconds: float, kept: dict[str, Show] | dict[str, bytes], key: str) -> None:
        asyncio.get_running_loop().call_later(seconds, kept.pop, key, None)

    def _forget(self, path: Path) -> None:
        self._piece_bytes -= len(self._pieces.pop(path))
