"""The pages of a show: planned in few taps, run by several at once, closed to everybody else."""

from __future__ import annotations

import asyncio
import re

import httpx

from catalog.live.shows.queries import SQL
from catalog.storage.database import now_ms
from tests.cast import Cast
from tests.live.airing import Airing, go_on_air, plan
from tests.orders.goods import MEAT, left, list_goods, mistakes, orders

PASTED = "Ngọc Bùi: A1 lấy 2 túi nhé, 0912345321\nTuấn Phạm: ship Hà Nội bao nhiêu ạ?\nLan Anh: chốt 1 A1"


async def press(airing: Airing, client: httpx.AsyncClient, verb: str, **form: str) -> httpx.Response:
    """The room after a press."""
    return await client.post(f"{airing.room}/do/{verb}", data=form, follow_redirects=True)


async def answer(airing: Airing, client: httpx.AsyncClient, draft_id: str, **form: str) -> httpx.Response:
    """The room after a draft was answered."""
    return await client.post(f"{airing.room}/drafts/{draft_id}", data=form, follow_redirects=True)


async def test_a_title_an_hour_and_one_tick_plan_a_show(cast: Cast) -> None:
    listing = await list_goods(cast, MEAT)

    made = await cast.farmer.post(f"{cast.stall}/shows/new", data={
        "title": "Thịt mới", "day": "2030-01-05", "hour": "19:30", "goods": listing.code}, follow_redirects=True)

    assert made.status_code == 200 and "19:30" in made.text and "Thịt trâu gác bếp" in made.text
    assert "Bắt đầu phát" in made.text and "/l/" in made.text


async def test_mistakes_of_a_plan_keep_what_was_typed(cast: Cast) -> None:
    await list_goods(cast, MEAT)

    refused = await cast.farmer.post(f"{cast.stall}/shows/new", data={"title": "Thịt mới", "day": "2030-01-05", "hour": "19:30"})

    assert refused.status_code == 422 and set(mistakes(refused.text)) == {"goods"}
    assert 'value="Thịt mới"' in refused.text


async def test_goods_stand_in_the_order_that_was_numbered(cast: Cast) -> None:
    airing = await plan(cast)

    await cast.farmer.post(f"{airing.room}/change", data={
        "title": "Đổi", "day": "2030-01-05", "hour": "20:00", "goods": [airing.meat.code, airing.pomelo.code],
        f"at-{airing.meat.code}": "2", f"at-{airing.pomelo.code}": "1"})

    page = (await cast.farmer.get(airing.room)).text
    assert page.index("Bưởi da xanh") < page.index("Thịt trâu gác bếp")


async def test_pasted_comments_are_read_and_shown_with_their_drafts(cast: Cast) -> None:
    airing = await go_on_air(cast)

    room = await cast.farmer.post(f"{airing.room}/comments", data={"pasted": PASTED}, follow_redirects=True)

    assert "Đặt 2 túi A1" in room.text and "Hỏi gửi hàng" in room.text and "0912345321" in room.text
    assert room.text.count("button fill") == 1
    again = await cast.helper.post(f"{airing.room}/comments", data={"pasted": PASTED}, follow_redirects=True)
    assert "Bình luận này đã dán rồi." in again.text and len(await airing.drafts()) == 2


async def test_a_helper_sees_numbers_covered_unless_the_household_allows(cast: Cast) -> None:
    airing = await go_on_air(cast)
    await airing.say("A1 lấy 2 túi nhé, 0912 345 321")

    room = (await cast.helper.get(airing.room)).text

    assert "09•• ••• 321" in room and "345" not in room.replace("345,", "")
    assert "0912 345 321" in (await cast.farmer.get(airing.room)).text


async def test_a_number_in_somebody_s_name_is_covered_for_a_helper_like_one_in_the_words(cast: Cast) -> None:
    airing = await go_on_air(cast)
    await airing.say("A1 lấy 2 túi", author="Ngọc 0912 345 321")
    (draft,) = await airing.drafts()

    waiting = (await cast.helper.get(airing.room)).text
    done = (await answer(airing, cast.helper, draft.id, version=str(draft.version), answer="confirm")).text

    assert all("Ngọc 09•• ••• 321" in page and "345 321" not in page for page in (waiting, done))
    assert "Ngọc 0912 345 321" in (await cast.farmer.get(airing.room)).text


async def test_one_tap_confirms_and_the_message_to_the_buyer_has_the_code(cast: Cast) -> None:
    airing = await go_on_air(cast)
    await airing.say("A1 lấy 2 túi")
    (draft,) = await airing.drafts()

    room = await answer(airing, cast.helper, draft.id, version=str(draft.version), answer="confirm")

    assert len(await orders(cast)) == 1
    claim = re.findall(r'<b class="claim">(\w{6})</b>', room.text)[0]
    assert f"/x/{claim.lower()}" in room.text


