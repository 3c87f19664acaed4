"""Orders at prices by amount, and the least that a seller sells."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from catalog.errors import Conflict
from catalog.listings.queries import set_tiers
from catalog.listings.tiers import Tier, tiers_json
from catalog.orders.checkout import TiersChanged, TooLittle
from catalog.orders.holds import expire_hold, take_again
from catalog.orders.order_view import view_of
from catalog.storage.database import Database
from tests.cast import Cast
from tests.orders.goods import POMELO, chosen, give_account, left, list_goods, mistakes, orders, send
from tests.orders.stall import HOLD_SECONDS, add_stall

FROM_FIVE = (Tier(5, price_vnd=160_000), Tier(10, price_vnd=150_000))


async def test_an_order_costs_what_its_amount_is_worth(db: Database) -> None:
    stall = await add_stall(db)
    await stall.change(tiers=(*FROM_FIVE, Tier(20, total_vnd=2_900_000)))

    totals = [(await stall.place(amount)).total_vnd for amount in (4, 5, 10, 20)]

    assert totals == [680_000, 800_000, 1_500_000, 2_900_000]


async def test_less_than_the_least_is_refused_and_takes_nothing(db: Database) -> None:
    stall = await add_stall(db, on_hand=9_000, unit="kg")
    await stall.change(min_order=2_000)

    with pytest.raises(TooLittle) as refusal:
        await stall.place(1_999)

    assert refusal.value.fields["amount"].values == {"amount": "2 kg"}
    assert await stall.left() == 9_000
    assert (await stall.place(2_000)).amount == 2_000


async def test_what_is_left_may_be_bought_whole(db: Database) -> None:
    stall = await add_stall(db, on_hand=1_500, unit="kg")
    await stall.change(min_order=2_000)

    with pytest.raises(TooLittle):
        await stall.place(1_400)

    assert (await stall.place(1_500)).amount == 1_500


async def test_prices_by_amount_that_changed_are_shown_first(db: Database) -> None:
    stall = await add_stall(db)
    await stall.change(tiers=FROM_FIVE)

    with pytest.raises(TiersChanged):
        await stall.place(5, tiers_seen=tiers_json(()))

    assert (await stall.place(5, tiers_seen=tiers_json(FROM_FIVE))).total_vnd == 800_000


async def test_goods_are_taken_again_only_at_the_total_they_were_ordered_for(db: Database) -> None:
    stall = await add_stall(db)
    await stall.change(tiers=FROM_FIVE)
    order = await stall.place(5, hold_seconds=-1)
    async with db.write() as connection:
        assert await expire_hold(connection, order.id)
    await stall.change(tiers=())

    async with db.read() as connection:
        assert (await view_of(connection, await stall.order(order.id))).retake == "dearer"
    with pytest.raises(Conflict):
        async with db.write() as connection:
            await take_again(connection, order.id, hold_seconds=HOLD_SECONDS)
    await stall.change(tiers=FROM_FIVE)
    async with db.write() as connection:
        await take_again(connection, order.id, hold_seconds=HOLD_SECONDS)

    assert (await stall.order(order.id)).state == "placed"


async def test_the_page_says_every_price_and_the_buttons_their_totals(cast: Cast) -> None:
    code = (await list_goods(cast, tiers=FROM_FIVE)).code

    html = (await cast.buyer.get(f"/o/{code}")).text

    cells = re.findall(r"<dt>([^<]*)</dt><dd>([^<]*đ)</dd>", html)
    assert cells == [("1–4 túi", "170.000đ"), ("từ 5 túi", "160.000đ"), ("từ 10 túi", "150.000đ")]
    assert re.findall(r'name="amount" value="(\w+)"', html) == ["1", "2", "5", "other"]
    assert "<small>800.000đ</small>" in html and "trở lên" not in html


async def test_the_first_amount_with_its_own_price_has_a_button(cast: Cast) -> None:
    code = (await list_goods(cast, POMELO, on_hand=80_000, tiers=(Tier(10_000, total_vnd=220_000),))).code

    html = (await cast.buyer.get(f"/o/{code}")).text

    assert re.findall(r'name="amount" value="(\w+)"', html) == ["1", "2", "10", "other"]
    assert re.findall(r"<dt>([^<]*)</dt><dd>([^<]*đ)</dd>", html) == [("mua lẻ", "25.000đ"), ("10 kg", "220.000đ")]


async def test_the_least_stands_before_the_form_and_is_the_first_button(cast: Cast) -> None:
    code = (await list_goods(cast, POMELO, on_hand=80_000, min_order=1_500)).code

    html = (await cast.buyer.get(f"/o/{code}")).text

    assert "Nhà bán từ 1,5 kg trở lên." in html
    assert re.findall(r'name="amount" value="([^"]+)"', html) == ["1,5", "2", "5", "other"]
    assert chosen(html, "amount") == ["1,5"]


async def test_too_little_stands_at_the_amount_with_everything_kept(cast: Cast) -> None:
    await give_account(cast)
    code = (await list_goods(cast, POMELO, on_hand=80_000, min_order=2_000)).code

    answer = await send(cast, code, amount="other", other_amount="1,5", phone="12")

    assert answer.status_code == 422
    assert mistakes(answer.text)["other_amount"] == "Nhà bán từ 2 kg trở lên."
    assert set(mistakes(answer.text)) == {"other_amount", "phone"} and 'value="1,5"' in answer.text
    assert await orders(cast) == []


async def test_a_form_with_older_prices_is_shown_the_new_ones(cast: Cast) -> None:
    await give_account(cast)
    listing = await list_goods(cast, tiers=FROM_FIVE)
    seen = re.findall(r'name="tiers" value="([^"]*)"', (await cast.buyer.get(f"/o/{listing.code}")).text)[0]
    async with cast.shop.db.write() as connection:
        await set_tiers(connection, listing.id, FROM_FIVE[:1])

    refused = await send(cast, listing.code, amount="5", tiers=seen)
    again = re.findall(r'name="tiers" value="([^"]*)"', refused.text)[0]
    taken = await send(cast, listing.code, amount="5", tiers=again)

    assert refused.status_code == 409 and "Giá mua nhiều vừa đổi" in mistakes(refused.text)["amount"]
    assert taken.status_code == 303 and (await orders(cast))[0].total_vnd == 800_000


async def order(cast: Cast, code: str, **changes: Any) -> httpx.Response:
    return await cast.buyer.post("/api/v1/orders", json={
        "code": code, "quantity": 1.5, "unit": "kg", "name": "Thu Hà", "phone": "0900 000 123", "place": "12 ngõ 5",
        "delivery": "coach", "payment": "cod", "key": "0f8fad5b-d9cb-469f-a165", **changes})


async def test_the_api_names_the_field_of_too_little_and_takes_enough_at_its_price(cast: Cast) -> None:
    code = (await list_goods(cast, POMELO, on_hand=80_000, min_order=2_000,
                             tiers=(Tier(10_000, total_vnd=220_000),))).code

    refused = await order(cast, code)
    taken = await order(cast, code, quantity=1.2, unit="yến")

    assert refused.status_code == 422
    (fault,) = refused.json()["errors"]
    assert (fault["field"], fault["detail"]) == ("quantity", "Nhà bán từ 2 kg trở lên.")
    assert taken.status_code == 201 and taken.json()["total_vnd"] == 270_000
    assert await left(cast, code) == 68_000
