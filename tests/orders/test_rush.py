"""Two hundred buyers at once over real connections: what is there is sold once, everyone gets an answer."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import uvicorn
from starlette.applications import Starlette

from catalog.households import queries as households
from catalog.households.model import Household, key_holder
from catalog.listings.model import Listing
from catalog.listings.publish import create_listing
from catalog.listings.queries import listing_by_code
from catalog.orders.queries import newest_orders
from catalog.storage.shop import Shop
from server import create_app
from tests.cast import make_settings
from tests.orders.goods import FORM, MEAT

BUYERS = 200
STOCK = 50


@asynccontextmanager
async def served(app: Starlette) -> AsyncIterator[str]:
    """The address of the app behind a real server on a free port."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning"))
    task = asyncio.create_task(server.serve())
    while not server.started:
        assert not task.done()
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await task


async def open_stall(shop: Shop) -> tuple[Household, Listing]:
    async with shop.db.write() as connection:
        village = await households.add_village(connection, code="loi", name="Bản Lói", commune="xã Mường Ảng",
                                               province="Điện Biên")
        household = await households.add_household(connection, code="xuan2", village_id=village.id,
                                                   name="Lò Thị Xuân", phone="+84900000456", place="bản Lói")
    made = await create_listing(shop, key_holder(household), MEAT, photo_ids=[], publish=True, photo_needed=False)
    async with shop.db.write() as connection:
        await connection.execute_fetchall("UPDATE listings SET on_hand = ?", (STOCK,))
    return household, made.listing


async def buy(address: str, code: str, number: int) -> httpx.Response:
    """One buyer's visit: the page, then its form, as a browser sends it."""
    # verify=False: reading the certificates of the world two hundred times is most of the work otherwise.
    async with httpx.AsyncClient(base_url=address, timeout=120, verify=False) as browser:
        page = await browser.get(f"/O/{code}/B")
        assert page.status_code == 200
        keys = re.findall(r'name="key" value="([^"]+)"', page.text)
        if not keys:
            return page
        return await browser.post(f"/O/{code}/B", data=FORM | {
            "key": keys[0], "price_vnd": "170000", "amount": "1", "payment": "cod", "name": f"Khách {number}",
            "phone": f"09{number:08}"}, headers={"Origin": address, "Sec-Fetch-Site": "same-origin"})


async def test_two_hundred_buyers_at_once_buy_the_fifty_bags_there_are(tmp_path: Path) -> None:
    app = create_app(make_settings(tmp_path))
    shop: Shop = app.state.shop
    async with served(app) as address:
        household, listing = await open_stall(shop)

        answers = await asyncio.gather(*(buy(address, listing.code, number) for number in range(BUYERS)))

        async with shop.db.read() as connection:
            kept = await newest_orders(connection, household.id, most=BUYERS)
            sold_out = await listing_by_code(connection, listing.code)
    bought = [answer for answer in answers if answer.status_code == 303]
    assert len(bought) == STOCK and {answer.status_code for answer in answers} <= {200, 303, 409}
    assert {answer.headers["location"] for answer in bought} == {f"/d/{order.token}" for order in kept}
    assert sold_out is not None and sold_out.on_hand == 0
    assert all("Vừa hết hàng" in answer.text for answer in answers if answer.status_code != 303)
