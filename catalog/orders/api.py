"""The JSON API for orders: anybody may order, the household's key reads its orders."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from catalog.errors import FieldError, Invalid, NotFound, ShopError
from catalog.households.model import Household
from catalog.households.session import household_of_key
from catalog.listings.model import order_link
from catalog.listings.queries import listing_by_id
from catalog.orders.checkout import TooLittle, Wish, place_order, request_key_of
from catalog.orders.model import Order, in_units
from catalog.orders.offer import Offer, load_offer
from catalog.orders.order_form import LONGEST_KEY, LONGEST_NAME, LONGEST_PLACE, NO_PLACE, NO_TRANSFER
from catalog.orders.queries import newest_orders, order_of_household
from catalog.storage.shop import Shop
from catalog.web.api import Line, Operation, answer, api_routes, read_json
from catalog.web.limits import count_try
from catalog.web.render import shop_of
from catalog.words.keyed import KeyedError
from catalog.words.phones import read_phone
from catalog.words.units import to_base

MOST_ORDERS = 200


class NewOrder(BaseModel):
    """What a buyer asks for. A repeat with the same `key` gives the same order."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    code: str = Field(min_length=1, max_length=20, description="The listing's code.")
    quantity: float = Field(gt=0, description="A number of the unit: 1.5 for one and a half kilograms.")
    unit: str = Field(min_length=1, max_length=20, description="The listing's unit, or another of the same measure.")
    name: Line = Field(min_length=1, max_length=LONGEST_NAME)
    phone: str = Field(min_length=1, max_length=40)
    place: Line = Field(default="", max_length=LONGEST_PLACE, description="Not needed where the buyer fetches.")
    delivery: Literal["pickup", "coach", "post"]
    payment: Literal["transfer", "cash", "cod"]
    key: str = Field(min_length=1, max_length=LONGEST_KEY,
                     description="Made by the caller; 16 characters or more stand alone, fewer beside the phone.")


class PlacedOut(BaseModel):
    """The order's code and its buyer's private page."""

    order_code: str
    url: str
    total_vnd: int
    state: str
    payment_state: str
    held_until: datetime | None


class OrderOut(BaseModel):
    """An order as its household sees it. Times are UTC; `quantity` counts `unit`."""

    order_code: str
    listing_id: str
    listing_name: str
    quantity: float
    unit: str
    unit_price_vnd: int
    total_vnd: int
    paid_vnd: int
    name: str
    phone: str
    place: str
    delivery: str
    payment: str
    channel: str
    state: str
    payment_state: str
    cancel_reason: str
    url: str
    order_url: str
    held_until: datetime | None
    created_at: datetime
    changed_at: datetime


class OrdersOut(BaseModel):
    """A household's orders, the newest first."""

    orders: list[OrderOut]


async def add_order(request: Request) -> Response:
    """201 with the order, 200 where the same key made it before, 409 with `left` where too little is there."""
    await count_try(request, "order")
    wanted = await read_json(request, NewOrder)
    shop = shop_of(request)
    async with shop.db.read() as connection:
        offer = await load_offer(connection, wanted.code, public_url=shop.settings.public_url)
    if offer is None:
        raise NotFound("Không có món này. Xem lại mã trên biển.")
    try:
        placed = await place_order(shop.db, _wish(wanted, offer), hold_seconds=shop.settings.transfer_hold_seconds)
    except TooLittle as error:
        raise Invalid(fields={"quantity": error.fields["amount"]}) from error
    shop.jobs.wake()
    order = placed.order
    out = PlacedOut(order_code=order.code, url=f"{shop.settings.public_url}/d/{order.token}", total_vnd=order.total_vnd,
                    state=order.state, payment_state=order.payment_state, held_until=_time(order.hold_until_ms))
    return answer(out, 201 if placed.is_new else 200)


async def list_orders(request: Request) -> Response:
    """The household's newest orders."""
    household = await _who(request)
    shop = shop_of(request)
    async with shop.db.read() as connection:
        orders = await newest_orders(connection, household.id, most=MOST_ORDERS)
    return answer(OrdersOut(orders=[await _show(shop, order) for order in orders]))


async def get_order(request: Request) -> Response:
    """One of the household's orders."""
    household = await _who(request)
    shop = shop_of(request)
    async with shop.db.read() as connection:
        order = await order_of_household(connection, household.id, request.path_params["order_code"])
    if order is None:
        raise NotFound("Không có đơn này.")
    return answer(await _show(shop, order))


def _wish(wanted: NewOrder, offer: Offer) -> Wish:
    """The wish; raises `Invalid` with every field that can't be taken."""
    wrong: dict[str, ShopError] = {}
    amount, phone, listing = 0, "", offer.listing
    try:
        amount = to_base(wanted.quantity, wanted.unit, sold_by=listing.unit)
    except KeyedError as error:
        wrong["quantity"] = FieldError(error.key, **error.values)
    try:
        phone = read_phone(wanted.phone)
    except KeyedError as error:
        wrong["phone"] = FieldError(error.key, **error.values)
    if wanted.delivery != "pickup" and not wanted.place:
        wrong["place"] = FieldError(NO_PLACE)
    if wanted.payment == "transfer" and not offer.takes_transfers:
        wrong["payment"] = FieldError(NO_TRANSFER)
    if wrong:
        raise Invalid(fields=wrong)
    return Wish(listing_id=listing.id, amount=amount, sold_by=listing.unit, buyer_name=wanted.name,
                buyer_phone=phone, buyer_place=wanted.place, delivery=wanted.delivery, payment=wanted.payment,
                request_key=request_key_of(wanted.key, phone))


async def _show(shop: Shop, order: Order) -> OrderOut:
    async with shop.db.read() as connection:
        listing = await listing_by_id(connection, order.listing_id)
    assert listing is not None
    url = shop.settings.public_url
    return OrderOut(
        order_code=order.code, listing_id=order.listing_id, listing_name=order.listing_name,
        quantity=in_units(order.amount, order.unit), unit=order.unit, unit_price_vnd=order.unit_price_vnd,
        total_vnd=order.total_vnd, paid_vnd=order.paid_vnd, name=order.buyer_name, phone=order.buyer_phone,
        place=order.buyer_place, delivery=order.delivery, payment=order.payment, channel=order.channel,
        state=order.state, payment_state=order.payment_state, cancel_reason=order.cancel_reason,
        url=f"{url}/d/{order.token}", order_url=order_link(url, listing.code), held_until=_time(order.hold_until_ms),
        created_at=_sure(order.created_ms), changed_at=_sure(order.changed_ms))


async def _who(request: Request) -> Household:
    household = await household_of_key(request)
    await count_try(request, "api", who=household.id)
    return household


def _time(ms: int | None) -> datetime | None:
    return None if ms is None else _sure(ms)


def _sure(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)


OPERATIONS = [
    Operation("POST", "/api/v1/orders", add_order, "Order a product", takes=NewOrder, gives=PlacedOut, status=201,
              also=(200,), needs_key=False, refusals=(404, 409)),
    Operation("GET", "/api/v1/orders", list_orders, "The household's newest orders", gives=OrdersOut),
    Operation("GET", "/api/v1/orders/{order_code}", get_order, "One order", gives=OrderOut, refusals=(404,)),
]

ROUTES = api_routes(OPERATIONS)
