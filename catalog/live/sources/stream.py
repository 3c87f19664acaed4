"""A Page's live comments as they are written: Facebook's event stream beside slow polling, fast polling without it.

Source: Meta, Server-Sent Events, "Live Comments". The token stands in the address, which is why nothing here
writes an address into a log or an error.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, suppress

import httpx

from catalog.live.sources.facebook import FIELDS, comments_after, to_comment
from catalog.live.sources.model import Batch, Incoming, Pace
from catalog.live.sources.sse import EventReader, TooLong
from catalog.posts.publishers.address import check_address
from catalog.posts.publishers.graph import Graph
from catalog.posts.publishers.model import Refused
from catalog.posts.publishers.wire import CONNECT_SECONDS
from catalog.storage.settings import Networks

RATE = "one_hundred_per_second"
"""The most there is: an order that Facebook thinks a poor comment is an order all the same."""

MOST_WAITING = 200
MOST_TOGETHER = 25
SLOW_FROM_PERCENT, HARDLY_FROM_PERCENT = 80.0, 95.0
SLOW, HARDLY = 4, 12
REFUSED_FAILS = 6


class LiveStream:
    """Keeps one event stream open and puts its comments into `heard`; None there says that it has just broken."""

    def __init__(self, networks: Networks, token: str, live_id: str, page_id: str, pace: Pace) -> None:
        self._address = f"{networks.facebook_stream}/{live_id}/live_comments"
        self._params = {"access_token": token, "comment_rate": RATE, "fields": FIELDS}
        self._page_id = page_id
        self._pace = pace
        self._allow_loopback = networks.allow_loopback
        self.heard: asyncio.Queue[Incoming | None] = asyncio.Queue(MOST_WAITING)
        self.is_up = False

    async def keep(self) -> None:
        """Open it, and again whenever it ends, more and more slowly where it is refused."""
        fails = 0
        while True:
            has_spoken = False
            try:
                async with aclosing(self._comments()) as comments:
                    async for comment in comments:
                        has_spoken = True
                        await self.heard.put(comment)
            except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, TooLong):
                pass
            except Refused:
                fails = REFUSED_FAILS
            if self.is_up:
                self.is_up = False
                await self.heard.put(None)
            fails = 0 if has_spoken else fails + 1
            await asyncio.sleep(min(self._pace.longest, self._pace.again * 2 ** min(fails, 8)))

    async def _comments(self) -> AsyncGenerator[Incoming, None]:
        check_address(self._address, allow_loopback=self._allow_loopback)
        timeout = httpx.Timeout(self._pace.quiet, connect=CONNECT_SECONDS)
        async with (httpx.AsyncClient(follow_redirects=False, trust_env=False, timeout=timeout) as client,
                    client.stream("GET", self._address, params=self._params,
                                  headers={"Accept": "text/event-stream", "Accept-Encoding": "identity"}) as response):
            kind = response.headers.get("content-type", "")
            if response.status_code != 200 or not kind.startswith("text/event-stream"):
                raise Refused("stream")
            self.is_up = True
            reader = EventReader()
            async for part in response.aiter_raw():
                for data in reader.feed(part):
                    for comment in self._read(data):
                        yield comment

    def _read(self, data: str) -> list[Incoming]:
        try:
            found = json.loads(data)
        except (ValueError, RecursionError):
            return []
        entries = found if isinstance(found, list) else [found]
        return [comment for entry in entries[:MOST_TOGETHER] if (comment := to_comment(entry, self._page_id))]


async def follow_facebook(graph: Graph, networks: Networks, token: str, *, live_id: str, page_id: str, cursor: str,
                          pace: Pace) -> AsyncGenerator[Batch, None]:
    """Comments for as long as somebody asks, from the cursor on; some come twice. Raises `Pause` and `Stop`."""
    stream = LiveStream(networks, token, live_id, page_id, pace)
    keeping = asyncio.create_task(stream.keep())
    try:
        while True:
            batch, has_more = await comments_after(graph, live_id, page_id, cursor)
            cursor, reason = batch.cursor, "slow" if graph.used_percent >= SLOW_FROM_PERCENT else ""
            yield Batch(batch.comments, cursor, reason)
            if has_more and not reason:
                continue
            async for comments in _heard(stream, wait_seconds(pace, graph.used_percent, is_streaming=stream.is_up)):
                yield Batch(comments, cursor, reason)
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)


def wait_seconds(pace: Pace, used_percent: float, *, is_streaming: bool) -> float:
    """Until the next poll: longer beside a stream, and the longer the more of the allowance is used."""
    usual = pace.poll_beside_stream if is_streaming else pace.poll
    return usual * (HARDLY if used_percent >= HARDLY_FROM_PERCENT else SLOW if used_percent >= SLOW_FROM_PERCENT else 1)


async def _heard(stream: LiveStream, seconds: float) -> AsyncIterator[tuple[Incoming, ...]]:
    """What the stream brings within so many seconds; ends early where it breaks, so that polling fills the gap."""
    loop = asyncio.get_running_loop()
    ends = loop.time() + seconds
    while (left := ends - loop.time()) > 0:
        found: list[Incoming | None] = []
        with suppress(TimeoutError):
            async with asyncio.timeout(left):
                found.append(await stream.heard.get())
        while len(found) < MOST_TOGETHER and not stream.heard.empty():
            found.append(stream.heard.get_nowait())
        if comments := tuple(one for one in found if one is not None):
            yield comments
        if None in found:
            return
