"""In memory: who watches which show, and a bell that wakes all who wait for its next change.

The shop is one process; what another process changes is seen at the next look, a second later.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

from catalog.live.shows.queries import SQL
from catalog.storage.database import Database, now_ms

LOOK_SECONDS = 0.5
"""So old may a shared look at a show be, and so often each viewer's page is looked after: what is sold out by an order
from elsewhere rings no bell, and is on every page a second later."""

GONE_SECONDS = 12.0
"""Who has not asked for so long has left."""

WRITE_SECONDS = 20.0
MOST_VIEWERS = 5_000
MOST_OF_ADDRESS = 30
"""Phones behind one address of a mobile network are many; one machine that opens pages by the hundred counts no more."""

log = logging.getLogger("cho_phien.live")


@dataclass(slots=True)
class _Audience:
    """Who watches a show: pairs of address and visitor with the time of their last word, the oldest first."""

    seen: dict[tuple[str, str], float] = field(default_factory=dict)
    of_address: Counter[str] = field(default_factory=Counter)

    def add(self, key: tuple[str, str], at: float, *, most: int) -> None:
        if self.seen.pop(key, None) is None:
            if len(self.seen) >= MOST_VIEWERS or self.of_address[key[0]] >= most:
                return
            self.of_address[key[0]] += 1
        self.seen[key] = at

    def drop(self, key: tuple[str, str]) -> None:
        if self.seen.pop(key, None) is not None:
            self.of_address[key[0]] -= 1
            if not self.of_address[key[0]]:
                del self.of_address[key[0]]

    def count(self, since: float) -> int:
        while self.seen and self.seen[first := next(iter(self.seen))] < since:
            self.drop(first)
        return len(self.seen)


class Rooms:
    """Opened and closed by the app's lifespan."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._audiences: dict[str, _Audience] = defaultdict(_Audience)
        self._looks: dict[str, dict[str, tuple[float, str]]] = {}
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

    def watch(self, show_id: str, visitor: str, *, address: str = "", most: int = MOST_OF_ADDRESS) -> None:
        """This visitor's page is open now; of one address at most so many are counted."""
        self._audiences[show_id].add((address, visitor), time.monotonic(), most=most)
        self._most[show_id] = max(self._most.get(show_id, 0), self.viewers(show_id))

    def leave(self, show_id: str, visitor: str, *, address: str = "") -> None:
        """This visitor's page was closed."""
        if show_id in self._audiences:
            self._audiences[show_id].drop((address, visitor))

    def viewers(self, show_id: str) -> int:
        """How many pages are open now."""
        audience = self._audiences.get(show_id)
        count = audience.count(time.monotonic() - GONE_SECONDS) if audience else 0
        if audience and not count:
            del self._audiences[show_id]
        return count

    async def look(self, show_id: str, language: str, make: Callable[[], Awaitable[str]]) -> str:
        """What `make` tells of the show, at most `LOOK_SECONDS` old, made once for all who ask together in a language."""
        async with self._locks[show_id]:
            looks = self._looks.setdefault(show_id, {})
            known = looks.get(language)
            if known and time.monotonic() - known[0] < LOOK_SECONDS:
                return known[1]
            # Timed before the database is asked: a change that comes meanwhile has its next look no later.
            at = time.monotonic()
            told = await make()
            looks[language] = (at, told)
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
