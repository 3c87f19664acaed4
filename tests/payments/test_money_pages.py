"""The household's money on its pages: the queue, the decision, the ways in."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import pytest

from catalog.accounts.queries import add_account
from catalog.orders.model import Order
from catalog.orders.queries import order_by_id
from catalog.payments.queries import endpoints_of, transfers_to_review
from catalog.storage.database import new_id, now_ms
from tests.cast import Cast
from tests.orders.stall import SQL as STALL
from tests.orders.stall import Stall
from tests.payments.sepay_wire import body
from tests.payments.till import ACCOUNT


@dataclass(frozen=True, slots=True)
class Market:
    """The cast, with goods to order, an account, and SePay on the line."""

    cast: Cast
    stall: Stall
    hook: str
    key: str

    @property
    def money(self) -> str:
        return f"{self.cast.stall}/money"

    async def tell(self, **fields: object) -> httpx.Response:
        headers = {"Authorization": f"Apikey {self.key}"}
        return await self.cast.buyer.post(self.hook, content=body(**fields), headers=headers)

    async def waiting_ids(self) -> list[str]:
        async with self.cast.shop.db.read() as connection:
            return [one.id for one in await transfers_to_review(connection, self.cast.household.id)]

    async def order(self, order: Order) -> Order:
        async with self.cast.shop.db.read() as connection:
            found = await order_by_id(connection, order.id)
        assert found is not None
        return found


@pytest.fixture
async def market(cast: Cast) -> AsyncIterator[Market]:
    """The farmer has a product, an account, and has made a webhook on the page."""
    listing_id = new_id()
    async with cast.shop.db.write() as connection:
        await STALL.add_listing(connection, id=listing_id, code=listing_id.upper(), household_id=cast.household.id,
                                price_vnd=170_000, unit="túi", on_hand=50, now_ms=now_ms())
        await add_account(connection, household_id=cast.household.id, bank_bin="970436", account_number=ACCOUNT,
                          account_name="LO THI XUAN")
    made = await cast.farmer.post(f"{cast.stall}/money/hooks", data={"method": "apikey"})
    assert made.status_code == 201, made.text
    address, key = re.findall(r'data-copy="([^"]+)"', made.text)
    stall = Stall(cast.shop.db, cast.household.id, cast.farmer_person.id, listing_id, "túi")
    yield Market(cast, stall, address.removeprefix("http://testserver"), key)


async def test_a_webhook_made_on_the_page_pays_an_order(market: Market) -> None:
    order = await market.stall.place()

    answer = await market.tell(content=order.code)
    page = await market.cast.farmer.get(market.money)

    assert answer.json() == {"success": True} and (await market.order(order)).is_paid
    assert order.code in page.text and "Đủ tiền" in page.text


async def test_a_key_is_shown_once_and_never_again(market: Market) -> None:
    pages = [await market.cast.farmer.get(f"{market.money}{path}") for path in ("", "/hooks")]

    assert market.hook in pages[1].text
    assert all(market.key not in page.text for page in pages)


async def test_sepays_own_secret_can_be_used_and_is_not_shown_back(market: Market) -> None:
    secret = "whsec_a7c3b4e5f6a7b8c9d0e1f2a3b4c5d6e7"

    made = await market.cast.farmer.post(f"{market.money}/hooks", data={"method": "hmac", "given_key": secret})

    assert made.status_code == 201 and secret not in made.text


@pytest.mark.parametrize(("data", "field"), [
    ({"method": "none"}, "method"), ({}, "method"), ({"method": "hmac", "given_key": "short"}, "given_key"),
    ({"method": "hmac", "given_key": "khoá bí mật của nhà tôi"}, "given_key"),
    ({"method": "apikey", "given_key": "whsec_a7c3b4e5f6a7b8c9d0e1"}, "given_key")])
async def test_a_way_in_that_proves_nothing_is_not_opened(market: Market, data: dict[str, str], field: str) -> None:
    answer = await market.cast.farmer.post(f"{market.money}/hooks", data=data)

    assert answer.status_code == 422 and f'id="{field}-mistake"' in answer.text


async def test_there_is_an_end_to_ways_in(market: Market) -> None:
    answers = [await market.cast.farmer.post(f"{market.money}/hooks", data={"method": "apikey"}) for _ in range(5)]

    assert [answer.status_code for answer in answers] == [201] * 4 + [422]
    assert "Bỏ bớt một cái" in answers[-1].text


async def test_a_removed_webhook_hears_nothing(market: Market) -> None:
    await market.cast.farmer.post(f"{market.money}/hooks/{market.hook.rsplit('/', 1)[1]}/remove")

    answer = await market.tell()

    assert answer.status_code == 404


async def test_a_helper_can_neither_open_nor_close_nor_read_a_way_in(market: Market) -> None:
    endpoint = market.hook.rsplit("/", 1)[1]

    page = await market.cast.helper.get(f"{market.money}/hooks")
    answers = [await market.cast.helper.post(f"{market.money}/hooks", data={"method": "apikey"}),
               await market.cast.helper.post(f"{market.money}/hooks/{endpoint}/remove")]

    assert endpoint not in page.text and "Chỉ người trong nhà mới đổi được tài khoản" in page.text
    assert [answer.status_code for answer in answers] == [403, 403]
    async with market.cast.shop.db.read() as connection:
        assert [one.id for one in await endpoints_of(connection, market.cast.household.id)] == [endpoint]


async def test_lost_money_waits_on_the_page_and_is_put_to_its_order(market: Market) -> None:
    order = await market.stall.place()
    await market.tell(content="chi Lan mua thit")
    (waiting,) = await market.waiting_ids()

    queue = await market.cast.farmer.get(market.money)
    one = await market.cast.farmer.get(f"{market.money}/transfers/{waiting}")
    settled = await market.cast.farmer.post(f"{market.money}/transfers/{waiting}", data={"choice": order.code})
    after = await market.cast.farmer.get(settled.headers["location"])

    assert "Cần xem: 1 khoản" in queue.text and "chi Lan mua thit" in queue.text and "Không thấy mã đơn" in queue.text
    assert f'value="{order.code}"' in one.text and "Không phải tiền bán hàng" in one.text
    assert settled.status_code == 303 and (await market.order(order)).is_paid
    assert "Cần xem" not in after.text and "chi Lan mua thit" not in after.text


async def test_a_helper_may_put_money_to_an_order_for_the_household(market: Market) -> None:
    order = await market.stall.place()
    await market.tell(content="chi Lan mua thit")
    (waiting,) = await market.waiting_ids()

    page = await market.cast.helper.get(market.money)
    answer = await market.cast.helper.post(f"{market.money}/transfers/{waiting}", data={"choice": order.code})

    assert "Đang làm cho" in page.text
    assert answer.status_code == 303 and (await market.order(order)).is_paid


async def test_nothing_chosen_is_said_beside_the_choice(market: Market) -> None:
    await market.tell(content="chi Lan mua thit")
    (waiting,) = await market.waiting_ids()

    answer = await market.cast.farmer.post(f"{market.money}/transfers/{waiting}", data={})

    assert answer.status_code == 422 and 'id="choice-mistake"' in answer.text
    assert await market.waiting_ids() == [waiting]


async def test_a_decision_taken_twice_is_told_so(market: Market) -> None:
    await market.tell(content="chi Lan mua thit")
    (waiting,) = await market.waiting_ids()

    answers = [await market.cast.farmer.post(f"{market.money}/transfers/{waiting}", data={"choice": "not_sale"})
               for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 409]
    assert "Khoản này đã có người xử lý rồi." in answers[1].text


async def test_neighbours_and_strangers_find_no_money(market: Market) -> None:
    await market.tell(content="chi Lan mua thit")
    (waiting,) = await market.waiting_ids()
    endpoint = market.hook.rsplit("/", 1)[1]
    neighbours = f"/n/{market.cast.other_household.code}/money/transfers/{waiting}"

    answers = [await person.get(f"{market.money}{path}") for person in (market.cast.neighbour, market.cast.buyer)
               for path in ("", "/hooks", f"/transfers/{waiting}")]
    answers += [await person.post(f"{market.money}{path}", data={"choice": "not_sale"})
                for person in (market.cast.neighbour, market.cast.buyer)
                for path in ("/hooks", f"/hooks/{endpoint}/remove", f"/transfers/{waiting}")]
    answers += [await market.cast.neighbour.get(neighbours),
                await market.cast.neighbour.post(neighbours, data={"choice": "not_sale"})]

    assert {answer.status_code for answer in answers} == {404}
    assert await market.waiting_ids() == [waiting]
