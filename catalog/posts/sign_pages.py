"""The stall sign: what it will look like, and the sheet to print."""

from __future__ import annotations

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from catalog.errors import NotFound
from catalog.households.session import act_for
from catalog.listings.access import listing_path, own_listing
from catalog.listings.model import KeptFile
from catalog.listings.queries import listings_of_household
from catalog.posts.sign import PAPERS, make_print, make_sheet, panel_of, sign_spec
from catalog.web.band import motif_of
from catalog.web.render import page, shop_of
from catalog.words.keyed import N_
from media.qr import link_payload, qr_svg

SIZE_NOTES = {"A6": N_("để bàn"), "A5": N_("treo sạp"), "A4": N_("to nhất")}


async def show_sign(request: Request) -> Response:
    """The sign as it will be printed, and the choice of paper."""
    actor, listing = await own_listing(request)
    shop, household = shop_of(request), actor.household
    bank = await panel_of(shop, household)
    spec = sign_spec(shop, listing, household, bank)
    shop.pool.warm()
    return page(request, "posts/sign.html", actor=actor, household=household, listing=listing, spec=spec, bank=bank,
                base=f"/n/{household.code}", here=listing_path(actor, listing),
                motif=motif_of(household.code), size_notes=SIZE_NOTES,
                order_qr=Markup(qr_svg(link_payload(spec.order_link))),
                bank_qr=Markup(qr_svg(bank.payload)) if bank else None)


async def send_sign(request: Request) -> Response:
    """What is to be printed; `?size=` is A6, A5 (else) or A4, each also with `-BLEED`, LABELS or LABEL."""
    actor, listing = await own_listing(request)
    size = request.query_params.get("size", "A5").upper()
    if size not in PAPERS:
        raise NotFound
    kept = await make_print(shop_of(request), listing, actor.household, PAPERS[size])
    return _printed(request, kept, f"bien-{listing.code.lower()}-{size.lower()}")


async def send_sheet(request: Request) -> Response:
    """The signs of everything that the household has on the stall, four on a page of A4."""
    actor = await act_for(request)
    shop = shop_of(request)
    async with shop.db.read() as connection:
        listings = [one for one in await listings_of_household(connection, actor.household.id)
                    if one.state == "published"]
    if not listings:
        raise NotFound("Sạp chưa có hàng nào để in biển.")
    return _printed(request, await make_sheet(shop, listings, actor.household), f"bien-nha-{actor.household.code}")


def _printed(request: Request, kept: KeptFile, name: str) -> Response:
    ending = "png" if kept.content_type == "image/png" else "pdf"
    return FileResponse(shop_of(request).objects.path(kept.object_key), media_type=kept.content_type, headers={
        "Cache-Control": "private, no-cache", "Content-Disposition": f'inline; filename="{name}.{ending}"'})


ROUTES = [Route("/n/{household}/listings/{listing}/sign", show_sign),
          Route("/n/{household}/listings/{listing}/sign.pdf", send_sign),
          Route("/n/{household}/signs.pdf", send_sheet)]
