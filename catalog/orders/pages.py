"""The buyer's pages before an order: what is for sale, one product, and the form that orders it."""

from __future__ import annotations

import secrets

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from catalog.errors import Conflict, FieldError, Invalid, NotFound, OutOfStock, ShopError
from catalog.households.session import current_person
from catalog.listings.model import order_link
from catalog.listings.tiers import tiers_json
from catalog.orders.checkout import NotForSale, TooLittle, place_order
from catalog.orders.market import CARDS, OTHER_GOODS, cards, read_before
from catalog.orders.model import CHANNELS
from catalog.orders.offer import Offer, details, load_offer, product_json
from catalog.orders.order_form import read_wish, shown_again
from catalog.orders.prices import least_text, picks, price_cells
from catalog.posts.visits.counter import count_visit
from catalog.web.band import motif_of
from catalog.web.forms import Form, messages
from catalog.web.limits import count_try
from catalog.web.locale import translate
from catalog.web.render import page, shop_of

LIVE = "no-store"
"""What is left is live: nobody keeps the page, not even for a second."""


async def show_market(request: Request) -> Response:
    """What is for sale now, the newest first."""
    before_ms = read_before(request.query_params.get("before", ""))
    async with shop_of(request).db.read() as connection:
        found = await cards(connection, before_ms=before_ms, most=CARDS + 1)
    shown = found[:CARDS]
    return page(request, "orders/market.html", cards=shown, person=await current_person(request),
                more_href=f"/?before={shown[-1].published_ms}" if len(found) > CARDS else "")


async def show_product(request: Request) -> Response:
    """One product with its order form; what is not on the stall gets a page that says so."""
    offer = await _offer(request)
    if not offer.is_for_sale:
        return await _gone(request, offer)
    count_visit(request, offer.listing.id, _channel(request))
    return await _product_page(request, offer)


async def order_product(request: Request) -> Response:
    """On to the private page of the order, also when the form is sent twice."""
    await count_try(request, "order")
    offer = await _offer(request)
    shop = shop_of(request)
    form = Form(await request.form())
    try:
        wish = read_wish(form, offer, _channel(request))
        placed = await place_order(shop.db, wish, hold_seconds=shop.settings.transfer_hold_seconds)
    except TooLittle as error:  # The least was raised, or stock came back, while the form was filled in.
        return await _product_page(request, await _offer(request), form=form, error=error, status=422)
    except Invalid as error:
        return await _product_page(request, offer, form=form, error=error, status=422)
    except NotForSale:
        return await _gone(request, await _offer(request))
    except OutOfStock as error:
        # Read anew: the page shows what is left now, or that the last piece has just gone.
        return await _again(request, form, error if error.left == 0 else FieldError(
            "Chỉ còn {left_text}. Chọn ít hơn giúp.", left_text=error.values["left_text"]))
    except Conflict as error:
        return await _again(request, form, error)
    shop.jobs.wake()
    return RedirectResponse(f"/d/{placed.order.token}", status_code=303)


async def _again(request: Request, form: Form, error: ShopError) -> Response:
    return await _product_page(request, await _offer(request), form=form, error=Invalid(fields={"amount": error}),
                               status=409)


async def _product_page(request: Request, offer: Offer, *, form: Form | None = None, error: Invalid | None = None,
                        status: int = 200) -> Response:
    public_url = shop_of(request).settings.public_url
    listing = offer.listing
    payments = [{"value": "transfer", "label": translate("Chuyển khoản"), "icon": "bank"}] * offer.takes_transfers
    payments.append({"value": "cod", "label": translate("Khi nhận hàng"), "icon": "cash"})
    deliveries = [{"value": "coach", "label": translate("Gửi xe"), "icon": "bus"},
                  {"value": "post", "label": translate("Bưu điện"), "icon": "box"},
                  {"value": "pickup", "label": translate("Đến lấy"), "icon": "stall"}]
    others = await _others(request, offer) if listing.is_sold_out else []
    return page(
        request, "orders/product.html", status=status, cache=LIVE, offer=offer, listing=listing,
        household=offer.seller, motif=motif_of(offer.seller.code), details=details(offer), action=request.url.path,
        order_key=form.raw("key") if form and form.raw("key") else secrets.token_urlsafe(16),
        amounts=picks(listing), price_cells=price_cells(listing), least_text=least_text(listing),
        tiers_seen=tiers_json(listing.tiers), deliveries=deliveries, payments=payments, others=others,
        values=shown_again(form, offer) if form else {}, errors=messages(error) if error else {},
        address=order_link(public_url, listing.code), product_json=product_json(offer, public_url=public_url))


async def _gone(request: Request, offer: Offer) -> Response:
    return page(request, "orders/gone.html", status=404, cache=LIVE, household=offer.seller,
                motif=motif_of(offer.seller.code), others=await _others(request, offer))


async def _others(request: Request, offer: Offer) -> list[object]:
    """Other goods of the household, and of all others where it has none."""
    async with shop_of(request).db.read() as connection:
        own = await cards(connection, household_id=offer.seller.id, most=OTHER_GOODS)
        return [*(own or await cards(connection, most=OTHER_GOODS))]


async def _offer(request: Request) -> Offer:
    shop = shop_of(request)
    async with shop.db.read() as connection:
        offer = await load_offer(connection, request.path_params["code"], public_url=shop.settings.public_url)
    if offer is None:
        raise NotFound("Không có món này. Xem lại mã trên biển.")
    return offer


def _channel(request: Request) -> str:
    """The link's channel; an unknown one counts as none, since the link still works."""
    letter = request.path_params.get("channel", "").upper()
    return letter if letter in CHANNELS else ""


# A QR carries its link in capitals, so both cases of the one letter are routes: no redirect on the first view.
ROUTES = [
    Route("/", show_market),
    *(Route(f"/{letter}/{{code}}{channel}", handler, methods=[method])
      for letter in "oO" for channel in ("", "/{channel}")
      for method, handler in (("GET", show_product), ("POST", order_product)))]
