"""Counts visits in memory and writes them down together: reading a product's page never waits for a writer.

What was not written yet is lost with a killed process: a few seconds of numbers that nobody settles money by.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from itertools import islice

from starlette.requests import Request

from catalog.posts.visits.queries import Seen, add_visits
from catalog.posts.visits.visitor import is_buyer
from catalog.storage.database import Database, now_ms
from catalog.web.clock import local

WRITE_SECONDS = 5.0
MOST_KEPT = 20_000
"""So many different numbers are kept between two writings; more pages than that are not opened in seconds."""

BATCH = 500
"""A transaction's share: other writers wait no longer than that takes."""

log = logging.getLogger("cho_phien.visits")


class VisitCounter:
    """Visits since the last writing. `open()` starts writing every few seconds, `close()` writes the rest."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._counts: dict[Seen, int] = {}
        self._closing = asyncio.Event()
        self._writing: asyncio.Task[None] | None = None

    def count(self, listing_id: str, channel: str) -> None:
        """One visit more, today."""
        seen = (listing_id, channel, local(now_ms()).date().isoformat())
        if seen in self._counts or len(self._counts) < MOST_KEPT:
            self._counts[seen] = self._counts.get(seen, 0) + 1

    async def write(self) -> None:
        """Write down what was counted; what can't be written now is tried again with the next."""
        while self._counts:
            batch = dict(islice(self._counts.items(), BATCH))
            for seen in batch:
                del self._counts[seen]
            try:
                async with self._db.write() as connection:
                    await add_visits(connection, batch)
            except Exception:
                log.exception("visits could not be written down")
                for seen, number in batch.items():
                    self._counts[seen] = self._counts.get(seen, 0) + number
                return

    def open(self) -> None:
        """Start writing every few seconds."""
        self._writing = asyncio.create_task(self._write_now_and_then())

    async def close(self) -> None:
        """Write the rest and stop. Not cancelled: a commit under way would be forgotten, and counted twice."""
        self._closing.set()
        if self._writing:
            await self._writing

    async def _write_now_and_then(self) -> None:
        while not self._closing.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(WRITE_SECONDS):
                    await self._closing.wait()
            await self.write()


def count_visit(request: Request, listing_id: str, channel: str) -> None:
    """Count this request, if a buyer made it."""
    if is_buyer(request):
        counter: VisitCounter = request.app.state.visits
        counter.count(listing_id, channel)
