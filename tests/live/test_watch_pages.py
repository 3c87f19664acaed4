"""What viewers see and do: wait, watch, buy without leaving, fill in what was made for them."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.requests import Request

from catalog.households.model import Actor
from catalog.live.shows.plan import Plan, plan_show
from catalog.live.shows.rooms import MOST_OF_ADDRESS, Rooms
from catalog.orders.holds import expire_hold
from catalog.storage.database import now_ms
from catalog.web.limits import address_of
from catalog.web.locale import COOKIE
from tests.cast import Cast, make_settings, open_cast
from tests.live.airing import Airing, go_on_air, plan
from tests.live.serving import served
from tests.orders.goods import FORM, left, mistakes, orders, value_of

FILLED = {"name": "Thu Hà", "phone": "0900 000 123", "place": "12 ngõ 5", "delivery": "coach", "payment": "transfer"}


async def buy(airing: Airing, **changes: str) -> str:
    """Where the viewer's order went."""
    form = FORM | {"pin": "A1", "price_vnd": "170000", "tiers": "[]"} | changes
    answer = await airing.cast.buyer.post(f"/l/{airing.code}/order", data=form)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


async def test_before_it_begins_the_page_says_when_and_gives_a_calendar_entry(cast: Cast) -> None:
    airing = await plan(cast)

    page = await cast.buyer.get(f"/l/{airing.code.lower()}")
    entry = await cast.buyer.get(f"/l/{airing.code}/calendar.ics")

    assert "nữa thì phát" in page.text and "calendar.ics" in page.text and "Thịt trâu gác bếp" in page.text
    assert entry.headers["content-type"].startswith("text/calendar")
    lines = entry.text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2] == "END:VCALENDAR" and max(len(line.encode()) for line in lines) <= 75
    assert re.search(r"\r\nDTSTART:\d{8}T\d{6}Z\r\n", entry.text)


async def test_on_air_the_pinned_product_can_be_bought_under_the_picture(cast: Cast) -> None:
    airing = await go_on_air(cast)

    page = (await cast.buyer.get(f"/l/{airing.code}")).text
    where = await buy(airing, key=value_of(page, "key"))

    assert "Mua · 170.000đ" in page and "Gửi đơn" in page
    assert where.startswith("/d/") and (await orders(cast))[0].channel == "L"
    assert await left(cast, airing.meat.code) == 16


async def test_a_script_hears_where_the_order_is_so_that_the_video_goes_on(cast: Cast) -> None:
    airing = await go_on_air(cast)

    told = await cast.buyer.post(f"/l/{airing.code}/order", data=FORM | {"pin": "A1"}, headers={"Accept": "application/json"})
    wrong = await cast.buyer.post(f"/l/{airing.code}/order", data=FORM | {"pin": "A1", "phone": "0900", "key": "x" * 20},
                                  headers={"Accept": "application/json"})

    assert told.json()["total"] == "340.000đ" and told.json()["href"].startswith("/d/")
    assert wrong.status_code == 422 and [one["field"] for one in wrong.json()["errors"]] == ["phone"]


async def test_a_mistake_keeps_what_was_typed_and_an_order_sent_twice_is_one(cast: Cast) -> None:
    airing = await go_on_air(cast)

    refused = await cast.buyer.post(f"/l/{airing.code}/order", data=FORM | {"pin": "A1", "phone": "0900 00"})
    first, second = await buy(airing), await buy(airing)

    assert refused.status_code == 422 and set(mistakes(refused.text)) == {"phone"} and 'value="Thu Hà"' in refused.text
    assert first == second and len(await orders(cast)) == 1
    assert (await airing.events()).count("order") == 1


async def test_who_orders_what_was_sold_meanwhile_is_told_so_without_a_script_too(cast: Cast) -> None:
    airing = await go_on_air(cast, stock=2)
    await buy(airing)

    late = await cast.buyer.post(f"/l/{airing.code}/order", data=FORM | {"pin": "A1", "key": "another-key-0123456"})

    assert late.status_code == 409 and "Vừa hết hàng." in late.text and "Bưởi da xanh" in late.text


async def test_an_order_written_while_the_show_ends_can_be_sent_at_the_price_after_it(cast: Cast) -> None:
    airing = await go_on_air(cast)
    await cast.farmer.post(f"{airing.room}/do/flash", data={"pin": "A1", "price": "150.000", "minutes": "10"})
    await cast.farmer.post(f"{airing.room}/do/end")

    stale = FORM | {"pin": "A1", "price_vnd": "150000", "tiers": "[]"}
    late = await cast.buyer.post(f"/l/{airing.code}/order", data=stale)
    where = await buy(airing, price_vnd=value_of(late.text, "price_vnd"))

    assert late.status_code == 409 and "Giá vừa đổi thành 170.000đ" in late.text
    assert value_of(late.text, "name") == "Thu Hà"
    assert "Buổi phát đã hết." in late.text and "Trực tiếp" not in late.text and where.startswith("/d/")


