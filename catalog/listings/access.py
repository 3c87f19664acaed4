"""A listing in a path, for those who may work on it."""

from __future__ import annotations

from starlette.requests import Request

from catalog.errors import NotFound
from catalog.households.model import Actor
from catalog.households.session import act_for
from catalog.listings import queries
from catalog.listings.model import Listing
from catalog.web.render import shop_of


async def own_listing(request: Request) -> tuple[Actor, Listing]:
    """The actor and the household's listing named by `{listing}`; `NotFound` for any other's."""
    actor = await act_for(request)
    async with shop_of(request).db.read() as connection:
        listing = await queries.listing_by_code(connection, request.path_params["listing"])
    if listing is None or listing.household_id != actor.household.id:
        raise NotFound
    return actor, listing


def listing_path(actor: Actor, listing: Listing) -> str:
    """Where the listing's own pages begin, for those who work on it: `/n/xuan8/listings/k7m2`."""
    return f"/n/{actor.household.code}/listings/{listing.code.lower()}"
