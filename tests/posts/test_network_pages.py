"""Networks on the household's pages: connecting, sending, what came of it; who may and who may not."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from catalog.posts.publishers.address import NOT_HTTPS, NOT_PUBLIC
from catalog.posts.publishers.connect import NOT_TAKEN
from catalog.posts.publishers.facebook import NOT_A_PAGE
from catalog.posts.publishers.queries import accounts_of, sendings_of
from catalog.posts.publishers.schedule import MOST_ON_THEIR_WAY
from catalog.posts.publishers.sending import Sending
from catalog.storage.database import new_id, now_ms
from catalog.storage.settings import Networks
from catalog.web.clock import VIETNAM, local
from tests.cast import Cast, make_settings, open_cast
from tests.orders.goods import POMELO, chosen, list_goods, mistakes, value_of
from tests.posts.doubles.double import serving
from tests.posts.doubles.facebook import TOKEN, FacebookDouble
from tests.posts.doubles.portal import PortalDouble
from tests.posts.doubles.zalo import APP as ZALO_APP
from tests.posts.doubles.zalo import APP_SECRET, ZaloDouble


@pytest.fixture
async def facebook() -> AsyncIterator[FacebookDouble]:
    double = FacebookDouble()
    async with serving(double):
        yield double


@pytest.fixture
async def zalo() -> AsyncIterator[ZaloDouble]:
    double = ZaloDouble()
    async with serving(double):
        yield double


@pytest.fixture
async def portal() -> AsyncIterator[PortalDouble]:
    double = PortalDouble()
    async with serving(double):
        yield double


@pytest.fixture
async def stall(tmp_path: Path, facebook: FacebookDouble, zalo: ZaloDouble) -> AsyncIterator[Cast]:
    """The shop, its networks the doubles; nothing runs in the background."""
    networks = Networks(facebook=facebook.url, facebook_video=facebook.url, facebook_upload=facebook.url, zalo=zalo.url,
                        zalo_sign_in=zalo.url, allow_loopback=True)
    async with open_cast(make_settings(tmp_path, networks=networks)) as cast:
        await cast.shop.jobs.close()
        yield cast


async def connect(cast: Cast, network: str = "facebook", **data: str):
    return await cast.farmer.post(f"{cast.stall}/networks/{network}", data=data or {"token": TOKEN})


async def sendings(cast: Cast) -> list[Sending]:
    async with cast.shop.db.read() as connection:
        return await sendings_of(connection, cast.household.id)


async def offer(cast: Cast) -> str:
    """Where a product's posts are."""
    listing = await list_goods(cast, POMELO)
    return f"{cast.stall}/listings/{listing.code.lower()}/send"


async def form_of(cast: Cast, address: str) -> dict[str, str]:
    """The form as it stands on the page."""
    page = (await cast.farmer.get(address)).text
    return {"key": value_of(page, "key"), "target": chosen(page, "target")[0], "when": chosen(page, "when")[0],
            "at": value_of(page, "at")}


async def test_a_page_is_connected_by_its_token_alone(stall: Cast) -> None:
    answer = await connect(stall)
    page = await stall.farmer.get(answer.headers["location"])

    assert answer.status_code == 303 and "Nhà Lò Thị Xuân" in page.text and "Đã nối." in page.text


