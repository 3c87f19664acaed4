"""An order that was made for somebody, filled in by that somebody: name, number, place, how to pay."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.errors import Conflict
from catalog.orders.holds import hold_until, take_again
from catalog.orders.model import Order
from catalog.orders.queries import SQL, note_event, to_order
from catalog.storage.database import now_ms
from catalog.storage.sql import Connection

TO_FILL_IN = ("placed", "confirmed", "expired")
"""A seller may accept an order, or take its money, before its buyer has said where it goes."""


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

    An order that the seller has accepted waits for none whatever the payment, and one that is paid stays paid as it
    was. Goods that were given back meanwhile are taken again. Raises `OutOfStock` where they are gone, `Conflict`
    where the order was handed over, cancelled or costs another price by now. Wake the job runner afterwards.
    """
    row = await SQL.lock_order(connection, id=order_id)
    order = to_order(row) if row else None
    if order is None or order.state not in TO_FILL_IN:
        raise Conflict
    if order.state == "expired":
        await take_again(connection, order_id, hold_seconds=hold_seconds)
    payment = order.payment if order.paid_vnd else buyer.payment
    until = now_ms() + hold_seconds * 1000 if payment == "transfer" and order.state != "confirmed" else None
    row = await SQL.complete(
        connection, id=order_id, buyer_name=buyer.name, buyer_phone=buyer.phone, buyer_place=buyer.place,
        delivery=buyer.delivery, payment=payment, hold_until_ms=until, now_ms=now_ms())
    if row is None:
        raise Conflict
    if until is not None:
        await hold_until(connection, order_id, until)
    await note_event(connection, order_id, "completed")
    return to_order(row)
