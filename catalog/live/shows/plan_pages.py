"""Pages before a show: the list, a plan of few taps, talking points, and the words to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from catalog.accounts.queries import account_of
from catalog.errors import Conflict, Invalid
from catalog.households.model import Actor
from catalog.households.queries import household_by_id
from catalog.households.session import act_for
from catalog.listings.model import Listing, left_text
from catalog.live.shows.access import Seat, own_show, room_path, rooms_of, seat_at
from catalog.live.shows.model import Show
from catalog.live.shows.plan import change_plan, goods_to_show, plan_show, read_plan, write_points
from catalog.live.shows.queries import SQL, items_of, planned_items_of, show_by_id, to_show
from catalog.live.shows.refused import NOTHING, Refusal
from catalog.live.shows.room_view import goods_of
from catalog.live.shows.sellers import owners_of
from catalog.live.team.joining import joinings_of
from catalog.live.team.joining_view import asking_of
from catalog.live.telling.poster import plan_posters, wish_posters
from catalog.live.telling.poster_view import poster_view
from catalog.live.telling.tell import posts_of_show
from catalog.posts.compose import facts_for, told_of
from catalog.posts.script import Script, live_script
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


@dataclass(frozen=True, slots=True)
class Listed:
    """A show in a list: where it leads, and whether the household has still to agree."""

    show: Show
    href: str
    is_asked: bool = False


async def show_list(request: Request) -> Response:
    """The household's shows and the team's that it has a part in: on air, to come, over."""
    actor = await act_for(request)
    base = f"/n/{actor.household.code}"
    async with shop_of(request).db.read() as connection:
        rows = await SQL.shows_of_household(connection, household_id=actor.household.id, most=MOST_SHOWN)
        going = await SQL.going_of_holder(connection, holder_id=actor.household.id)
    shows = [_listed(row, base, is_own=not actor.is_for_other) for row in rows]
    return page(request, "live/list.html", actor=actor, household=actor.household, motif=motif_of(actor.household.code),
                base=base, home=base, new=f"{base}/shows/new", shows=shows, is_team=False,
                going={row["show_id"]: row["forget_ms"] for row in going})


def _listed(row: Any, base: str, *, is_own: bool) -> Listed:
    """A row of the list; the household that is still asked is led to the question."""
    is_asked = row["joining"] in ("asked", "later")
    href = f"/b/{row['joining_code'].lower()}" if is_asked and is_own else f"{base}/shows/{row['code'].lower()}"
    return Listed(to_show(row), href, is_asked)


async def show_new(request: Request) -> Response:
    """The plan's form, filled with what is usual: tonight at half past seven."""
    return await _plan_page(request, await act_for(request), values={"title": "", **usual_hour()})


def usual_hour() -> dict[str, str]:
    """Tonight at half past seven, or in an hour where that has passed."""
    soon = local(now_ms())
    return {"day": soon.date().isoformat(), "hour": "19:30" if soon.hour < 19 else f"{min(soon.hour + 1, 23):02}:00"}


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
        items = await planned_items_of(connection, show.id)
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
        goods = await goods_to_show(connection, actor, is_team=show.village_id is not None)
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
    return await _points_page(request, await seat_at(request))


async def save_points(request: Request) -> Response:
    """Keep them, and back to the show."""
    seat = await seat_at(request)
    actor, show = seat.actor, seat.show
    form = Form(await request.form())
    try:
        async with shop_of(request).db.write() as connection:
            await write_points(connection, actor, show, form, pins=seat.pins)
    except Invalid as error:
        return await _points_page(request, seat, form=form, errors=messages(error), status=422)
    rooms_of(request).ring(show.id)
    return RedirectResponse(room_path(actor, show), status_code=303)


async def show_script(request: Request) -> Response:
    """The words to read out, product by product, in large type."""
    actor, show = await own_show(request)
    shop = shop_of(request)
    async with shop.db.read() as connection:
        spoken = []
        for item in await items_of(connection, show.id):
            household = await household_by_id(connection, item.listing.household_id)
            takes_transfers = await account_of(connection, household.id) is not None
            facts = facts_for("tiktok", item.listing, household, await told_of(connection, item.listing, household),
                              public_url=shop.settings.public_url)
            script = live_script(facts, price_vnd=item.listing.price_vnd, takes_transfers=takes_transfers)
            spoken.append(Spoken(item.pin, item.listing, left_text(item.listing), item.points, item.flash_vnd, script))
    return page(request, "live/script.html", actor=actor, household=actor.household, show=show,
                motif=motif_of(actor.household.code), here=room_path(actor, show), spoken=spoken)


async def planned_page(request: Request, actor: Actor, show: Show, refused: Refusal = NOTHING) -> Response:
    """How a show that is to come is prepared."""
    shop = shop_of(request)
    async with shop.db.read() as connection:
        goods = await goods_of(connection, show)
        asked = await joinings_of(connection, show.id) if show.village_id else []
        words = next(post.text for post in await posts_of_show(connection, show, public_url=shop.settings.public_url))
    link, posters = shop.settings.public_url + show.path, poster_view(show, await wish_posters(shop, show))
    return page(request, "live/planned.html", status=refused.status, actor=actor, household=actor.household, show=show,
                motif=motif_of(actor.household.code), base=f"/n/{actor.household.code}", here=room_path(actor, show),
                goods=goods, refused=refused, link=link, takes_encoders=shop.settings.rtmp.is_on,
                words=words, qr=Markup(qr_svg(link_payload(link), title="QR")), posters=posters,
                askings=[asking_of(one, show, public_url=shop.settings.public_url) for one in asked])


async def _plan_page(request: Request, actor: Actor, *, show: Show | None = None, form: Form | None = None,
                     values: dict[str, str] | None = None, ticked: set[str] | None = None,
                     errors: dict[str, str] | None = None, status: int = 200) -> Response:
    async with shop_of(request).db.read() as connection:
        goods = await goods_to_show(connection, actor, is_team=show is not None and show.village_id is not None)
        owners = await owners_of(connection, show) if show else {}
    if form is not None:
        values, ticked = form.values, {value for value in form.data.getlist("goods") if isinstance(value, str)}
    return page(request, "live/plan.html", status=status, actor=actor, household=actor.household, show=show,
                motif=motif_of(actor.household.code), back=room_path(actor, show) if show else f"/n/{actor.household.code}/shows",
                action=request.url.path, goods=goods, ticked={one.code for one in goods} if ticked is None and len(goods) <= 3
                else ticked or set(), values=values or {}, errors=errors or {}, owners=owners,
                sell=f"/n/{actor.household.code}/sell")


async def _points_page(request: Request, seat: Seat, *, form: Form | None = None,
                       errors: dict[str, str] | None = None, status: int = 200) -> Response:
    actor, show = seat.actor, seat.show
    async with shop_of(request).db.read() as connection:
        goods = [one for one in await goods_of(connection, show) if seat.runs or one.item.pin in (seat.pins or ())]
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
