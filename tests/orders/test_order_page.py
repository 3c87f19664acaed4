"""The buyer's private page: how to pay, what comes next, and nobody else's business."""

from __future__ import annotations

import io
import logging
import re
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from catalog.accounts.queries import remove_account
from catalog.accounts.vietqr_decode import decode
from catalog.listings.queries import SQL as LISTINGS
from catalog.orders.holds import expire_hold
from catalog.orders.model import Order
from catalog.orders.pay import record_payment
from catalog.orders.progress import cancel, confirm, finish, hand_over
from catalog.orders.queries import SQL
from catalog.storage.database import now_ms
from tests.cast import BASE_URL, Cast
from tests.orders.goods import give_account, left, list_goods, place


@pytest.fixture
async def order(cast: Cast) -> Order:
    """Two bags, to be paid by transfer and sent by coach."""
    await give_account(cast)
    return await place(cast, (await list_goods(cast)).code)


async def html_of(cast: Cast, order: Order) -> str:
    answer = await cast.buyer.get(f"/d/{order.token}")
    assert answer.status_code == 200
    return answer.text


async def step(cast: Cast, order: Order, *verbs: Any) -> None:
    for verb in verbs:
        async with cast.shop.db.write() as connection:
            await verb(connection, order.id, person_id=cast.farmer_person.id)


async def pay(cast: Cast, order: Order, amount_vnd: int) -> None:
    async with cast.shop.db.write() as connection:
        await record_payment(connection, order.id, amount_vnd, now_ms())


async def end_hold(cast: Cast, order: Order) -> None:
    async with cast.shop.db.write() as connection:
        await SQL.reopen(connection, id=order.id, hold_until_ms=0, now_ms=now_ms())
        await connection.execute_fetchall("UPDATE orders SET hold_until_ms = 1 WHERE id = ?", (order.id,))
        assert await expire_hold(connection, order.id)


async def test_a_transfer_order_shows_whom_to_pay_what_and_until_when(cast: Cast, order: Order) -> None:
    answer = await cast.buyer.get(f"/d/{order.token}")

    for words in ("Chuyển khoản 340.000đ", order.code, "0900000456", "LO THI XUAN", "MB", "Hàng giữ cho bạn đến",
                  "tel:+84900000456", f'data-copy="{order.code}"', 'data-copy="340000"'):
        assert words in answer.text
    assert answer.headers["cache-control"] == "private, no-store"
    assert '<meta name="robots" content="noindex">' in answer.text


async def test_the_saved_picture_is_a_vietqr_with_sum_and_order_code(cast: Cast, order: Order) -> None:
    answer = await cast.buyer.get(f"/d/{order.token}/qr.png")

    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(answer.content)))
    read = decode(code.text)
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["content-disposition"] == f'attachment; filename="{order.code}.png"'
    assert (read.bin, read.account, read.amount_vnd, read.memo) == ("970422", "0900000456", 340_000, order.code)


async def test_the_token_is_long_and_stands_in_no_log(cast: Cast, order: Order, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)

    await html_of(cast, order)
    await cast.buyer.get(f"/d/{order.token}/state")

    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("httpx")]
    assert len(order.token) >= 24
    assert not [line for line in ours if order.token in line or "900000123" in line]


async def test_a_wrong_token_is_not_found(cast: Cast, order: Order) -> None:
    for path in ("", "/state", "/qr.png"):
        assert (await cast.buyer.get(f"/d/{order.token[:-1]}x{path}")).status_code == 404
    assert (await cast.buyer.post("/d/nothing/again")).status_code == 404


async def test_the_state_has_another_version_after_every_change(cast: Cast, order: Order) -> None:
    versions = []
    for change in (None, confirm, hand_over, finish):
        if change:
            await step(cast, order, change)
        told = (await cast.buyer.get(f"/d/{order.token}/state")).json()
        assert f'data-version="{told["version"]}"' in await html_of(cast, order)
        versions.append((told["version"], told["state"]))

    assert len({version for version, _ in versions}) == 4
    assert [state for _, state in versions] == ["placed", "confirmed", "handed_over", "done"]


async def test_a_page_without_script_looks_again_by_itself(cast: Cast, order: Order) -> None:
    html = await html_of(cast, order)

    assert '<noscript><meta http-equiv="refresh" content="30"></noscript>' in html
    assert f'href="{BASE_URL}/d/{order.token}"' in html


