"""The page that asks what makes a product worth more: when it was harvested, OCOP stars, VietGAP."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from catalog.errors import Invalid
from catalog.households.model import Actor
from catalog.listings.access import listing_path, own_listing
from catalog.listings.certificates import LONGEST_NUMBER, STARS, read_told, write_told
from catalog.listings.model import Listing
from catalog.listings.queries import certificates_of_listing
from catalog.storage.database import now_ms
from catalog.web.band import motif_of
from catalog.web.clock import local
from catalog.web.forms import Form, messages
from catalog.web.render import page, shop_of


async def show(request: Request) -> Response:
    """The form as it stands."""
    actor, listing = await own_listing(request)
    values = {"harvested_on": listing.harvested_on.isoformat() if listing.harvested_on else "", "ocop_stars": ""}
    async with shop_of(request).db.read() as connection:
        for one in await certificates_of_listing(connection, listing.id):
            values |= {f"{one.kind}_number": one.number, f"{one.kind}_until": one.valid_until.isoformat(),
                       f"{one.kind}_stars": str(one.stars)}
    return _form(request, actor, listing, values=values, errors={})


async def save(request: Request) -> Response:
    """Keep what was written and go back to the listing."""
    actor, listing = await own_listing(request)
    form = Form(await request.form())
    told = read_told(form, today=local(now_ms()).date())
    try:
        form.check()
    except Invalid as error:
        return _form(request, actor, listing, status=422, values=form.values, errors=messages(error))
    await write_told(shop_of(request), actor, listing, told)
    return RedirectResponse(listing_path(actor, listing), status_code=303)


def _form(request: Request, actor: Actor, listing: Listing, *, values: dict[str, str], errors: dict[str, str],
          status: int = 200) -> Response:
    return page(request, "listings/certificates.html", status=status, actor=actor, household=actor.household,
                listing=listing, here=listing_path(actor, listing), motif=motif_of(actor.household.code), stars=STARS,
                longest=LONGEST_NUMBER, values=values, errors=errors)


ROUTES = [
    Route("/n/{household}/listings/{listing}/certificates", show),
    Route("/n/{household}/listings/{listing}/certificates", save, methods=["POST"]),
]
