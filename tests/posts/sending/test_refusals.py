"""What networks refuse, lose and take back ends in an outcome in plain words."""

from __future__ import annotations

import json

import pytest

from catalog.posts.publishers.account import holder_of_household
from catalog.posts.publishers.connect import REMOVED, disconnect
from catalog.posts.publishers.model import BAD_TOKEN, NOT_SURE, TOO_OFTEN
from catalog.posts.publishers.queries import SQL, account_by_id
from catalog.posts.publishers.sending import WAITS_SECONDS
from catalog.posts.publishers.zalo import PICTURE_OUT_OF_REACH
from catalog.storage.database import now_ms
from tests.posts.doubles.facebook import TOKEN, error
from tests.posts.doubles.zalo import refusal
from tests.posts.office import Office


async def test_a_lost_answer_that_nobody_can_clear_up_waits_for_a_person(office: Office) -> None:
    office.zalo.fail("group", "lost")
    sending_id = await office.ask(await office.account("zalo"), "group")

    unsure = await office.turn(sending_id)
    still = await office.turn(sending_id)

    assert (unsure.state, unsure.reason, still.state) == ("unknown", NOT_SURE, "unknown")
    assert len(office.zalo.group_messages) == 1


async def test_what_facebook_may_show_later_is_looked_for_a_few_times(office: Office) -> None:
    office.facebook.fail("POST feed", "cut")
    sending_id = await office.ask(await office.account())

    turns = [await office.turn(sending_id) for _ in range(4)]

    assert [one.state for one in turns] == ["waiting"] * 3 + ["unknown"]
    assert not any(one.may_cancel for one in turns) and office.facebook.posts == []


async def test_a_person_who_looked_has_it_posted_again(office: Office) -> None:
    office.facebook.fail("POST feed", "cut")
    sending_id = await office.ask(await office.account())
    for _ in range(4):
        await office.turn(sending_id)

    answer = await office.cast.farmer.post(f"{office.cast.stall}/listings/{office.listing.code}/send/{sending_id}/again")
    done = await office.turn(sending_id)

    assert answer.status_code == 303 and done.state == "done" and len(office.facebook.posts) == 1


async def test_a_network_that_is_down_is_tried_after_longer_and_longer_waits(office: Office) -> None:
    sending_id = await office.ask(await office.account())
    office.facebook.fail("POST photos", *["503"] * (len(WAITS_SECONDS) + 1))

    turns, asked = [], []
    for _ in range(len(WAITS_SECONDS) + 1):
        asked.append(now_ms())
        turns.append(await office.turn(sending_id))
    asked.append(now_ms())

    assert [one.state for one in turns] == ["waiting"] * len(WAITS_SECONDS) + ["failed"]
    for turn, wait, before, after in zip(turns, WAITS_SECONDS, asked, asked[1:], strict=False):
        assert before <= turn.due_ms - wait * 1000 <= after


async def test_a_promise_stands_for_the_next_try(office: Office) -> None:
    sending_id = await office.ask(await office.account())
    office.facebook.fail("POST photos", "rate")

    waiting = await office.turn(sending_id)

    async with office.cast.shop.db.read() as connection:
        jobs = await connection.execute_fetchall("SELECT run_at_ms FROM jobs WHERE subject = ? AND state = 'queued'",
                                                 (sending_id,))
    assert waiting.reason == TOO_OFTEN and waiting.due_ms in [row["run_at_ms"] for row in jobs]


async def test_a_refused_token_is_final_and_marks_the_account(office: Office) -> None:
    account_id = await office.account()
    sending_id = await office.ask(account_id)
    office.facebook.token = "another"

    failed = await office.turn(sending_id)

    async with office.cast.shop.db.read() as connection:
        account = await account_by_id(connection, account_id)
    assert (failed.state, failed.reason) == ("failed", BAD_TOKEN) and account is not None and account.trouble == BAD_TOKEN


async def test_connecting_again_mends_the_account_and_keeps_what_waits(office: Office) -> None:
    account_id = await office.account()
    sending_id = await office.ask(account_id)
    office.facebook.token = "another"
    await office.turn(sending_id)
    office.facebook.token = TOKEN

    same = await office.account()
    await office.cast.farmer.post(f"{office.cast.stall}/listings/{office.listing.code}/send/{sending_id}/again")
    done = await office.turn(sending_id)

    assert same == account_id and done.state == "done"


async def test_a_removed_account_posts_nothing_and_keeps_no_secret(office: Office) -> None:
    account_id = await office.account()
    sending_id = await office.ask(account_id)

    await disconnect(office.cast.shop, holder_of_household(office.actor), "facebook", account_id)
    ended = await office.turn(sending_id)

    async with office.cast.shop.db.read() as connection:
        account = await account_by_id(connection, account_id)
    assert (ended.state, ended.reason) == ("cancelled", REMOVED)
    assert account is not None and account.sealed == "" and office.facebook.posts == []


async def test_renewed_zalo_tokens_are_kept_sealed(office: Office) -> None:
    office.zalo.not_ready = 0
    account_id = await office.account("zalo")
    async with office.cast.shop.db.write() as connection:
        account = await account_by_id(connection, account_id)
        assert account is not None
        secrets = json.loads(office.cast.shop.secrets.unseal(account.sealed, place=f"account:{account_id}"))
        old = json.dumps(secrets | {"ends_ms": "0"})
        await SQL.keep_sealed(connection, id=account_id, now_ms=now_ms(),
                              sealed=office.cast.shop.secrets.seal(old, place=f"account:{account_id}"))

    first = await office.turn(await office.ask(account_id, "article"))
    second = await office.turn(await office.ask(account_id, "group"))

    assert (first.state, second.state) == ("done", "done") and office.zalo.calls.count("refresh") == 2
    async with office.cast.shop.db.read() as connection:
        account = await account_by_id(connection, account_id)
    assert account is not None and office.zalo.refresh_token not in account.sealed


async def test_an_article_that_zalo_gave_up_can_be_made_anew(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office.zalo, "rate_answer", lambda: refusal(-200, "Upload media failed"))
    office.zalo.fail("verify", "rate")
    office.zalo.not_ready = 0
    sending_id = await office.ask(await office.account("zalo"), "article")

    failed = await office.turn(sending_id)
    await office.cast.farmer.post(f"{office.cast.stall}/listings/{office.listing.code}/send/{sending_id}/again")
    done = await office.turn(sending_id)

    assert (failed.state, failed.reason, done.state) == ("failed", PICTURE_OUT_OF_REACH, "done")
    assert office.zalo.calls.count("create") == 2


async def test_words_that_no_database_keeps_are_left_out_of_the_reason(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office.facebook, "rate_answer", lambda: error(100, "sai\0 \ud800 chỗ \u202e này"))
    office.facebook.fail("POST photos", "rate")

    failed = await office.turn(await office.ask(await office.account()))

    assert (failed.state, failed.detail) == ("failed", "sai chỗ này")
