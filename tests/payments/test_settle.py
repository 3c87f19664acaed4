"""A person says what money is; nothing is counted twice and nothing is lost."""

from __future__ import annotations

import asyncio

import pytest

from catalog.errors import Conflict, Invalid, NotFound
from catalog.households.queries import SQL as HOUSEHOLDS
from catalog.orders.pay import mark_paid
from catalog.payments.model import Transfer, Why
from catalog.payments.settle import orders_to_choose
from catalog.storage.database import Database
from tests.payments.till import Till, add_till


async def lost_money(till: Till, **fields: object) -> Transfer:
    await till.tell(**({"content": "chi Lan mua thit"} | fields))
    return (await till.to_review())[0]


async def test_money_put_to_an_order_pays_it_and_its_memo_goes(db: Database) -> None:
    till = await add_till(db)
    order = await till.stall.place()
    transfer = await lost_money(till)

    settled = await till.settle(transfer, order.code)

    assert (settled.state, settled.why, settled.content) == ("settled", Why.PAID, order.code)
    assert (await till.order(order)).is_paid and await till.to_review() == []


async def test_who_put_money_to_which_order_is_written_down(db: Database) -> None:
    till = await add_till(db)
    order = await till.stall.place()
    transfer = await lost_money(till)

    await till.settle(transfer, order.code)

    async with db.read() as connection:
        audit = await HOUSEHOLDS.audit_of_household(connection, household_id=till.stall.household_id, most=1)
    assert (audit[0]["verb"], audit[0]["detail"]) == ("Ghép tiền vào đơn", f"170.000đ · {order.code}")


@pytest.mark.parametrize("choice", [Why.NOT_SALE, Why.RETURNED])
async def test_money_that_is_no_price_is_put_aside_without_its_memo(db: Database, choice: Why) -> None:
    till = await add_till(db)
    transfer = await lost_money(till)

    settled = await till.settle(transfer, choice)

    assert (settled.state, settled.why, settled.content, settled.order_id) == ("settled", choice, "", None)


async def test_money_is_settled_once_however_many_press_at_once(db: Database) -> None:
    till = await add_till(db)
    order = await till.stall.place(3)
    transfer = await lost_money(till)

    outcomes = await asyncio.gather(*(till.settle(transfer, order.code) for _ in range(4)), return_exceptions=True)

    assert sum(isinstance(outcome, Transfer) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 3
    assert (await till.order(order)).paid_vnd == 170_000


@pytest.mark.parametrize("choice", ["", "CP22222222", "paid", "by_hand"])
async def test_a_choice_that_is_none_is_refused(db: Database, choice: str) -> None:
    till = await add_till(db)
    transfer = await lost_money(till)

    with pytest.raises(Invalid):
        await till.settle(transfer, choice)

    assert len(await till.to_review()) == 1


async def test_an_order_that_is_paid_takes_no_more_money_by_hand(db: Database) -> None:
    till = await add_till(db)
    order = await till.stall.place()
    await till.tell(content=order.code)
    transfer = await lost_money(till)

    with pytest.raises(Invalid):
        await till.settle(transfer, order.code)

    assert [waiting.content for waiting in await till.to_review()] == ["chi Lan mua thit"]


async def test_money_marked_by_hand_before_is_linked_by_the_sellers_choice(db: Database) -> None:
    till = await add_till(db)
    order = await till.stall.place()
    transfer = await lost_money(till)
    async with db.write() as connection:
        await mark_paid(connection, order.id, person_id=till.stall.person_id)

    settled = await till.settle(transfer, order.code)

    assert settled.why is Why.BY_HAND and (await till.order(order)).paid_vnd == 170_000


async def test_a_neighbour_can_neither_settle_nor_be_given_anothers_money(db: Database) -> None:
    till, neighbour = await add_till(db), await add_till(db)
    order = await neighbour.stall.place()
    transfer = await lost_money(till)

    with pytest.raises(NotFound):
        await neighbour.settle(transfer, order.code)
    with pytest.raises(Invalid):
        await till.settle(transfer, order.code)


async def test_orders_of_just_that_sum_are_offered_first(db: Database) -> None:
    till = await add_till(db)
    three, one = await till.stall.place(3), await till.stall.place(1)
    paid = await till.stall.place(1)
    await till.tell(content=paid.code)
    transfer = await lost_money(till)

    async with db.read() as connection:
        offered = await orders_to_choose(connection, transfer)

    assert [order.code for order in offered] == [one.code, three.code]
