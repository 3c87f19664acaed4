"""A listing's posts on networks: send one now or later, see what came of each, stop it, try it again."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from catalog.errors import Invalid, NotFound
from catalog.households.model import Actor
from catalog.listings.access import listing_path, own_listing
from catalog.listings.model import Listing
from catalog.listings.renders import render_state
from catalog.posts.publishers.account import holder_of_household
from catalog.posts.publishers.model import NETWORK_TITLES, SHAPE_TITLES, WITH_CLIP
from catalog.posts.publishers.package import TEXTS, post_for
from catalog.posts.publishers.queries import accounts_of, sending_by_id, sendings_of_listing
from catalog.posts.publishers.schedule import cancel, schedule, send_again, settle_as_done
from catalog.posts.publishers.send_form import read_wish, targets_of, version_of
from catalog.posts.publishers.sending import Sending, next_evening
from catalog.storage.database import new_id, now_ms
from catalog.web.band import motif_of
from catalog.web.forms import Form, messages
from catalog.web.locale import say
from catalog.web.render import page, shop_of


async def show_send(request: Request) -> Response:
    """The posts so far, and the form for one more."""
    actor, listing = await own_listing(request)
    return await _page(request, actor, listing, values={"key": new_id()})


async def send(request: Request) -> Response:
    """Send it now, or at the chosen time."""
    actor, listing = await own_listing(request)
    shop = shop_of(request)
    form = Form(await request.form())
    async with shop.db.read() as connection:
        accounts = await accounts_of(connection, actor.household.id)
    try:
        wish = read_wish(form, accounts)
        await schedule(shop, actor, listing, wish.target.account, shape=wish.target.shape, due_ms=wish.due_ms,
                       form_key=wish.key)
    except Invalid as error:
        return await _page(request, actor, listing, status=422, values=form.values, errors=messages(error),
                           failure="" if error.fields else say(error.key, error.values))
    return RedirectResponse(f"{listing_path(actor, listing)}/send#bai", status_code=303)


async def send_state(request: Request) -> Response:
    """`version`: another one means that the page would look different now."""
    _, listing = await own_listing(request)
    async with shop_of(request).db.read() as connection:
        sendings = await sendings_of_listing(connection, listing.id)
    return JSONResponse({"version": version_of(sendings)}, headers={"Cache-Control": "no-store"})


async def stop(request: Request) -> Response:
    """Cancel what has not begun."""
    actor, listing, sending = await _own_sending(request)
    await cancel(shop_of(request), sending, person_id=actor.person_id)
    return _back(actor, listing)


async def again(request: Request) -> Response:
    """Try once more."""
    actor, listing, sending = await _own_sending(request)
    await send_again(shop_of(request), sending, price_vnd=listing.price_vnd)
    return _back(actor, listing)


async def seen(request: Request) -> Response:
    """A person has looked, and it is there."""
    actor, listing, sending = await _own_sending(request)
    await settle_as_done(shop_of(request), sending)
    return _back(actor, listing)


async def _own_sending(request: Request) -> tuple[Actor, Listing, Sending]:
    actor, listing = await own_listing(request)
    async with shop_of(request).db.read() as connection:
        sending = await sending_by_id(connection, request.path_params["sending"])
    if sending is None or sending.listing_id != listing.id:
        raise NotFound
    return actor, listing, sending


def _back(actor: Actor, listing: Listing) -> Response:
    return RedirectResponse(f"{listing_path(actor, listing)}/send#bai", status_code=303)


async def _page(request: Request, actor: Actor, listing: Listing, *, values: dict[str, str], status: int = 200,
                errors: dict[str, str] | None = None, failure: str = "") -> Response:
    shop, household = shop_of(request), actor.household
    async with shop.db.read() as connection:
        accounts = await accounts_of(connection, household.id)
        sendings = await sendings_of_listing(connection, listing.id)
        state = await render_state(connection, listing)
        has_clip = state.clip is not None or state.clip_state in ("queued", "running")
        targets = [target for target in targets_of(accounts) if has_clip or target.shape not in WITH_CLIP]
        networks = dict.fromkeys(target.account.network for target in targets)
        texts: list[Any] = [(NETWORK_TITLES[network], TEXTS[network], await post_for(
            connection, listing, household, network, public_url=shop.settings.public_url)) for network in networks]
    here = listing_path(actor, listing)
    return page(request, "networks/send.html", status=status, actor=actor, household=household, listing=listing,
                motif=motif_of(household.code), here=here, action=f"{here}/send", base=f"/n/{household.code}/networks",
                accounts=accounts, targets=targets, sendings=sendings, texts=texts, version=version_of(sendings),
                has_findings=any(post.findings for _, _, post in texts),
                network_titles=NETWORK_TITLES, shape_titles=SHAPE_TITLES, may_connect=holder_of_household(actor).may_connect,
                suggested=next_evening(now_ms()), values=values, errors=errors or {}, failure=failure)


ROUTES = [
    Route("/n/{household}/listings/{listing}/send", show_send),
    Route("/n/{household}/listings/{listing}/send", send, methods=["POST"]),
    Route("/n/{household}/listings/{listing}/send/state", send_state),
    Route("/n/{household}/listings/{listing}/send/{sending}/cancel", stop, methods=["POST"]),
    Route("/n/{household}/listings/{listing}/send/{sending}/again", again, methods=["POST"]),
    Route("/n/{household}/listings/{listing}/send/{sending}/seen", seen, methods=["POST"]),
]
