"""A household's key for programs: made on its page, shown once, kept as a digest."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from catalog.errors import Forbidden
from catalog.households.model import Actor
from catalog.households.queries import SQL, record
from catalog.households.session import act_for
from catalog.households.tokens import digest, new_token
from catalog.storage.database import new_id, now_ms
from catalog.web.band import motif_of
from catalog.web.render import page, shop_of


async def make_key(request: Request) -> Response:
    """A fresh key; the one before it stops working."""
    actor = await _owner_of_key(request)
    token = new_token()
    async with shop_of(request).db.write() as connection:
        await SQL.revoke_api_keys(connection, household_id=actor.household.id, now_ms=now_ms())
        await SQL.add_api_key(connection, id=new_id(), household_id=actor.household.id, token_digest=digest(token),
                              now_ms=now_ms())
        await record(connection, household_id=actor.household.id, person_id=actor.person_id, verb="tạo khoá API")
    return page(request, "households/key.html", household=actor.household, token=token,
                motif=motif_of(actor.household.code), address=f"{shop_of(request).settings.public_url}/api/v1/")


async def end_key(request: Request) -> Response:
    """Stop the key."""
    actor = await _owner_of_key(request)
    async with shop_of(request).db.write() as connection:
        await SQL.revoke_api_keys(connection, household_id=actor.household.id, now_ms=now_ms())
        await record(connection, household_id=actor.household.id, person_id=actor.person_id, verb="bỏ khoá API")
    return RedirectResponse(f"/n/{actor.household.code}/people", status_code=303)


async def _owner_of_key(request: Request) -> Actor:
    """A key publishes without asking, so a helper may not make one."""
    actor = await act_for(request)
    if actor.is_for_other and actor.person.role != "owner":
        raise Forbidden
    return actor


ROUTES = [
    Route("/n/{household}/api-key", make_key, methods=["POST"]),
    Route("/n/{household}/api-key/end", end_key, methods=["POST"]),
]
