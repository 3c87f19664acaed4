"""Money is counted, never lost, and never counted twice."""

from __future__ import annotations

import asyncio

import pytest

from catalog.errors import AlreadyPaid, Conflict, NotFound
from catalog.orders.holds import expire_hold
from catalog.orders.model import Order, Paid
from catalog.orders.pay import mark_paid, record_payment
from catalog.orders.progress import cancel, confirm, finish, hand_over
from catalog.orders.queries import events_of
from catalog.storage.database import Database, now_ms
from tests.orders.stall import Stall, add_stall


async def pay(stall: Stall, order: Order, amount_vnd: int) -> Paid:
    async with stall.db.write() as connection:
        return await record_payment(connection, order.id, amount_vnd, 1_700_000_000_000)


async def expired(stall: Stall, amount: int) -> Order:
    order = await stall.place(amount, hold_seconds=-1)
    async with stall.db.write() as connection:
        assert await expire_hold(connection, order.id)
    return order


async def test_the_exact_sum_pays_and_accepts_the_order(db: Database) -> None:
    stall = await add_stall(db)
    order = await stall.place(1)

    outcome = await pay(stall, order, 170_000)

    kept = await stall.order(order.id)
    assert outcome is Paid.PAID
    assert (kept.state, kept.payment_state, kept.paid_vnd) == ("confirmed", "paid", 170_000)
    assert (kept.paid_ms, kept.hold_until_ms) == (1_700_000_000_000, None)


async def test_two_parts_make_a_whole(db: Database) -> None:
    stall = await add_stall(db)
    order = await stall.place(1)

    first = await pay(stall, order, 150_000)
    between = await stall.order(order.id)
    second = await pay(stall, order, 20_000)

    assert (first, second) == (Paid.PART_PAID, Paid.PAID)
    assert (between.state, between.missing_vnd, between.paid_ms) == ("placed", 20_000, None)


async def test_too_much_is_kept_as_too_much(db: Database) -> None:
    stall = await add_stall(db)
    order = await stall.place(1)

    outcome = await pay(stall, order, 200_000)

    kept = await stall.order(order.id)
    assert outcome is Paid.OVERPAID and kept.is_paid and kept.surplus_vnd == 30_000


async def test_a_second_payment_changes_nothing_and_is_told(db: Database) -> None:
    stall = await add_stall(db)
    order = await stall.place(1)

    outcomes = await asyncio.gather(*(pay(stall, order, 170_000) for _ in range(4)))

    assert sorted(outcomes) == [Paid.PAID, Paid.PAID_BEFORE, Paid.PAID_BEFORE, Paid.PAID_BEFORE]
    assert (await stall.order(order.id)).paid_vnd == 170_000


async def test_late_money_takes_the_goods_again_where_they_are(db: Database) -> None:
    stall = await add_stall(db, on_hand=5)
    order = await expired(stall, 2)

    outcome = await pay(stall, order, 340_000)

    kept = await stall.order(order.id)
    assert outcome is Paid.PAID and kept.state == "confirmed"
    assert await stall.left() == 3


async def test_late_money_for_goods_that_are_gone_waits_for_a_person(db: Database) -> None:
    stall = await add_stall(db, on_hand=2)
    order = await expired(stall, 2)
    await stall.place(1)

    outcome = await pay(stall, order, 340_000)

    kept = await stall.order(order.id)
    assert outcome is Paid.TOO_LATE and (kept.state, kept.paid_vnd) == ("expired", 0)
    assert await stall.left() == 1


async def test_a_late_part_and_money_for_a_cancelled_order_wait_for_a_person(db: Database) -> None:
    stall = await add_stall(db, on_hand=5)
    late, ended = await expired(stall, 1), await stall.place(1)
    async with db.write() as connection:
        await cancel(connection, ended.id, reason="no_answer", person_id=stall.person_id)

    assert await pay(stall, late, 100_000) is Paid.TOO_LATE
    assert await pay(stall, ended, 170_000) is Paid.TOO_LATE
    assert await stall.left() == 5


async def test_money_after_delivery_is_counted_and_moves_nothing(db: Database) -> None:
    stall = await add_stall(db)
    order = await stall.place(1, payment="cod")
    async with db.write() as connection:
        for step in (confirm, hand_over, finish):
            await step(connection, order.id, person_id=stall.person_id)

    outcome = await pay(stall, order, 170_000)

    kept = await stall.order(order.id)
    assert outcome is Paid.PAID and (kept.state, kept.payment_state) == ("done", "paid")


async def test_the_seller_marks_what_is_missing_and_only_once(db: Database) -> None:
    stall = await add_stall(db)
    order = await stall.place(1)
    await pay(stall, order, 100_000)

    async with db.write() as connection:
        marked = await mark_paid(connection, order.id, person_id=stall.person_id)
    with pytest.raises(AlreadyPaid):
        async with db.write() as connection:
            await mark_paid(connection, order.id, person_id=stall.person_id)

    assert (marked.payment_state, marked.paid_vnd, marked.state) == ("paid", 170_000, "confirmed")
    async with db.read() as connection:
        events = await events_of(connection, order.id)
    assert [(event.what, event.detail, event.who) for event in events] == [
        ("placed", "", None), ("part_paid", "100.000đ", None), ("paid", "70.000đ", "Lò Thị Xuân")]


async def test_the_seller_cannot_mark_a_cancelled_order_as_paid(db: Database) -> None:
    stall = await add_stall(db)
    order = await stall.place(1)
    async with db.write() as connection:
        await cancel(connection, order.id, reason="no_answer", person_id=stall.person_id)

    with pytest.raises(Conflict):
        async with db.write() as connection:
            await mark_paid(connection, order.id, person_id=stall.person_id)


async def test_money_for_no_order_is_refused(db: Database) -> None:
    with pytest.raises(NotFound):
        async with db.write() as connection:
            await record_payment(connection, "nobody", 1, now_ms())
