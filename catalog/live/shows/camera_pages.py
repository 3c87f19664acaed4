"""The phone as the show's camera: a page that records, and the WebSocket that takes its numbered slices.

The first message is JSON: {"recorder": a name of its own}. Each one after it is binary: the slice's number in four
bytes, the highest first, then the slice. Answers are JSON: {"ack": number}, {"refused": key, "words": …},
{"picture": …, "viewers": …, "pinned": …}. A socket that is not the household's, or another site's, is never accepted.
"""

from __future__ import annotations

import asyncio
import json
import re
from contextlib import suppress
from typing import Any, cast

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from catalog.errors import ShopError
from catalog.households.session import act_for
from catalog.live.shows.access import public_show, room_path, rooms_of
from catalog.live.shows.broadcast import Airing, Broadcasts, NoRoom
from catalog.live.shows.model import Show
from catalog.live.shows.public_view import public_of
from catalog.live.shows.queries import show_by_id
from catalog.storage.database import new_id
from catalog.web.band import motif_of
from catalog.web.guard import is_foreign
from catalog.web.locale import say
from catalog.web.render import page, shop_of
from catalog.words.keyed import N_
from media.live.spec import Acked, Ended, Event, Refused, TurnedAway

POLICY_VIOLATION = 1008
"""RFC 6455, 7.4.1."""

HELLO_SECONDS = 10.0
SILENCE_SECONDS = 60.0
LONGEST_HELLO = 500
HEAD_BYTES = 4
MOST_NUMBER = 10_000_000
RECORDER = re.compile(r"[A-Za-z0-9_-]{1,40}")
WORDS = {"noise": N_("Máy gửi thứ không phải hình. Tải lại trang rồi thử lại."),
         "codec": N_("Trình duyệt này quay kiểu chưa đọc được. Thử Chrome hoặc Safari mới."),
         "too_large": N_("Hình gửi một lần lớn quá. Tải lại trang rồi thử lại."),
         "too_much": N_("Buổi phát đã quá dài. Dừng rồi mở buổi mới."),
         "no_beginning": N_("Mất đoạn đầu của hình. Tải lại trang rồi thử lại."),
         "order": N_("Hình gửi sai thứ tự. Tải lại trang rồi thử lại."),
         "broken": N_("Hình hỏng nhiều quá. Tải lại trang rồi thử lại."),
         "ended": N_("Buổi phát đã hết."), "not_live": N_("Buổi phát chưa bắt đầu hoặc đã hết."),
         "no_room": N_("Máy chủ đang phát nhiều buổi. Chờ một lát, hoặc quay bằng Facebook."),
         "hello": N_("Máy gửi thứ không phải hình. Tải lại trang rồi thử lại.")}


def broadcasts_of(request: Request | WebSocket) -> Broadcasts:
    """The broadcasts that run now."""
    found: Broadcasts = request.app.state.broadcasts
    return found


async def show_camera(request: Request) -> Response:
    """The camera's page, for who may run the show."""
    show, household = await public_show(request)
    actor = await act_for(request, household.code)
    async with shop_of(request).db.read() as connection:
        public, _ = await public_of(connection, show)
    return page(request, "live/camera.html", actor=actor, household=household, show=show, public=public,
                motif=motif_of(household.code), room=room_path(actor, show))


async def take_slices(socket: WebSocket) -> None:
    """One connection of one recorder, until it goes, is refused or the show ends."""
    request = cast(Request, socket)
    try:
        show, household = await public_show(request)
        await act_for(request, household.code)
    except ShopError:
        await socket.close(POLICY_VIOLATION)
        return
    if is_foreign(socket.headers):
        await socket.close(POLICY_VIOLATION)
        return
    await socket.accept()
    with suppress(WebSocketDisconnect, RuntimeError):
        try:
            recorder = await _hello(socket)
            if show.state != "live":
                raise Refused("not_live")
            airing = await broadcasts_of(socket).take(show)
            await _Camera(socket, show, airing, f"{recorder}/{new_id()}").run()
        except Refused as refusal:
            await _refuse(socket, refusal.key)
        except NoRoom:
            await _refuse(socket, "no_room")


