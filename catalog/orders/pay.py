"""Money that comes for an order, told by the bank or by the seller."""

from __future__ import annotations

from catalog.errors import AlreadyPaid, Conflict, NotFound
from catalog.households.queries import record
from catalog.orders.model import Order, Paid, payment_state_of
from catalog.orders.queries import SQL, note_event, order_by_id, to_order
from catalog.storage.database import now_ms
from catalog.storage.sql import Connection
from catalog.words.keyed import N_
from catalog.words.money import show_vnd


async def record_payment(connection: Connection, order_id: str, amount_vnd: int, at_ms: int, *,
                         person_id: str | None = None) -> Paid:
    """What the money did to the order; raises `NotFound` where there is no such order.

    The exact sum pays it, less pays a part, more is kept as paid too much; a paid order that was
    only placed is accepted by that, and its goods wait for no clock any more. Money for an expired
    order takes its goods again if they are still there and the sum is whole. `PAID_BEFORE` and
    `TOO_LATE` leave the order as it is: somebody must look at the transfer.
    """
    row = await SQL.lock_order(connection, id=order_id)
    if row is None:
        raise NotFound
    order = to_order(row)
    if order.is_paid:
        return Paid.PAID_BEFORE
    paid_vnd = order.paid_vnd + amount_vnd
    if order.state == "cancelled" or (order.state == "expired" and paid_vnd < order.total_vnd):
        return Paid.TOO_LATE
    if order.state == "expired":
        if await SQL.take_stock(connection, listing_id=order.listing_id, amount=order.amount,
                                unit=order.unit) is None:
            return Paid.TOO_LATE
        await note_event(connection, order.id, "taken_again")
    payment_state = payment_state_of(order.total_vnd, paid_vnd)
    is_whole = payment_state != "part_paid"
    state = "confirmed" if is_whole and order.state in ("placed", "expired") else order.state
    await SQL.set_paid(connection, id=order.id, paid_vnd=paid_vnd, payment_state=payment_state,
                       paid_ms=at_ms if is_whole else None, state=state, now_ms=now_ms())
    await note_event(connection, order.id, payment_state, person_id=person_id, detail=show_vnd(amount_vnd))
    return Paid(payment_state)


async def mark_paid(connection: Connection, order_id: str, *, person_id: str) -> Order:
    """The order, paid in full by the seller's word: cash in hand, or seen in the bank's app.

    Raises `AlreadyPaid`, or `Conflict` where the order has ended and its goods are gone.
    """
    row = await SQL.lock_order(connection, id=order_id)
    if row is None:
        raise NotFound
    order = to_order(row)
    outcome = await record_payment(connection, order_id, order.missing_vnd, now_ms(), person_id=person_id)
    if outcome is Paid.PAID_BEFORE:
        raise AlreadyPaid
    if outcome is Paid.TOO_LATE:
        raise Conflict("Đơn đã hết hạn và hàng đã hết. Gọi người mua để trả lại tiền.")
    await record(connection, household_id=order.household_id, person_id=person_id, verb=N_("nhận tiền"),
                 listing_id=order.listing_id, detail=order.code)
    paid = await order_by_id(connection, order_id)
    assert paid is not None
    return paid
