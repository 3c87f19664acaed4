"""The show's public page: when it begins, then the video with the pinned product and its order form, then what is left."""

from __future__ import annotations

import secrets

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from catalog.errors import Conflict, FieldError, Invalid, NotFound, OutOfStock, ShopError
from catalog.households.model import Household
from catalog.listings.tiers import tiers_json
from catalog.live.shows.access import public_show, rooms_of
from catalog.live.shows.announce import calendar
from catalog.live.shows.comments import NOBODY, Said, take_comments
from catalog.live.shows.model import Show
from catalog.live.shows.paste import LONGEST_TEXT
from catalog.live.shows.public_view import public_of
from catalog.live.shows.queries import SQL, items_of, note, show_by_id
from catalog.live.shows.room_view import Shown
from catalog.live.shows.sellers import owners_of, seller_of
from catalog.live.telling.poster import posters_of, wish_posters
from catalog.live.telling.poster_view import preview_link
from catalog.orders.checkout import Placed, place_order
from catalog.orders.offer import Offer, load_offer
from catalog.orders.order_form import read_wish, shown_again
from catalog.orders.prices import picks
from catalog.storage.database import now_ms
from catalog.web.band import motif_of
from catalog.web.failures import wants_json
from catalog.web.forms import Form, messages
from catalog.web.limits import count_try
from catalog.web.locale import translate
from catalog.web.render import page, shop_of
from catalog.words.money import show_vnd

LIVE = "no-store"
CHANNEL = "L"
LONGEST_NAME = 40


async def show_page(request: Request) -> Response:
    """The show as it stands, for everybody."""
    show, household = await public_show(request)
    return await _page(request, show, household)


async def order(request: Request) -> Response:
    """On to the order's private page; for a script, where that is, so that the video goes on."""
    await count_try(request, "order")
    show, household = await public_show(request)
    shop, form = shop_of(request), Form(await request.form())
    pin = form.raw("pin")
    async with shop.db.read() as connection:
        item = next((one for one in await items_of(connection, show.id) if one.pin == pin), None)
        offer = await load_offer(connection, item.listing.code, public_url=shop.settings.public_url) if item else None
    if item is None or offer is None:
        raise NotFound("Không có món này. Xem lại mã trên biển.")
    try:
        placed = await place_order(shop.db, read_wish(form, offer, CHANNEL),
                                   hold_seconds=shop.settings.transfer_hold_seconds)
    except ShopError as error:
        if not isinstance(error, Invalid | OutOfStock | Conflict):
            raise
        mistake = _at_amount(error)
        if wants_json(request):
            raise mistake from error
        return await _page(request, show, household, form=form, error=mistake, status=mistake.status)
    if placed.is_new:
        await _count(request, show, pin, placed)
    shop.jobs.wake()
    if wants_json(request):
        return JSONResponse({"href": f"/d/{placed.order.token}", "code": placed.order.code,
                             "total": show_vnd(placed.order.total_vnd), "payment": placed.order.payment},
                            headers={"Cache-Control": "no-store"})
    return RedirectResponse(f"/d/{placed.order.token}", status_code=303)


async def comment(request: Request) -> Response:
    """A viewer's own words, for who runs the show; back to the page. Raises `Conflict` where it isn't on air."""
    await count_try(request, "comment")
    show, household = await public_show(request)
    form = Form(await request.form())
    text, author = form.text("text", longest=LONGEST_TEXT), form.text("author")[:LONGEST_NAME]
    if text:
        async with shop_of(request).db.write() as connection:
            await take_comments(connection, show, [Said(author or NOBODY, text, "page")], seller=household.name)
        shop_of(request).jobs.wake()
        rooms_of(request).ring(show.id)
    if wants_json(request):
        return JSONResponse({"ok": bool(text)})
    return RedirectResponse(f"{show.path}#noi", status_code=303)


async def save_calendar(request: Request) -> Response:
    """The show as an entry for a calendar."""
    show, _ = await public_show(request)
    async with shop_of(request).db.read() as connection:
        seller = await seller_of(connection, show)
    text = calendar(show, seller.said, shop_of(request).settings.public_url + show.path, stamp_ms=now_ms())
    return Response(text, media_type="text/calendar; charset=utf-8", headers={
        "Content-Disposition": f'attachment; filename="{show.code.lower()}.ics"', "Cache-Control": LIVE})