async def test_everybody_sees_what_is_left_and_that_somebody_bought_but_not_who(cast: Cast) -> None:
    airing = await go_on_air(cast, stock=2)
    await buy(airing)

    told = (await cast.neighbour.get(f"/l/{airing.code}/state")).json()

    assert told["pinned"]["is_sold_out"] and told["sold"] == "Vừa có người mua 2 túi" and told["viewers"] == 1
    assert "Thu Hà" not in json.dumps(told, ensure_ascii=False)


async def test_who_watches_is_counted_once_a_page(cast: Cast) -> None:
    airing = await go_on_air(cast)

    for visitor in ("a", "b", "a"):
        told = (await cast.buyer.get(f"/l/{airing.code}/state", params={"v": visitor})).json()

    assert told["viewers"] == 2


async def test_one_machine_that_opens_many_pages_counts_no_more_than_a_network_of_phones(tmp_path: Path) -> None:
    async with open_cast(make_settings(tmp_path, limits=True)) as cast:
        airing = await go_on_air(cast)

        for number in range(MOST_OF_ADDRESS + 10):
            told = (await cast.buyer.get(f"/l/{airing.code}/state", params={"v": str(number)})).json()
        again = (await cast.buyer.get(f"/l/{airing.code}/state", params={"v": "3"})).json()

    assert told["viewers"] == again["viewers"] == MOST_OF_ADDRESS


async def test_who_names_no_page_counts_once_an_address(cast: Cast) -> None:
    airing = await go_on_air(cast)

    told = [(await cast.buyer.get(f"/l/{airing.code}/state")).json()["viewers"] for _ in range(3)]

    assert told == [1, 1, 1]


def test_who_leaves_makes_room_and_phones_of_one_ipv6_network_are_one_address(cast: Cast) -> None:
    rooms = Rooms(cast.shop.db)
    for visitor in "abc":
        rooms.watch("show", visitor, address="x", most=2)
    rooms.leave("show", "a", address="x")
    rooms.watch("show", "c", address="x", most=2)
    rooms.watch("show", "a", address="y", most=2)

    def address(host: str) -> str:
        return address_of(Request({"type": "http", "client": (host, 1)}))

    assert rooms.viewers("show") == 3
    assert address("2001:db8:1:2::3") == address("2001:db8:1:2:ffff::9") != address("2001:db8:1:3::3")
    assert address("192.0.2.7") == "192.0.2.7" and address("testclient") == "testclient"


async def until(told: AsyncIterator[dict[str, Any]], *, sold_out: bool) -> dict[str, Any]:
    """The first word that says so of what is pinned."""
    while (one := await anext(told))["pinned"]["is_sold_out"] is not sold_out:
        pass
    return one


async def buy_elsewhere(airing: Airing, way: str, other_show: str) -> None:
    """The last two bags go, and nobody who watches this show had a part in it."""
    cast, code = airing.cast, airing.meat.code
    if way == "product page":
        page = (await cast.buyer.get(f"/o/{code}")).text
        answer = await cast.buyer.post(f"/o/{code}", data=FORM | {"key": value_of(page, "key")})
    elif way == "api":
        answer = await cast.buyer.post("/api/v1/orders", json={
            "code": code, "quantity": 2, "unit": "túi", "name": "Thu Hà", "phone": "0900000123", "place": "12 ngõ 5",
            "delivery": "coach", "payment": "cod", "key": "k" * 20})
    else:
        answer = await cast.buyer.post(f"/l/{other_show}/order", data=FORM | {"pin": "A1", "key": "s" * 20})
    assert answer.status_code in (201, 303), answer.text


async def test_what_is_sold_out_elsewhere_is_told_to_who_watches(cast: Cast) -> None:
    airing, told = await go_on_air(cast, stock=2), []
    async with cast.shop.db.write() as connection:
        other = await plan_show(connection, Actor(cast.farmer_person, cast.household),
                                Plan("Buổi khác", now_ms(), (airing.meat.id,), False))

    async with (served(cast) as host, asyncio.timeout(60), httpx.AsyncClient() as client,
                client.stream("GET", f"http://{host}/l/{airing.code}/state", headers={"Accept": "text/event-stream"}) as answer):
        lines = (json.loads(line.removeprefix("data:")) async for line in answer.aiter_lines() if line.startswith("data:"))
        for way in ("product page", "api", "another show"):
            told.append(await until(lines, sold_out=False))
            await buy_elsewhere(airing, way, other.code)
            told.append(await until(lines, sold_out=True))
            await cast.farmer.post(f"{airing.room}/do/stock", data={"pin": "A1", "stock": "2", "seen": "0"})

    assert [one["pinned"]["is_sold_out"] for one in told] == [False, True] * 3
    assert ["A1", "Còn 2 túi"] in told[0]["left"] and ["A1", "Hết hàng"] in told[1]["left"] and told[1]["has_more"]


async def test_two_who_watch_in_two_languages_are_each_told_in_their_own(cast: Cast) -> None:
    airing = await go_on_air(cast)
    address = f"/l/{airing.code}/state"

    english = (await cast.neighbour.get(address, headers={"Cookie": f"{COOKIE}=en"})).json()
    vietnamese = (await cast.buyer.get(address)).json()

    assert english["pinned"]["left"] != vietnamese["pinned"]["left"] == "Còn 18 túi"


