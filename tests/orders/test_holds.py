"""Held goods come back exactly once, and a buyer may take them again."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest

from catalog.errors import Conflict, OutOfStock
from catalog.orders.holds import EXPIRE, expire_hold, take_again
from catalog.orders.jobs import JOBS
from catalog.orders.model import Paid
from catalog.orders.pay import record_payment
from catalog.orders.progress import cancel, confirm
from catalog.storage.database import Database, now_ms
from catalog.storage.jobs import JobRunner
from tests.orders.stall import HOLD_SECONDS, Stall, add_stall


async def expire(stall: Stall, order_id: str) -> bool:
    async with stall.db.write() as connection:
        return await expire_hold(connection, order_id)


async def pay(stall: Stall, order_id: str, amount_vnd: int) -> Paid:
    async with stall.db.write() as connection:
        return await record_payment(connection, order_id, amount_vnd, now_ms())


async def take(stall: Stall, order_id: str, hold_seconds: int = HOLD_SECONDS) -> None:
    async with stall.db.write() as connection:
        await take_again(connection, order_id, hold_seconds=hold_seconds)


async def test_an_unpaid_hold_that_ended_gives_its_goods_back_once(db: Database) -> None:
    stall = await add_stall(db, on_hand=10)
    order = await stall.place(3, hold_seconds=-1)

    ended = await asyncio.gather(*(expire(stall, order.id) for _ in range(5)))

    assert sorted(ended) == [False, False, False, False, True]
    assert (await stall.order(order.id)).state == "expired"
    assert await stall.left() == 10


async def test_a_hold_that_lasts_is_left_alone(db: Database) -> None:
    stall = await add_stall(db, on_hand=10)
    order = await stall.place(3)

    assert not await expire(stall, order.id)
    assert await stall.left() == 7


async def test_cash_orders_and_accepted_orders_do_not_expire(db: Database) -> None:
    stall = await add_stall(db, on_hand=10)
    cash = await stall.place(1, payment="cash", hold_seconds=-1)
    accepted = await stall.place(1, hold_seconds=-1)
    async with db.write() as connection:
        await confirm(connection, accepted.id, person_id=stall.person_id)

    assert not await expire(stall, cash.id)
    assert not await expire(stall, accepted.id)
    assert await stall.left() == 8


async def test_a_partly_paid_order_does_not_expire(db: Database) -> None:
    stall = await add_stall(db, on_hand=10)
    order = await stall.place(1, hold_seconds=-1)

    await pay(stall, order.id, 100_000)

    assert not await expire(stall, order.id)
    assert await stall.left() == 9


async def test_money_and_the_end_of_the_hold_at_once_never_lose_goods(db: Database) -> None:
    stall = await add_stall(db, on_hand=10)
    orders = [await stall.place(1, hold_seconds=-1) for _ in range(6)]

    await asyncio.gather(*(expire(stall, order.id) for order in orders),
                         *(pay(stall, order.id, order.total_vnd) for order in orders))

    kept = [await stall.order(order.id) for order in orders]
    assert {(order.state, order.payment_state) for order in kept} == {("confirmed", "paid")}
    assert await stall.left() == 4


async def test_a_cancelled_order_does_not_expire_as_well(db: Database) -> None:
    stall = await add_stall(db, on_hand=10)
    order = await stall.place(3, hold_seconds=-1)
    async with db.write() as connection:
        await cancel(connection, order.id, reason="changed_mind", person_id=stall.person_id)

    assert not await expire(stall, order.id)
    assert await stall.left() == 10


async def test_goods_are_taken_again_with_a_new_hold(db: Database) -> None:
    stall = await add_stall(db, on_hand=10)
    order = await stall.place(3, hold_seconds=-1)
    await expire(stall, order.id)

    await take(stall, order.id)

    again = await stall.order(order.id)
    assert again.state == "placed" and again.hold_until_ms is not None and again.hold_until_ms > now_ms()
    assert await stall.left() == 7
    assert not await expire(stall, order.id)


async def test_goods_that_are_gone_cannot_be_taken_again(db: Database) -> None:
    stall = await add_stall(db, on_hand=3)
    order = await stall.place(3, hold_seconds=-1)
    await expire(stall, order.id)
    await stall.place(1)

    with pytest.raises(OutOfStock):
        await take(stall, order.id)

    assert (await stall.order(order.id)).state == "expired"
    assert await stall.left() == 2


async def test_a_double_press_takes_the_goods_again_once(db: Database) -> None:
    stall = await add_stall(db, on_hand=10)
    order = await stall.place(3, hold_seconds=-1)
    await expire(stall, order.id)

    outcomes = await asyncio.gather(*(take(stall, order.id) for _ in range(4)), return_exceptions=True)

    assert sum(isinstance(one, Conflict) for one in outcomes) == 3
    assert await stall.left() == 7


async def test_an_old_price_is_not_kept_by_taking_again(db: Database) -> None:
    stall = await add_stall(db, on_hand=10)
    order = await stall.place(3, hold_seconds=-1)
    await expire(stall, order.id)
    await stall.change(price_vnd=200_000)

    with pytest.raises(Conflict):
        await take(stall, order.id)

    assert await stall.left() == 10


async def test_the_runner_ends_holds_by_itself_also_the_second_one(db: Database) -> None:
    stall = await add_stall(db, on_hand=10)
    runner = JobRunner(db)
    runner.add(JOBS)

    await runner.open(SimpleNamespace(db=db))
    order = await stall.place(3, hold_seconds=0)
    runner.wake()
    await _until_expired(stall, order.id)
    await take(stall, order.id, hold_seconds=0)
    runner.wake()
    await _until_expired(stall, order.id)
    await runner.close()

    assert await stall.left() == 10
    assert EXPIRE in {kind.kind for kind in JOBS}


async def _until_expired(stall: Stall, order_id: str) -> None:
    for _ in range(400):
        if (await stall.order(order_id)).state == "expired":
            return
        await asyncio.sleep(0.02)
    raise AssertionError("the hold did not end")


async def test_goods_of_another_measure_are_not_added_to_the_stall(db: Database) -> None:
    stall = await add_stall(db, on_hand=5_000, unit="kg")
    order = await stall.place(2_000, hold_seconds=-1)
    await stall.change(unit="quả")

    await expire(stall, order.id)

    assert (await stall.order(order.id)).state == "expired"
    assert await stall.left() == 3_000
