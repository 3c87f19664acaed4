"""Who is asking: the person behind a page's cookie or the household behind an API key."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from catalog.errors import NotFound, Unauthorized
from catalog.households import queries
from catalog.households.model import Actor, Household, Person, Village, may_act_for, may_see_village
from catalog.households.queries import SQL, to_household, to_person
from catalog.households.tokens import digest
from catalog.storage.database import now_ms
from catalog.web.render import shop_of

COOKIE = "sap"
NOT_SIGNED_IN = "Cần mở sạp bằng thẻ hoặc đường dẫn của nhà mình. Nếu mất, nhờ tổ số của bản gửi lại."


def keep_session(request: Request, response: Response, token: str) -> None:
    """Put the session's cookie on the answer, for as long as the session lasts."""
    settings = shop_of(request).settings
    response.set_cookie(COOKIE, token, max_age=settings.session_days * 24 * 3600, httponly=True, samesite="lax",
                        secure=settings.is_tls, path="/")


async def current_person(request: Request) -> Person | None:
    """The signed-in person, or None; asked of the database once a request."""
    if not hasattr(request.state, "person"):
        request.state.person = await _look_up(request)
    person: Person | None = request.state.person
    return person


async def require_person(request: Request) -> Person:
    """The signed-in person. A stranger hears where to get a link, as 404 like any closed door."""
    person = await current_person(request)
    if person is None:
        raise NotFound(NOT_SIGNED_IN)
    return person


async def act_for(request: Request, household_code: str | None = None) -> Actor:
    """The person at work for the household in the path (`{household}`).

    Raises `NotFound` alike for a household that isn't there and for a neighbour's, so that nobody
    learns which codes exist.
    """
    person = await require_person(request)
    code = household_code or request.path_params["household"]
    async with shop_of(request).db.read() as connection:
        household = await queries.household_by_code(connection, code)
    if household is None or not may_act_for(person, household):
        raise NotFound
    return Actor(person, household)


async def village_board(request: Request) -> tuple[Person, Village]:
    """The person and the village in the path (`{village}`), if the person may see it."""
    person = await require_person(request)
    async with shop_of(request).db.read() as connection:
        village = await queries.village_by_code(connection, request.path_params["village"])
    if village is None or not may_see_village(person, village):
        raise NotFound
    return person, village


async def household_of_key(request: Request) -> Household:
    """The household whose key stands in `Authorization: Bearer …`; raises `Unauthorized`."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthorized("Thiếu khoá API của nhà. Gửi kèm Authorization: Bearer …")
    async with shop_of(request).db.read() as connection:
        row = await SQL.household_of_api_key(connection, token_digest=digest(token))
    if row is None:
        raise Unauthorized("Khoá API này không đúng hoặc đã thôi dùng.")
    return to_household(row)


async def _look_up(request: Request) -> Person | None:
    token = request.cookies.get(COOKIE)
    if not token:
        return None
    async with shop_of(request).db.read() as connection:
        row = await SQL.person_of_session(connection, token_digest=digest(token), now_ms=now_ms())
    return to_person(row) if row else None
