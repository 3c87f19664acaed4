"""Signing in and out, the PIN, and where a signed-in person belongs."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from catalog.errors import FieldError, Invalid
from catalog.households import queries
from catalog.households.model import Person
from catalog.households.pin import check_pin, set_pin
from catalog.households.queries import SQL
from catalog.households.session import COOKIE, current_person, keep_session, require_person
from catalog.households.sign_in import open_link, person_of_link
from catalog.households.tokens import digest
from catalog.web.band import motif_of
from catalog.web.forms import Form, messages
from catalog.web.limits import count_try
from catalog.web.render import page, shop_of

T = TypeVar("T")


async def show_sign_in(request: Request) -> Response:
    """Who the link is for, and one button. Opening the page signs nobody in: link previews open it too."""
    await count_try(request, "sign_in")
    shop = shop_of(request)
    async with shop.db.read() as connection:
        person = await person_of_link(connection, request.path_params["token"])
    return await _sign_in_page(request, person)


async def sign_in(request: Request) -> Response:
    """A session for the link's person, and on to where that person belongs."""
    await count_try(request, "sign_in")
    shop = shop_of(request)
    token = request.path_params["token"]
    form = Form(await request.form())
    try:
        session, person = await _at_field("pin", open_link(
            shop.db, token, pin=form.raw("pin").strip(), days=shop.settings.session_days))
    except Invalid as error:
        async with shop.db.read() as connection:
            person = await person_of_link(connection, token)
        return await _sign_in_page(request, person, status=422, errors=messages(error))
    answer = RedirectResponse(await home_of(request, person), status_code=303)
    keep_session(request, answer, session)
    return answer


async def _sign_in_page(request: Request, person: Person, *, status: int = 200,
                        errors: dict[str, str] | None = None) -> Response:
    household = None
    if person.household_id:
        async with shop_of(request).db.read() as connection:
            household = await queries.household_by_id(connection, person.household_id)
    return page(request, "households/sign_in.html", status=status, person=person, household=household,
                motif=motif_of(household.code if household else person.id), errors=errors or {}, values={})


async def sign_out(request: Request) -> Response:
    """End this phone's session."""
    token = request.cookies.get(COOKIE, "")
    async with shop_of(request).db.write() as connection:
        await SQL.end_session(connection, token_digest=digest(token))
    answer = RedirectResponse("/", status_code=303)
    answer.delete_cookie(COOKIE, path="/")
    return answer


async def show_me(request: Request) -> Response:
    """The person's own page: PIN, sign out."""
    person = await require_person(request)
    return page(request, "households/me.html", person=person, home=await home_of(request, person), errors={},
                values={}, saved=request.query_params.get("saved"))


async def change_pin(request: Request) -> Response:
    """Set, change or remove the PIN; the old one is asked for where there is one."""
    await count_try(request, "sign_in")
    person = await require_person(request)
    form = Form(await request.form())
    shop = shop_of(request)
    pin = form.raw("new_pin").strip()
    try:
        await _at_field("pin", check_pin(shop.db, person.id, form.raw("pin").strip()))
        await _at_field("new_pin", set_pin(shop.db, person.id, pin or None))
    except Invalid as error:
        return page(request, "households/me.html", status=422, person=person, home=await home_of(request, person),
                    errors=messages(error), values={}, saved=None)
    return RedirectResponse("/me?saved=pin", status_code=303)


async def _at_field(name: str, verb: Awaitable[T]) -> T:
    """What the verb gives; its `FieldError` becomes the mistake of that field."""
    try:
        return await verb
    except FieldError as error:
        raise Invalid(fields={name: error}) from error


async def home_of(request: Request, person: Person) -> str:
    """The address where the person's work begins."""
    async with shop_of(request).db.read() as connection:
        if person.household_id:
            household = await queries.household_by_id(connection, person.household_id)
            return f"/n/{household.code}"
        if person.village_id:
            village = await queries.village_by_id(connection, person.village_id)
            return f"/v/{village.code}"
    return "/villages"


async def go_home(request: Request) -> Response:
    """Send a signed-in person home; a stranger to the stalls."""
    person = await current_person(request)
    return RedirectResponse(await home_of(request, person) if person else "/", status_code=303)


ROUTES = [
    # A QR holds the link in upper case; both are answered without a detour.
    *(Route(f"/{letter}/{{token}}", show_sign_in) for letter in "sS"),
    *(Route(f"/{letter}/{{token}}", sign_in, methods=["POST"]) for letter in "sS"),
    Route("/me", show_me), Route("/me/pin", change_pin, methods=["POST"]),
    Route("/me/sign-out", sign_out, methods=["POST"]), Route("/home", go_home),
]
