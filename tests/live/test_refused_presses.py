"""A press that can't be done says why, in its own words, and keeps the form as it was typed."""

from __future__ import annotations

import re

import httpx

from catalog.listings.queries import SQL as LISTINGS
from catalog.storage.database import now_ms
from tests.cast import Cast
from tests.live.airing import Airing, go_on_air
from tests.orders.goods import left, orders

FIRST = "Có người vừa làm việc này rồi"


async def press(airing: Airing, verb: str, **form: str) -> httpx.Response:
    """The answer to the farmer's press."""
    return await airing.cast.farmer.post(f"{airing.room}/do/{verb}", data=form)


async def answer(airing: Airing, what: str, **form: str) -> httpx.Response:
    """The answer to the farmer's answer to the oldest draft."""
    (draft, *_) = await airing.drafts()
    return await airing.cast.farmer.post(f"{airing.room}/drafts/{draft.id}",
                                         data={"version": str(draft.version), "answer": what} | form)


async def sell_from(airing: Airing, least: int) -> None:
    """The pomelo is sold from so many grams on."""
    async with airing.cast.shop.db.write() as connection:
        await connection.execute_fetchall(f"UPDATE listings SET min_order = {least} WHERE id = '{airing.pomelo.id}'")


def form_of(page: str, verb: str) -> str:
    """The form of a verb that stands open, or ""."""
    found = re.search(rf'<details class="fold" open><summary>[^<]*</summary><form[^>]*do/{verb}".*?</form>', page, re.S)
    return found[0] if found else ""


async def test_less_than_is_sold_at_once_is_unsure_and_the_least_is_said(cast: Cast) -> None:
    airing = await go_on_air(cast)
    await sell_from(airing, 5_000)

    await airing.say("A2 lấy 1 kg")
    page = (await cast.farmer.get(airing.room)).text

    (draft,) = await airing.drafts()
    assert (draft.is_sure, draft.held) == (False, ()) and await left(cast, airing.pomelo.code) == 60_000
    assert "Nhà bán từ 5 kg trở lên." in page and "Chốt đơn" not in page and "Đúng rồi" not in page


async def test_an_amount_below_the_least_is_refused_beside_its_box_and_a_right_one_taken(cast: Cast) -> None:
    airing = await go_on_air(cast)
    await sell_from(airing, 5_000)
    await airing.say("A2 lấy 1 kg")

    refused = await answer(airing, "write", pin="A2", amount="2")
    kept = await airing.drafts()
    await answer(airing, "write", pin="A2", amount="5")
    taken = await answer(airing, "confirm")

    assert refused.status_code == 422 and "Nhà bán từ 5 kg trở lên." in refused.text
    assert re.search(r'<details class="fold edit" open>.*?name="amount"[^>]*value="2"[^>]*aria-invalid="true"',
                     refused.text, re.S)
    assert kept[0].wants[0].amount == 1_000 and taken.status_code == 303 and (await orders(cast))[0].amount == 5_000


async def test_the_whole_rest_may_be_sold_below_the_least(cast: Cast) -> None:
    airing = await go_on_air(cast)
    await sell_from(airing, 5_000)
    async with cast.shop.db.write() as connection:
        await LISTINGS.change_stock(connection, id=airing.pomelo.id, change=-57_000, now_ms=now_ms())

    await airing.say("A2 lấy 3 kg")
    page = (await cast.farmer.get(airing.room)).text
    done = await answer(airing, "confirm")

    assert "Chốt đơn" in page and "trở lên" not in page and done.status_code == 303


async def test_goods_that_left_the_stall_are_named_as_the_reason(cast: Cast) -> None:
    airing = await go_on_air(cast)
    await airing.say("A1 lấy 2 túi")
    async with cast.shop.db.write() as connection:
        await LISTINGS.set_state(connection, id=airing.meat.id, state="draft", now_ms=now_ms())

    refused = await answer(airing, "confirm")

    assert refused.status_code == 409 and "Món này không còn trên sạp." in refused.text and FIRST not in refused.text


async def test_a_flash_price_that_is_no_lower_stays_typed_in_an_open_form(cast: Cast) -> None:
    airing = await go_on_air(cast)

    refused = await press(airing, "flash", pin="A1", price="180 nghìn", minutes="30")

    form = form_of(refused.text, "flash")
    assert refused.status_code == 422 and refused.text.count("Giá chớp phải thấp hơn 170.000đ.") == 2
    assert 'value="180 nghìn" aria-invalid="true"' in form and '<option value="30" selected>' in form
    assert "data-refused" in form and "Giá chớp phải thấp hơn" not in (await cast.farmer.get(airing.room)).text


async def test_what_cannot_be_read_as_an_amount_is_shown_again_as_it_was_typed(cast: Cast) -> None:
    airing = await go_on_air(cast)

    refused = await press(airing, "stock", pin="A1", stock='nhiều "lắm"', seen="18")

    form = form_of(refused.text, "stock")
    assert refused.status_code == 422 and 'value="nhiều &#34;lắm&#34;"' in form and 'class="mistake"' in form
    assert await left(cast, airing.meat.code) == 18


async def test_comments_in_which_nothing_was_found_stay_in_their_box(cast: Cast) -> None:
    airing = await go_on_air(cast)
    pasted = "Ngọc Bùi: A1 lấy 2 túi nhé\n" * 100

    first, again, empty = [await cast.farmer.post(f"{airing.room}/comments", data={"pasted": words})
                           for words in (pasted, pasted, "Thích\nPhản hồi")]

    assert [first.status_code, again.status_code, empty.status_code] == [303, 409, 422]
    assert pasted.strip() in again.text.replace("\r", "") and "Bình luận này đã dán rồi." in again.text
    assert "Thích\nPhản hồi</textarea>" in empty.text and "Chưa có bình luận nào" in empty.text


async def test_a_reminder_that_is_too_long_stays_in_its_box(cast: Cast) -> None:
    airing = await go_on_air(cast)
    await press(airing, "note", note="nhắc giá ship " * 60, seen="")

    refused = await press(airing, "note", note="hết lạp xưởng " * 20, seen="")

    assert refused.status_code == 422 and f'value="{("hết lạp xưởng " * 20)}"' in refused.text
    assert "Nhiều nhất 900 chữ." in refused.text


async def test_words_in_the_address_are_never_shown(cast: Cast) -> None:
    airing = await go_on_air(cast)

    page = await cast.farmer.get(airing.room, params={"said": "chuyển tiền vào số này", "refused": "chuyển tiền"})

    assert page.status_code == 200 and "chuyển tiền" not in page.text
