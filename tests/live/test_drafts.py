"""Comments become drafts, drafts become orders: once, and never of more than there is."""

from __future__ import annotations

import asyncio

import pytest

from catalog.errors import Conflict, OutOfStock
from catalog.live.shows.drafts import Confirmed, choose, confirm, mean_it, refuse, rewrite
from catalog.live.shows.hold import end_hold
from catalog.live.shows.jobs import forget_comments
from catalog.live.shows.model import HOLD_MS, Draft
from catalog.live.shows.queries import SQL
from catalog.live.shows.stage import end
from catalog.storage.database import now_ms
from tests.cast import Cast
from tests.live.airing import Airing, go_on_air
from tests.orders.goods import left, orders


async def press(airing: Airing, draft: Draft, *, by: str = "farmer") -> Confirmed:
    """What one tap on the draft made."""
    person = airing.cast.farmer_person if by == "farmer" else airing.cast.helper_person
    show = await airing.show()
    async with airing.cast.shop.db.write() as connection:
        return await confirm(connection, show, draft, version=draft.version, person_id=person.id)


async def test_a_clear_comment_becomes_a_draft_that_keeps_its_goods(cast: Cast) -> None:
    airing = await go_on_air(cast)

    await airing.say("A1 lấy 2 túi nhé, 0912 345 321")

    (draft,) = await airing.drafts()
    assert [(want.pin, want.amount) for want in draft.wants] == [("A1", 2)]
    assert (draft.is_sure, draft.phone) == (True, "+84912345321")
    assert await left(cast, airing.meat.code) == 16


async def test_one_tap_makes_an_order_with_a_hold_and_a_code_for_the_buyer(cast: Cast) -> None:
    airing = await go_on_air(cast)
    await airing.say("A1 lấy 2 túi nhé, 0912 345 321")
    (draft,) = await airing.drafts()

    made = await press(airing, draft)

    (order,) = await orders(cast)
    assert (order.buyer_name, order.buyer_phone, order.amount, order.total_vnd) == ("Ngọc Bùi", "+84912345321", 2, 340_000)
    assert (order.channel, order.state) == ("L", "placed") and order.hold_until_ms is not None
    assert len(made.claim) == 6 and await left(cast, airing.meat.code) == 16
    assert await airing.drafts() == []


async def test_two_helpers_who_confirm_at_once_make_one_order(cast: Cast) -> None:
    airing = await go_on_air(cast)
    await airing.say("A1 lấy 2 túi")
    (draft,) = await airing.drafts()

    done = await asyncio.gather(press(airing, draft), press(airing, draft, by="helper"), return_exceptions=True)

    assert sorted(type(one).__name__ for one in done) == ["Confirmed", "Conflict"]
    assert len(await orders(cast)) == 1 and await left(cast, airing.meat.code) == 16


async def test_who_looked_at_an_older_draft_confirms_nothing(cast: Cast) -> None:
    airing = await go_on_air(cast)
    await airing.say("A1 lấy 2 túi")
    (seen,) = await airing.drafts()
    show = await airing.show()
    async with cast.shop.db.write() as connection:
        await rewrite(connection, show, seen, "A1", 3, version=seen.version, person_id=cast.helper_person.id)

    with pytest.raises(Conflict):
        await press(airing, seen)

    assert await orders(cast) == [] and await left(cast, airing.meat.code) == 15


async def test_more_viewers_than_goods_never_oversell(cast: Cast) -> None:
    airing = await go_on_air(cast, stock=3)
    for number in range(6):
        await airing.say("A1 lấy 1 túi", author=f"Khách {'ABCDEF'[number]}")
    drafts = await airing.drafts()

    done = await asyncio.gather(*(press(airing, draft) for draft in drafts), return_exceptions=True)

    assert sum(isinstance(one, Confirmed) for one in done) == 3
    assert sum(isinstance(one, OutOfStock) for one in done) == 3
    assert len(await orders(cast)) == 3 and await left(cast, airing.meat.code) == 0


async def test_a_refused_draft_gives_its_goods_back(cast: Cast) -> None:
    airing = await go_on_air(cast)
    await airing.say("A1 lấy 2 túi")
    (draft,) = await airing.drafts()
    show = await airing.show()

    async with cast.shop.db.write() as connection:
        await refuse(connection, show, draft, version=draft.version, person_id=cast.helper_person.id)

    assert await left(cast, airing.meat.code) == 18 and await orders(cast) == []


