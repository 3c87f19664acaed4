"""What a person decides about money that found no order by itself."""

from __future__ import annotations

from catalog.errors import Conflict, FieldError, Invalid, NotFound
from catalog.households.queries import record
from catalog.orders.model import Order
from catalog.orders.queries import ended_orders, open_orders, order_of_household
from catalog.payments.credit import credit
from catalog.payments.model import CREDITED, Transfer, Why
from catalog.payments.queries import SQL, transfer_of
from catalog.storage.sql import Connection
from catalog.words.keyed import N_
from catalog.words.money import show_vnd

ASIDE = (Why.NOT_SALE, Why.RETURNED)
"""What money can be besides the price of an order."""

REFUSALS = {
    Why.PAID_BEFORE: N_("Đơn này đã trả đủ rồi. Chọn đơn khác, hoặc trả lại tiền cho người gửi."),
    Why.TOO_LATE: N_("Đơn này đã kết thúc, hàng không còn giữ. Gọi người mua để trả lại tiền."),
}


async def settle_transfer(connection: Connection, household_id: str, transfer_id: str, choice: str, *,
                          person_id: str) -> Transfer:
    """The transfer, counted for the order with the code `choice`, or put aside as one of `ASIDE`.

    The memo goes with it. Raises `NotFound` for another household's transfer, `Conflict` where
    somebody decided in the meantime, and `Invalid` (field "choice") where the order can't take it.
    """
    if await transfer_of(connection, household_id, transfer_id) is None:
        raise NotFound
    order = None if choice in ASIDE else await order_of_household(connection, household_id, choice)
    if order is None and choice not in ASIDE:
        raise Invalid(fields={"choice": FieldError("Chọn một đơn, hoặc nói đây là tiền gì.")})
    why = Why.PAID if order else Why(choice)
    settled = await SQL.settle(connection, id=transfer_id, household_id=household_id, reason=why.value,
                               order_id=order.id if order else None, content=order.code if order else "")
    if settled is None:
        raise Conflict("Khoản này đã có người xử lý rồi.")
    if order:
        why = await credit(connection, transfer_id, order.id, settled["amount_vnd"], person_id=person_id)
        if why not in CREDITED:
            raise Invalid(fields={"choice": FieldError(REFUSALS[why])})
        await SQL.set_reason(connection, id=transfer_id, reason=why.value)
    detail = " · ".join([show_vnd(settled["amount_vnd"]), *([order.code] if order else [])])
    verb = N_("Ghép tiền vào đơn") if order else N_("Để riêng khoản tiền không thuộc đơn nào")
    await record(connection, household_id=household_id, person_id=person_id, verb=verb, detail=detail)
    transfer = await transfer_of(connection, household_id, transfer_id)
    assert transfer is not None
    return transfer


async def orders_to_choose(connection: Connection, transfer: Transfer) -> list[Order]:
    """The orders that the money may be for: unpaid ones, expired ones too, those of just that sum first."""
    orders = [order for order in await open_orders(connection, transfer.household_id) if not order.is_paid]
    orders += [order for order in await ended_orders(connection, transfer.household_id) if order.state == "expired"]
    return sorted(orders, key=lambda order: (order.id != transfer.order_id,
                                             abs(order.missing_vnd - transfer.amount_vnd)))
