"""Buyers whose orders ended long ago are forgotten; what was sold stays on the books."""

from __future__ import annotations

from catalog.orders.forget import SOMEBODY, forget_buyers
from catalog.orders.progress import cancel
from catalog.storage.database import Database, now_ms
from tests.cast import Cast
from tests.listings.stall import rows, sell
from tests.orders.stall import add_stall

LATER_MS = 1000


async def forget(db: Database, before_ms: int) -> None:
    async with db.write() as connection:
        await forget_buyers(connection, before_ms=before_ms)


async def test_an_ended_order_loses_its_buyer_and_keeps_its_sum(db: Database) -> None:
    stall = await add_stall(db, on_hand=10)
    ended, open_ = await stall.place(2), await stall.place(1)
    async with db.write() as connection:
        await cancel(connection, ended.id, person_id=stall.person_id, reason="no_answer")

    await forget(db, now_ms() + LATER_MS)

    old, young = await stall.order(ended.id), await stall.order(open_.id)
    assert (old.buyer_name, old.buyer_phone, old.buyer_place, old.note) == (SOMEBODY, "", "", "")
    assert (old.total_vnd, old.code) == (ended.total_vnd, ended.code)
    assert young.buyer_phone == open_.buyer_phone


async def test_an_order_that_ended_lately_is_left_alone(db: Database) -> None:
    stall = await add_stall(db, on_hand=10)
    order = await stall.place(2)
    async with db.write() as connection:
        await cancel(connection, order.id, person_id=stall.person_id, reason="no_answer")

    await forget(db, now_ms() - LATER_MS)

    assert (await stall.order(order.id)).buyer_phone == order.buyer_phone


async def test_the_pages_of_a_forgotten_order_still_open(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    placed = await cast.buyer.post(f"/o/{code}", data={
        "key": "k1", "amount": "1", "name": "Ngọc Mai", "phone": "0900000125", "place": "Chợ Tuần Giáo",
        "delivery": "coach", "payment": "cod"})
    (order,) = await rows(cast, "SELECT code FROM orders")
    await cast.farmer.post(f"{cast.stall}/orders/{order['code']}/cancel", data={"reason": "no_answer"})
    await forget(cast.shop.db, now_ms() + LATER_MS)

    seller = await cast.farmer.get(f"{cast.stall}/orders/{order['code']}")
    buyer = await cast.buyer.get(placed.headers["location"])

    assert (seller.status_code, buyer.status_code) == (200, 200)
    assert "Đã xoá vì đơn xong lâu rồi" in seller.text
    for page in (seller.text, buyer.text):
        assert "Ngọc Mai" not in page and "Chợ Tuần Giáo" not in page and "tel:\"" not in page
