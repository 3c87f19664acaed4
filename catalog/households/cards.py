"""Sign-in cards: a fresh personal link and its QR, shown once."""

from __future__ import annotations

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from catalog.errors import NotFound
from catalog.households import queries
from catalog.households.model import Household, Person
from catalog.households.session import act_for, require_person
from catalog.households.sign_in import make_link, revoke
from catalog.web.band import motif_of
from catalog.web.render import page, shop_of
from media.qr import link_payload, qr_svg


async def show_card(request: Request, person: Person, household: Household | None, *, back: str) -> Response:
    """A page with the person's new card. Only here is the token seen: afterwards there is its digest."""
    shop = shop_of(request)
    async with shop.db.write() as connection:
        token = await make_link(connection, person.id)
    link = f"{shop.settings.public_url}/s/{token}"
    return page(request, "households/card.html", person=person, household=household, link=link, back=back,
                qr=Markup(qr_svg(link_payload(link))), motif=motif_of(household.code if household else person.id))


async def member_card(request: Request) -> Response:
    """A new card for a member of the household in the path; the card before it ends."""
    household, person = await _member(request)
    return await show_card(request, person, household, back=f"/n/{household.code}/people")


async def revoke_member(request: Request) -> tuple[Household, Person]:
    """End a member's link and sessions; gives back whose."""
    household, person = await _member(request)
    actor = await act_for(request)
    async with shop_of(request).db.write() as connection:
        await revoke(connection, person.id)
        await queries.record(connection, household_id=household.id, person_id=actor.person.id,
                             verb="khoá thẻ của", detail=person.name)
    return household, person


async def helper_card(request: Request) -> Response:
    """A new card for a helper: the owner's to give."""
    owner = await require_person(request)
    async with shop_of(request).db.read() as connection:
        person = await queries.person_by_id(connection, request.path_params["person"])
    if owner.role != "owner" or person is None or person.role != "helper":
        raise NotFound
    return await show_card(request, person, None, back=f"/v/{request.path_params['village']}/team")


async def _member(request: Request) -> tuple[Household, Person]:
    actor = await act_for(request)
    async with shop_of(request).db.read() as connection:
        person = await queries.person_by_id(connection, request.path_params["person"])
    if person is None or person.household_id != actor.household.id:
        raise NotFound
    return actor.household, person
