"""Sending on the household's pages: what, when, what came of it; who may and who may not."""

from __future__ import annotations

import html
from datetime import datetime, timedelta

import pytest

from catalog.posts.publishers.queries import accounts_of
from catalog.posts.publishers.schedule import MOST_ON_THEIR_WAY
from catalog.storage.database import new_id, now_ms
from catalog.web.clock import VIETNAM, local
from tests.cast import Cast
from tests.orders.goods import POMELO, chosen, list_goods, mistakes, value_of
from tests.posts.doubles.facebook import TOKEN, FacebookDouble
from tests.posts.network_forms import connect, form_of, offer, sendings


async def test_a_helper_sees_and_sends_but_neither_connects_nor_removes(stall: Cast) -> None:
    await connect(stall)
    address = await offer(stall)
    async with stall.shop.db.read() as connection:
        (account,) = await accounts_of(connection, stall.household.id)

    page = await stall.helper.get(f"{stall.stall}/networks")
    closed = [await stall.helper.get(f"{stall.stall}/networks/facebook"),
              await stall.helper.post(f"{stall.stall}/networks/facebook", data={"token": TOKEN}),
              await stall.helper.post(f"{stall.stall}/networks/facebook/{account.id}/remove")]
    sent = await stall.helper.post(address, data=await form_of(stall, address))

    assert page.status_code == 200 and "Chỉ người trong nhà mới nối" in page.text
    assert [answer.status_code for answer in closed] == [403] * 3
    assert sent.status_code == 303 and [one.state for one in await sendings(stall)] == ["waiting"]


async def test_a_helper_sends_nothing_that_the_household_has_not_agreed_to(stall: Cast) -> None:
    await connect(stall)
    listing = await list_goods(stall, POMELO, publish=False)
    address = f"{stall.stall}/listings/{listing.code.lower()}/send"
    async with stall.shop.db.read() as connection:
        (account,) = await accounts_of(connection, stall.household.id)

    page = await stall.helper.get(address)
    answer = await stall.helper.post(address, data={"target": f"{account.id}.pictures", "when": "now", "key": "k"})

    assert "Món này chưa lên sạp." in page.text
    assert answer.status_code == 422 and await sendings(stall) == []


