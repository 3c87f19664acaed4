"""Counting a transfer for an order, once."""

from __future__ import annotations

from catalog.orders.pay import record_payment
from catalog.orders.queries import order_by_id
from catalog.payments.model import WHY_OF, Why
from catalog.payments.queries import told_by_bank_vnd
from catalog.storage.database import now_ms
from catalog.storage.sql import Connection


async def credit(connection: Connection, transfer_id: str, order_id: str, amount_vnd: int, *,
                 person_id: str | None = None) -> Why:
    """What the money did to the order; only those of `CREDITED` mean that it belongs there now.

    Where the order was paid already, the sum that no transfer stands for was marked by hand: a
    transfer within it is the same money, told later by the bank.
    """
    why = WHY_OF[await record_payment(connection, order_id, amount_vnd, now_ms(), person_id=person_id)]
    if why is not Why.PAID_BEFORE:
        return why
    order = await order_by_id(connection, order_id)
    told_vnd = await told_by_bank_vnd(connection, order_id, besides=transfer_id)
    return Why.BY_HAND if order is not None and order.paid_vnd - told_vnd >= amount_vnd else why
