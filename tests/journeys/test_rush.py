"""Everybody at once: what is there is sold, once, and everybody is told where they stand."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from pathlib import Path

import httpx
import pytest

from tests.journeys.people import farmer_of, left_g, list_goods, order_form, send_photo, visitor
from tests.shop_process import ShopProcess

BUYERS, STOCK = 200, 50
ALL_AT_ONCE = httpx.Limits(max_connections=None)

Stall = tuple[httpx.Client, str]


@pytest.fixture(scope="module")
def stall(open_shop: ShopProcess) -> Stall:
    """A farmer's browser, and where the household's pages begin."""
    return farmer_of(open_shop)


async def test_of_two_hundred_buyers_at_once_fifty_get_the_fifty_that_are_there(
        open_shop: ShopProcess, stall: Stall, photo: Path) -> None:
    farmer, base = stall
    listing = list_goods(farmer, base, stock=str(STOCK), photo_id=send_photo(farmer, base, photo).json()["id"])
    path = f"/o/{listing.rsplit('/', 1)[1]}"

    async with httpx.AsyncClient(base_url=open_shop.url, headers={"Origin": open_shop.url}, timeout=120,
                                 limits=ALL_AT_ONCE) as buyers:
        answers = await asyncio.gather(*(buyers.post(path, data=order_form(number)) for number in range(BUYERS)))

    refused = [answer for answer in answers if answer.status_code != 303]
    assert Counter(answer.status_code for answer in answers) == {303: STOCK, 409: BUYERS - STOCK}
    assert len({answer.headers["location"] for answer in answers if answer.status_code == 303}) == STOCK
    assert all("Vừa hết hàng" in answer.text for answer in refused)
    with visitor(open_shop) as buyer, sqlite3.connect(open_shop.data / "cho-phien.db") as database:
        assert left_g(buyer, path) == 0
        ordered = database.execute("SELECT COUNT(*), SUM(amount) FROM orders JOIN listings ON listings.id = listing_id"
                                   " WHERE listings.code = ?", (path.rsplit("/", 1)[1].upper(),)).fetchone()
    assert tuple(ordered) == (STOCK, STOCK * 1_000)


async def test_one_form_sent_twenty_times_at_once_is_one_order(
        open_shop: ShopProcess, stall: Stall, photo: Path) -> None:
    farmer, base = stall
    listing = list_goods(farmer, base, stock="80", photo_id=send_photo(farmer, base, photo).json()["id"])
    path, form = f"/o/{listing.rsplit('/', 1)[1]}", order_form(1)

    async with httpx.AsyncClient(base_url=open_shop.url, headers={"Origin": open_shop.url}, timeout=120,
                                 limits=ALL_AT_ONCE) as buyers:
        answers = await asyncio.gather(*(buyers.post(path, data=form) for _ in range(20)))

    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["location"] for answer in answers}) == 1
    with visitor(open_shop) as buyer:
        assert left_g(buyer, path) == 79_000


async def test_one_photo_sent_ten_times_at_once_is_one_photo(
        open_shop: ShopProcess, stall: Stall, photo: Path) -> None:
    farmer, base = stall
    answers = await asyncio.gather(*(
        asyncio.to_thread(send_photo, farmer, base, photo, "one-and-the-same") for _ in range(10)))

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    with sqlite3.connect(open_shop.data / "cho-phien.db") as database:
        ids = database.execute("SELECT id FROM photos WHERE upload_key = 'one-and-the-same'").fetchall()
    assert [photo_id for photo_id, in ids] == [answers[0].json()["id"]]
