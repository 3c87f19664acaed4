"""The page of a filmed clip: look at it, share it with the text of a network, keep it, make it anew, give it up."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from catalog.errors import NotFound
from catalog.households.model import Actor
from catalog.listings.access import listing_path, own_listing
from catalog.listings.model import Listing
from catalog.posts.filmed.model import NETWORKS, FilmedClip
from catalog.posts.filmed.offer import give_up, make_again
from catalog.posts.filmed.queries import SQL, clip_by_id
from catalog.posts.filmed.texts import texts_of, write_filmed
from catalog.posts.listing_view import ZALO_WEB, facebook_href
from catalog.posts.model import LONGEST_TEXT, NETWORK_NAMES
from catalog.web.band import motif_of
from catalog.web.forms import Form
from catalog.web.render import PRIVATE, page, shop_of
from catalog.words.fold import fold

TYPES = {"clip": "video/mp4", "poster": "image/jpeg"}


async def show_filmed(request: Request) -> Response:
    """The draft as it stands: being made, ready, or failed."""
    actor, listing, filmed = await _own_filmed(request)
    url = shop_of(request).settings.public_url
    async with shop_of(request).db.read() as connection:
        posts = await texts_of(connection, filmed, listing, actor.household, public_url=url)
    here, name, chosen = _path(actor, listing, filmed), _name(listing), request.query_params.get("to")
    files = [{"url": f"{here}/clip.mp4", "name": f"{name}.mp4", "type": TYPES["clip"]}]
    return page(
        request,
        "posts/filmed.html",
        actor=actor,
        household=actor.household,
        listing=listing,
        filmed=filmed,
        motif=motif_of(actor.household.code),
        listing_here=listing_path(actor, listing),
        here=here,
        files=files,
        posts=posts,
        network_names=NETWORK_NAMES,
        chosen=chosen if chosen in NETWORKS else NETWORKS[0],
        is_priced=filmed.price_vnd in (None, listing.price_vnd),
        facebook_href=facebook_href(listing, public_url=url),
        zalo_href=ZALO_WEB,
    )


async def save_filmed_text(request: Request) -> Response:
    """Keep a network's text for this clip; an empty one gives the listing's back."""
    actor, listing, filmed = await _own_filmed(request)
    network = request.path_params["network"]
    if network not in NETWORKS:
        raise NotFound
    text = Form(await request.form()).raw("text")[:LONGEST_TEXT]
    async with shop_of(request).db.write() as connection:
        await write_filmed(connection, filmed, listing, actor.household, network, text,
                           public_url=shop_of(request).settings.public_url)
    return RedirectResponse(f"{_path(actor, listing, filmed)}?to={network}#loi", status_code=303)


async def keep_filmed(request: Request) -> Response:
    """It stays with the listing until somebody gives it up."""
    actor, listing, filmed = await _own_filmed(request)
    async with shop_of(request).db.write() as connection:
        await SQL.keep(connection, id=filmed.id)
    return RedirectResponse(_path(actor, listing, filmed), status_code=303)


async def again(request: Request) -> Response:
    """Made anew, with the price of now."""
    actor, listing, filmed = await _own_filmed(request)
    shop = shop_of(request)
    async with shop.db.write() as connection:
        await make_again(connection, filmed.id)
    shop.jobs.wake()
    return RedirectResponse(_path(actor, listing, filmed), status_code=303)


async def drop_filmed(request: Request) -> Response:
    """Given up, its files too."""
    actor, listing, filmed = await _own_filmed(request)
    await give_up(shop_of(request), filmed.id)
    return RedirectResponse(listing_path(actor, listing), status_code=303)


async def send_clip(request: Request) -> Response:
    """The clip, for those who work on the listing; players ask for parts of it."""
    return await _send(request, "clip")


async def send_poster(request: Request) -> Response:
    """Its first scene."""
    return await _send(request, "poster")


async def _own_filmed(request: Request) -> tuple[Actor, Listing, FilmedClip]:
    actor, listing = await own_listing(request)
    async with shop_of(request).db.read() as connection:
        filmed = await clip_by_id(connection, request.path_params["filmed"])
    if filmed is None or filmed.listing_id != listing.id:
        raise NotFound("Không thấy clip này.")
    return actor, listing, filmed


async def _send(request: Request, role: str) -> Response:
    _, listing, filmed = await _own_filmed(request)
    file = filmed.files.get(role)
    if file is None:
        raise NotFound
    headers = {"Cache-Control": PRIVATE, "ETag": f'"{file.object_key[:32]}"'}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return FileResponse(shop_of(request).objects.path(file.object_key), media_type=TYPES[role], headers=headers)


def _path(actor: Actor, listing: Listing, filmed: FilmedClip) -> str:
    return f"{listing_path(actor, listing)}/filmed/{filmed.id}"


def _name(listing: Listing) -> str:
    return (re.sub(r"[^a-z0-9]+", "-", fold(listing.name)).strip("-")[:60] or "hang") + "-live"


ROUTES = [
    Route("/n/{household}/listings/{listing}/filmed/{filmed}", show_filmed),
    Route("/n/{household}/listings/{listing}/filmed/{filmed}/posts/{network}", save_filmed_text, methods=["POST"]),
    Route("/n/{household}/listings/{listing}/filmed/{filmed}/keep", keep_filmed, methods=["POST"]),
    Route("/n/{household}/listings/{listing}/filmed/{filmed}/again", again, methods=["POST"]),
    Route("/n/{household}/listings/{listing}/filmed/{filmed}/drop", drop_filmed, methods=["POST"]),
    Route("/n/{household}/listings/{listing}/filmed/{filmed}/clip.mp4", send_clip),
    Route("/n/{household}/listings/{listing}/filmed/{filmed}/poster.jpg", send_poster),
]