async def test_a_paid_order_says_thank_you_and_what_comes_next(cast: Cast, order: Order) -> None:
    await pay(cast, order, 340_000)

    html = await html_of(cast, order)

    assert "Đã nhận 340.000đ" in html and "Nhà Lò Thị Xuân đang gói hàng" in html
    assert "VietQR" not in html


async def test_a_part_payment_asks_for_the_rest(cast: Cast, order: Order) -> None:
    await pay(cast, order, 300_000)

    html = await html_of(cast, order)

    assert "Chuyển khoản 40.000đ" in html and "còn thiếu 40.000đ" in html
    assert "Hàng giữ cho bạn đến" not in html


async def test_money_paid_beyond_the_total_is_told(cast: Cast, order: Order) -> None:
    await pay(cast, order, 350_000)

    assert "Bạn chuyển thừa 10.000đ" in await html_of(cast, order)


async def test_an_ended_hold_offers_to_take_the_goods_again(cast: Cast, order: Order) -> None:
    await end_hold(cast, order)
    expired = await html_of(cast, order)

    answer = await cast.buyer.post(f"/d/{order.token}/again")
    again = await cast.buyer.post(f"/d/{order.token}/again")

    assert "Giữ lại 2 túi cho tôi" in expired and "Tiền không mất" in expired
    assert answer.status_code == again.status_code == 303
    assert "Chuyển khoản 340.000đ" in await html_of(cast, order)
    async with cast.shop.db.read() as connection:
        (row,) = await connection.execute_fetchall("SELECT on_hand FROM listings WHERE id = ?", (order.listing_id,))
    assert row["on_hand"] == 16


async def test_what_is_gone_or_dearer_cannot_be_taken_again(cast: Cast, order: Order) -> None:
    await end_hold(cast, order)
    async with cast.shop.db.write() as connection:
        await LISTINGS.change_price(connection, id=order.listing_id, price_vnd=200_000, now_ms=now_ms())

    dearer = await html_of(cast, order)
    await cast.buyer.post(f"/d/{order.token}/again")
    async with cast.shop.db.write() as connection:
        await LISTINGS.change_stock(connection, id=order.listing_id, change=-18, now_ms=now_ms())
    gone = await html_of(cast, order)

    assert "Giá trên sạp đã đổi" in dearer and "Giữ lại" not in dearer
    assert "Giờ không còn đủ hàng" in gone and "Giữ lại" not in gone


@pytest.mark.parametrize(("delivery", "words"), [("pickup", "bằng tiền mặt khi đến lấy"), ("coach", "khi nhận hàng")])
async def test_who_pays_later_is_told_when(cast: Cast, delivery: str, words: str) -> None:
    order = await place(cast, (await list_goods(cast)).code, delivery=delivery, payment="cod")

    html = await html_of(cast, order)

    assert "Nhà bán sẽ gọi cho bạn để chốt" in html and words in html and "VietQR" not in html


async def test_sent_and_done_are_told(cast: Cast, order: Order) -> None:
    await pay(cast, order, 340_000)
    await step(cast, order, hand_over)
    sent = await html_of(cast, order)
    await step(cast, order, finish)
    done = await html_of(cast, order)

    assert "Hàng đang trên đường" in sent and "Đã nhận hàng" in done
    assert len(re.findall(r'<li class="done">', done)) == 4


async def test_a_cancelled_order_says_why_and_where_the_money_is(cast: Cast, order: Order) -> None:
    await pay(cast, order, 340_000)
    async with cast.shop.db.write() as connection:
        await cancel(connection, order.id, reason="other", person_id=cast.farmer_person.id, words="Hàng <b>ướt</b>")

    html = await html_of(cast, order)

    assert "Đơn đã huỷ" in html and "Hàng &lt;b&gt;ướt&lt;/b&gt;." in html
    assert "Nhà bán đã nhận 340.000đ của bạn" in html


async def test_an_account_that_was_removed_leaves_words_instead_of_a_code(cast: Cast, order: Order) -> None:
    async with cast.shop.db.write() as connection:
        await remove_account(connection, cast.household.id)

    html = await html_of(cast, order)

    assert "Nhà bán chưa có tài khoản nhận tiền" in html
    assert (await cast.buyer.get(f"/d/{order.token}/qr.png")).status_code == 404


async def test_goods_of_an_order_stay_off_the_stall(cast: Cast, order: Order) -> None:
    async with cast.shop.db.read() as connection:
        row = await LISTINGS.listing_by_id(connection, id=order.listing_id)

    assert await left(cast, row["code"]) == 16
