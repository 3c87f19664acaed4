"""The household's home and orders: what to do next, done once, seen by nobody else."""

from __future__ import annotations

import re

import httpx
import pytest

from catalog.listings.consent import newest_consent
from catalog.orders.model import Order
from catalog.orders.pay import record_payment
from catalog.orders.queries import order_by_id
from catalog.storage.database import now_ms
from tests.cast import Cast
from tests.listings.stall import photo
from tests.orders.goods import MEAT, POMELO, give_account, left, list_goods, place


@pytest.fixture
async def order(cast: Cast) -> Order:
    """Two bags on delivery, sent by coach."""
    await give_account(cast)
    return await place(cast, (await list_goods(cast)).code, payment="cod")


async def press(client: httpx.AsyncClient, cast: Cast, order: Order, verb: str, **data: str) -> httpx.Response:
    return await client.post(f"{cast.stall}/orders/{order.code}/{verb}", data=data)


async def now(cast: Cast, order: Order) -> Order:
    async with cast.shop.db.read() as connection:
        found = await order_by_id(connection, order.id)
    assert found is not None
    return found


async def test_an_empty_stall_invites_to_list(cast: Cast) -> None:
    html = (await cast.farmer.get(cast.stall)).text

    assert "Sạp chưa có hàng" in html and f'href="{cast.stall}/sell"' in html and "Việc cần làm" not in html


async def test_home_says_what_to_do_verb_first_with_the_count(cast: Cast, order: Order) -> None:
    html = (await cast.farmer.get(cast.stall)).text

    assert "Gọi Thu Hà" in html and "tel:+84900000123" in html and "340.000đ" in html
    assert re.search(r'class="count">.*?1</span>', html)
    assert "Thịt trâu gác bếp" in html and "Còn 16 túi" in html


async def test_home_shows_the_state_of_goods_that_buyers_do_not_see(cast: Cast) -> None:
    await list_goods(cast, MEAT, on_hand=0)
    await list_goods(cast, POMELO, publish=False)

    html = (await cast.farmer.get(cast.stall)).text

    assert "Hết hàng" in html and "Chưa đăng" in html


async def test_what_a_helper_asks_stands_on_the_households_home(cast: Cast) -> None:
    sent = await cast.helper.post(f"{cast.stall}/photos", data={"upload_key": "a"}, files={"photo": (
        "a.jpg", photo(), "image/jpeg")}, headers={"Sec-Fetch-Dest": "empty"})
    await cast.helper.post(f"{cast.stall}/sell", data={
        "kind": "grapefruit", "name": "Bưởi da xanh", "price": "25000", "unit": "kg", "stock": "80",
        "place": "bản Lói", "photo": sent.json()["id"]})

    home = (await cast.farmer.get(cast.stall)).text
    helped = (await cast.helper.get(cast.stall)).text

    async with cast.shop.db.read() as connection:
        (listing,) = await connection.execute_fetchall("SELECT id FROM listings")
        consent = await newest_consent(connection, listing["id"])
    assert consent is not None and f'href="/c/{consent.code}"' in home
    assert "Đăng Bưởi da xanh" in home and "Quàng Văn Minh hỏi" in home
    assert f"/c/{consent.code}" not in helped and "Đang làm cho" in helped


async def test_the_lists_part_what_to_do_from_what_is_on_its_way_and_done(cast: Cast, order: Order) -> None:
    tabs = []
    for verb in (None, "confirm", "hand-over", "finish-paid"):
        if verb:
            assert (await press(cast.farmer, cast, order, verb)).status_code == 303
        pages = {tab: (await cast.farmer.get(f"{cast.stall}/orders?tab={tab}")).text for tab in ("todo", "sent", "ended")}
        tabs.append([tab for tab, html in pages.items() if f"/orders/{order.code}" in html])

    assert tabs == [["todo"], ["todo"], ["sent"], ["ended"]]


async def test_an_order_can_be_called_chatted_about_and_moved_on(cast: Cast, order: Order) -> None:
    html = (await cast.farmer.get(f"{cast.stall}/orders/{order.code}")).text

    for words in ("Đơn của Thu Hà", "tel:+84900000123", "https://zalo.me/0900000123", "12 ngõ 5", "Nhận đơn",
                  "Gọi người mua", "Không gọi được", "2 túi sẽ trả lại sạp"):
        assert words in html


