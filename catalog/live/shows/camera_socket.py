"""The WebSocket that takes a phone's numbered slices, and tells it what became of them and of the show.

The first message is JSON: {"recorder": a name of its own}, with "late": true where only slices come that were missed.
Each one after it is binary: the slice's number in four bytes, the highest first, then the slice. Answers are JSON:
{"ack": number}, {"slow": number}, {"refused": key, "words": …}, {"picture": …, "viewers": …, "muted": …, "disk": words,
"pinned": …}.
A socket that is not the household's, or another site's, is never accepted.

The newest recorder that delivers a slice is the show's camera. The one before it is told so and never takes over again
by itself, however often its line comes back; what it had not sent it may send as late slices, which are only kept.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import Any, cast

from starlette.requests import Request
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from catalog.errors import ShopError
from catalog.live.shows.access import run_public, rooms_of
from catalog.live.shows.broadcast import Airing, NoRoom
from catalog.live.shows.camera_pages import broadcasts_of
from catalog.live.shows.model import Show
from catalog.live.shows.disk import disk_words
from catalog.live.shows.public_view import public_of
from catalog.live.shows.queries import is_muted, show_by_id
from catalog.storage.database import new_id
from catalog.web.guard import is_foreign
from catalog.web.locale import current, say
from catalog.web.render import shop_of
from catalog.words.keyed import N_
from media.live.spec import Acked, Ended, Event, Refused, TurnedAway, is_recorder

POLICY_VIOLATION = 1008
"""RFC 6455, 7.4.1."""

HELLO_SECONDS = 10.0
SILENCE_SECONDS = 60.0
LONGEST_HELLO = 500
HEAD_BYTES = 4
MOST_NUMBER = 10_000_000
WORDS = {"noise": N_("Máy gửi thứ không phải hình. Bấm “Quay tiếp”."),
         "hello": N_("Máy gửi thứ không phải hình. Bấm “Quay tiếp”."),
         "codec": N_("Trình duyệt này quay kiểu chưa đọc được. Mở bằng Chrome hoặc Safari mới."),
         "too_large": N_("Hình gửi một lần lớn quá. Bấm “Quay tiếp”."),
         "too_big_picture": N_("Hình quay nét quá cỡ 4K. Quay cỡ nhỏ hơn rồi thử lại."),
         "too_much": N_("Buổi phát đã quá dài. Dừng rồi mở buổi mới."),
         "no_beginning": N_("Mất đoạn đầu của hình. Bấm “Quay tiếp”."),
         "order": N_("Hình gửi sai thứ tự. Bấm “Quay tiếp”."),
         "broken": N_("Hình hỏng nhiều quá. Bấm “Quay tiếp”."),
         "other": N_("Máy khác đang quay. Muốn quay bằng máy này thì bấm “Quay tiếp”."),
         "no_room": N_("Máy chủ đang phát nhiều buổi. Chờ một lát rồi bấm “Quay tiếp”, hoặc quay bằng Facebook."),
         "ended": N_("Buổi phát đã hết."),
         "not_live": N_("Buổi phát chưa bắt đầu. Xem phòng điều khiển còn thiếu gì, rồi bấm “Quay tiếp”.")}


async def take_slices(socket: WebSocket) -> None:
    """One connection of one recorder, until it goes, is refused or the show ends."""
    request = cast(Request, socket)
    try:
        _, show, household = await run_public(request)
    except ShopError:
        await socket.close(POLICY_VIOLATION)
        return
    if is_foreign(socket.headers):
        await socket.close(POLICY_VIOLATION)
        return
    await socket.accept()
    with suppress(WebSocketDisconnect, RuntimeError):
        try:
            recorder, is_late = await _hello(socket)
            if show.state != "live":
                raise Refused("not_live" if show.state == "planned" else "ended")
            airing = await broadcasts_of(socket).take(show)
            await _Camera(socket, show, airing, recorder, is_late=is_late).run()
        except Refused as refusal:
            await _refuse(socket, refusal.key)
        except (NoRoom, OSError):
            await _refuse(socket, "no_room")


class _Camera:
    """One accepted connection."""

    def __init__(self, socket: WebSocket, show: Show, airing: Airing, recorder: str, *, is_late: bool) -> None:
        self._socket, self._show, self._airing, self._recorder, self._is_late = socket, show, airing, recorder, is_late
        self._name = f"{recorder}/{new_id()}"
        self._said: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue(2_000)

    async def run(self) -> None:
        """Take slices and tell what became of them. Raises `Refused`."""
        if not self._is_late and self._recorder in self._airing.retired:
            raise Refused("other")
        self._airing.listeners.add(self._hear)
        talking = [asyncio.create_task(self._talk())]
        if not self._is_late:
            self._airing.cameras[self._name] = self._retire
            talking.append(asyncio.create_task(self._tell_state()))
        try:
            await self._take()
        finally:
            self._airing.listeners.discard(self._hear)
            self._airing.cameras.pop(self._name, None)
            for task in talking:
                task.cancel()
            await asyncio.gather(*talking, return_exceptions=True)

    async def _take(self) -> None:
        while True:
            try:
                async with asyncio.timeout(SILENCE_SECONDS):
                    message = await self._socket.receive()
            except TimeoutError:
                # Whoever films sends five times a second: this line is dead, and the phone dials anew.
                await self._socket.close(POLICY_VIOLATION)
                return
            if message["type"] == "websocket.disconnect":
                return
            data = message.get("bytes")
            if not data or len(data) <= HEAD_BYTES:
                raise Refused("noise")
            number = int.from_bytes(data[:HEAD_BYTES], "big")
            if number > MOST_NUMBER:
                raise Refused("order")
            try:
                await self._airing.live.slice(self._name, number, data[HEAD_BYTES:], is_decoded=not self._is_late)
            except Refused as refusal:
                if refusal.key != "too_fast":
                    raise
                self._put({"slow": number})

    def _hear(self, event: Event) -> None:
        if isinstance(event, Acked) and event.connection == self._name:
            if not self._is_late:
                self._airing.film(self._name)
            self._put({"ack": event.number})
        elif isinstance(event, TurnedAway) and event.connection in (self._name, self._recorder):
            self._say_no(event.reason)
        elif isinstance(event, Ended):
            self._say_no("ended")

    def _retire(self) -> None:
        """Another recorder films now."""
        self._say_no("other")

    def _say_no(self, key: str) -> None:
        # Called by whoever films now: the words are made where this phone's language is known.
        self._put({"refused": key})
        self._put(None)

    def _put(self, told: dict[str, Any] | None) -> None:
        with suppress(asyncio.QueueFull):  # Who reads so slowly learns of the rest by connecting anew.
            self._said.put_nowait(told)

    async def _talk(self) -> None:
        while (told := await self._said.get()) is not None:
            if key := told.get("refused"):
                told = _refusal(key)
            await self._socket.send_text(json.dumps(told, ensure_ascii=False))
        await self._socket.close(POLICY_VIOLATION)

    async def _tell_state(self) -> None:
        """What the phone shows beside its own picture, whenever it changes."""
        request, last = cast(Request, self._socket), ""
        rooms, shop = rooms_of(request), shop_of(request)

        async def make() -> str:
            async with shop.db.read() as connection:
                public, _ = await public_of(connection, await show_by_id(connection, self._show.id))
            return public.as_json()

        while True:
            public = json.loads(await rooms.look(self._show.id, current.get(), make))
            async with shop.db.read() as connection:
                muted = await is_muted(connection, self._show.id)
            told = {"picture": self._airing.picture, "viewers": rooms.viewers(self._show.id), "muted": muted,
                    "level": round(self._airing.level_db), "disk": disk_words(self._airing.minutes_left), **public}
            if (text := json.dumps(told)) != last:
                last = text
                self._put(told)
            await rooms.wait(self._show.id, 1.0)


async def _hello(socket: WebSocket) -> tuple[str, bool]:
    """The recorder's name, and whether only late slices come. Raises `Refused`."""
    try:
        async with asyncio.timeout(HELLO_SECONDS):
            text = await socket.receive_text()
        said = json.loads(text[:LONGEST_HELLO])
        name, is_late = said["recorder"], said.get("late") is True
    except (ValueError, KeyError, TypeError, AttributeError, TimeoutError):
        raise Refused("hello") from None
    if not isinstance(name, str) or not is_recorder(name):
        raise Refused("hello")
    return name, is_late


def _refusal(key: str) -> dict[str, Any]:
    return {"refused": key, "words": say(WORDS.get(key, WORDS["broken"]), {})}


async def _refuse(socket: WebSocket, key: str) -> None:
    await socket.send_text(json.dumps(_refusal(key), ensure_ascii=False))
    await socket.close(POLICY_VIOLATION)


SOCKETS = [WebSocketRoute("/l/{code}/camera/slices", take_slices)]
