"""Villages, their teams and households: who is in, and how each gets in."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from catalog.errors import Forbidden, Invalid, NotFound
from catalog.households import queries
from catalog.households.cards import helper_card, member_card, revoke_member, show_card
from catalog.households.model import Person, Village
from catalog.households.pin import set_pin
from catalog.households.queries import SQL
from catalog.households.session import act_for, require_person, village_board
from catalog.households.short_codes import new_household_code, village_code
from catalog.web.band import motif_of
from catalog.web.forms import Form, messages
from catalog.web.render import page, shop_of
from catalog.words.phones import read_phone

AUDIT_LINES = 20


async def _owner(request: Request) -> Person:
    person = await require_person(request)
    if person.role != "owner":
        raise NotFound
    return person


async def show_villages(request: Request) -> Response:
    """Every village and a form for a new one: the owner's first page."""
    return await _villages_page(request, await _owner(request))


async def add_village(request: Request) -> Response:
    """A new village."""
    person = await _owner(request)
    form = Form(await request.form())
    name = form.text("name", missing="Bản tên gì?", longest=80)
    commune = form.text("commune", missing="Bản thuộc xã, phường nào?", longest=80)
    province = form.text("province", missing="Bản thuộc tỉnh nào?", longest=80)
    try:
        form.check()
    except Invalid as error:
        return await _villages_page(request, person, status=422, errors=messages(error), values=form.values)
    async with shop_of(request).db.write() as connection:
        taken = {village.code for village in await queries.all_villages(connection)}
        village = await queries.add_village(connection, code=village_code(name, taken), name=name, commune=commune,
                                            province=province)
    return RedirectResponse(f"/v/{village.code}/team", status_code=303)


async def _villages_page(request: Request, person: Person, *, status: int = 200,
                         errors: dict[str, str] | None = None, values: dict[str, str] | None = None) -> Response:
    async with shop_of(request).db.read() as connection:
        villages = await queries.all_villages(connection)
    return page(request, "households/villages.html", status=status, villages=villages, person=person,
                errors=errors or {}, values=values or {})


async def show_team(request: Request) -> Response:
    """The village's helpers and households, with forms for new ones."""
    person, village = await village_board(request)
    return await _team_page(request, person, village)


async def add_helper(request: Request) -> Response:
    """A new helper: the owner's to add, since a helper may act for every household of the village."""
    person, village = await village_board(request)
    if person.role != "owner":
        raise Forbidden("Chỉ người giữ sạp chung mới thêm được người vào tổ.")
    form = Form(await request.form())
    name = form.text("helper_name", missing="Người này tên gì?", longest=80)
    phone = form.read("helper_phone", read_phone, "") if form.raw("helper_phone").strip() else None
    try:
        form.check()
    except Invalid as error:
        return await _team_page(request, person, village, status=422, errors=messages(error), values=form.values)
    async with shop_of(request).db.write() as connection:
        helper = await queries.add_person(connection, name=name, role="helper", phone=phone, village_id=village.id)
    return await show_card(request, helper, None, back=f"/v/{village.code}/team")


async def add_household(request: Request) -> Response:
    """A new household with its first member, and the card that opens its stall."""
    person, village = await village_board(request)
    form = Form(await request.form())
    name = form.text("name", missing="Chủ nhà tên gì?", longest=80)
    phone = form.read("phone", read_phone, "")
    place = form.text("place", missing="Nhà ở đâu?", longest=120)
    try:
        form.check()
    except Invalid as error:
        return await _team_page(request, person, village, status=422, errors=messages(error), values=form.values)
    async with shop_of(request).db.write() as connection:
        household = await queries.add_household(connection, code=await new_household_code(connection),
                                                village_id=village.id, name=name, phone=phone, place=place)
        member = await queries.add_person(connection, name=name, role="household", phone=phone,
                                          household_id=household.id)
        await queries.record(connection, household_id=household.id, person_id=person.id, verb="thêm nhà vào bản")
    return await show_card(request, member, household, back=f"/n/{household.code}")


async def _team_page(request: Request, person: Person, village: Village, *, status: int = 200,
                     errors: dict[str, str] | None = None, values: dict[str, str] | None = None) -> Response:
    async with shop_of(request).db.read() as connection:
        helpers = await queries.helpers_of_village(connection, village.id)
        households = await queries.households_of_village(connection, village.id)
    return page(request, "households/team.html", status=status, village=village, helpers=helpers,
                households=households, may_add_helper=person.role == "owner", errors=errors or {}, values=values or {})


async def show_people(request: Request) -> Response:
    """Who can open the household's stall, and what was done for it."""
    actor = await act_for(request)
    async with shop_of(request).db.read() as connection:
        people = await queries.people_of_household(connection, actor.household.id)
        audit = await SQL.audit_of_household(connection, household_id=actor.household.id, most=AUDIT_LINES)
    return page(request, "households/people.html", actor=actor, household=actor.household, people=people, audit=audit,
                motif=motif_of(actor.household.code))


async def revoke_card(request: Request) -> Response:
    """Close the stall on every phone of a member."""
    household, _ = await revoke_member(request)
    return RedirectResponse(f"/n/{household.code}/people", status_code=303)


async def forget_pin(request: Request) -> Response:
    """Take a member's forgotten PIN away: the team's help, written down for the household to see."""
    actor = await act_for(request)
    shop = shop_of(request)
    async with shop.db.read() as connection:
        member = await queries.person_by_id(connection, request.path_params["person"])
    if member is None or member.household_id != actor.household.id or not actor.is_for_other:
        raise NotFound
    await set_pin(shop.db, member.id, None)
    async with shop.db.write() as connection:
        await queries.record(connection, household_id=actor.household.id, person_id=actor.person.id,
                             verb="bỏ mã PIN của", detail=member.name)
    return RedirectResponse(f"/n/{actor.household.code}/people", status_code=303)


ROUTES = [
    Route("/villages", show_villages), Route("/villages", add_village, methods=["POST"]),
    Route("/v/{village}/team", show_team), Route("/v/{village}/team", add_helper, methods=["POST"]),
    Route("/v/{village}/team/{person}/card", helper_card, methods=["POST"]),
    Route("/v/{village}/households", add_household, methods=["POST"]),
    Route("/n/{household}/people", show_people),
    Route("/n/{household}/people/{person}/card", member_card, methods=["POST"]),
    Route("/n/{household}/people/{person}/revoke", revoke_card, methods=["POST"]),
    Route("/n/{household}/people/{person}/forget-pin", forget_pin, methods=["POST"]),
]