async def test_a_step_pressed_twice_is_done_once_and_the_page_says_so(cast: Cast, order: Order) -> None:
    first = await press(cast.farmer, cast, order, "confirm")
    second = await press(cast.helper, cast, order, "confirm")

    told = await cast.helper.get(second.headers["location"])
    assert first.headers["location"] == f"{cast.stall}/orders/{order.code}"
    assert "Có người vừa đổi đơn này" in told.text
    assert (await now(cast, order)).state == "confirmed"


async def test_cash_in_hand_is_marked(cast: Cast, order: Order) -> None:
    await press(cast.farmer, cast, order, "confirm")

    await press(cast.farmer, cast, order, "paid")

    html = (await cast.farmer.get(f"{cast.stall}/orders/{order.code}")).text
    assert (await now(cast, order)).payment_state == "paid" and "đã nhận 340.000đ" in html


async def test_cancelling_needs_a_reason_and_returns_the_goods(cast: Cast, order: Order) -> None:
    listing_code = re.findall(r"/listings/(\w+)", (await cast.farmer.get(cast.stall)).text)[0]
    without = await press(cast.farmer, cast, order, "cancel")
    await press(cast.farmer, cast, order, "cancel", reason="other", words="100% <i>hỏng</i>")

    html = (await cast.farmer.get(f"{cast.stall}/orders/{order.code}")).text
    assert without.status_code == 422
    assert (await now(cast, order)).state == "cancelled" and "100% &lt;i&gt;hỏng" in html
    assert await left(cast, listing_code) == 18


async def test_an_underpaid_order_says_what_is_missing(cast: Cast) -> None:
    await give_account(cast)
    order = await place(cast, (await list_goods(cast)).code)
    async with cast.shop.db.write() as connection:
        await record_payment(connection, order.id, 320_000, now_ms())

    html = (await cast.farmer.get(f"{cast.stall}/orders")).text

    assert "Xem tiền Thu Hà" in html and "Thiếu 20.000đ" in html


@pytest.mark.parametrize("path", ["", "/orders", "/orders/{code}"])
async def test_neighbours_and_strangers_see_nothing(cast: Cast, order: Order, path: str) -> None:
    for client in (cast.neighbour, cast.buyer):
        answer = await client.get(cast.stall + path.format(code=order.code))

        assert answer.status_code == 404 and "Thu Hà" not in answer.text


async def test_a_neighbour_moves_no_order_from_any_address(cast: Cast, order: Order) -> None:
    there = await cast.neighbour.post(f"{cast.stall}/orders/{order.code}/confirm")
    own = await cast.neighbour.post(f"/n/{cast.other_household.code}/orders/{order.code}/confirm")

    assert (there.status_code, own.status_code) == (404, 404)
    assert (await now(cast, order)).state == "placed"


async def test_another_sites_page_moves_no_order(cast: Cast, order: Order) -> None:
    answer = await cast.farmer.post(f"{cast.stall}/orders/{order.code}/confirm",
                                    headers={"Origin": "http://elsewhere.example", "Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403 and (await now(cast, order)).state == "placed"


async def test_an_unknown_verb_is_not_found(cast: Cast, order: Order) -> None:
    assert (await press(cast.farmer, cast, order, "burn")).status_code == 404


async def test_the_home_says_that_money_came_for_no_known_order(cast: Cast) -> None:
    async with cast.shop.db.write() as connection:
        await connection.execute_fetchall(
            "INSERT INTO transfers (id, household_id, provider, endpoint_id, provider_id, account_number, amount_vnd, "
            "content, received_ms, state) VALUES ('t', ?, 'sepay', 'e', '1', '0900', 50000, 'x', 1, 'unmatched')",
            (cast.household.id,))

    home = await cast.farmer.get(cast.stall)

    assert "Có 50.000đ chưa rõ của đơn nào." in home.text and f'href="{cast.stall}/money"' in home.text
