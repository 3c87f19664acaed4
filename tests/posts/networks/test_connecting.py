"""A network is connected and removed on the household's pages; its secrets are never seen again."""

from __future__ import annotations

import logging
import re

import pytest

from catalog.posts.publishers.address import NOT_HTTPS, NOT_PUBLIC
from catalog.posts.publishers.connect import NOT_TAKEN
from catalog.posts.publishers.facebook import NOT_A_PAGE
from catalog.posts.publishers.queries import accounts_of, sendings_of
from tests.cast import Cast
from tests.orders.goods import POMELO, chosen, list_goods, mistakes, value_of
from tests.posts.doubles.facebook import TOKEN, FacebookDouble
from tests.posts.doubles.portal import PortalDouble
from tests.posts.doubles.zalo import APP as ZALO_APP
from tests.posts.doubles.zalo import APP_SECRET, ZaloDouble
from tests.posts.network_forms import connect, form_of, offer, sendings


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
