"""Placing an order: stock, order and expiry in one transaction, and a repeat makes nothing new."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from catalog.errors import Conflict, Invalid, OutOfStock, ShopError
from catalog.households.tokens import new_token
from catalog.listings.queries import tiers_of_listing
from catalog.listings.tiers import least_amount, tiers_json, too_little, total_vnd
from catalog.orders.codes import new_order_code
from catalog.orders.holds import hold_until
from catalog.orders.model import Order, in_units
from catalog.orders.queries import SQL, note_event, order_by_id, order_by_request_key
from catalog.storage.database import Database, new_id, now_ms
from catalog.storage.sql import Connection
from catalog.words.keyed import N_
from catalog.words.money import show_vnd
from catalog.words.units import show_quantity

TRIES = 3
"""A fresh code meets an old one about once in a thousand million orders."""

SECRET_KEY_LENGTH = 16
"""A shorter request key could be guessed or chosen twice, so it only counts with the same phone."""


class PriceChanged(Conflict):
    """The price is another than the buyer saw; `price_vnd` is the new one."""

    default_key = N_("Giá vừa đổi thành {price}. Xem lại rồi gửi đơn.")

    def __init__(self, price_vnd: int) -> None:
        super().__init__(price=show_vnd(price_vnd))
        self.price_vnd = price_vnd


class TiersChanged(Conflict):
    """The prices by amount are others than the buyer saw."""

    default_key = N_("Giá mua nhiều vừa đổi. Xem lại rồi gửi đơn.")


class TooLittle(Invalid):
    """Less than the seller sells at once; the mistake stands at the field `amount`."""

    def __init__(self, least: int, unit: str) -> None:
        super().__init__(fields={"amount": too_little(least, unit)})


class NotForSale(Conflict):
    """The product is not on the stall any more."""

    default_key = N_("Món này không còn bán.")


class _Repeat(Exception):
    """The request made its order before; what this transaction did is to be undone."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a buyer asks for. `amount` is in base units; `sold_by` is the unit it was read for.

    `price_seen_vnd` and `tiers_seen` (as `tiers_json` writes them) are the prices on the page that was sent,
    None where nothing was shown.
    """

    listing_id: str
    amount: int
    sold_by: str
    buyer_name: str
    buyer_phone: str
    buyer_place: str
    delivery: str
    payment: str
    request_key: str
    price_seen_vnd: int | None = None
    tiers_seen: str | None = None
    channel: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """The order, and whether this request made it or one before."""

    order: Order
    is_new: bool


def request_key_of(key: str, phone: str) -> str:
    """What is kept of a caller's own key: the same key means the same order, whatever else is sent."""
    secret = key if len(key) >= SECRET_KEY_LENGTH else f"{phone} {key}"
    return hashlib.sha256(secret.encode()).hexdigest()


async def place_order(db: Database, wish: Wish, *, hold_seconds: int) -> Placed:
    """The new order with its stock taken, or the order that the same request made before.

    Transfers are held for `hold_seconds`. Wake the job runner afterwards. Raises `OutOfStock` with
    what is left, `PriceChanged`, `TiersChanged`, `TooLittle`, or `NotForSale`.
    """
    for _ in range(TRIES):
        try:
            async with db.write() as connection:
                return Placed(await place_within(connection, wish, hold_seconds=hold_seconds), is_new=True)
        except (_Repeat, OutOfStock, Conflict, TooLittle) as refusal:
            async with db.read() as connection:
                earlier = await order_by_request_key(connection, wish.request_key)
            if earlier:
                return Placed(earlier, is_new=False)
            if isinstance(refusal, ShopError):
                raise
    raise Conflict


async def place_within(connection: Connection, wish: Wish, *, hold_seconds: int) -> Order:
    """The new order, in the caller's transaction, with a request key that was never used; raises as `place_order`."""
    taken = await SQL.take_stock(connection, listing_id=wish.listing_id, amount=wish.amount, unit=wish.sold_by)
    if taken is None:
        raise await _why_not(connection, wish)
    if wish.price_seen_vnd not in (None, taken["price_vnd"]):
        raise PriceChanged(taken["price_vnd"])
    tiers = await tiers_of_listing(connection, wish.listing_id)
    if wish.tiers_seen not in (None, tiers_json(tiers)):
        raise TiersChanged
    least = least_amount(taken["min_order"], taken["on_hand"] + wish.amount)
    if wish.amount < least:
        raise TooLittle(least, taken["unit"])
    now, order_id = now_ms(), new_id()
    until = now + hold_seconds * 1000 if wish.payment == "transfer" else None
    added = await SQL.add_order(
        connection, id=order_id, code=new_order_code(), token=new_token(), request_key=wish.request_key,
        listing_id=wish.listing_id, household_id=taken["household_id"], listing_name=taken["name"],
        amount=wish.amount, unit=taken["unit"], unit_price_vnd=taken["price_vnd"],
        total_vnd=total_vnd(taken["price_vnd"], tiers, wish.amount, taken["unit"]),
        buyer_name=wish.buyer_name, buyer_phone=wish.buyer_phone, buyer_place=wish.buyer_place, note=wish.note,
        delivery=wish.delivery, payment=wish.payment, channel=wish.channel, hold_until_ms=until, now_ms=now)
    if added is None:
        raise _Repeat
    if until is not None:
        await hold_until(connection, order_id, until)
    await note_event(connection, order_id, "placed", detail=wish.channel)
    order = await order_by_id(connection, order_id)
    assert order is not None
    return order


async def _why_not(connection: Connection, wish: Wish) -> ShopError:
    """Why no stock could be taken: too little left, with how much, not for sale, or sold by another unit now."""
    row: Any = await SQL.stock_of(connection, listing_id=wish.listing_id)
    if row is None or row["state"] != "published":
        return NotForSale()
    if row["unit"] != wish.sold_by:
        return Conflict()
    left, unit = row["on_hand"], row["unit"]
    if left == 0:
        return OutOfStock(left=0, left_quantity=0)
    return OutOfStock(N_("Chỉ còn {left_text}."), left=left, left_quantity=in_units(left, unit),
                      left_text=show_quantity(left, unit))
