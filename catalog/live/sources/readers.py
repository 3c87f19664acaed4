"""One task for each source of each show on air: begins with the show, ends with it, goes on after a restart."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import aclosing, suppress

from catalog.errors import Conflict
from catalog.live.shows.model import COMMENT_DAYS
from catalog.live.sources.feeds import feed_of
from catalog.live.sources.model import Pace, Pause, Source, Stop
from catalog.live.sources.queries import SQL, set_state, source_by_id
from catalog.live.sources.take import take_batch
from catalog.storage.database import now_ms
from catalog.storage.shop import Shop

LOOK_SECONDS = 2.0
MOST_READERS = 60
BUSY = 15
"""30 s at the usual pace."""

DAY_MS = 24 * 3600_000

log = logging.getLogger("cho_phien.live")


class Readers:
    """Opened and closed by the app's lifespan. `ring` is called with a show's id after each change."""

    def __init__(self, shop: Shop, ring: Callable[[str], None] = lambda show_id: None, pace: Pace | None = None) -> None:
        self._shop = shop
        self._ring = ring
        self._pace = pace or Pace()
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._keys: dict[str, str] = {}
        self._wake = asyncio.Event()
        self._keeping: asyncio.Task[None] | None = None
        self._forgotten_ms = 0

    def open(self) -> None:
        """Begin to look which shows are on air."""
        self._keeping = asyncio.create_task(self._keep())

    async def close(self) -> None:
        """Stop at once; the cursors say where to go on."""
        tasks = [*self._tasks.values(), *([self._keeping] if self._keeping else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._tasks.clear()

    def wake(self) -> None:
        """Look now: a source was added, a show began or ended."""
        self._wake.set()

    async def look(self) -> None:
        """Begin what is to be read and isn't, end what is read and isn't to be any more, or not with this key."""
        async with self._shop.db.read() as connection:
            wanted = {row["id"]: row["sealed"] for row in await SQL.sources_to_read(connection, most=MOST_READERS)}
        ended = [source_id for source_id, task in self._tasks.items()
                 if task.done() or wanted.get(source_id) != self._keys[source_id]]
        for source_id in ended:
            task = self._tasks.pop(source_id)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        for source_id in wanted.keys() - self._tasks.keys():
            self._keys[source_id] = wanted[source_id]
            self._tasks[source_id] = asyncio.create_task(read_source(self._shop, source_id, self._ring, self._pace))

    async def forget(self) -> None:
        """Once a day: forget which comment was which, when the comments themselves are forgotten."""
        if now_ms() - self._forgotten_ms < DAY_MS:
            return
        async with self._shop.db.write() as connection:
            await SQL.forget_comments(connection, before_ms=now_ms() - COMMENT_DAYS * DAY_MS)
        self._forgotten_ms = now_ms()

    async def _keep(self) -> None:
        while True:
            self._wake.clear()
            try:
                await self.look()
                await self.forget()
            except Exception:
                log.exception("the sources of comments could not be looked at")
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._wake.wait()


async def read_source(shop: Shop, source_id: str, ring: Callable[[str], None], pace: Pace) -> None:
    """Read until the show is over, the source is taken away, or only a person can help."""
    tries = 0
    while True:
        async with shop.db.read() as connection:
            source = await source_by_id(connection, source_id)
        if source is None or source.is_removed or source.state == "stopped":
            return
        try:
            async with aclosing(feed_of(shop, source, pace)) as feed:
                async for batch, chat in feed:
                    tries = 0
                    if await take_batch(shop, source, batch, chat=chat):
                        ring(source.show_id)
        except Conflict:
            return
        except Stop as stop:
            await _say(shop, source, ring, "stopped", stop.reason)
            return
        except Pause as pause:
            reason, seconds = pause.reason, pause.seconds
        except Exception as error:
            # Without its text and trace: an address with a token may stand in them.
            log.error("reading comments from %s failed: %s", source.network, type(error).__name__)
            reason, seconds = "fault", None
        tries += 1
        wait = seconds if seconds is not None else wait_seconds(pace, reason, tries)
        await _say(shop, source, ring, "waiting", reason, now_ms() + int(wait * 1000))
        await asyncio.sleep(wait)


def wait_seconds(pace: Pace, reason: str, tries: int) -> float:
    """How long to pause where the network doesn't say: twice as long each time, longer where it was asked too often."""
    least = pace.again * (BUSY if reason == "busy" else 1)
    return min(pace.longest, least * 2 ** min(tries - 1, 10))


async def _say(shop: Shop, source: Source, ring: Callable[[str], None], state: str, reason: str,
               wait_until_ms: int | None = None) -> None:
    async with shop.db.write() as connection:
        is_news = await set_state(connection, source, state, reason, wait_until_ms)
    if is_news:
        ring(source.show_id)