async def test_a_token_is_never_shown_again_nor_logged(stall: Cast, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        await connect(stall)
        address = await offer(stall)
        pages = [await stall.farmer.get(path) for path in (
            f"{stall.stall}/networks", f"{stall.stall}/networks/facebook", f"{stall.stall}/people", address)]

    assert all(page.status_code == 200 and TOKEN not in page.text for page in pages)
    assert TOKEN not in caplog.text
    async with stall.shop.db.read() as connection:
        rows = await connection.execute_fetchall("SELECT * FROM network_accounts")
    assert all(TOKEN not in str(tuple(row)) for row in rows)


async def test_a_wrong_token_is_told_beside_its_field(stall: Cast, facebook: FacebookDouble) -> None:
    wrong = await connect(stall, token="EAAB-wrong-token")
    facebook.is_page = False
    person = await connect(stall)
    nothing = await connect(stall, token="", app_id="số của tôi")

    assert [answer.status_code for answer in (wrong, person, nothing)] == [422] * 3
    assert mistakes(wrong.text) == {"token": NOT_TAKEN} and mistakes(person.text) == {"token": NOT_A_PAGE}
    assert set(mistakes(nothing.text)) == {"token", "app_id"}
    async with stall.shop.db.read() as connection:
        assert await accounts_of(connection, stall.household.id) == []


async def test_a_network_that_is_down_loses_nothing_that_was_typed(stall: Cast, facebook: FacebookDouble) -> None:
    facebook.fail("GET me", "503")

    answer = await connect(stall, token=TOKEN, app_id="7770001")

    assert answer.status_code == 422 and "Thử lại sau một lát" in answer.text and value_of(answer.text, "app_id") == "7770001"


async def test_zalo_is_connected_and_its_one_use_token_not_lost(stall: Cast, zalo: ZaloDouble) -> None:
    zalo.fail("getoa", "503")

    answer = await connect(stall, "zalo", app_id=ZALO_APP, app_secret=APP_SECRET, refresh_token="refresh-1")

    async with stall.shop.db.read() as connection:
        (account,) = await accounts_of(connection, stall.household.id)
    assert answer.status_code == 303 and account.title == "Zalo OA"
    assert zalo.refresh_token in stall.shop.secrets.unseal(account.sealed, place=f"account:{account.id}")


async def test_a_webhooks_key_is_shown_once(stall: Cast, portal: PortalDouble) -> None:
    made = await connect(stall, "webhook", address=f"{portal.url}/in")
    (key,) = re.findall(r'data-copy="([a-z0-9]{32})"', made.text)
    later = await stall.farmer.get(f"{stall.stall}/networks")

    assert made.status_code == 201 and key not in later.text


async def test_a_webhook_into_a_private_network_is_refused(stall: Cast) -> None:
    answers = {address: mistakes((await connect(stall, "webhook", address=address)).text)["address"] for address in (
        "https://10.0.0.1/in", "https://169.254.169.254/latest", "http://dienbien.example/in")}

    assert list(answers.values()) == [NOT_PUBLIC, NOT_PUBLIC, NOT_HTTPS]


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


async def test_a_removed_network_is_gone_from_the_pages(stall: Cast) -> None:
    await connect(stall)
    address = await offer(stall)
    await stall.farmer.post(address, data=await form_of(stall, address))
    async with stall.shop.db.read() as connection:
        (account,) = await accounts_of(connection, stall.household.id)

    removed = [await stall.farmer.post(f"{stall.stall}/networks/facebook/{account.id}/remove") for _ in range(2)]
    page = await stall.farmer.get(address)

    assert [answer.status_code for answer in removed] == [303, 404]
    assert "Chưa nối trang nào." in page.text and (await sendings(stall))[0].state == "cancelled"


async def test_a_villages_page_is_the_owners_to_connect_and_its_teams_to_send_through(stall: Cast) -> None:
    village, digest = f"/v/{stall.village.code}/networks", f"/v/{stall.village.code}/digest/send"
    await list_goods(stall, POMELO)

    refused = await stall.helper.post(f"{village}/facebook", data={"token": TOKEN})
    made = await stall.owner.post(f"{village}/facebook", data={"token": TOKEN})
    page = (await stall.helper.get(digest)).text
    form = {"key": value_of(page, "key"), "target": chosen(page, "target")[0], "when": "now"}
    sent = [await stall.helper.post(digest, data=form) for _ in range(2)]
    async with stall.shop.db.read() as connection:
        (waiting,) = await sendings_of(connection, None, stall.village.id)
        own = await accounts_of(connection, stall.household.id)
    strangers = [await client.get(path) for client in (stall.farmer, stall.neighbour, stall.buyer)
                 for path in (village, digest, f"{digest}/state")]
    stopped = await stall.helper.post(f"{digest}/{waiting.id}/cancel")
    overview = await stall.helper.get(village)

    assert (refused.status_code, made.status_code, [one.status_code for one in sent]) == (403, 303, [303, 303])
    assert "Chợ phiên Bản Lói" in page and waiting.state == "waiting" and own == []
    assert {answer.status_code for answer in strangers} == {404}
    assert stopped.status_code == 303 and "Đã huỷ" in overview.text and "Chỉ chủ sạp chung" in overview.text


async def test_a_villages_account_takes_no_households_post(stall: Cast) -> None:
    await stall.owner.post(f"/v/{stall.village.code}/networks/facebook", data={"token": TOKEN})
    address = await offer(stall)
    async with stall.shop.db.read() as connection:
        (account,) = await accounts_of(connection, None, stall.village.id)

    answer = await stall.farmer.post(address, data={"target": f"{account.id}.pictures", "when": "now", "key": "k"})

    assert answer.status_code == 422 and await sendings(stall) == []
