"""Pages before a show: the list, a plan of few taps, talking points, and the words to read."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from catalog.errors import Conflict, Invalid
from catalog.households.model import Actor
from catalog.households.session import act_for
from catalog.listings.model import Listing, left_text
from catalog.live.shows.access import own_show, room_path, rooms_of
from catalog.live.shows.model import Show
from catalog.live.shows.plan import change_plan, goods_to_show, plan_show, read_plan, write_points
from catalog.live.shows.poster import plan_posters, wish_posters
from catalog.live.shows.poster_view import poster_view
from catalog.live.shows.queries import SQL, items_of, show_by_id, to_show
from catalog.live.shows.room_view import goods_of
from catalog.live.shows.tell import posts_of_show
from catalog.posts.compose import facts_for, told_of
from catalog.posts.script import Script, live_script
from catalog.accounts.queries import account_of
from catalog.storage.database import now_ms
from catalog.web.band import motif_of
from catalog.web.clock import local
from catalog.web.forms import Form, messages
from catalog.web.render import page, shop_of
from media.qr import link_payload, qr_svg

MOST_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Spoken:
    """What to say of one product of the show."""

    pin: str
    listing: Listing
    left_text: str
    points: str
    flash_vnd: int | None
    script: Script


async def show_list(request: Request) -> Response:
    """The household's shows: on air, to come, over."""
    actor = await act_for(request)
    async with shop_of(request).db.read() as connection:
        shows = [to_show(row) for row in await SQL.shows_of_household(connection, household_id=actor.household.id, most=MOST_SHOWN)]
        going = await SQL.going_of_household(connection, household_id=actor.household.id)
    return page(request, "live/list.html", actor=actor, household=actor.household, motif=motif_of(actor.household.code),
                base=f"/n/{actor.household.code}", shows=shows, going={row["show_id"]: row["forget_ms"] for row in going})


async def show_new(request: Request) -> Response:
    """The plan's form, filled with what is usual: tonight at half past seven."""
    actor = await act_for(request)
    soon = local(now_ms())
    values = {"title": "", "day": soon.date().isoformat(), "hour": "19:30" if soon.hour < 19 else f"{min(soon.hour + 1, 23):02}:00"}
    return await _plan_page(request, actor, values=values)


async def make(request: Request) -> Response:
    """On to the planned show."""
    actor = await act_for(request)
    form = Form(await request.form())
    shop = shop_of(request)
    async with shop.db.read() as connection:
        goods = await goods_to_show(connection, actor)
    try:
        plan = read_plan(form, goods)
    except Invalid as error:
        return await _plan_page(request, actor, form=form, errors=messages(error), status=422)
    async with shop.db.write() as connection:
        show = await plan_show(connection, actor, plan)
        await plan_posters(connection, show, public_url=shop.settings.public_url)
    shop.jobs.wake()
    return RedirectResponse(room_path(actor, show), status_code=303)


async def show_change(request: Request) -> Response:
    """The plan as it stands, to be changed before it is on air."""
    actor, show = await own_show(request)
    async with shop_of(request).db.read() as connection:
        items = await items_of(connection, show.id)
    moment = local(show.starts_ms)
    values = {"title": show.title, "day": moment.date().isoformat(), "hour": moment.strftime("%H:%M"),
              "phones": "yes" if show.helpers_see_phones else ""}
    values |= {f"at-{item.listing.code}": str(item.position + 1) for item in items}
    return await _plan_page(request, actor, show=show, values=values, ticked={item.listing.code for item in items})


async def change(request: Request) -> Response:
    """Back to the show, planned anew."""
    actor, show = await own_show(request)
    form = Form(await request.form())
    shop = shop_of(request)
    async with shop.db.read() as connection:
        goods = await goods_to_show(connection, actor)
    try:
        plan = read_plan(form, goods)
        async with shop.db.write() as connection:
            await change_plan(connection, actor, show, plan)
            await plan_posters(connection, await show_by_id(connection, show.id), public_url=shop.settings.public_url)
        shop.jobs.wake()
    except Invalid as error:
        return await _plan_page(request, actor, show=show, form=form, errors=messages(error), status=422)
    except Conflict:
        return RedirectResponse(room_path(actor, show), status_code=303)
    rooms_of(request).ring(show.id)
    return RedirectResponse(room_path(actor, show), status_code=303)


