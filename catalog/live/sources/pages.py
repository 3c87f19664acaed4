"""Where a show's comments come from: connecting a live video, how it stands, what buyers were told."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from catalog.errors import FieldError, Invalid, NotFound
from catalog.households.model import Actor
from catalog.live.shows.access import own_show, room_path, rooms_of, sees_phones
from catalog.live.shows.model import Show
from catalog.live.sources.attach import (attach_facebook, attach_youtube, detach, holder_of_show, holder_of_source,
                                         keep_key, key_holder_of, live_now, pages_of, read_again)
from catalog.live.sources.facebook import Video
from catalog.live.sources.model import LONGEST_ID
from catalog.live.sources.queries import SQL
from catalog.live.sources.readers import Readers
from catalog.live.sources.view import replies_of, standings
from catalog.posts.publishers.account import ONLY_THE_HOUSEHOLD, ONLY_THE_OWNER, holder_of_household
from catalog.web.band import motif_of
from catalog.web.forms import Form, messages
from catalog.web.limits import count_try
from catalog.web.locale import say
from catalog.web.render import page, shop_of

KEY = re.compile(r"[!-~]{20,500}")
LONGEST_ADDRESS = 500


async def show_sources(request: Request) -> Response:
    """The sources, and what can be connected."""
    actor, show = await own_show(request)
    return await _page(request, actor, show)


async def add_source(request: Request) -> Response:
    """Connect a video: `network` youtube with `youtube`, or a Page's `account` with `video`, or what it broadcasts now."""
    actor, show = await own_show(request)
    await count_try(request, "upload", who=actor.household.id)
    shop, form = shop_of(request), Form(await request.form())
    videos: list[Video] = []
    try:
        if form.raw("network") == "youtube":
            await attach_youtube(shop, actor, show, form.text("youtube", longest=LONGEST_ADDRESS))
        else:
            account_id, typed = form.raw("account")[:LONGEST_ID], form.text("video", longest=LONGEST_ADDRESS)
            if not typed:
                videos = await _choose(request, show, account_id)
                if len(videos) > 1:
                    return await _page(request, actor, show, values=form.values, videos=videos)
                typed = videos[0].id
            await attach_facebook(shop, actor, show, account_id, typed)
    except Invalid as error:
        return await _page(request, actor, show, status=422, values=form.values, errors=messages(error),
                           failure="" if error.fields else say(error.key, error.values))
    return _back(request, actor, show)


async def keep_youtube_key(request: Request) -> Response:
    """Keep a new key, or forget the one there is (`key` empty)."""
    actor, show = await own_show(request)
    form = Form(await request.form())
    key = "".join(form.raw("key").split())
    async with shop_of(request).db.read() as connection:
        keeper = await key_holder_of(connection, actor, show)
    holder_of_household(keeper).check_may_connect()
    if key and not KEY.fullmatch(key):
        form.wrong("key", FieldError("Mã này không đúng. Chép lại cả dòng, không thiếu chữ nào."))
        try:
            form.check()
        except Invalid as error:
            return await _page(request, actor, show, status=422, errors=messages(error))
    await keep_key(shop_of(request), keeper, key)
    return _back(request, actor, show)


async def remove_source(request: Request) -> Response:
    """Read it no more."""
    actor, show = await own_show(request)
    async with shop_of(request).db.write() as connection:
        await detach(connection, actor, show, request.path_params["source"])
    return _back(request, actor, show)


async def go_on(request: Request) -> Response:
    """Read on where it stopped."""
    actor, show = await own_show(request)
    async with shop_of(request).db.write() as connection:
        await read_again(connection, actor, show, request.path_params["source"])
    return _back(request, actor, show)


async def _choose(request: Request, show: Show, account_id: str) -> list[Video]:
    """What the Page broadcasts now, at least one. Raises `Invalid` where it broadcasts nothing, `NotFound`."""
    shop = shop_of(request)
    async with shop.db.read() as connection:
        account = next((one for one in await pages_of(connection, show) if one.id == account_id), None)
    if account is None:
        raise NotFound
    videos = await live_now(shop, account)
    if not videos:
        raise Invalid(fields={"live": FieldError("Trang chưa phát gì. Bấm phát trên Facebook trước, rồi bấm lại.")})
    return videos


def _back(request: Request, actor: Actor, show: Show) -> Response:
    readers: Readers = request.app.state.readers
    readers.wake()
    rooms_of(request).ring(show.id)
    return RedirectResponse(f"{room_path(actor, show)}/sources", status_code=303)


async def _page(request: Request, actor: Actor, show: Show, *, status: int = 200, values: dict[str, str] | None = None,
                errors: dict[str, str] | None = None, failure: str = "", videos: list[Video] | None = None) -> Response:
    async with shop_of(request).db.read() as connection:
        sources = await standings(connection, show)
        holders = {one.source.id: await holder_of_source(connection, actor, one.source) for one in sources}
        keeper = await key_holder_of(connection, actor, show)
        accounts, pages_holder = await pages_of(connection, show), await holder_of_show(connection, actor, show)
        key = await SQL.youtube_key(connection, household_id=show.household_id)
        replies = await replies_of(connection, show, whole=sees_phones(actor, show))
    # What was typed to name a secret is never shown again.
    shown = {name: value for name, value in (values or {}).items() if name != "key"}
    return page(request, "live/sources.html", status=status, actor=actor, household=actor.household, show=show,
                motif=motif_of(actor.household.code), here=room_path(actor, show),
                holder=pages_holder, only_pages_words=ONLY_THE_OWNER if show.village_id else ONLY_THE_HOUSEHOLD,
                sources=sources, holders=holders, accounts=accounts, keeper=keeper,
                type_at=f"{shop_of(request).settings.public_url.split('//')[-1]}/x", choices=[(one.id, one.title) for one in accounts], has_key=key is not None, replies=replies, values=shown,
                errors=errors or {}, failure=failure, videos=videos or [], only_words=ONLY_THE_HOUSEHOLD,
                may_connect=holder_of_household(keeper).may_connect)


BASE = "/n/{household}/shows/{show}"
ROUTES = [
    Route(f"{BASE}/sources", show_sources), Route(f"{BASE}/sources", add_source, methods=["POST"]),
    Route(f"{BASE}/youtube-key", keep_youtube_key, methods=["POST"]),
    Route(f"{BASE}/sources/{{source}}/remove", remove_source, methods=["POST"]),
    Route(f"{BASE}/sources/{{source}}/go-on", go_on, methods=["POST"]),
]
