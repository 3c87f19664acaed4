"""A village at a glance: what waits for whom, found with or without marks, for its helpers alone."""

from __future__ import annotations

import re

import pytest

from catalog.households import queries as households
from catalog.households.model import Actor, Household
from catalog.listings.consent import ask
from catalog.listings.queries import SQL as LISTINGS
from catalog.orders.board import QUIET_MS
from catalog.storage.database import now_ms
from catalog.storage.queries import SQL as STORAGE
from catalog.storage.queries import claim, enqueue
from tests.cast import Cast
from tests.orders.goods import POMELO, give_account, list_goods, place


async def add_household(cast: Cast, code: str, name: str, phone: str | None = "+84900000222") -> Household:
    async with cast.shop.db.write() as connection:
        return await households.add_household(connection, code=code, village_id=cast.village.id, name=name, phone=phone,
                                              place="bản Lói")


def counts(html: str) -> dict[str, int]:
    found = re.findall(r'href="/v/loi\?show=(\w+)".*?<b>(\d+)</b>', html, re.S)
    return {name: int(number) for name, number in found}


async def board(cast: Cast, query: str = "") -> str:
    answer = await cast.helper.get(f"/v/loi{query}")
    assert answer.status_code == 200
    return answer.text


async def test_four_counts_say_what_waits(cast: Cast) -> None:
    await give_account(cast)
    listing = await list_goods(cast)
    await place(cast, listing.code)
    await place(cast, listing.code, key="a-second-order-of-somebody")
    await add_household(cast, "mai55", "Tòng Thị Mai")

    html = await board(cast)

    assert counts(html) == {"consents": 0, "failures": 0, "orders": 2, "quiet": 1}
    assert "2 đơn" in html and f"{cast.stall}/orders" in html


async def test_a_question_to_the_household_has_a_verb(cast: Cast) -> None:
    listing = await list_goods(cast, POMELO)
    async with cast.shop.db.write() as connection:
        await ask(connection, Actor(cast.helper_person, cast.household), listing, verb="price", new_price_vnd=28_000)

    html = await board(cast, "?show=consents")

    assert "25.000đ → 28.000đ" in html and "Gọi nhắc" in html and "tel:+84900000456" in html


async def test_failed_pictures_can_be_made_again_and_leave_the_board(cast: Cast) -> None:
    listing = await list_goods(cast)
    async with cast.shop.db.write() as connection:
        await STORAGE.cancel_for_subject(connection, subject=listing.id, now_ms=now_ms())
        await enqueue(connection, "listings.clip", key="k:clip", subject=listing.id, lane="held-for-this-test")
        job = await claim(connection, lane="held-for-this-test", runner="me", lease_ms=1000)
        assert job is not None
        await STORAGE.finish(connection, id=job.id, state="failed", error="x", run_at_ms=0, now_ms=now_ms())

    failed = await board(cast, "?show=failures")
    async with cast.shop.db.write() as connection:
        await enqueue(connection, "listings.clip", key="k:clip", subject=listing.id, lane="held-for-this-test")
        await connection.execute_fetchall("UPDATE jobs SET created_ms = created_ms + 5000 WHERE state = 'queued'")
    mended = await board(cast, "?show=failures")

    assert "Clip hỏng" in failed and f'action="{cast.stall}/listings/{listing.code.lower()}/again"' in failed
    assert counts(failed)["failures"] == 1 and counts(mended)["failures"] == 0


async def test_who_has_listed_nothing_for_long_is_asked(cast: Cast) -> None:
    listing = await list_goods(cast, on_hand=0)
    async with cast.shop.db.write() as connection:
        await LISTINGS.set_state(connection, id=listing.id, state="withdrawn", now_ms=now_ms())
        await connection.execute_fetchall("UPDATE listings SET published_ms = ?", (now_ms() - QUIET_MS - 5 * 86_400_000,))

    html = await board(cast, "?show=quiet")

    assert "35 ngày chưa đăng" in html and "Gọi hỏi" in html


@pytest.mark.parametrize("text", ["lo thi x", "Lò Thị X", "XUAN", "buoi da", "bưởi"])
async def test_households_are_found_by_name_or_goods_without_marks(cast: Cast, text: str) -> None:
    await list_goods(cast, POMELO)
    await add_household(cast, "mai55", "Tòng Thị Mai")

    html = await board(cast, f"?q={text}")

    assert "Lò Thị Xuân" in html and "Tòng Thị Mai" not in html


@pytest.mark.parametrize("text", ["%", "_", "!", "'", "\\"])
async def test_signs_in_a_search_are_only_signs(cast: Cast, text: str) -> None:
    answer = await cast.helper.get("/v/loi", params={"q": text})

    assert answer.status_code == 200 and "Không có nhà nào" in answer.text


async def test_listing_goods_begins_with_choosing_a_household(cast: Cast) -> None:
    await add_household(cast, "mai55", "Tòng Thị Mai")

    every = (await cast.helper.get("/v/loi/sell")).text
    found = (await cast.helper.get("/v/loi/sell?q=tong")).text

    assert f'href="{cast.stall}/sell"' in every and 'href="/n/mai55/sell"' in every
    assert 'href="/n/mai55/sell"' in found and cast.stall not in found


async def test_what_was_done_stands_on_the_board(cast: Cast) -> None:
    await give_account(cast)
    order = await place(cast, (await list_goods(cast)).code, payment="cod")
    await cast.helper.post(f"{cast.stall}/orders/{order.code}/confirm")

    html = await board(cast)

    assert "Quàng Văn Minh nhận đơn" in html and order.code in html


async def test_only_the_villages_helpers_and_the_owner_see_the_board(cast: Cast) -> None:
    for client, status in ((cast.helper, 200), (cast.owner, 200), (cast.farmer, 404), (cast.neighbour, 404), (cast.buyer, 404)):
        for path in ("/v/loi", "/v/loi/sell"):
            assert (await client.get(path)).status_code == status
    assert (await cast.helper.get("/v/hon")).status_code == 404
