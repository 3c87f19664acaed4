"""The stall sign: what it will look like, and the sheet to print."""

from __future__ import annotations

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from catalog.errors import NotFound
from catalog.listings.access import own_listing
from catalog.posts.sign import SIZES, make_sign, panel_of, sign_spec
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
                base=f"/n/{household.code}", here=f"/n/{household.code}/listings/{listing.code.lower()}",
                motif=motif_of(household.code), size_notes=SIZE_NOTES,
                order_qr=Markup(qr_svg(link_payload(spec.order_link))),
                bank_qr=Markup(qr_svg(bank.payload)) if bank else None)


async def send_sign(request: Request) -> Response:
    """The sheet as a PDF; `?size=` is A6, A5 (else) or A4."""
    actor, listing = await own_listing(request)
    size = request.query_params.get("size", "A5").upper()
    if size not in SIZES:
        raise NotFound
    path = await make_sign(shop_of(request), listing, actor.household, size)
    return FileResponse(path, media_type="application/pdf", headers={
        "Cache-Control": "private, no-cache",
        "Content-Disposition": f'inline; filename="bien-{listing.code.lower()}-{size.lower()}.pdf"'})


ROUTES = [Route("/n/{household}/listings/{listing}/sign", show_sign),
          Route("/n/{household}/listings/{listing}/sign.pdf", send_sign)]
