"""The seller's steps: accept, hand over, finish, cancel. Each succeeds once, whoever presses first."""

from __future__ import annotations

from typing import Any

from catalog.errors import Conflict, FieldError, Invalid, NotFound
from catalog.households.queries import record
from catalog.orders.holds import give_back
from catalog.orders.model import CANCEL_REASONS, Order, may_become
from catalog.orders.queries import SQL, note_event, order_by_id, to_order
from catalog.storage.database import now_ms
from catalog.storage.sql import Connection
from catalog.words.keyed import N_

LONGEST_REASON = 120


async def confirm(connection: Connection, order_id: str, *, person_id: str) -> Order:
    """The order, accepted: its goods wait for no clock any more. Raises `Conflict` if it has moved on."""
    row = await SQL.confirm(connection, id=order_id, now_ms=now_ms())
    return await _moved(connection, row, "confirmed", N_("nhận đơn"), person_id)


async def hand_over(connection: Connection, order_id: str, *, person_id: str) -> Order:
    """The order, given to the coach or the post, or packed and ready to be fetched."""
    row = await SQL.hand_over(connection, id=order_id, now_ms=now_ms())
    return await _moved(connection, row, "handed_over", N_("gửi hàng"), person_id)


async def finish(connection: Connection, order_id: str, *, person_id: str) -> Order:
    """The order, in the buyer's hands. Says nothing about money: see `mark_paid`."""
    row = await SQL.finish(connection, id=order_id, now_ms=now_ms())
    return await _moved(connection, row, "done", N_("giao hàng"), person_id)


async def cancel(connection: Connection, order_id: str, *, reason: str, person_id: str, words: str = "") -> Order:
    """The order, cancelled; its goods are back on the stall unless a carrier has them.

    `reason` is a key of `CANCEL_REASONS`, `words` replaces it where that is "other": the buyer
    reads it. Raises `Invalid` for another reason, `Conflict` if the order has moved on.
    """
    if reason not in CANCEL_REASONS:
        raise Invalid(fields={"reason": FieldError("Chọn vì sao huỷ đơn.")})
    order = await order_by_id(connection, order_id)
    if order is None:
        raise NotFound
    if not may_become(order, "cancelled"):
        raise Conflict
    said = words.strip()[:LONGEST_REASON] if reason == "other" and words.strip() else CANCEL_REASONS[reason]
    row = await SQL.cancel(connection, id=order_id, reason=said, state_before=order.state, now_ms=now_ms())
    cancelled = await _moved(connection, row, "cancelled", N_("huỷ đơn"), person_id, detail=said)
    if order.has_goods_at_home:
        await give_back(connection, order)
    return cancelled


async def _moved(connection: Connection, row: Any, what: str, verb: str, person_id: str, *, detail: str = "") -> Order:
    """The order of the changed row, its step written down; raises `Conflict` where nothing changed."""
    if row is None:
        raise Conflict
    order = to_order(row)
    await note_event(connection, order.id, what, person_id=person_id, detail=detail)
    await record(connection, household_id=order.household_id, person_id=person_id, verb=verb,
                 listing_id=order.listing_id, detail=order.code)
    return order