async def test_the_same_form_sent_twice_makes_one_post(stall: Cast) -> None:
    await connect(stall)
    address = await offer(stall)
    form = await form_of(stall, address)

    answers = [await stall.farmer.post(address, data=form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303] and len(await sendings(stall)) == 1


async def test_what_waits_already_is_not_asked_for_a_second_time(stall: Cast) -> None:
    await connect(stall)
    address = await offer(stall)
    form = await form_of(stall, address)
    await stall.farmer.post(address, data=form)

    answer = await stall.farmer.post(address, data=form | {"key": "another"})

    assert answer.status_code == 422 and "đang chờ đăng ở đây rồi" in mistakes(answer.text)["target"]


async def test_a_chosen_time_is_vietnams_and_is_kept(stall: Cast) -> None:
    await connect(stall)
    address = await offer(stall)
    tomorrow = (datetime.now(VIETNAM) + timedelta(days=1)).replace(hour=19, minute=30, second=0, microsecond=0)

    await stall.farmer.post(address, data=await form_of(stall, address) | {"when": "later", "at": f"{tomorrow:%Y-%m-%dT%H:%M}"})
    page = await stall.farmer.get(address)

    (sending,) = await sendings(stall)
    assert local(sending.due_ms) == tomorrow and "hẹn 19:30" in page.text
    async with stall.shop.db.read() as connection:
        (job,) = await connection.execute_fetchall("SELECT run_at_ms FROM jobs WHERE kind = 'posts.send'")
    assert job["run_at_ms"] == sending.due_ms


@pytest.mark.parametrize("at", ["2020-01-01T10:00", "2099-01-01T10:00", "mai", "", "2026-02-30T10:00"])
async def test_a_time_that_is_none_is_told_and_the_rest_kept(stall: Cast, at: str) -> None:
    await connect(stall)
    address = await offer(stall)
    form = await form_of(stall, address)

    answer = await stall.farmer.post(address, data=form | {"when": "later", "at": at})

    assert answer.status_code == 422 and list(mistakes(answer.text)) == ["at"]
    assert (chosen(answer.text, "when"), value_of(answer.text, "key")) == (["later"], form["key"])
    assert await sendings(stall) == []


async def test_a_scheduled_post_can_be_cancelled_and_then_nothing_is_sent(stall: Cast, facebook: FacebookDouble) -> None:
    await connect(stall)
    address = await offer(stall)
    await stall.farmer.post(address, data=await form_of(stall, address))
    (sending,) = await sendings(stall)

    answers = [await stall.farmer.post(f"{address}/{sending.id}/cancel") for _ in range(2)]
    page = await stall.farmer.get(address)

    assert [answer.status_code for answer in answers] == [303, 409]
    assert (await sendings(stall))[0].state == "cancelled" and "Đã huỷ" in page.text


async def test_an_outcome_is_shown_with_its_reason_link_and_next_step(stall: Cast) -> None:
    await connect(stall)
    address = await offer(stall)
    await stall.farmer.post(address, data=await form_of(stall, address))
    (sending,) = await sendings(stall)
    async with stall.shop.db.write() as connection:
        await connection.execute_fetchall(
            "UPDATE sendings SET state = 'unknown', reason = ?, detail = '<b>x</b>', link = 'https://www.facebook.com/1' "
            "WHERE id = ?", ("Mạng xã hội không trả lời.", sending.id))

    page = html.unescape((await stall.farmer.get(address)).text)
    overview = html.unescape((await stall.farmer.get(f"{stall.stall}/networks")).text)
    seen = await stall.farmer.post(f"{address}/{sending.id}/seen")

    for words in ("Chưa rõ", "Mạng xã hội không trả lời.", "https://www.facebook.com/1", "Đã thấy bài", "Chưa có, đăng lại"):
        assert words in page
    assert "Mạng xã hội không trả lời." in overview
    assert seen.status_code == 303 and (await sendings(stall))[0].state == "done"


async def test_the_page_tells_when_something_has_changed(stall: Cast) -> None:
    await connect(stall)
    address = await offer(stall)
    before = (await stall.farmer.get(f"{address}/state")).json()
    await stall.farmer.post(address, data=await form_of(stall, address))

    after = (await stall.farmer.get(f"{address}/state")).json()

    assert before != after and after["version"] in (await stall.farmer.get(address)).text


async def test_a_text_that_should_be_looked_at_again_is_shown_before_it_goes_out(stall: Cast) -> None:
    await connect(stall)
    address = await offer(stall)
    clean = await stall.farmer.get(address)
    await stall.farmer.post(address.replace("/send", "/posts/facebook"), data={"text": "Bưởi chữa tiểu đường, 25.000đ/kg"})

    page = await stall.farmer.get(address)

    assert "Lời có chỗ nên xem lại." not in clean.text and "Lời có chỗ nên xem lại." in page.text
    assert "tiểu đường" in page.text


async def test_there_is_an_end_to_what_may_wait(stall: Cast) -> None:
    await connect(stall)
    address = await offer(stall)
    form = await form_of(stall, address)
    listing = await list_goods(stall, POMELO)
    account_id = form["target"].split(".")[0]
    async with stall.shop.db.write() as connection:
        for index in range(MOST_ON_THEIR_WAY):
            await connection.execute_fetchall(
                "INSERT INTO sendings (id, household_id, listing_id, account_id, shape, form_key, state, due_ms, price_vnd, "
                "created_ms, changed_ms) VALUES (?, ?, ?, ?, ?, ?, 'waiting', ?, 1, 1, 1)",
                (new_id(), stall.household.id, listing.id, account_id, f"s{index}", str(index), now_ms()))

    answer = await stall.farmer.post(address, data=form)

    assert answer.status_code == 422 and "Chờ bớt rồi thêm" in answer.text


async def test_neighbours_cannot_send_through_another_households_account(stall: Cast) -> None:
    await connect(stall)
    address = await offer(stall)
    target = (await form_of(stall, address))["target"]
    theirs = await list_goods(stall, POMELO, household=stall.other_household)
    own = f"/n/{stall.other_household.code}/listings/{theirs.code.lower()}/send"

    refused = await stall.neighbour.post(own, data={"target": target, "when": "now", "key": "k"})
    strangers = [await client.get(path) for client in (stall.neighbour, stall.buyer)
                 for path in (address, f"{address}/state", f"{stall.stall}/networks", f"{stall.stall}/networks/facebook")]

    assert refused.status_code == 422 and {answer.status_code for answer in strangers} == {404}
    assert await sendings(stall) == []


async def test_a_villages_account_takes_no_households_post(stall: Cast) -> None:
    await stall.owner.post(f"/v/{stall.village.code}/networks/facebook", data={"token": TOKEN})
    address = await offer(stall)
    async with stall.shop.db.read() as connection:
        (account,) = await accounts_of(connection, None, stall.village.id)

    answer = await stall.farmer.post(address, data={"target": f"{account.id}.pictures", "when": "now", "key": "k"})

    assert answer.status_code == 422 and await sendings(stall) == []
