"""Goods held for a transfer that has not come: given back once when the time is over, or taken again."""

from __future__ import annotations

from catalog.errors import Conflict, OutOfStock
from catalog.listings.queries import tiers_of_listing
from catalog.listings.tiers import total_vnd
from catalog.orders.model import Order
from catalog.orders.queries import SQL, note_event, to_order
from catalog.storage.database import now_ms
from catalog.storage.queries import enqueue
from catalog.storage.sql import Connection
from catalog.words.units import read_unit

EXPIRE = "orders.expire_hold"


async def hold_until(connection: Connection, order_id: str, until_ms: int) -> None:
    """Promise to look at the order when its hold ends. Each hold has a job of its own."""
    await enqueue(connection, EXPIRE, key=f"{EXPIRE}:{order_id}:{until_ms}", payload={"order_id": order_id},
                  run_at_ms=until_ms)


async def expire_hold(connection: Connection, order_id: str) -> bool:
    """Whether the hold ended just now: the goods are back on the stall, once however often this runs.

    Nothing happens to an order that was paid, accepted, cancelled, or whose hold was made longer.
    """
    row = await SQL.expire(connection, id=order_id, now_ms=now_ms())
    if row is None:
        return False
    order = to_order(row)
    await give_back(connection, order)
    await note_event(connection, order.id, "expired")
    return True


async def give_back(connection: Connection, order: Order) -> None:
    """Put the order's goods back on the stall.

    Not where the listing is measured otherwise by now (kilograms, pieces): the seller counts anew then.
    """
    row = await SQL.stock_of(connection, listing_id=order.listing_id)
    if read_unit(row["unit"]).base == read_unit(order.unit).base:
        await SQL.give_stock_back(connection, listing_id=order.listing_id, amount=order.amount)


async def take_again(connection: Connection, order_id: str, *, hold_seconds: int) -> Order:
    """The expired order, its goods held anew at the price it was placed for.

    Raises `OutOfStock` where too little is left, and `Conflict` where the order did not expire or
    the price is another by now. Wake the job runner afterwards.
    """
    until = now_ms() + hold_seconds * 1000
    row = await SQL.reopen(connection, id=order_id, hold_until_ms=until, now_ms=now_ms())
    if row is None:
        raise Conflict
    order = to_order(row)
    taken = await SQL.take_stock(connection, listing_id=order.listing_id, amount=order.amount, unit=order.unit)
    if taken is None:
        raise OutOfStock
    tiers = await tiers_of_listing(connection, order.listing_id)
    if total_vnd(taken["price_vnd"], tiers, order.amount, order.unit) != order.total_vnd:
        raise Conflict("Giá đã đổi. Đặt lại theo giá mới nhé.")
    await hold_until(connection, order.id, until)
    await note_event(connection, order.id, "taken_again")
    return order
