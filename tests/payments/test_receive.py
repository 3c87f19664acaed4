"""Money that the bank tells of is kept once and counted for its order once."""

from __future__ import annotations

import asyncio
from pathlib import Path

from catalog.accounts.queries import remove_account
from catalog.orders.pay import mark_paid
from catalog.orders.progress import cancel
from catalog.payments.model import Why
from catalog.storage.connect import database
from catalog.storage.database import Database
from tests.payments.till import ACCOUNT, Till, add_endpoint, add_till
from tests.peers import load


async def test_the_exact_sum_pays_the_order(db: Database) -> None:
    till = await add_till(db)
    order = await till.stall.place()

    why = await till.tell(content=f"{order.code} chuyen tien", transferAmount=170_000)

    paid = await till.order(order)
    assert why is Why.PAID
    assert (paid.payment_state, paid.paid_vnd, paid.state) == ("paid", 170_000, "confirmed")
    assert await till.to_review() == []


async def test_a_matched_transfer_keeps_nothing_of_the_memo_but_the_code(db: Database) -> None:
    till = await add_till(db)
    order = await till.stall.place()

    await till.tell(content=f"NGUYEN THI LAN {order.code} 0912345678")

    (transfer,) = await till.latest()
    assert (transfer.content, transfer.order_id, transfer.state) == (order.code, order.id, "matched")


async def test_every_shape_that_banks_give_a_memo_finds_its_order(db: Database, shared_data: Path) -> None:
    cases = load(shared_data / "memo_shapes.json")["cases"]
    shapes = [case for case in cases if case["order_code"] == "DH7K2M9Q"]
    till = await add_till(db, on_hand=len(shapes))

    outcomes = []
    for case in shapes:
        order = await till.stall.place()
        content = case["content"].replace("DH7K2M9Q", order.code).replace("dh7k2m9q", order.code.lower())
        why = await till.tell(content=content)
        outcomes.append(((await till.order(order)).is_paid, why is Why.PAID))

    assert outcomes == [(case["should_match"],) * 2 for case in shapes]
    assert sum(paid for paid, _ in outcomes) >= 9


async def test_the_code_that_the_service_has_read_comes_first(db: Database) -> None:
    till = await add_till(db)
    order, other = await till.stall.place(), await till.stall.place()

    await till.tell(code=order.code, content=f"{other.code} chuyen tien")

    assert (await till.order(order)).is_paid and not (await till.order(other)).is_paid


async def test_the_same_transfer_told_many_times_at_once_counts_once(db: Database) -> None:
    till = await add_till(db)
    order = await till.stall.place(2)

    outcomes = await asyncio.gather(*(
        till.tell(id=7, referenceCode="FT1", content=order.code, transferAmount=170_000) for _ in range(8)))

    assert sorted(outcomes, key=str) == [None] * 7 + [Why.PART_PAID]
    assert (await till.order(order)).paid_vnd == 170_000


async def test_a_transfer_told_by_two_ways_in_counts_once(db: Database) -> None:
    till = await add_till(db)
    order = await till.stall.place(2)
    second = await add_endpoint(db, till.stall)

    outcomes = await asyncio.gather(*(
        till.tell(endpoint=way, id=7, referenceCode="FT1", content=order.code) for way in (till.endpoint, second)))

    assert sorted(outcomes, key=str) == [None, Why.PART_PAID]
    assert (await till.order(order)).paid_vnd == 170_000


async def test_a_replay_after_a_restart_counts_nothing(tmp_path: Path) -> None:
    db = database(f"sqlite:{tmp_path / 'shop.db'}")
    await db.open()
    till = await add_till(db)
    order = await till.stall.place(2)
    await till.tell(id=7, content=order.code)
    await db.close()
    await db.open()

    again = await till.tell(id=7, content=order.code)

    assert again is None and (await till.order(order)).paid_vnd == 170_000
    await db.close()


async def test_two_transfers_of_the_same_sum_are_two(db: Database) -> None:
    till = await add_till(db)
    order = await till.stall.place(2)

    await till.tell(content=order.code)
    why = await till.tell(content=order.code)

    assert why is Why.PAID and (await till.order(order)).paid_vnd == 340_000


async def test_transfers_without_a_reference_are_told_apart_by_their_ids(db: Database) -> None:
    till = await add_till(db)
    order = await till.stall.place(2)

    first, second = [await till.tell(content=order.code, referenceCode="") for _ in range(2)]

    assert (first, second) == (Why.PART_PAID, Why.PAID)


async def test_a_part_and_the_rest_at_once_make_the_whole(db: Database) -> None:
    till = await add_till(db)
    order = await till.stall.place()

    outcomes = await asyncio.gather(till.tell(content=order.code, transferAmount=100_000),
                                    till.tell(content=order.code, transferAmount=70_000))

    paid = await till.order(order)
    assert set(outcomes) == {Why.PART_PAID, Why.PAID}
    assert (paid.payment_state, paid.paid_vnd) == ("paid", 170_000)


