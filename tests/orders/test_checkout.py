"""An order takes stock or is not made, and is made once."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from catalog.errors import Conflict, OutOfStock
from catalog.orders.checkout import NotForSale, Placed, PriceChanged, place_order, request_key_of
from catalog.orders.codes import is_order_code
from catalog.orders.queries import events_of
from catalog.storage.database import Database, now_ms
from tests.orders.stall import HOLD_SECONDS, add_stall


async def test_an_order_takes_its_stock_and_keeps_the_price_of_the_day(db: Database) -> None:
    stall = await add_stall(db, on_hand=18)

    order = await stall.place(2, channel="Z")
    await stall.change(price_vnd=190_000)

    kept = await stall.order(order.id)
    assert (kept.amount, kept.unit, kept.unit_price_vnd, kept.total_vnd) == (2, "túi", 170_000, 340_000)
    assert (kept.state, kept.payment_state, kept.channel) == ("placed", "unpaid", "Z")
    assert is_order_code(kept.code) and len(kept.token) >= 20
    assert await stall.left() == 16


async def test_two_hundred_buyers_at_once_share_fifty_bags_and_no_more(db: Database) -> None:
    stall = await add_stall(db, on_hand=50)

    outcomes = await asyncio.gather(*(stall.try_to_place(stall.wish()) for _ in range(200)))

    assert sum(isinstance(one, Placed) for one in outcomes) == 50
    assert sum(isinstance(one, OutOfStock) for one in outcomes) == 150
    assert await stall.left() == 0


async def test_two_buyers_never_share_the_last_mango(db: Database) -> None:
    stall = await add_stall(db, on_hand=1, unit="quả")

    outcomes = await asyncio.gather(*(stall.try_to_place(stall.wish()) for _ in range(2)))

    refusals = [one for one in outcomes if isinstance(one, OutOfStock)]
    assert len(refusals) == 1 and refusals[0].left == 0
    assert await stall.left() == 0


async def test_too_much_is_refused_with_what_is_left(db: Database) -> None:
    stall = await add_stall(db, on_hand=3_500, unit="kg")

    with pytest.raises(OutOfStock) as refusal:
        await stall.place(4_000)

    assert refusal.value.left == 3_500
    assert refusal.value.values == {"left_quantity": 3.5, "left_text": "3,5 kg"}
    assert await stall.left() == 3_500


async def test_a_repeat_gives_the_first_order_also_with_other_content(db: Database) -> None:
    stall = await add_stall(db, on_hand=10)
    wish = stall.wish(2)

    first = await place_order(db, wish, hold_seconds=HOLD_SECONDS)
    second = await place_order(db, replace(wish, amount=5, buyer_name="Minh Tú"), hold_seconds=HOLD_SECONDS)

    assert (first.is_new, second.is_new) == (True, False)
    assert second.order == first.order
    assert await stall.left() == 8


async def test_ten_repeats_at_once_make_one_order(db: Database) -> None:
    stall = await add_stall(db, on_hand=3)
    wish = stall.wish(2)

    outcomes = await asyncio.gather(*(stall.try_to_place(wish) for _ in range(10)))

    placed = [one for one in outcomes if isinstance(one, Placed)]
    assert len(placed) == 10 and len({one.order.id for one in placed}) == 1
    assert sum(one.is_new for one in placed) == 1
    assert await stall.left() == 1


async def test_a_repeat_finds_its_order_after_the_goods_are_gone_or_dearer(db: Database) -> None:
    stall = await add_stall(db, on_hand=2)
    wish = stall.wish(2, price_seen_vnd=170_000)
    first = await stall.try_to_place(wish)

    sold_out = await stall.try_to_place(wish)
    await stall.change(price_vnd=200_000, state="withdrawn")
    withdrawn = await stall.try_to_place(wish)

    assert isinstance(first, Placed) and isinstance(sold_out, Placed) and isinstance(withdrawn, Placed)
    assert first.order.id == sold_out.order.id == withdrawn.order.id


async def test_a_price_that_changed_since_the_page_is_told_and_takes_nothing(db: Database) -> None:
    stall = await add_stall(db, on_hand=5)
    await stall.change(price_vnd=190_000)

    with pytest.raises(PriceChanged) as refusal:
        await stall.place(1, price_seen_vnd=170_000)

    assert refusal.value.price_vnd == 190_000
    assert await stall.left() == 5


async def test_a_unit_that_changed_since_the_page_takes_nothing(db: Database) -> None:
    stall = await add_stall(db, on_hand=5)

    with pytest.raises(Conflict):
        await stall.place(1, sold_by="kg")

    assert await stall.left() == 5


async def test_what_is_not_on_the_stall_cannot_be_ordered(db: Database) -> None:
    stall = await add_stall(db)
    await stall.change(state="waiting")

    with pytest.raises(NotForSale):
        await stall.place()


async def test_a_transfer_holds_the_goods_for_a_time_and_cash_does_not(db: Database) -> None:
    stall = await add_stall(db)
    before = now_ms()

    transfer, cash = await stall.place(), await stall.place(payment="cash")

    assert transfer.hold_until_ms is not None and cash.hold_until_ms is None
    assert before + HOLD_SECONDS * 1000 <= transfer.hold_until_ms <= now_ms() + HOLD_SECONDS * 1000


async def test_decimal_kilograms_cost_whole_dong(db: Database) -> None:
    stall = await add_stall(db, on_hand=40_000, price_vnd=25_001, unit="kg")

    order = await stall.place(1_500)

    assert order.total_vnd == 37_502
    assert await stall.left() == 38_500


async def test_the_largest_sums_still_fit(db: Database) -> None:
    stall = await add_stall(db, on_hand=1_000_000_000, price_vnd=1_000_000_000, unit="quả")

    order = await stall.place(1_000_000_000)

    assert order.total_vnd == 10**18


async def test_an_order_begins_its_own_story(db: Database) -> None:
    stall = await add_stall(db)

    order = await stall.place(channel="B")

    async with db.read() as connection:
        assert [(event.what, event.detail) for event in await events_of(connection, order.id)] == [("placed", "B")]


def test_a_long_key_stands_alone_and_a_short_one_beside_the_phone() -> None:
    long_key = "0f8fad5b-d9cb-469f-a165-70867728950e"

    assert request_key_of(long_key, "+84900000123") == request_key_of(long_key, "+84900000999")
    assert request_key_of("1", "+84900000123") != request_key_of("1", "+84900000999")
    assert long_key not in request_key_of(long_key, "+84900000123")
