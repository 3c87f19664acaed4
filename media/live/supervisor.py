"""The server's side of a live: it keeps a worker alive and passes on what goes in and out.

The server imports this; it loads no codec.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

from media.live.asked import Asked
from media.live.destinations import Destination, checked_url
from media.live.originals import form_of
from media.live.process import Worker
from media.live.spec import Acked, Ended, Event, LiveSpec, OnAir, Refused, Restarted, Slate, Stats, TurnedAway

__all__ = ["Broadcast"]

_log = logging.getLogger(__name__)
_READY_SECONDS = 20
_END_SECONDS = 60.0
# How long a slice waits for room before the phone is told to send less.
_ROOM_SECONDS = 5.0
# So many deaths within so long, and no further worker is tried.
_MOST_DEATHS, _DEATHS_SECONDS = 10, 60.0
# So many of them with the same recorder sending, and what it sends is taken for the cause.
_BLAMED_DEATHS = 4
# A worker says something at each picture; one so long silent hangs.
_SILENT_SECONDS = 6
_MOST_EVENTS = 1000


class Broadcast:
    """One live. Made by `open`; every method may be called by any number of tasks."""

    def __init__(self, spec: LiveSpec) -> None:
        self._spec = spec
        self._worker: Worker | None = None
        self._events: asyncio.Queue[Event] = asyncio.Queue(_MOST_EVENTS)
        self._waiting: dict[tuple[str, int], bytes] = {}
        self._waiting_bytes = self._total_bytes = 0
        self._has_room = asyncio.Condition()
        self._refused: dict[str, str] = {}
        self._asked = Asked(self._say)
        self._destinations: dict[str, Destination] = {}
        self._head: bytes | None = None
        self._is_muted = False
        self._is_ending = self._is_cut = self._is_over = False
        self._deaths: deque[tuple[float, str]] = deque(maxlen=_MOST_DEATHS)
        self._sender = ""
        self._heard_count = 0
        self._ready = asyncio.Event()
        self._watch: asyncio.Task[None] | None = None

    @classmethod
    async def open(cls, spec: LiveSpec) -> Broadcast:
        """A broadcast on the air, with the slate until a camera comes. OSError or TimeoutError if
        its worker does not start."""
        spec.folder.mkdir(parents=True, exist_ok=True)
        live = cls(spec)
        live._worker = await Worker.start(spec)
        live._watch = asyncio.create_task(live._keep_alive())
        try:
            await asyncio.wait_for(live._ready.wait(), _READY_SECONDS)
        except BaseException:
            live._watch.cancel()
            await live._worker.end()
            raise
        return live

    async def slice(self, connection: str, number: int, data: bytes, *, is_decoded: bool = True) -> None:
        """Take a slice of a recorder's WebM or MP4; `Acked` follows when it is on disk. One that is
        not decoded is only kept: what a recorder that films no longer had not sent.

        `connection` is the recorder's name (letters, digits, - and _, at most 40), which may be
        followed by a slash and anything that tells its sockets apart. Slices are numbered from 0 a
        recorder; after an outage the newest are best sent first, those before them in between.
        Raises Refused.
        """
        recorder = connection.partition("/")[0]
        if self._is_ending or self._is_over:
            raise Refused("ended")
        if reason := self._refused.get(recorder):
            raise Refused(reason)
        if not data or len(data) > self._spec.slice_bytes:
            raise Refused("too_large" if data else "noise")
        if number == 0 and form_of(data) is None:
            raise Refused("noise")
        if self._total_bytes + len(data) > self._spec.total_bytes:
            raise Refused("too_much")
        await self._room_for(len(data))
        key = connection, number
        if key in self._waiting:
            return
        self._total_bytes += len(data)
        self._sender = recorder
        self._waiting[key] = data
        self._waiting_bytes += len(data)
        await self._say({"slice": connection, "number": number, "decode": is_decoded}, data)

    async def pin(self, card_png: bytes | None, name: str) -> float:
        """Lay a card over the picture, or take it away; the second of the output clock from which
        it shows, on a key picture. ValueError if the card is no PNG that can be drawn."""
        return await self._asked.show(card_png, name)

    async def mute(self, on: bool) -> None:
        """Silence the sound, or let it through again."""
        self._is_muted = on
        await self._say({"mute": on})

    async def destination(self, id: str, url: str | None) -> None:
        """Send the live to an RTMP or RTMPS address too, or with None no longer. The address is kept
        in memory only and never told again. ValueError if it can be none."""
        if url:
            checked_url(url)
        if before := self._destinations.pop(id, None):
            await before.close()
        if not url:
            return
        if self._is_ending or self._is_over:
            raise Refused("ended")
        added = self._destinations[id] = Destination(id, url, self._tell)
        if self._head:
            added.begin(self._head)

    async def events(self) -> AsyncIterator[Event]:
        """What happens, until and with `Ended`; for one listener."""
        while True:
            event = await self._events.get()
            yield event
            if isinstance(event, Ended):
                return

    async def end(self) -> None:
        """Go off the air and finish all files. A second call waits for the first."""
        if not self._is_ending and not self._is_over:
            self._is_ending = True
            await self._say({"end": True})
        if self._watch:
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(self._watch), _END_SECONDS)
            if not self._watch.done() and self._worker:
                await self._worker.end()
                await self._watch

    async def cut(self) -> None:
        """Stop at once, as when the server goes down: files stay as they are, for a broadcast that
        is opened on the same folder later."""
        self._is_ending = self._is_cut = True
        if self._worker and self._watch:
            await self._worker.end()
            await self._watch

    @property
    def pid(self) -> int | None:
        """The worker's process id."""
        return self._worker.pid if self._worker else None

    async def _say(self, head: dict[str, Any], body: bytes = b"") -> None:
        if self._worker:
            await self._worker.say(head, body)

    async def _room_for(self, count: int) -> None:
        try:
            async with asyncio.timeout(_ROOM_SECONDS), self._has_room:
                await self._has_room.wait_for(lambda: self._waiting_bytes + count <= self._spec.backlog_bytes)
        except TimeoutError as late:
            raise Refused("too_fast") from late

    async def _keep_alive(self) -> None:
        """Listen to the worker; when it dies, start another on the same folder."""
        reason = "asked"
        while True:
            assert self._worker is not None
            watching = asyncio.create_task(self._end_what_hangs(self._worker))
            while message := await self._worker.hear():
                self._heard_count += 1
                await self._heard(*message)
            watching.cancel()
            await self._worker.end(within_seconds=1 if self._is_ending else 0)
            if self._is_ending:
                break
            _log.error("the worker of a live died; a new one carries on")
            if not self._may_go_on():
                reason = "worker"
                break
            try:
                await self._restart()
            except OSError:
                reason = "worker"
                break
            if self._is_cut:
                await self._worker.end()
            elif self._is_ending:  # it was told to one that had died
                await self._say({"end": True})
        self._is_over = True
        await asyncio.gather(*(destination.close() for destination in self._destinations.values()),
                             return_exceptions=True)
        self._destinations.clear()
        self._asked.give_up(Refused("ended"))
        self._tell(Ended(reason))

    async def _end_what_hangs(self, worker: Worker) -> None:
        """End a worker that has been silent for too long; then nothing more is heard of it."""
        seen = quiet = 0
        while quiet < (_SILENT_SECONDS if self._ready.is_set() else _READY_SECONDS):
            # By the second: where the server itself stood still, what was said meanwhile is to be heard first.
            await asyncio.sleep(1)
            quiet = quiet + 1 if seen == self._heard_count and not self._is_ending else 0
            seen = self._heard_count
        await worker.end()

    def _may_go_on(self) -> bool:
        """Note a death and who was sending; whether another worker is worth trying."""
        now = time.monotonic()
        self._deaths.append((now, self._sender))
        lately = [sender for moment, sender in self._deaths if now - moment < _DEATHS_SECONDS]
        if self._sender and lately.count(self._sender) >= _BLAMED_DEATHS:
            self._refused[self._sender] = "broken"
            self._tell(TurnedAway(self._sender, "broken"))
            self._sender = ""
        return len(lately) < _MOST_DEATHS

    async def _restart(self) -> None:
        self._ready.clear()
        self._worker = await Worker.start(self._spec)
        # What it died of may be among these, so they are kept but not decoded again.
        for (connection, number), data in list(self._waiting.items()):
            await self._say({"slice": connection, "number": number, "decode": False}, data)
        await self._asked.again()
        if self._is_muted:
            await self._say({"mute": True})
        self._tell(Restarted())

    async def _heard(self, head: dict[str, Any], body: bytes) -> None:
        if "t" in head:
            for destination in self._destinations.values():
                destination.offer(head["t"], body, is_key=head["key"])
        elif "head" in head:
            self._head = body
            for destination in self._destinations.values():
                destination.begin(body)
        elif "acked" in head:
            await self._forget(head["acked"], head["number"])
            self._tell(Acked(head["acked"], head["number"]))
        elif "refused" in head:
            await self._forget(head["refused"], head["number"])
            self._refused[head["refused"].partition("/")[0]] = head["key"]
            self._tell(TurnedAway(head["refused"], head["key"]))
        elif "stats" in head:
            self._tell(Stats(**head["stats"]))
        elif "on_air" in head:
            self._tell(OnAir(head["on_air"]))
        elif "slate" in head:
            self._tell(Slate(head["slate"]))
        elif "pinned" in head:
            self._asked.hear(head)
        elif "ready" in head:
            self._ready.set()

    async def _forget(self, connection: str, number: int) -> None:
        async with self._has_room:
            self._waiting_bytes -= len(self._waiting.pop((connection, number), b""))
            self._has_room.notify_all()

    def _tell(self, event: Event) -> None:
        """Queue an event; when nobody listens, the oldest is forgotten."""
        while self._events.full():
            self._events.get_nowait()
        self._events.put_nowait(event)
