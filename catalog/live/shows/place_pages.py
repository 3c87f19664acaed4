"""Where else a show goes out: RTMP addresses with their stream keys, kept sealed, shown to nobody."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from catalog.errors import FieldError, Forbidden, Invalid, NotFound
from catalog.households.model import Actor
from catalog.households.queries import record
from catalog.live.shows.access import own_show, room_path, rooms_of
from catalog.live.shows.broadcast import Airing
from catalog.live.shows.camera_pages import broadcasts_of
from catalog.live.shows.model import Show
from catalog.live.shows.queries import SQL, note
from catalog.posts.publishers.account import holder_of_household
from catalog.posts.publishers.address import is_public
from catalog.storage.database import new_id, now_ms
from catalog.storage.sql import Connection
from catalog.web.band import motif_of
from catalog.web.forms import Form, messages
from catalog.web.locale import translate
from catalog.web.render import page, shop_of
from catalog.words.keyed import N_

MOST_PLACES = 4
LONGEST_TITLE = 40
LONGEST_ADDRESS = 400
LOOK_UP_SECONDS = 10.0
STATES = {"connecting": (N_("Đang nối"), "waiting"), "live": (N_("Đang phát"), "done"), "waiting": (N_("Nối lại sau"), "waiting")}
REASONS = {"refused": N_("Nơi ấy không nhận. Xem lại mã phát."), "unreachable": N_("Không tới được nơi ấy."),
           "certificate": N_("Chứng thư của nơi ấy không đúng."), "closed": N_("Nơi ấy ngắt."),
           "slow": N_("Mạng ra chậm."), "stuck": N_("Nơi ấy không trả lời.")}
ONLY_HOUSEHOLD = "Mã phát là của nhà. Chủ nhà mới thêm, bỏ được."
ONLY_OWNER = "Mã phát là của tổ số. Chủ sạp chung mới thêm, bỏ được."


@dataclass(frozen=True, slots=True)
class Standing:
    """A destination as it is now: its name, and how it goes in words."""

    id: str
    title: str
    words: str
    kind: str
    reason: str


async def standings_of(connection: Connection, show: Show, airing: Airing | None) -> list[Standing]:
    """The show's destinations; without a camera they wait."""
    found = []
    for row in await SQL.destinations(connection, show_id=show.id):
        state, reason = airing.places.get(row["id"], ("", "")) if airing else ("", "")
        words, kind = STATES.get(state, (N_("Chờ máy quay"), "info"))
        found.append(Standing(row["id"], row["title"], translate(words), kind, translate(REASONS[reason]) if reason in REASONS else ""))
    return found


async def show_places(request: Request) -> Response:
    """The list, and for the household and the owner the form."""
    actor, show = await own_show(request)
    return await _page(request, actor, show)


async def add_place(request: Request) -> Response:
    """Keep one more, sealed; a running broadcast goes there at once."""
    actor, show = await _own(request)
    shop, form = shop_of(request), Form(await request.form())
    title = form.text("title", missing="Nơi nào? Ví dụ: Facebook.", longest=LONGEST_TITLE)
    address, key = form.raw("address").strip(), form.raw("key").strip()
    try:
        if "address" not in form.errors:
            await _check(form, address, key, allow_loopback=shop.settings.networks.allow_loopback)
        form.check()
        async with shop.db.write() as connection:
            if len(await SQL.destinations(connection, show_id=show.id)) >= MOST_PLACES:
                raise Invalid(fields={"title": FieldError(N_("Nhiều nhất {most} nơi."), most=MOST_PLACES)})
            place = new_id()
            sealed = shop.secrets.seal(f"{address.rstrip('/')}/{key}" if key else address, place=f"destination:{place}")
            await SQL.add_destination(connection, id=place, show_id=show.id, title=title, sealed=sealed, now_ms=now_ms())
            await record(connection, household_id=actor.household.id, person_id=actor.person_id, verb=N_("thêm nơi phát"), detail=title)
            await note(connection, show.id, "places", person_id=actor.person_id)
    except Invalid as error:
        return await _page(request, actor, show, values=form.values | {"key": ""}, errors=messages(error), status=422)
    return await _changed(request, actor, show)


async def remove_place(request: Request) -> Response:
    """Let one go, its key with it."""
    actor, show = await _own(request)
    async with shop_of(request).db.write() as connection:
        if await SQL.remove_destination(connection, id=request.path_params["place"], show_id=show.id, now_ms=now_ms()) is None:
            raise NotFound
        await note(connection, show.id, "places", person_id=actor.person_id)
    return await _changed(request, actor, show)


async def _own(request: Request) -> tuple[Actor, Show]:
    actor, show = await own_show(request)
    # On a team's show the owner alone: households have no seat here.
    if not holder_of_household(actor).may_connect:
        raise Forbidden(ONLY_OWNER if show.village_id else ONLY_HOUSEHOLD)
    return actor, show


async def _changed(request: Request, actor: Actor, show: Show) -> Response:
    rooms_of(request).ring(show.id)
    await broadcasts_of(request).send_on(show.id)
    return RedirectResponse(f"{room_path(actor, show)}/places", status_code=303)


async def _check(form: Form, address: str, key: str, *, allow_loopback: bool) -> None:
    """Mistakes at their fields: no RTMP address, a private network's, a key that can be none."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port or (443 if parts.scheme == "rtmps" else 1935)
    except ValueError:
        parts, host, port = urlsplit(""), None, 0
    odd = len(address) > LONGEST_ADDRESS or not address.isprintable() or any(char.isspace() for char in address)
    if parts.scheme not in ("rtmp", "rtmps") or not host or len(parts.path) < 2 or odd or parts.username is not None:
        form.wrong("address", FieldError("Địa chỉ bắt đầu bằng rtmps:// hoặc rtmp://, chép cả dòng ở nơi phát."))
        return
    if len(key) > LONGEST_ADDRESS or not key.isprintable() or any(char.isspace() for char in key):
        form.wrong("key", FieldError("Mã phát không có khoảng trống. Chép lại cả mã."))
    try:
        async with asyncio.timeout(LOOK_UP_SECONDS):
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        form.wrong("address", FieldError("Không tìm thấy địa chỉ này. Xem lại từng chữ."))
        return
    addresses = [ipaddress.ip_address(str(entry[4][0]).split("%")[0]) for entry in found]
    if not all(is_public(one) or (allow_loopback and one.is_loopback) for one in addresses):
        form.wrong("address", FieldError("Địa chỉ này nằm trong mạng riêng, sạp không phát tới đó."))


async def _page(request: Request, actor: Actor, show: Show, *, values: dict[str, str] | None = None,
                errors: dict[str, str] | None = None, status: int = 200) -> Response:
    async with shop_of(request).db.read() as connection:
        places = await standings_of(connection, show, broadcasts_of(request).running(show.id))
    return page(request, "live/places.html", status=status, actor=actor, household=actor.household,
                show=show, places=places, may_change=holder_of_household(actor).may_connect,
                takes_encoders=shop_of(request).settings.rtmp.is_on,
                motif=motif_of(actor.household.code), here=room_path(actor, show), most=MOST_PLACES, values=values or {},
                errors=errors or {})


ROUTES = [
    Route("/n/{household}/shows/{show}/places", show_places),
    Route("/n/{household}/shows/{show}/places/add", add_place, methods=["POST"]),
    Route("/n/{household}/shows/{show}/places/{place}/remove", remove_place, methods=["POST"]),
]
