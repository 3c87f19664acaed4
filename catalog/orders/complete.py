"""An order that was made for somebody, filled in by that somebody: name, number, place, how to pay."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.errors import Conflict
from catalog.orders.holds import hold_until, take_again
from catalog.orders.model import Order
from catalog.orders.queries import SQL, note_event, order_by_id, to_order
from catalog.storage.database import now_ms
from catalog.storage.sql import Connection


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who takes the order, where it goes and how it is paid."""

    name: str
    phone: str
    place: str
    delivery: str
    payment: str


async def complete_order(connection: Connection, order_id: str, buyer: Buyer, *, hold_seconds: int) -> Order:
    """The order, now the buyer's; a transfer is held for `hold_seconds` from now, other payments wait for no clock.

    Goods that were given back meanwhile are taken again. Raises `OutOfStock` where they are gone, `Conflict`
    where the order was accepted, cancelled or costs another price by now. Wake the job runner afterwards.
    """
    order = await order_by_id(connection, order_id)
    if order is not None and order.state == "expired":
        await take_again(connection, order_id, hold_seconds=hold_seconds)
    until = now_ms() + hold_seconds * 1000 if buyer.payment == "transfer" else None
    row = await SQL.complete(
        connection, id=order_id, buyer_name=buyer.name, buyer_phone=buyer.phone, buyer_place=buyer.place,
        delivery=buyer.delivery, payment=buyer.payment, hold_until_ms=until, now_ms=now_ms())
    if row is None:
        raise Conflict
    if until is not None:
        await hold_until(connection, order_id, until)
    await note_event(connection, order_id, "completed")
    return to_order(row)