async def show_points(request: Request) -> Response:
    """What to say and the agreed flash price of each product."""
    actor, show = await own_show(request)
    return await _points_page(request, actor, show)


async def save_points(request: Request) -> Response:
    """Keep them, and back to the show."""
    actor, show = await own_show(request)
    form = Form(await request.form())
    try:
        async with shop_of(request).db.write() as connection:
            await write_points(connection, actor, show, form)
    except Invalid as error:
        return await _points_page(request, actor, show, form=form, errors=messages(error), status=422)
    rooms_of(request).ring(show.id)
    return RedirectResponse(room_path(actor, show), status_code=303)


async def show_script(request: Request) -> Response:
    """The words to read out, product by product, in large type."""
    actor, show = await own_show(request)
    shop = shop_of(request)
    async with shop.db.read() as connection:
        takes_transfers = await account_of(connection, actor.household.id) is not None
        spoken = []
        for item in await items_of(connection, show.id):
            facts = facts_for("tiktok", item.listing, actor.household, await told_of(connection, item.listing, actor.household),
                              public_url=shop.settings.public_url)
            script = live_script(facts, price_vnd=item.listing.price_vnd, takes_transfers=takes_transfers)
            spoken.append(Spoken(item.pin, item.listing, left_text(item.listing), item.points, item.flash_vnd, script))
    return page(request, "live/script.html", actor=actor, household=actor.household, show=show,
                motif=motif_of(actor.household.code), here=room_path(actor, show), spoken=spoken)


async def planned_page(request: Request, actor: Actor, show: Show) -> Response:
    """How a show that is to come is prepared."""
    shop = shop_of(request)
    async with shop.db.read() as connection:
        goods = await goods_of(connection, show)
        words = next(post.text for post in await posts_of_show(connection, show, public_url=shop.settings.public_url))
    link, posters = shop.settings.public_url + show.path, poster_view(show, await wish_posters(shop, show))
    return page(request, "live/planned.html", actor=actor, household=actor.household, show=show,
                motif=motif_of(actor.household.code), base=f"/n/{actor.household.code}", here=room_path(actor, show),
                goods=goods, link=link, takes_encoders=shop.settings.rtmp.is_on,
                words=words, qr=Markup(qr_svg(link_payload(link), title="QR")), posters=posters)


async def _plan_page(request: Request, actor: Actor, *, show: Show | None = None, form: Form | None = None,
                     values: dict[str, str] | None = None, ticked: set[str] | None = None,
                     errors: dict[str, str] | None = None, status: int = 200) -> Response:
    async with shop_of(request).db.read() as connection:
        goods = await goods_to_show(connection, actor)
    if form is not None:
        values, ticked = form.values, {value for value in form.data.getlist("goods") if isinstance(value, str)}
    return page(request, "live/plan.html", status=status, actor=actor, household=actor.household, show=show,
                motif=motif_of(actor.household.code), back=room_path(actor, show) if show else f"/n/{actor.household.code}/shows",
                action=request.url.path, goods=goods, ticked={one.code for one in goods} if ticked is None and len(goods) <= 3
                else ticked or set(), values=values or {}, errors=errors or {})


async def _points_page(request: Request, actor: Actor, show: Show, *, form: Form | None = None,
                       errors: dict[str, str] | None = None, status: int = 200) -> Response:
    async with shop_of(request).db.read() as connection:
        goods = await goods_of(connection, show)
    return page(request, "live/points.html", status=status, actor=actor, household=actor.household, show=show,
                motif=motif_of(actor.household.code), here=room_path(actor, show), goods=goods,
                values=form.values if form else {}, errors=errors or {})


ROUTES = [
    Route("/n/{household}/shows", show_list),
    Route("/n/{household}/shows/new", show_new), Route("/n/{household}/shows/new", make, methods=["POST"]),
    Route("/n/{household}/shows/{show}/change", show_change),
    Route("/n/{household}/shows/{show}/change", change, methods=["POST"]),
    Route("/n/{household}/shows/{show}/points", show_points),
    Route("/n/{household}/shows/{show}/points", save_points, methods=["POST"]),
    Route("/n/{household}/shows/{show}/script", show_script),
]
