"""A village's digest on the village's own networks: send it, see what came of it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from catalog.errors import Invalid, NotFound
from catalog.households.model import Person, Village
from catalog.households.session import village_board
from catalog.posts.digest.model import digest_text, turned
from catalog.posts.digest.queries import goods_of_village
from catalog.posts.publishers.account import holder_of_village
from catalog.posts.publishers.model import NETWORK_TITLES, SHAPE_TITLES
from catalog.posts.publishers.queries import accounts_of, sending_by_id, sendings_of
from catalog.posts.publishers.schedule import cancel, schedule_digest, send_again, settle_as_done
from catalog.posts.publishers.send_form import read_wish, targets_of, version_of
from catalog.posts.publishers.sending import Sending, next_evening
from catalog.storage.database import new_id, now_ms
from catalog.web.band import motif_of
from catalog.web.clock import local
from catalog.web.forms import Form, messages
from catalog.web.locale import say
from catalog.web.render import page, shop_of


async def show_send(request: Request) -> Response:
    """The digests so far, and the form for one more."""
    person, village = await village_board(request)
    return await _page(request, person, village, values={"key": new_id()})


async def send(request: Request) -> Response:
    """Send it now, or at the chosen time: it is written when it goes."""
    person, village = await village_board(request)
    shop = shop_of(request)
    form = Form(await request.form())
    async with shop.db.read() as connection:
        accounts = await accounts_of(connection, None, village.id)
    try:
        wish = read_wish(form, accounts)
        await schedule_digest(shop, person, village, wish.target.account, shape=wish.target.shape, due_ms=wish.due_ms,
                              form_key=wish.key)
    except Invalid as error:
        return await _page(request, person, village, status=422, values=form.values, errors=messages(error),
                           failure="" if error.fields else say(error.key, error.values))
    return _back(village)


async def send_state(request: Request) -> Response:
    """`version`: another one means that the page would look different now."""
    _, village = await village_board(request)
    async with shop_of(request).db.read() as connection:
        sendings = await sendings_of(connection, None, village.id)
    return JSONResponse({"version": version_of(sendings)}, headers={"Cache-Control": "no-store"})


async def stop(request: Request) -> Response:
    """Cancel what has not begun."""
    person, village, sending = await _own_sending(request)
    await cancel(shop_of(request), sending, person_id=person.id)
    return _back(village)


async def again(request: Request) -> Response:
    """Try once more."""
    _, village, sending = await _own_sending(request)
    await send_again(shop_of(request), sending)
    return _back(village)


async def seen(request: Request) -> Response:
    """A person has looked, and it is there."""
    _, village, sending = await _own_sending(request)
    await settle_as_done(shop_of(request), sending)
    return _back(village)


async def _own_sending(request: Request) -> tuple[Person, Village, Sending]:
    person, village = await village_board(request)
    async with shop_of(request).db.read() as connection:
        sending = await sending_by_id(connection, request.path_params["sending"])
    if sending is None or sending.village_id != village.id:
        raise NotFound
    return person, village, sending


def _back(village: Village) -> Response:
    return RedirectResponse(f"/v/{village.code}/digest/send#bai", status_code=303)


async def _page(request: Request, person: Person, village: Village, *, values: dict[str, str], status: int = 200,
                errors: dict[str, str] | None = None, failure: str = "") -> Response:
    shop, day = shop_of(request), local(now_ms()).date()
    async with shop.db.read() as connection:
        accounts = await accounts_of(connection, None, village.id)
        sendings = await sendings_of(connection, None, village.id)
        goods = turned(await goods_of_village(connection, village.id), day)
    here = f"/v/{village.code}/digest"
    return page(request, "networks/send_digest.html", status=status, village=village, motif=motif_of(village.code), here=here,
                action=f"{here}/send", base=f"/v/{village.code}/networks", accounts=accounts, targets=targets_of(accounts),
                sendings=sendings, text=digest_text(village, goods, day, public_url=shop.settings.public_url),
                version=version_of(sendings), network_titles=NETWORK_TITLES, shape_titles=SHAPE_TITLES, has_findings=False,
                may_connect=holder_of_village(person, village).may_connect, suggested=next_evening(now_ms()),
                values=values, errors=errors or {}, failure=failure)


ROUTES = [
    Route("/v/{village}/digest/send", show_send),
    Route("/v/{village}/digest/send", send, methods=["POST"]),
    Route("/v/{village}/digest/send/state", send_state),
    Route("/v/{village}/digest/send/{sending}/cancel", stop, methods=["POST"]),
    Route("/v/{village}/digest/send/{sending}/again", again, methods=["POST"]),
    Route("/v/{village}/digest/send/{sending}/seen", seen, methods=["POST"]),
]
