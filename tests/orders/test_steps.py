"""What comes next for an order, as its seller is told."""

from __future__ import annotations

import pytest

from catalog.orders import steps
from catalog.orders.model import Order
from catalog.orders.steps import Step, also, by_urgency, next_step, tab_of


def order(state: str = "placed", *, payment: str = "transfer", paid_vnd: int = 0, delivery: str = "coach",
          created_ms: int = 0) -> Order:
    payment_state = "unpaid" if not paid_vnd else "part_paid" if paid_vnd < 100 else "paid"
    return Order(id="1", code="CP", token="t", listing_id="1", household_id="1", listing_name="Xoài", amount=1, unit="kg",
                 unit_price_vnd=100, total_vnd=100, buyer_name="Hà", buyer_phone="+84900000123", buyer_place="",
                 note="", delivery=delivery, payment=payment, channel="", state=state, payment_state=payment_state,
                 paid_vnd=paid_vnd, paid_ms=None, hold_until_ms=None, cancel_reason="", created_ms=created_ms,
                 changed_ms=created_ms)


@pytest.mark.parametrize(("facts", "step", "tab"), [
    (order(payment="cod"), steps.CALL, "todo"),
    (order(), steps.AWAIT_MONEY, "todo"),
    (order(paid_vnd=50), steps.CHECK_MONEY, "todo"),
    (order("confirmed", paid_vnd=100), steps.SEND_BY_COACH, "todo"),
    (order("confirmed", paid_vnd=100, delivery="post"), steps.SEND_BY_POST, "todo"),
    (order("confirmed", payment="cash", delivery="pickup"), steps.PACK, "todo"),
    (order("confirmed"), steps.AWAIT_MONEY, "todo"),
    (order("handed_over", payment="cash", delivery="pickup"), steps.GIVE_FOR_CASH, "todo"),
    (order("handed_over", paid_vnd=100, delivery="pickup"), steps.GIVE, "todo"),
    (order("handed_over", paid_vnd=100), steps.ON_ITS_WAY, "sent"),
    (order("handed_over", payment="cod"), steps.ON_ITS_WAY_FOR_CASH, "sent"),
    (order("done", payment="cod"), steps.COLLECT, "todo"),
    (order("done", paid_vnd=100), steps.DONE, "ended"),
    (order("cancelled"), steps.CANCELLED, "ended"),
    (order("expired"), steps.EXPIRED, "ended")])
def test_each_order_has_one_next_step_in_one_list(facts: Order, step: Step, tab: str) -> None:
    assert next_step(facts) is step
    assert tab_of(facts) == tab
    assert step.does not in also(facts)


def test_who_must_be_called_comes_first_and_the_longest_wait_before_it() -> None:
    late, early = order(payment="cod", created_ms=2), order(payment="cod", created_ms=1)
    waiting, packed = order(created_ms=0), order("confirmed", paid_vnd=100)

    assert by_urgency([waiting, packed, late, early]) == [early, late, packed, waiting]