async def test_two_who_press_at_once_get_one_order_and_one_is_told(cast: Cast) -> None:
    airing = await go_on_air(cast)
    await airing.say("A1 lấy 2 túi")
    (draft,) = await airing.drafts()

    rooms = await asyncio.gather(*(answer(airing, client, draft.id, version=str(draft.version), answer="confirm")
                                   for client in (cast.farmer, cast.helper)))

    assert sum("Có người vừa làm việc này rồi" in room.text for room in rooms) == 1
    assert len(await orders(cast)) == 1 and await left(cast, airing.meat.code) == 16


async def test_pin_next_pressed_twice_on_the_same_page_moves_once(cast: Cast) -> None:
    airing = await go_on_air(cast)

    await press(airing, cast.farmer, "next", seen="A1")
    told = await press(airing, cast.helper, "next", seen="A1")

    assert (await airing.show()).pinned == "A2"
    assert "Có người vừa làm việc này rồi" in told.text


async def test_a_flash_price_is_what_buyers_pay_until_it_ends(cast: Cast) -> None:
    airing = await go_on_air(cast)

    await press(airing, cast.farmer, "flash", pin="A1", price="150 nghìn", minutes="10")
    await airing.say("A1 lấy 2 túi")
    (draft,) = await airing.drafts()
    await answer(airing, cast.farmer, draft.id, version=str(draft.version), answer="confirm")
    await press(airing, cast.farmer, "flash-over", pin="A1")

    assert (await orders(cast))[0].total_vnd == 300_000
    assert "170.000đ" in (await cast.buyer.get(f"/o/{airing.meat.code}")).text


async def test_a_helper_may_only_use_the_flash_price_that_the_household_has_set(cast: Cast) -> None:
    airing = await go_on_air(cast)

    refused = await press(airing, cast.helper, "flash", pin="A1", price="1.000", minutes="10")
    await cast.farmer.post(f"{airing.room}/points", data={
        f"flash-{airing.meat.code}": "150.000", f"points-{airing.meat.code}": "sấy bếp củi"})
    allowed = await press(airing, cast.helper, "flash", pin="A1", minutes="10")

    assert "chủ nhà chưa đặt trước" in refused.text
    assert "Giá chớp đến" in allowed.text and "150.000đ" in allowed.text and "sấy bếp củi" in allowed.text


async def test_stock_is_changed_by_the_difference_so_that_orders_stay_counted(cast: Cast) -> None:
    airing = await go_on_air(cast)
    await airing.say("A1 lấy 2 túi")

    await press(airing, cast.farmer, "stock", pin="A1", stock="20", seen="18")

    assert await left(cast, airing.meat.code) == 18


async def test_what_happens_is_told_in_order_to_who_runs_the_show_and_to_nobody_else(cast: Cast) -> None:
    airing = await go_on_air(cast)
    await press(airing, cast.helper, "next", seen="A1")
    address = f"/l/{airing.code}/control/events"

    told = (await cast.farmer.get(address)).json()
    newer = (await cast.farmer.get(address, params={"after": "2"})).json()
    closed = [(await client.get(address)).status_code for client in (cast.buyer, cast.neighbour)]

    assert [event["what"] for event in told["events"]] == ["started", "pinned", "pinned"]
    assert [event["number"] for event in newer["events"]] == [3] and newer["events"][0]["by"] == "Quàng Văn Minh"
    assert closed == [404, 404]


async def test_after_the_end_the_report_counts_orders_by_product(cast: Cast) -> None:
    airing = await go_on_air(cast)
    await airing.say("A1 lấy 2 túi")
    (draft,) = await airing.drafts()
    await answer(airing, cast.farmer, draft.id, version=str(draft.version), answer="confirm")
    async with cast.shop.db.write() as connection:
        await SQL.note_viewers(connection, show_id=(await airing.show()).id, minute_ms=now_ms() // 60_000 * 60_000, viewers=38)

    report = (await press(airing, cast.farmer, "end")).text

    assert "340.000đ" in report and "<dd>38</dd>" in report and "polyline" in report
    assert "chưa có đơn" in report and "Bưởi da xanh" in report


async def test_words_to_read_hold_points_and_prices(cast: Cast) -> None:
    airing = await plan(cast)
    await cast.farmer.post(f"{airing.room}/points", data={
        f"points-{airing.meat.code}": "Đóng gói 20/11\nSấy bếp củi", f"flash-{airing.meat.code}": ""})

    words = (await cast.farmer.get(f"{airing.room}/script")).text

    assert "Sấy bếp củi" in words and "170 nghìn" in words


async def test_nobody_else_sees_or_runs_the_show(cast: Cast) -> None:
    airing = await go_on_air(cast)

    statuses = {(await client.request(method, f"{airing.room}{path}")).status_code
                for client in (cast.neighbour, cast.buyer)
                for method, path in (("GET", ""), ("GET", "/change"), ("GET", "/script"), ("POST", "/do/end"), ("POST", "/comments"))}

    assert statuses == {404} and (await airing.show()).state == "live"
