"""The order form: mistakes keep what was typed, a repeat makes nothing new, strangers can't send it for others."""

from __future__ import annotations

import asyncio

import pytest

from catalog.listings.queries import SQL as LISTINGS
from catalog.storage.database import now_ms
from tests.cast import Cast
from tests.orders.goods import FORM, POMELO, chosen, give_account, left, list_goods, mistakes, orders, send, value_of


async def test_a_sent_form_leads_to_the_orders_private_page(cast: Cast) -> None:
    await give_account(cast)
    code = (await list_goods(cast)).code

    answer = await cast.buyer.post(f"/O/{code.upper()}/B", data=FORM)

    (order,) = await orders(cast)
    assert answer.status_code == 303 and answer.headers["location"] == f"/d/{order.token}"
    assert (order.amount, order.total_vnd, order.channel, order.buyer_phone) == (2, 340_000, "B", "+84900000123")
    assert (order.payment, order.state, order.buyer_place) == ("transfer", "placed", FORM["place"])
    assert await left(cast, code) == 16


async def test_kilograms_may_be_decimal(cast: Cast) -> None:
    await give_account(cast)
    code = (await list_goods(cast, POMELO)).code

    answer = await send(cast, code, amount="other", other_amount="1,5")

    (order,) = await orders(cast)
    assert answer.status_code == 303
    assert (order.amount, order.total_vnd) == (1_500, 37_500)


async def test_every_mistake_stands_at_its_field_and_the_rest_is_kept(cast: Cast) -> None:
    await give_account(cast)
    code = (await list_goods(cast)).code

    answer = await send(cast, code, amount="other", other_amount="hai", phone="0900 00 12", place="", name="Thu <Hà>")

    assert answer.status_code == 422
    wrong = mistakes(answer.text)
    assert set(wrong) == {"other_amount", "phone", "place"}
    assert "thiếu 2 số" in wrong["phone"]
    assert value_of(answer.text, "phone") == "0900 00 12" and value_of(answer.text, "other_amount") == "hai"
    assert value_of(answer.text, "name") == "Thu &lt;Hà&gt;"
    assert value_of(answer.text, "key") == FORM["key"]
    assert chosen(answer.text, "amount") == ["other"] and chosen(answer.text, "delivery") == ["coach"]
    assert await orders(cast) == [] and await left(cast, code) == 18


@pytest.mark.parametrize(("changes", "field"), [
    ({"amount": "0"}, "amount"), ({"amount": "-1"}, "amount"), ({"amount": "1,5"}, "amount"),
    ({"amount": "other", "other_amount": ""}, "other_amount"), ({"amount": "9" * 30}, "amount"),
    ({"name": "  "}, "name"), ({"name": "x" * 300}, "name"), ({"phone": ""}, "phone"),
    ({"phone": "0900000123 0900000124"}, "phone"), ({"place": ""}, "place"), ({"delivery": "drone"}, "delivery"),
    ({"payment": "gold"}, "payment")])
async def test_what_cannot_be_taken_is_told(cast: Cast, changes: dict[str, str], field: str) -> None:
    await give_account(cast)
    code = (await list_goods(cast)).code

    answer = await send(cast, code, **changes)

    assert answer.status_code == 422
    assert list(mistakes(answer.text)) == [field]
    assert await orders(cast) == []


async def test_an_empty_form_is_no_crash(cast: Cast) -> None:
    code = (await list_goods(cast)).code

    answer = await cast.buyer.post(f"/o/{code}", content=b"\xff\xfe&&&=", headers={
        "Content-Type": "application/x-www-form-urlencoded"})

    assert answer.status_code == 422


async def test_who_fetches_needs_no_address_and_pays_cash(cast: Cast) -> None:
    code = (await list_goods(cast)).code

    answer = await send(cast, code, delivery="pickup", payment="cod", place="")

    (order,) = await orders(cast)
    assert answer.status_code == 303
    assert (order.payment, order.buyer_place, order.hold_until_ms) == ("cash", "", None)


async def test_a_transfer_to_nobody_is_refused(cast: Cast) -> None:
    code = (await list_goods(cast)).code

    answer = await send(cast, code)

    assert answer.status_code == 422 and "chưa nhận chuyển khoản" in mistakes(answer.text)["payment"]


async def test_a_double_tap_and_a_reload_make_one_order(cast: Cast) -> None:
    await give_account(cast)
    code = (await list_goods(cast)).code

    answers = await asyncio.gather(*(send(cast, code) for _ in range(5)))
    later = await send(cast, code, amount="5")

    assert len({answer.headers["location"] for answer in (*answers, later)}) == 1
    assert len(await orders(cast)) == 1 and await left(cast, code) == 16


async def test_two_people_who_order_the_same_make_two_orders(cast: Cast) -> None:
    await give_account(cast)
    code = (await list_goods(cast)).code

    await send(cast, code, key="1")
    await send(cast, code, key="1", phone="0900 000 999")

    assert len(await orders(cast)) == 2


async def test_too_much_tells_what_is_left_and_keeps_the_form(cast: Cast) -> None:
    await give_account(cast)
    code = (await list_goods(cast, POMELO)).code

    answer = await send(cast, code, amount="5")

    assert answer.status_code == 409
    assert mistakes(answer.text)["amount"] == "Chỉ còn 3,5 kg. Chọn ít hơn giúp."
    assert value_of(answer.text, "name") == "Thu Hà" and value_of(answer.text, "other_amount") == "5"
    assert await left(cast, code) == 3_500


async def test_the_last_one_just_gone_is_told_plainly(cast: Cast) -> None:
    await give_account(cast)
    listing = await list_goods(cast, on_hand=2)
    await send(cast, listing.code)

    answer = await send(cast, listing.code, key="another-key-of-another-buyer")

    assert answer.status_code == 409 and "Vừa hết hàng" in answer.text
    assert len(await orders(cast)) == 1


async def test_a_price_that_changed_is_shown_before_it_is_charged(cast: Cast) -> None:
    await give_account(cast)
    listing = await list_goods(cast)
    async with cast.shop.db.write() as connection:
        await LISTINGS.change_price(connection, id=listing.id, price_vnd=190_000, now_ms=now_ms())

    refused = await send(cast, listing.code, price_vnd="170000")
    taken = await send(cast, listing.code, price_vnd=value_of(refused.text, "price_vnd"))

    (order,) = await orders(cast)
    assert refused.status_code == 409 and "Giá vừa đổi thành 190.000đ" in mistakes(refused.text)["amount"]
    assert taken.status_code == 303 and order.unit_price_vnd == 190_000


async def test_withdrawn_goods_cannot_be_ordered(cast: Cast) -> None:
    await give_account(cast)
    listing = await list_goods(cast)
    async with cast.shop.db.write() as connection:
        await LISTINGS.set_state(connection, id=listing.id, state="withdrawn", now_ms=now_ms())

    answer = await send(cast, listing.code)

    assert answer.status_code == 404 and "không còn bán" in answer.text
    assert await orders(cast) == []


async def test_another_sites_page_cannot_order(cast: Cast) -> None:
    code = (await list_goods(cast)).code

    answer = await cast.buyer.post(f"/o/{code}", data=FORM, headers={"Origin": "http://elsewhere.example",
                                                                    "Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403 and await orders(cast) == []
