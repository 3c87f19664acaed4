"""Filming a show with OBS or a phone's app: the address, and a key that is shown once."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from catalog.errors import Conflict, NotFound
from catalog.households.queries import record
from catalog.households.tokens import digest, new_token
from catalog.live.encoders.hooks import encoders_of
from catalog.live.encoders.queries import SQL
from catalog.live.shows.access import own_show, room_path
from catalog.live.shows.model import Show
from catalog.storage.database import now_ms
from catalog.web.band import motif_of
from catalog.web.render import page, shop_of
from catalog.words.keyed import N_


async def show_encoder(request: Request) -> Response:
    """How it stands; a key, once made, is not shown again."""
    return await _page(request)


async def show_standing(request: Request) -> Response:
    """The version of the page: what the app does now."""
    _, show = await own_show(request)
    _be_set_up(request)
    version = _version(show, await encoders_of(request).standing(show.id))
    return JSONResponse({"version": version}, headers={"Cache-Control": "no-store"})


async def make_key(request: Request) -> Response:
    """A fresh key with the address; the one before it opens nothing any more. Raises `Conflict` after the show."""
    actor, show = await own_show(request)
    _be_set_up(request)
    if show.state == "ended":
        raise Conflict("Buổi này đã hết rồi.")
    key = new_token()
    async with shop_of(request).db.write() as connection:
        await SQL.keep_key(connection, show_id=show.id, digest=digest(key), now_ms=now_ms())
        await record(connection, household_id=actor.household.id, person_id=actor.person_id,
                     verb=N_("tạo mã cho máy quay ngoài"), detail=show.title)
    encoders_of(request).drop(show.id)
    return await _page(request, key)


def _version(show: Show, standing: str) -> str:
    return f"{show.state} {standing}"


def _be_set_up(request: Request) -> None:
    if not shop_of(request).settings.rtmp.is_on:
        raise NotFound


async def _page(request: Request, key: str = "") -> Response:
    actor, show = await own_show(request)
    _be_set_up(request)
    shop = shop_of(request)
    async with shop.db.read() as connection:
        kept = await SQL.encoder(connection, show_id=show.id)
    standing = await encoders_of(request).standing(show.id)
    return page(request, "live/encoder.html", actor=actor, household=actor.household, show=show,
                motif=motif_of(actor.household.code), here=room_path(actor, show), address=shop.settings.rtmp.address,
                key=key, has_key=kept is not None, standing=standing, version=_version(show, standing))


ROUTES = [
    Route("/n/{household}/shows/{show}/encoder", show_encoder),
    Route("/n/{household}/shows/{show}/encoder/state", show_standing),
    Route("/n/{household}/shows/{show}/encoder/key", make_key, methods=["POST"]),
]
