"""The seller's steps go one way, and two helpers never work against each other."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from catalog.errors import Conflict, Invalid
from catalog.households.queries import SQL as HOUSEHOLDS
from catalog.orders.model import NEXT_STATES, STATES, in_units, payment_state_of
from catalog.orders.progress import cancel, confirm, finish, hand_over
from catalog.storage.database import Database
from tests.orders.stall import Stall, add_stall


async def step(stall: Stall, verb: Any, order_id: str, **more: Any) -> None:
    async with stall.db.write() as connection:
        await verb(connection, order_id, person_id=stall.person_id, **more)


async def test_an_order_goes_from_placed_to_done(db: Database) -> None:
    stall = await add_stall(db)
    order = await stall.place(1)

    seen = [order.state]
    for verb in (confirm, hand_over, finish):
        await step(stall, verb, order.id)
        seen.append((await stall.order(order.id)).state)

    assert seen == ["placed", "confirmed", "handed_over", "done"]


async def test_steps_are_not_skipped_nor_taken_back(db: Database) -> None:
    stall = await add_stall(db)
    order = await stall.place(1)

    for verb in (hand_over, finish):
        with pytest.raises(Conflict):
            await step(stall, verb, order.id)
    await step(stall, confirm, order.id)
    with pytest.raises(Conflict):
        await step(stall, finish, order.id)
    await step(stall, hand_over, order.id)
    with pytest.raises(Conflict):
        await step(stall, confirm, order.id)


async def test_a_buyer_who_fetches_is_served_without_a_way_between(db: Database) -> None:
    stall = await add_stall(db)
    order = await stall.place(1, delivery="pickup", payment="cash")
    await step(stall, confirm, order.id)

    await step(stall, finish, order.id)

    assert (await stall.order(order.id)).state == "done"


@pytest.mark.parametrize(("steps", "left"), [((), 10), ((confirm,), 10), ((confirm, hand_over), 7)],
                         ids=["placed", "accepted", "sent"])
async def test_cancelling_puts_goods_back_unless_a_carrier_has_them(db: Database, steps: tuple[Any, ...],
                                                                    left: int) -> None:
    stall = await add_stall(db, on_hand=10)
    order = await stall.place(3)
    for verb in steps:
        await step(stall, verb, order.id)

    await step(stall, cancel, order.id, reason="no_answer")

    kept = await stall.order(order.id)
    assert (kept.state, kept.cancel_reason) == ("cancelled", "Không gọi được")
    assert await stall.left() == left


async def test_goods_that_were_packed_but_not_fetched_come_back(db: Database) -> None:
    stall = await add_stall(db, on_hand=10)
    order = await stall.place(3, delivery="pickup")
    for verb in (confirm, hand_over):
        await step(stall, verb, order.id)

    await step(stall, cancel, order.id, reason="changed_mind")

    assert await stall.left() == 10


async def test_a_reason_of_ones_own_is_what_the_buyer_reads(db: Database) -> None:
    stall = await add_stall(db)
    order = await stall.place(1)

    await step(stall, cancel, order.id, reason="other", words="  Hàng bị ướt mưa ")

    assert (await stall.order(order.id)).cancel_reason == "Hàng bị ướt mưa"


async def test_an_unknown_reason_cancels_nothing(db: Database) -> None:
    stall = await add_stall(db)
    order = await stall.place(1)

    with pytest.raises(Invalid):
        await step(stall, cancel, order.id, reason="mood")

    assert (await stall.order(order.id)).state == "placed"


async def test_two_helpers_at_once_return_the_goods_once(db: Database) -> None:
    stall = await add_stall(db, on_hand=10)
    order = await stall.place(3)

    outcomes = await asyncio.gather(*(step(stall, cancel, order.id, reason="no_goods") for _ in range(3)),
                                    step(stall, confirm, order.id), return_exceptions=True)

    assert sum(outcome is None for outcome in outcomes) in (1, 2)
    assert await stall.left() == 10


async def test_what_was_done_is_written_down_for_the_household(db: Database) -> None:
    stall = await add_stall(db)
    order = await stall.place(1)
    await step(stall, confirm, order.id)
    await step(stall, cancel, order.id, reason="no_goods")

    async with db.read() as connection:
        rows = await HOUSEHOLDS.audit_of_household(connection, household_id=stall.household_id, most=10)

    assert sorted((row["verb"], row["detail"]) for row in rows) == [("huỷ đơn", order.code),
                                                                   ("nhận đơn", order.code)]


def test_every_state_says_what_may_follow() -> None:
    assert set(NEXT_STATES) == set(STATES)
    assert {state for after in NEXT_STATES.values() for state in after} <= set(STATES)


@pytest.mark.parametrize(("paid_vnd", "state"), [(0, "unpaid"), (1, "part_paid"), (99, "part_paid"), (100, "paid"),
                                                 (101, "overpaid")])
def test_money_is_compared_with_the_total(paid_vnd: int, state: str) -> None:
    assert payment_state_of(100, paid_vnd) == state


@pytest.mark.parametrize(("amount", "unit", "number"), [(1500, "kg", 1.5), (2000, "kg", 2), (20, "chục", 2), (3, "túi", 3),
                                                        (25, "chục", 2.5)])
def test_amounts_become_numbers_of_their_unit(amount: int, unit: str, number: float) -> None:
    assert in_units(amount, unit) == number