async def test_a_viewers_words_reach_the_room_and_numbers_in_them_nobody_else(cast: Cast) -> None:
    airing = await go_on_air(cast)

    await cast.buyer.post(f"/l/{airing.code}/comments", data={"author": "Mai", "text": "lấy 2 túi A1, 0912345321"})

    told = (await cast.neighbour.get(f"/l/{airing.code}/state")).json()
    assert told["comments"] == [["Mai", "lấy 2 túi A1, 09•• ••• 321"]]
    assert (await airing.drafts())[0].phone == "+84912345321"


async def test_a_viewers_words_are_kept_as_long_as_their_box_lets_them_be(cast: Cast) -> None:
    airing = await go_on_air(cast)
    words = "nhà mình ơi " * 24 + "còn bưởi"

    for client, address in ((cast.buyer, f"/l/{airing.code}/comments"), (cast.farmer, f"{airing.room}/comments")):
        await client.post(address, data={"author": "Mai", "text": words})

    assert 200 < len(words) <= 300
    assert (await cast.farmer.get(airing.room)).text.count(words) == 2


async def test_words_that_came_after_the_end_are_not_said_to_have_arrived(cast: Cast) -> None:
    airing = await go_on_air(cast)
    await cast.farmer.post(f"{airing.room}/do/end")
    address, words = f"/l/{airing.code}/comments", {"text": "còn bưởi không?"}

    told = await cast.buyer.post(address, data=words, headers={"Accept": "application/json"})
    page = await cast.buyer.post(address, data=words)

    assert (told.status_code, told.json()["detail"]) == (409, "Buổi phát chưa bắt đầu hoặc đã hết.")
    assert page.status_code == 409 and "đã hết" in page.text


async def test_comments_are_limited(tmp_path: pytest.TempPathFactory) -> None:
    async with open_cast(make_settings(tmp_path, limits=True)) as cast:  # type: ignore[arg-type]
        airing = await go_on_air(cast)

        statuses = [(await cast.buyer.post(f"/l/{airing.code}/comments", data={"text": f"hay {number}"})).status_code
                    for number in range(21)]

    assert set(statuses[:20]) == {303} and statuses[20] == 429


async def test_the_short_code_typed_at_the_shops_address_fills_the_order_in(cast: Cast) -> None:
    airing = await go_on_air(cast)
    claim = await airing.claim()

    typed = await cast.buyer.post("/x", data={"code": f" {claim.lower()} "})
    page = await cast.buyer.get(typed.headers["location"])
    done = await cast.buyer.post(f"/x/{claim}", data=FILLED)

    assert "340.000đ" in page.text and "Ngọc Bùi" not in page.text
    (order,) = await orders(cast)
    assert done.headers["location"] == f"/d/{order.token}"
    assert (order.buyer_name, order.buyer_place, order.note) == ("Thu Hà", "12 ngõ 5", "")


async def test_a_code_works_once_and_shows_nothing_afterwards(cast: Cast) -> None:
    airing = await go_on_air(cast)
    claim = await airing.claim()
    await cast.buyer.post(f"/x/{claim}", data=FILLED)

    page = await cast.neighbour.get(f"/x/{claim}")
    other = await cast.neighbour.post(f"/x/{claim}", data=FILLED | {"phone": "0900000999", "name": "Kẻ lạ"})
    again = await cast.buyer.post(f"/x/{claim}", data=FILLED)

    assert "đã điền xong" in page.text and "Thu Hà" not in page.text and "/d/" not in page.text
    assert other.status_code == 409 and again.status_code == 303
    assert (await orders(cast))[0].buyer_name == "Thu Hà"


async def test_who_comes_late_gets_the_goods_again_while_there_are_some(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    airing = await go_on_air(cast)
    claim = await airing.claim()
    (order,) = await orders(cast)
    with monkeypatch.context() as later:
        later.setattr("catalog.orders.holds.now_ms", lambda: (order.hold_until_ms or 0) + 1)
        async with cast.shop.db.write() as connection:
            assert await expire_hold(connection, order.id)
    assert await left(cast, airing.meat.code) == 18

    page = (await cast.buyer.get(f"/x/{claim}")).text
    await cast.buyer.post(f"/x/{claim}", data=FILLED | {"payment": "cod"})

    assert "Quá giờ giữ hàng" in page
    (filled,) = await orders(cast)
    assert (filled.state, filled.payment, filled.hold_until_ms) == ("placed", "cod", None)
    assert await left(cast, airing.meat.code) == 16


async def test_an_unknown_show_and_an_unknown_code_say_so(cast: Cast) -> None:
    shown, claim = await cast.buyer.get("/l/zzzzz"), await cast.buyer.get("/x/zzzzzz")

    assert (shown.status_code, claim.status_code) == (404, 404)
    assert "Không có buổi phát này" in shown.text and "Không có mã này" in claim.text