class _Camera:
    """One accepted connection."""

    def __init__(self, socket: WebSocket, show: Show, airing: Airing, name: str) -> None:
        self._socket, self._show, self._airing, self._name = socket, show, airing, name
        self._said: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue(2_000)

    async def run(self) -> None:
        """Take slices and tell what became of them. Raises `Refused`."""
        self._airing.listeners.add(self._hear)
        talking = [asyncio.create_task(self._talk()), asyncio.create_task(self._tell_state())]
        try:
            await self._take()
        finally:
            self._airing.listeners.discard(self._hear)
            for task in talking:
                task.cancel()
            await asyncio.gather(*talking, return_exceptions=True)

    async def _take(self) -> None:
        while True:
            async with asyncio.timeout(SILENCE_SECONDS):
                message = await self._socket.receive()
            if message["type"] == "websocket.disconnect":
                return
            data = message.get("bytes")
            if not data or len(data) <= HEAD_BYTES:
                raise Refused("noise")
            number = int.from_bytes(data[:HEAD_BYTES], "big")
            if number > MOST_NUMBER:
                raise Refused("order")
            try:
                await self._airing.live.slice(self._name, number, data[HEAD_BYTES:])
            except Refused as refusal:
                if refusal.key != "too_fast":
                    raise
                self._put({"slow": number})

    def _hear(self, event: Event) -> None:
        if isinstance(event, Acked) and event.connection == self._name:
            self._put({"ack": event.number})
        elif isinstance(event, TurnedAway) and event.connection == self._name:
            self._put({"refused": event.reason, "words": say(WORDS.get(event.reason, WORDS["broken"]), {})})
            self._put(None)
        elif isinstance(event, Ended):
            self._put({"refused": "ended", "words": say(WORDS["ended"], {})})
            self._put(None)

    def _put(self, told: dict[str, Any] | None) -> None:
        with suppress(asyncio.QueueFull):  # Who reads so slowly learns of the rest by connecting anew.
            self._said.put_nowait(told)

    async def _talk(self) -> None:
        while (told := await self._said.get()) is not None:
            await self._socket.send_text(json.dumps(told, ensure_ascii=False))
        await self._socket.close(POLICY_VIOLATION)

    async def _tell_state(self) -> None:
        """What the phone shows beside its own picture, whenever it changes."""
        request, last = cast(Request, self._socket), ""
        rooms, shop = rooms_of(request), shop_of(request)
        while True:
            async with shop.db.read() as connection:
                public, _ = await public_of(connection, await show_by_id(connection, self._show.id))
            told = {"picture": self._airing.picture, "viewers": rooms.viewers(self._show.id), "level": round(self._airing.level_db),
                    **json.loads(public.as_json())}
            if (text := json.dumps(told)) != last:
                last = text
                self._put(told)
            await rooms.wait(self._show.id, 1.0)


async def _hello(socket: WebSocket) -> str:
    try:
        async with asyncio.timeout(HELLO_SECONDS):
            text = await socket.receive_text()
        name = json.loads(text[:LONGEST_HELLO])["recorder"]
    except (ValueError, KeyError, TypeError, TimeoutError):
        raise Refused("hello") from None
    if not isinstance(name, str) or not RECORDER.fullmatch(name):
        raise Refused("hello")
    return name


async def _refuse(socket: WebSocket, key: str) -> None:
    await socket.send_text(json.dumps({"refused": key, "words": say(WORDS.get(key, WORDS["broken"]), {})}, ensure_ascii=False))
    await socket.close(POLICY_VIOLATION)


ROUTES = [Route("/l/{code}/camera", show_camera)]
SOCKETS = [WebSocketRoute("/l/{code}/camera/slices", take_slices)]
