"""A Zalo Official Account against a strict double: articles, broadcast, groups, tokens that work once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from catalog.posts.publishers import zalo as zalo_module
from catalog.posts.publishers.model import BAD_CONTENT, BAD_TOKEN, TOO_OFTEN, NotSure, Posted, Refused, TryAgain
from catalog.posts.publishers.registry import Secrets
from catalog.posts.publishers.zalo import HEAVY_PICTURE, NO_GROUP, PICTURE_OUT_OF_REACH
from catalog.storage.database import now_ms
from tests.posts.doubles.double import BEFORE, serving
from tests.posts.doubles.zalo import APP, APP_SECRET, GROUP, ZaloDouble, refusal
from tests.posts.outbox import TEXT, Killed, MemoryRecord, attachment, package, send


@pytest.fixture
async def account(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[ZaloDouble]:
    monkeypatch.setattr(zalo_module, "VERIFY_EVERY_SECONDS", 0.01)
    double = ZaloDouble()
    async with serving(double):
        yield double


@pytest.fixture
def secrets() -> Secrets:
    return {"app_id": APP, "app_secret": APP_SECRET, "refresh_token": "refresh-1", "group_id": GROUP}


@pytest.fixture
def post(account: ZaloDouble, secrets: Secrets, tmp_path: Path) -> Callable[..., object]:
    """Sends the post in a shape; renewed tokens are kept in `secrets`."""
    async def keep(renewed: Secrets) -> None:
        secrets.update(renewed)

    async def run(shape: str, record: MemoryRecord | None = None, **changes: object) -> Posted:
        return await send(account.url, "zalo", "2813001", dict(secrets), shape, package(tmp_path, **changes),
                          record or MemoryRecord(), keep=keep)
    return run


def number(account: ZaloDouble) -> int:
    return len(account.articles) + len(account.group_messages)


async def test_an_article_stands_on_the_account_with_text_cover_and_picture(account: ZaloDouble, post) -> None:
    done = await post("article")

    (article,) = account.articles
    assert article["body"][0] == {"type": "text", "content": TEXT} and article["body"][1]["type"] == "image"
    assert done == Posted(article["id"], article["link_view"])
    assert account.broadcasts == []


async def test_a_broadcast_sends_the_article_to_followers(account: ZaloDouble, post) -> None:
    await post("broadcast")

    assert account.broadcasts == [account.articles[0]["id"]]


async def test_a_group_gets_the_picture_and_the_text(account: ZaloDouble, post) -> None:
    await post("group")

    (message,) = account.group_messages
    assert message["text"] == TEXT


async def test_long_texts_are_cut_at_words_where_zalo_has_bounds(account: ZaloDouble, post) -> None:
    await post("article", title="Bưởi da xanh " * 20, author="Nhà " * 30, text="Ngon " * 200)

    (article,) = account.articles
    assert article["title"].endswith("xanh…") or article["title"].endswith("da…") or article["title"].endswith("Bưởi…")
    assert len(article["title"]) <= 140


async def test_the_refresh_token_is_used_once_and_its_successor_kept(account: ZaloDouble, secrets: Secrets, post) -> None:
    await post("article")
    await post("group")

    assert account.calls.count("refresh") == 1
    assert secrets["refresh_token"] == account.refresh_token != "refresh-1"
    assert int(secrets["ends_ms"]) > now_ms() + 24 * 3600_000


async def test_a_token_taken_back_early_is_renewed_on_the_way(account: ZaloDouble, post) -> None:
    await post("article")
    account.access_token = "access-from-elsewhere"

    await post("group")

    assert account.calls.count("refresh") == 2 and len(account.group_messages) == 1


async def test_a_used_refresh_token_ends_the_account(account: ZaloDouble, post) -> None:
    account.refresh_token = "refresh-2"

    with pytest.raises(Refused) as caught:
        await post("article")

    assert (caught.value.reason, caught.value.ends_account) == (BAD_TOKEN, True)
    assert "refresh-1" not in caught.value.detail


@pytest.mark.parametrize("fault", BEFORE)
async def test_a_renewal_that_went_wrong_is_tried_again(account: ZaloDouble, post, fault: str) -> None:
    record = MemoryRecord()
    account.fail("refresh", fault)
    with pytest.raises(TryAgain):
        await post("article", record)

    await post("article", record)

    assert number(account) == 1


@pytest.mark.parametrize("step", ["before", "article", "number"])
async def test_killed_between_two_steps_the_article_is_made_once(account: ZaloDouble, post, step: str) -> None:
    record = MemoryRecord(dies_after=step)
    with pytest.raises(Killed):
        await post("article", record)

    await post("article", record)

    assert number(account) == 1


@pytest.mark.parametrize(("shape", "step"), [("article", "article"), ("group", "message"), ("broadcast", "broadcast")])
async def test_killed_before_the_call_it_is_told_unsure(account: ZaloDouble, post, shape: str, step: str) -> None:
    record = MemoryRecord(dies_in=step)
    with pytest.raises(Killed):
        await post(shape, record)

    with pytest.raises(NotSure) as caught:
        await post(shape, record)

    assert caught.value.can_look == (step == "article")
    assert account.group_messages == account.broadcasts == []


@pytest.mark.parametrize("fault", ["lost", "lost 500", "lost garbage"])
async def test_an_article_whose_answer_was_lost_is_found_in_the_list(account: ZaloDouble, post, fault: str) -> None:
    await post("article")
    account.fail("create", fault)

    done = await post("article")

    assert len(account.articles) == 2 and done.id == account.articles[1]["id"]


@pytest.mark.parametrize("fault", ["lost", "lost 500", "hang", "cut", "500", "garbage", "redirect"])
async def test_a_group_message_without_a_clear_answer_is_never_sent_again(account: ZaloDouble, post, fault: str) -> None:
    record = MemoryRecord()
    account.fail("group", fault)

    for _ in range(2):
        with pytest.raises(NotSure):
            await post("group", record)

    assert account.calls.count("group") == 1


@pytest.mark.parametrize("call", ["image", "list", "verify", "create", "group"])
async def test_too_often_means_later(account: ZaloDouble, post, call: str) -> None:
    shape, record = "group" if call in ("image", "group") else "article", MemoryRecord()
    account.fail(call, "rate")
    with pytest.raises(TryAgain) as caught:
        await post(shape, record)

    await post(shape, record)

    assert number(account) == 1 and caught.value.reason == TOO_OFTEN


async def test_an_article_that_zalo_still_works_on_is_asked_for_later(account: ZaloDouble, post) -> None:
    record = MemoryRecord()
    account.not_ready = 7
    with pytest.raises(TryAgain):
        await post("article", record)

    await post("article", record)

    assert number(account) == 1


async def test_pictures_that_zalo_cannot_fetch_are_named(account: ZaloDouble, post, monkeypatch) -> None:
    monkeypatch.setattr(account, "rate_answer", lambda: refusal(-200, "Upload media failed"))
    account.fail("verify", "rate")

    with pytest.raises(Refused) as caught:
        await post("article")

    assert caught.value.reason == PICTURE_OUT_OF_REACH


async def test_a_heavy_picture_is_passed_over_and_alone_refused(account: ZaloDouble, post, tmp_path: Path) -> None:
    heavy = attachment(tmp_path, "heavy", padding=1024 * 1024)
    light = attachment(tmp_path, "light")

    await post("group")
    with pytest.raises(Refused) as caught:
        await _post_pictures(account, tmp_path, (heavy,))
    await _post_pictures(account, tmp_path, (heavy, light))

    assert caught.value.reason == HEAVY_PICTURE and len(account.group_messages) == 2


async def test_a_group_that_is_not_there_is_refused(account: ZaloDouble, post, secrets: Secrets) -> None:
    secrets["group_id"] = "gmf-9"
    with pytest.raises(Refused) as wrong:
        await post("group")
    secrets["group_id"] = ""
    with pytest.raises(Refused) as missing:
        await post("group")

    assert (wrong.value.reason, missing.value.reason) == (BAD_CONTENT, NO_GROUP)


async def _post_pictures(account: ZaloDouble, folder: Path, pictures: tuple[object, ...]) -> None:
    post = package(folder)
    secrets = {"app_id": APP, "app_secret": APP_SECRET, "refresh_token": account.refresh_token, "group_id": GROUP}

    async def keep(renewed: Secrets) -> None:
        """The double knows its own token."""

    await send(account.url, "zalo", "2813001", secrets, "group", replace(post, pictures=pictures), MemoryRecord(), keep=keep)
