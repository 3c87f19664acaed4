"""In memory: who watches which show, and a bell that wakes all who wait for its next change.

The shop is one process; what another process changes is seen at the next look, a second later.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress

from catalog.live.shows.queries import SQL
from catalog.storage.database import Database, now_ms

LOOK_SECONDS = 1.0
"""So old may a shared look at a show be; stock changes from outside a show ring no bell."""

GONE_SECONDS = 12.0
"""Who has not asked for so long has left."""

WRITE_SECONDS = 20.0
MOST_VIEWERS = 5_000
log = logging.getLogger("cho_phien.live")


class Rooms:
    """Opened and closed by the app's lifespan."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._seen: dict[str, dict[str, float]] = {}
        self._looks: dict[str, tuple[float, str]] = {}
        self._locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._most: dict[str, int] = {}
        self._writing: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Begin to write down how many watch."""
        self._writing = asyncio.create_task(self._write_for_ever())

    async def close(self) -> None:
        """Let everybody who waits go, and stop."""
        for waiting in self._waiting.values():
            for event in waiting:
                event.set()
        if self._writing:
            self._writing.cancel()
            with suppress(asyncio.CancelledError):
                await self._writing

    def ring(self, show_id: str) -> None:
        """The show has changed, and the transaction is committed."""
        self._looks.pop(show_id, None)
        for event in self._waiting.get(show_id, ()):
            event.set()

    async def wait(self, show_id: str, seconds: float) -> None:
        """Return at the next ring, or after so many seconds."""
        event = asyncio.Event()
        self._waiting[show_id].add(event)
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await event.wait()
        finally:
            self._waiting[show_id].discard(event)
            if not self._waiting[show_id]:
                del self._waiting[show_id]

    def watch(self, show_id: str, visitor: str) -> None:
        """This visitor's page is open now."""
        seen = self._seen.setdefault(show_id, {})
        if visitor in seen or len(seen) < MOST_VIEWERS:
            seen[visitor] = time.monotonic()
        self._most[show_id] = max(self._most.get(show_id, 0), self.viewers(show_id))

    def leave(self, show_id: str, visitor: str) -> None:
        """This visitor's page was closed."""
        self._seen.get(show_id, {}).pop(visitor, None)

    def viewers(self, show_id: str) -> int:
        """How many pages are open now."""
        since = time.monotonic() - GONE_SECONDS
        seen = self._seen.get(show_id, {})
        for visitor in [one for one, at in seen.items() if at < since]:
            del seen[visitor]
        return len(seen)

    async def look(self, show_id: str, make: Callable[[], Awaitable[str]]) -> str:
        """What `make` tells of the show, at most a second old, made once for all who ask together."""
        async with self._locks[show_id]:
            known = self._looks.get(show_id)
            if known and time.monotonic() - known[0] < LOOK_SECONDS:
                return known[1]
            told = await make()
            self._looks[show_id] = (time.monotonic(), told)
            return told

    async def write(self) -> None:
        """Write down the most viewers since the last writing, for the report."""
        most, self._most = self._most, {show_id: count for show_id in self._most if (count := self.viewers(show_id))}
        if not most:
            return
        minute_ms = now_ms() // 60_000 * 60_000
        async with self._db.write() as connection:
            for show_id, viewers in most.items():
                await SQL.note_viewers(connection, show_id=show_id, minute_ms=minute_ms, viewers=viewers)

    async def _write_for_ever(self) -> None:
        while True:
            await asyncio.sleep(WRITE_SECONDS)
            try:
                await self.write()
            except Exception:
                log.exception("viewers could not be written down")
