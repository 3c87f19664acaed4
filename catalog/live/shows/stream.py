"""Changes of a show as they happen: server-sent events (HTML Standard, 9.2), or one look as JSON for who asks that way."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from catalog.live.shows.access import follow_public, public_show, rooms_of
from catalog.live.shows.model import Show
from catalog.live.shows.public_view import public_of
from catalog.live.shows.queries import SQL, show_by_id
from catalog.live.shows.rooms import LOOK_SECONDS, MOST_OF_ADDRESS, MOST_VIEWERS
from catalog.web.limits import address_of
from catalog.web.locale import current
from catalog.web.render import PRIVATE, shop_of

STREAM_SECONDS = 300.0
"""Then the browser connects anew: a stream that was forgotten by both sides ends by itself."""

ALIVE_SECONDS = 15.0
MOST_EVENTS = 200
LONGEST_VISITOR = 40
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


async def watch(request: Request) -> Response:
    """The show's state for everybody, and how many watch. `v` tells one open page from another; who sends none counts
    once an address."""
    show, _ = await public_show(request)
    rooms, shop = rooms_of(request), shop_of(request)
    visitor, address = request.query_params.get("v", "")[:LONGEST_VISITOR], address_of(request)
    most = MOST_OF_ADDRESS if shop.settings.limits else MOST_VIEWERS

    async def make() -> str:
        async with shop.db.read() as connection:
            public, _ = await public_of(connection, await show_by_id(connection, show.id))
        return public.as_json()

    async def look() -> str:
        rooms.watch(show.id, visitor, address=address, most=most)
        told = await rooms.look(show.id, current.get(), make)
        return f'{{"viewers":{rooms.viewers(show.id)},{told[1:]}'

    if not _wants_stream(request):
        return Response(await look(), media_type="application/json", headers=HEADERS)

    async def stream() -> AsyncIterator[str]:
        try:
            async for told in _changes(request, show, look):
                yield told
        finally:
            rooms.leave(show.id, visitor, address=address)

    return StreamingResponse(stream(), media_type="text/event-stream", headers=HEADERS)


async def control(request: Request) -> Response:
    """The numbered events of the show after `after` (or the last one this browser had), for who runs it."""
    show = await follow_public(request)
    shop = shop_of(request)
    typed = request.headers.get("last-event-id") or request.query_params.get("after", "")
    after = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 16 else 0

    async def look(number: int) -> list[dict[str, object]]:
        async with shop.db.read() as connection:
            return [{"number": row["number"], "at_ms": row["at_ms"], "what": row["what"], "by": row["person_name"] or "",
                     **json.loads(row["detail"])}
                    for row in await SQL.events_after(connection, show_id=show.id, number=number, most=MOST_EVENTS)]

    if not _wants_stream(request):
        events = await look(after)
        return JSONResponse({"version": max([after, *(int(str(one["number"])) for one in events)]), "events": events},
                            headers={"Cache-Control": PRIVATE})

    async def stream() -> AsyncIterator[str]:
        number = after
        yield "retry: 1000\n\n"
        ends = asyncio.get_running_loop().time() + STREAM_SECONDS
        while (left := ends - asyncio.get_running_loop().time()) > 0:
            events = await look(number)
            for one in events:
                number = int(str(one["number"]))
                yield f"id: {number}\ndata: {json.dumps(one, ensure_ascii=False)}\n\n"
            if not events:
                yield ": \n\n"
            await rooms_of(request).wait(show.id, min(left, 1.0))

    return StreamingResponse(stream(), media_type="text/event-stream", headers=HEADERS)


async def _changes(request: Request, show: Show, look: Callable[[], Awaitable[str]]) -> AsyncIterator[str]:
    loop = asyncio.get_running_loop()
    yield "retry: 1000\n\n"
    ends, last, quiet_since = loop.time() + STREAM_SECONDS, "", loop.time()
    while (left := ends - loop.time()) > 0:
        told = await look()
        if told != last:
            last, quiet_since = told, loop.time()
            yield f"data: {told}\n\n"
        elif loop.time() - quiet_since > ALIVE_SECONDS:
            quiet_since = loop.time()
            yield ": \n\n"
        await rooms_of(request).wait(show.id, min(left, LOOK_SECONDS))


def _wants_stream(request: Request) -> bool:
    return "text/event-stream" in request.headers.get("accept", "")


ROUTES = [Route("/l/{code}/state", watch), Route("/l/{code}/control/events", control)]