async def test_more_than_the_sum_is_kept_as_paid_too_much(db: Database) -> None:
    till = await add_till(db)
    order = await till.stall.place()

    why = await till.tell(content=order.code, transferAmount=200_000)

    assert why is Why.OVERPAID and (await till.order(order)).surplus_vnd == 30_000


async def test_money_for_an_order_that_the_bank_has_paid_already_waits_for_a_person(db: Database) -> None:
    till = await add_till(db)
    order = await till.stall.place()
    await till.tell(content=order.code)

    why = await till.tell(content=f"{order.code} lan hai")

    (transfer,) = await till.to_review()
    assert why is Why.PAID_BEFORE and (await till.order(order)).paid_vnd == 170_000
    assert (transfer.order_code, transfer.content) == (order.code, f"{order.code} lan hai")


async def test_a_transfer_after_the_sellers_own_word_is_linked_and_not_counted_again(db: Database) -> None:
    till = await add_till(db)
    order = await till.stall.place()
    async with db.write() as connection:
        await mark_paid(connection, order.id, person_id=till.stall.person_id)

    first = await till.tell(content=order.code)
    second = await till.tell(content=order.code)

    assert (first, second) == (Why.BY_HAND, Why.PAID_BEFORE)
    assert (await till.order(order)).paid_vnd == 170_000
    assert [transfer.order_id for transfer in await till.latest()] == [order.id]


async def test_two_transfers_at_once_never_both_stand_for_the_sellers_word(db: Database) -> None:
    till = await add_till(db)
    order = await till.stall.place()
    async with db.write() as connection:
        await mark_paid(connection, order.id, person_id=till.stall.person_id)

    outcomes = await asyncio.gather(*(till.tell(content=order.code) for _ in range(4)))

    assert sorted(outcomes) == [Why.BY_HAND] + [Why.PAID_BEFORE] * 3


async def test_money_for_a_cancelled_order_waits_for_a_person(db: Database) -> None:
    till = await add_till(db)
    order = await till.stall.place()
    async with db.write() as connection:
        await cancel(connection, order.id, reason="changed_mind", person_id=till.stall.person_id)

    why = await till.tell(content=order.code)

    (transfer,) = await till.to_review()
    assert (why, transfer.order_code, transfer.amount_vnd) == (Why.TOO_LATE, order.code, 170_000)


async def test_money_without_a_code_waits_with_its_memo(db: Database) -> None:
    till = await add_till(db)
    await till.stall.place()

    why = await till.tell(content="chi Lan mua thit")

    (transfer,) = await till.to_review()
    assert (why, transfer.state, transfer.order_id) == (Why.NO_CODE, "unmatched", None)
    assert transfer.content == "chi Lan mua thit"


async def test_a_memo_with_the_codes_of_two_orders_waits_for_a_person(db: Database) -> None:
    till = await add_till(db)
    one, two = await till.stall.place(), await till.stall.place()

    why = await till.tell(content=f"{one.code} va {two.code}", transferAmount=340_000)

    assert why is Why.NO_CODE and len(await till.to_review()) == 1


async def test_money_into_another_account_pays_nothing(db: Database) -> None:
    till = await add_till(db)
    order = await till.stall.place()

    why = await till.tell(content=order.code, accountNumber="999")

    (transfer,) = await till.to_review()
    assert (why, transfer.account_number, transfer.order_code) == (Why.OTHER_ACCOUNT, "999", order.code)
    assert not (await till.order(order)).is_paid


async def test_money_after_the_account_was_removed_pays_nothing(db: Database) -> None:
    till = await add_till(db)
    order = await till.stall.place()
    async with db.write() as connection:
        await remove_account(connection, till.stall.household_id)

    assert await till.tell(content=order.code) is Why.OTHER_ACCOUNT


async def test_a_virtual_account_may_be_the_households_own(db: Database) -> None:
    till = await add_till(db)
    order = await till.stall.place()

    why = await till.tell(content=order.code, accountNumber="555", subAccount=ACCOUNT)

    assert why is Why.PAID


async def test_money_going_out_and_trials_leave_no_trace(db: Database) -> None:
    till = await add_till(db)
    order = await till.stall.place()

    outcomes = [await till.tell(content=order.code, transferType="out"), await till.tell(id=0, content=order.code)]

    assert outcomes == [None, None] and await till.to_review() == [] == await till.latest()
    assert not (await till.order(order)).is_paid


async def test_anothers_order_is_not_paid_by_this_households_bank(db: Database) -> None:
    till, other = await add_till(db), await add_till(db)
    order = await other.stall.place()

    why = await till.tell(content=order.code)

    assert why is Why.NO_CODE and not (await other.order(order)).is_paid


async def make_older(till: Till) -> None:
    async with till.db.write() as connection:
        await connection.execute("UPDATE transfers SET received_ms = received_ms - 7862400000")


async def test_the_memo_of_money_that_nobody_asked_about_goes_after_ninety_days(db: Database) -> None:
    till = await add_till(db)
    await till.tell(content="chi Lan mua thit")
    await make_older(till)

    await till.tell(content="anh Binh")

    new, old = await till.to_review()
    assert (new.content, old.content, old.amount_vnd) == ("anh Binh", "", 170_000)
