"""A show's announcements on one page: its posters, a text for each network to copy, to change or to send."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from catalog.errors import NotFound
from catalog.live.shows.access import own_show, room_path
from catalog.live.telling.poster import wish_posters
from catalog.live.telling.poster_view import poster_view
from catalog.live.telling.tell import (LONGEST_TEXT, NETWORK_NAMES, check_telling, posts_of_show, told_of_show,
                                     write_telling)
from catalog.live.telling.tellings import NETWORKS
from catalog.web.band import motif_of
from catalog.web.clock import clock
from catalog.web.forms import Form
from catalog.web.render import page, shop_of


async def show_texts(request: Request) -> Response:
    """The texts as they stand now."""
    actor, show = await own_show(request)
    shop, chosen = shop_of(request), request.query_params.get("to")
    async with shop.db.read() as connection:
        posts = await posts_of_show(connection, show, public_url=shop.settings.public_url)
    key = await wish_posters(shop, show) if show.state == "planned" else ""
    return page(request, "live/tell.html", actor=actor, household=actor.household, show=show, posts=posts,
                posters=poster_view(show, key) if key else None,
                motif=motif_of(actor.household.code), home=room_path(actor, show),
                here=f"{room_path(actor, show)}/tell",
                network_names=NETWORK_NAMES, chosen=chosen if chosen in NETWORKS else NETWORKS[0],
                hour=clock(show.starts_ms),
                name_findings=())


async def save_text(request: Request) -> Response:
    """Keep a network's text as a person wrote it; an empty one gives the composed text back."""
    actor, show = await own_show(request)
    network, shop = _network(request), shop_of(request)
    form = Form(await request.form())
    async with shop.db.write() as connection:
        await write_telling(connection, show, network, form.raw("text")[:LONGEST_TEXT],
                            public_url=shop.settings.public_url)
    return RedirectResponse(f"{room_path(actor, show)}/tell?to={network}#loi", status_code=303)


async def check_written(request: Request) -> Response:
    """What to look at again in `text`, as a piece of a page; nothing is kept."""
    _, show = await own_show(request)
    _network(request)
    form, shop = Form(await request.form()), shop_of(request)
    async with shop.db.read() as connection:
        told = await told_of_show(connection, show, public_url=shop.settings.public_url)
        findings = await check_telling(connection, form.raw("text")[:LONGEST_TEXT], told)
    return page(request, "posts/_findings.html", findings=findings)


def _network(request: Request) -> str:
    network = str(request.path_params["network"])
    if network not in NETWORKS:
        raise NotFound
    return network


ROUTES = [
    Route("/n/{household}/shows/{show}/tell", show_texts),
    Route("/n/{household}/shows/{show}/tell/posts/{network}", save_text, methods=["POST"]),
    Route("/n/{household}/shows/{show}/tell/posts/{network}/check", check_written, methods=["POST"]),
]
