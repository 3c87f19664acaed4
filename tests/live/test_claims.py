"""The short code after its hour, or after the seller has already done something to its orders."""

from __future__ import annotations

import re

import pytest

from catalog.listings.queries import SQL as LISTINGS
from catalog.orders.holds import expire_hold
from catalog.orders.model import Order
from catalog.orders.pay import mark_paid
from catalog.orders.progress import cancel, hand_over
from catalog.orders.progress import confirm as accept
from catalog.storage.database import now_ms
from tests.cast import Cast
from tests.live.airing import go_on_air
from tests.orders.goods import left, orders, value_of

FILLED = {"name": "Thu Hà", "phone": "0900 000 123", "place": "12 ngõ 5", "delivery": "coach", "payment": "transfer"}
ON_ARRIVAL = FILLED | {"payment": "cod"}
TWO = "A1 1 túi với A2 2 kg"


async def order_for(cast: Cast, name: str) -> Order:
    """The order of the product so named."""
    return next(order for order in await orders(cast) if name in order.listing_name)


async def let_expire(cast: Cast, order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its hold is over."""
    with monkeypatch.context() as later:
        later.setattr("catalog.orders.holds.now_ms", lambda: (order.hold_until_ms or 0) + 1)
        async with cast.shop.db.write() as connection:
            assert await expire_hold(connection, order.id)


async def set_price(cast: Cast, listing_id: str, price_vnd: int) -> None:
    """Another price stands on the stall."""
    async with cast.shop.db.write() as connection:
        await LISTINGS.change_price(connection, id=listing_id, price_vnd=price_vnd, now_ms=now_ms())


async def test_an_order_that_was_accepted_early_still_learns_who_it_is_for(cast: Cast) -> None:
    airing = await go_on_air(cast)
    claim = await airing.claim()
    (order,) = await orders(cast)
    async with cast.shop.db.write() as connection:
        await accept(connection, order.id, person_id=cast.farmer_person.id)

    page = await cast.buyer.get(f"/x/{claim}")
    done = await cast.buyer.post(f"/x/{claim}", data=FILLED)

    (filled,) = await orders(cast)
    assert page.status_code == 200 and "huỷ" not in page.text and "Quá giờ" not in page.text
    assert done.headers["location"] == f"/d/{order.token}"
    assert (filled.state, filled.buyer_name, filled.buyer_place) == ("confirmed", "Thu Hà", "12 ngõ 5")
    assert filled.hold_until_ms is None and await left(cast, airing.meat.code) == 16


async def test_an_order_that_was_paid_early_is_filled_in_and_stays_paid(cast: Cast) -> None:
    airing = await go_on_air(cast)
    claim = await airing.claim()
    (order,) = await orders(cast)
    async with cast.shop.db.write() as connection:
        await mark_paid(connection, order.id, person_id=cast.farmer_person.id)

    await cast.buyer.post(f"/x/{claim}", data=ON_ARRIVAL)

    (filled,) = await orders(cast)
    assert (filled.buyer_name, filled.payment, filled.is_paid) == ("Thu Hà", "transfer", True)


async def test_of_two_orders_the_one_accepted_early_is_filled_in_too(cast: Cast) -> None:
    airing = await go_on_air(cast)
    claim = await airing.claim(TWO)
    async with cast.shop.db.write() as connection:
        await accept(connection, (await order_for(cast, "Thịt")).id, person_id=cast.farmer_person.id)

    done = await cast.buyer.post(f"/x/{claim}", data=FILLED)
    again = await cast.buyer.post(f"/x/{claim}", data=FILLED)

    assert {order.buyer_name for order in await orders(cast)} == {"Thu Hà"}
    assert done.headers["location"] == again.headers["location"]


async def test_a_cancelled_order_of_two_is_neither_shown_nor_counted(cast: Cast) -> None:
    airing = await go_on_air(cast)
    claim = await airing.claim(TWO)
    meat, pomelo = await order_for(cast, "Thịt"), await order_for(cast, "Bưởi")
    async with cast.shop.db.write() as connection:
        await cancel(connection, meat.id, reason="no_goods", person_id=cast.farmer_person.id)

    page = (await cast.buyer.get(f"/x/{claim}")).text
    done = await cast.buyer.post(f"/x/{claim}", data=FILLED)
    again = (await cast.neighbour.get(f"/x/{claim}")).text

    assert "Thịt trâu" not in page and "50.000đ" in page and "220.000đ" not in page
    assert done.headers["location"] == f"/d/{pomelo.token}" and "đã điền xong" in again


async def test_an_order_cancelled_while_the_form_is_open_is_told_before_the_rest_is_sent(cast: Cast) -> None:
    airing = await go_on_air(cast)
    claim = await airing.claim(TWO)
    total = value_of((await cast.buyer.get(f"/x/{claim}")).text, "total")
    async with cast.shop.db.write() as connection:
        await cancel(connection, (await order_for(cast, "Thịt")).id, reason="no_goods",
                     person_id=cast.farmer_person.id)

    told = await cast.buyer.post(f"/x/{claim}", data=FILLED | {"total": total})
    done = await cast.buyer.post(f"/x/{claim}", data=FILLED | {"total": value_of(told.text, "total")})

    assert told.status_code == 409 and "vừa có thay đổi" in told.text and value_of(told.text, "name") == "Thu Hà"
    assert done.status_code == 303


async def test_a_code_is_said_to_be_cancelled_only_where_all_of_it_was(cast: Cast) -> None:
    airing = await go_on_air(cast)
    cancelled, sent = await airing.claim(), await airing.claim("A2 3 kg")
    meat, pomelo = await order_for(cast, "Thịt"), await order_for(cast, "Bưởi")
    async with cast.shop.db.write() as connection:
        await cancel(connection, meat.id, reason="no_goods", person_id=cast.farmer_person.id)
        await accept(connection, pomelo.id, person_id=cast.farmer_person.id)
        await hand_over(connection, pomelo.id, person_id=cast.farmer_person.id)

    pages = [await cast.buyer.get(f"/x/{claim}") for claim in (cancelled, sent)]

    assert [page.status_code for page in pages] == [410, 410]
    assert "đã huỷ" in pages[0].text and "đã huỷ" not in pages[1].text and "đã giao" in pages[1].text


async def test_who_comes_after_a_flash_price_is_led_to_the_new_price(
        cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    airing = await go_on_air(cast)
    await set_price(cast, airing.meat.id, 150_000)
    claim = await airing.claim()
    await let_expire(cast, (await orders(cast))[0], monkeypatch)
    await set_price(cast, airing.meat.id, 170_000)

    page = (await cast.buyer.get(f"/x/{claim}")).text
    sent = await cast.buyer.post(f"/x/{claim}", data=FILLED)

    for html in (page, sent.text):
        assert "Giá đã đổi" in html and f'href="/o/{airing.meat.code.lower()}/l"' in html
    assert "<form" not in re.findall(r"<main>.*</main>", page, re.S)[0]
    assert sent.status_code == 409 and value_of(sent.text, "name") == "Thu Hà"
    assert (await orders(cast))[0].state == "expired"


async def test_goods_that_were_sold_meanwhile_are_told_and_the_rest_can_be_had(
        cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    airing = await go_on_air(cast)
    claim = await airing.claim(TWO)
    meat, pomelo = await order_for(cast, "Thịt"), await order_for(cast, "Bưởi")
    for order in (meat, pomelo):
        await let_expire(cast, order, monkeypatch)
    async with cast.shop.db.write() as connection:
        await LISTINGS.change_stock(connection, id=airing.meat.id, change=-18, now_ms=now_ms())

    page = (await cast.buyer.get(f"/x/{claim}")).text
    done = await cast.buyer.post(f"/x/{claim}", data=ON_ARRIVAL | {"total": value_of(page, "total")})

    assert "hàng đã có người mua" in page and value_of(page, "total") == "50000"
    assert done.headers["location"] == f"/d/{pomelo.token}"
    assert {order.id: order.state for order in await orders(cast)} == {meat.id: "expired", pomelo.id: "placed"}