async def test_a_hold_that_is_over_gives_the_goods_back_once_and_the_draft_can_still_be_confirmed(
        cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    airing = await go_on_air(cast)
    await airing.say("A1 lấy 2 túi")
    (draft,) = await airing.drafts()
    later = now_ms() + HOLD_MS + 1
    monkeypatch.setattr("catalog.live.shows.hold.now_ms", lambda: later)

    async with cast.shop.db.write() as connection:
        ended = [await end_hold(connection, draft.id), await end_hold(connection, draft.id)]

    assert ended == [(await airing.show()).id, None] and await left(cast, airing.meat.code) == 18
    await press(airing, (await airing.drafts())[0])
    assert await left(cast, airing.meat.code) == 16


async def test_two_goods_in_one_comment_are_two_orders_under_one_code(cast: Cast) -> None:
    airing = await go_on_air(cast)
    await airing.say("lấy A1 2 túi và A2 3kg nhé")
    (draft,) = await airing.drafts()

    made = await press(airing, draft)

    assert sorted((order.listing_name, order.amount) for order in made.orders) == [("Bưởi da xanh", 3_000), ("Thịt trâu gác bếp", 2)]
    async with cast.shop.db.read() as connection:
        rows = await SQL.orders_of_claim(connection, claim=made.claim)
    assert len(rows) == 2


async def test_the_same_order_twice_is_asked_about_and_more_only_when_meant(cast: Cast) -> None:
    airing = await go_on_air(cast)
    await airing.say("A1 lấy 1 túi", author="Lan Anh")
    await airing.say("A1 lấy 1 túi", author="Lan Anh")
    _, again = await airing.drafts()
    show = await airing.show()

    with pytest.raises(Conflict):
        await press(airing, again)
    async with cast.shop.db.write() as connection:
        meant = await mean_it(connection, show, again, version=again.version, person_id=cast.helper_person.id)

    assert again.unsure == "repeat" and again.about_id is not None
    assert (await press(airing, meant)).orders[0].amount == 1


async def test_what_fits_no_product_on_air_waits_until_a_person_has_chosen(cast: Cast) -> None:
    airing = await go_on_air(cast)
    await airing.say("cho 5 cân", author="Mạnh Hùng")
    (open_draft,) = await airing.drafts()
    show = await airing.show()

    async with cast.shop.db.write() as connection:
        chosen = await choose(connection, show, open_draft, "A2", version=open_draft.version, person_id=cast.helper_person.id)

    assert not open_draft.is_sure
    assert [(want.pin, want.amount) for want in chosen.wants] == [("A2", 5_000)] and chosen.is_sure
    assert await left(cast, airing.pomelo.code) == 55_000


async def test_who_cancels_takes_the_order_back_after_a_person_agreed(cast: Cast) -> None:
    airing = await go_on_air(cast)
    await airing.say("A1 lấy 2 túi", author="Hạnh")
    await press(airing, (await airing.drafts())[0])
    await airing.say("thôi k lấy nữa", author="Hạnh")
    (cancelling,) = await airing.drafts()

    await press(airing, cancelling)

    assert cancelling.intent == "cancel"
    assert [order.state for order in await orders(cast)] == ["cancelled"]
    assert await left(cast, airing.meat.code) == 18


async def test_chatter_questions_and_the_sellers_own_words_make_no_draft(cast: Cast) -> None:
    airing = await go_on_air(cast)

    for text in ("nhìn ngon quá", "ship Hà Nội bao nhiêu ạ?", "chị ơi còn hàng k"):
        await airing.say(text, author="Thu")
    await airing.say("A1 lấy 2 túi", author=cast.household.name)

    assert await airing.drafts() == []


async def test_every_change_is_an_event_with_its_number(cast: Cast) -> None:
    airing = await go_on_air(cast)
    await airing.say("A1 lấy 2 túi")
    await press(airing, (await airing.drafts())[0])
    show = await airing.show()
    async with cast.shop.db.write() as connection:
        await end(connection, show, person_id=cast.farmer_person.id)

    assert await airing.events() == ["started", "pinned", "comments", "order", "ended"]
    assert (await airing.show()).last_event == 5


async def test_comments_are_forgotten_and_orders_are_not(cast: Cast) -> None:
    airing = await go_on_air(cast)
    await airing.say("A1 lấy 2 túi, 0912345321")
    await press(airing, (await airing.drafts())[0])
    show = await airing.show()
    async with cast.shop.db.write() as connection:
        await end(connection, show, person_id=cast.farmer_person.id)

        await forget_comments(connection, before_ms=now_ms() + 1)

        rows = [await connection.execute_fetchall(f"SELECT * FROM {table}") for table in ("show_comments", "show_drafts", "show_orders")]
    assert [len(found) for found in rows] == [0, 0, 1]