async def _count(request: Request, show: Show, pin: str, placed: Placed) -> None:
    """The order is the show's: for its report, and for all who watch."""
    async with shop_of(request).db.write() as connection:
        await SQL.add_order(connection, order_id=placed.order.id, show_id=show.id, pin=pin, draft_id=None, claim=None,
                            now_ms=now_ms())
        await note(connection, show.id, "order", pin=pin, amount=placed.order.amount, order=placed.order.id)
    rooms_of(request).ring(show.id)


def _at_amount(error: ShopError) -> Invalid:
    """The mistake as one of the form's: whatever is wrong with stock or price stands at the amount."""
    if isinstance(error, Invalid):
        return error
    fault: ShopError = error
    if isinstance(error, OutOfStock) and error.left:
        fault = FieldError("Chỉ còn {left_text}. Chọn ít hơn giúp.", left_text=error.values["left_text"])
    mistake = Invalid(fields={"amount": fault})
    mistake.status = error.status
    return mistake


async def _page(request: Request, show: Show, household: Household, *, form: Form | None = None,
                error: Invalid | None = None, status: int = 200) -> Response:
    shop = shop_of(request)
    asked = (form.raw("pin") if form else request.query_params.get("pin", "")) or show.pinned
    async with shop.db.read() as connection:
        fresh = await show_by_id(connection, show.id)
        public, goods = await public_of(connection, fresh)
        chosen = next((one for one in goods if one.item.pin == asked), None) or next(
            (one for one in goods if not one.item.listing.is_sold_out), None)
        offer = await load_offer(connection, chosen.item.listing.code, public_url=shop.settings.public_url) if chosen else None
        seller = await seller_of(connection, show)
        preview = preview_link(fresh, await posters_of(connection, show.id), public_url=shop.settings.public_url)
    if fresh.state == "planned":
        # Once a second for all who look: prices and photos may have changed.
        await rooms_of(request).look(f"posters of {show.id}", "", lambda: wish_posters(shop, fresh))
    households = await _sellers(request, fresh, goods)
    is_chosen = bool(form or request.query_params.get("pin"))
    order_form = _order_form(offer, form) if offer and not offer.listing.is_sold_out else None
    # Whoever was writing an order when the show ended can still send it, perhaps at the price from before it.
    is_watched = fresh.state == "live" or (fresh.state == "ended" and form and order_form)
    return page(request, f"live/{'watch' if is_watched else 'before'}.html", status=status, cache=LIVE, show=fresh,
                motif=motif_of(seller.code), public=public, goods=goods, chosen=chosen, is_chosen=is_chosen,
                viewers=max(1, rooms_of(request).viewers(show.id)), link=shop.settings.public_url + show.path, now=now_ms(),
                preview=preview, seller=seller, households=households,
                answering=households or ([] if seller.is_team else [household]), order_form=order_form,
                values=shown_again(form, offer) if form and offer else {}, errors=messages(error) if error else {})


async def _sellers(request: Request, show: Show, goods: tuple[Shown, ...]) -> list[Household]:
    """The households of a team's show that have goods on it."""
    async with shop_of(request).db.read() as connection:
        owners = await owners_of(connection, show)
    ids = dict.fromkeys(one.item.listing.household_id for one in goods)
    return [owners[one] for one in ids if one in owners]


def _order_form(offer: Offer, form: Form | None) -> dict[str, object]:
    """What the short form is made of."""
    payments = [{"value": "transfer", "label": translate("Chuyển khoản"), "icon": "bank"}] * offer.takes_transfers
    payments.append({"value": "cod", "label": translate("Khi nhận hàng"), "icon": "cash"})
    return {"key": form.raw("key") if form and form.raw("key") else secrets.token_urlsafe(16), "amounts": picks(offer.listing),
            "listing": offer.listing, "tiers": tiers_json(offer.listing.tiers), "payments": payments,
            "deliveries": [{"value": "coach", "label": translate("Gửi xe"), "icon": "bus"},
                           {"value": "post", "label": translate("Bưu điện"), "icon": "box"},
                           {"value": "pickup", "label": translate("Đến lấy"), "icon": "stall"}]}


ROUTES = [
    Route("/l/{code}", show_page), Route("/l/{code}/order", order, methods=["POST"]),
    Route("/l/{code}/comments", comment, methods=["POST"]), Route("/l/{code}/calendar.ics", save_calendar),
]
