"""A village team's shows: the list, and the plan of one with goods of several households."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from catalog.errors import Invalid
from catalog.households.model import Actor, Household, Person, Village
from catalog.households.session import village_board
from catalog.live.shows.access import room_path
from catalog.live.shows.plan import plan_show, read_plan
from catalog.live.shows.plan_pages import MOST_SHOWN, Listed, usual_hour
from catalog.live.shows.queries import SQL as SHOWS
from catalog.live.shows.queries import to_show
from catalog.live.team.queries import SQL
from catalog.live.telling.poster import plan_posters
from catalog.posts.digest.queries import goods_of_village
from catalog.web.band import motif_of
from catalog.web.forms import Form, messages
from catalog.web.render import page, shop_of


async def show_list(request: Request) -> Response:
    """The team's shows: on air, to come, over."""
    _, village = await village_board(request)
    base = f"/v/{village.code}"
    async with shop_of(request).db.read() as connection:
        rows = await SQL.shows_of_village(connection, village_id=village.id, most=MOST_SHOWN)
        going = await SHOWS.going_of_holder(connection, holder_id=village.id)
    shows = [Listed(to_show(row), f"/n/{row['household_code']}/shows/{row['code'].lower()}") for row in rows]
    return page(request, "live/list.html", actor=None, motif=motif_of(village.code), base=base, home=base,
                new=f"{base}/shows/new", shows=shows, is_team=True,
                going={row["show_id"]: row["forget_ms"] for row in going})


async def show_new(request: Request) -> Response:
    """The plan's form with the goods of all households, household by household."""
    person, village = await village_board(request)
    return await _plan_page(request, person, village, values={"title": "", **usual_hour()})


async def make(request: Request) -> Response:
    """On to the planned show. Its households are asked: what they have not agreed to is shown to nobody."""
    person, village = await village_board(request)
    form, shop = Form(await request.form()), shop_of(request)
    async with shop.db.read() as connection:
        goods = await goods_of_village(connection, village.id)
    owners = {good.listing.id: good.household for good in goods}
    try:
        plan = read_plan(form, [good.listing for good in goods])
    except Invalid as error:
        ticked = {value for value in form.data.getlist("goods") if isinstance(value, str)}
        return await _plan_page(request, person, village, values=form.values, ticked=ticked, errors=messages(error),
                                status=422)
    actor = Actor(person, owners[plan.listing_ids[0]])
    async with shop.db.write() as connection:
        show = await plan_show(connection, actor, plan, is_team=True)
        await plan_posters(connection, show, public_url=shop.settings.public_url)
    shop.jobs.wake()
    return RedirectResponse(room_path(actor, show), status_code=303)


async def _plan_page(request: Request, person: Person, village: Village, *, values: dict[str, str],
                     ticked: set[str] | None = None,
                     errors: dict[str, str] | None = None, status: int = 200) -> Response:
    async with shop_of(request).db.read() as connection:
        goods = await goods_of_village(connection, village.id)
    owners: dict[str, Household] = {good.household.id: good.household for good in goods}
    return page(request, "live/plan.html", status=status, actor=None, show=None, motif=motif_of(village.code),
                back=f"/v/{village.code}/shows", action=request.url.path, goods=[good.listing for good in goods],
                owners=owners,
                sell=f"/v/{village.code}/sell", ticked=ticked or set(), values=values, errors=errors or {})


ROUTES = [
    Route("/v/{village}/shows", show_list),
    Route("/v/{village}/shows/new", show_new),
    Route("/v/{village}/shows/new", make, methods=["POST"]),
]
