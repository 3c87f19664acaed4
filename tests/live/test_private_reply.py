"""Comment, draft, tap, private message: sent once, whatever happens, and its outcome is kept."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from catalog.live.sources import reply as reply_module
from catalog.live.sources.queries import SQL
from catalog.live.sources.reply import REPLY, WEEK_MS, send_reply
from catalog.storage.database import now_ms
from catalog.storage.queries import Job
from tests.live.doubles.facebook import LiveFacebook, error
from tests.live.station import Station, until


async def nothing(share: float) -> None:
    """Nobody looks at the progress here."""


async def replies(station: Station) -> list[Any]:
    show = await station.airing.show()
    async with station.cast.shop.db.read() as connection:
        return list(await SQL.replies_of_show(connection, show_id=show.id, most=100))


async def order(facebook: LiveFacebook, on_air: Station) -> tuple[str, str, str]:
    """A confirmed draft whose job the runner hasn't seen: the comment's number, the code, the draft."""
    number = facebook.say("A1 lấy 2 túi")
    async with on_air.reading():
        await on_air.until_lines(1)
    (draft,) = await on_air.airing.drafts()
    made = await on_air.confirm_first()
    return number, made.claim, draft.id


async def run(on_air: Station, draft_id: str, tries: int = 0) -> None:
    await send_reply(on_air.cast.shop, Job("j", REPLY, "k", "", {"draft_id": draft_id, "tries": tries}, 1), nothing)


async def test_the_buyer_gets_the_link_below_the_comment(facebook: LiveFacebook, on_air: Station) -> None:
    number, claim, _ = await order(facebook, on_air)

    on_air.cast.shop.jobs.wake()
    await until(lambda: facebook.sent)

    ((sent_to, text),) = facebook.sent
    assert sent_to == number and f"/x/{claim.lower()}" in text and text.startswith("Ngọc Bùi ơi, đã chốt 2 túi ")


async def test_a_job_that_runs_twice_sends_once(facebook: LiveFacebook, on_air: Station) -> None:
    _, claim, draft_id = await order(facebook, on_air)

    await asyncio.gather(run(on_air, draft_id), run(on_air, draft_id))
    await run(on_air, draft_id)

    async def is_sent() -> bool:
        return [(row["claim"], row["reply"]) for row in await replies(on_air)] == [(claim, "sent")]
    await until(is_sent)
    assert len(facebook.sent) == 1 and facebook.calls.count("POST messages") == 1


@pytest.mark.parametrize("fault", ["lost", "lost 500", "cut", "garbage", "503"])
async def test_where_it_may_have_been_sent_it_is_not_sent_again(facebook: LiveFacebook, on_air: Station, fault: str) -> None:
    facebook.fail("POST messages", fault)
    _, _, draft_id = await order(facebook, on_air)

    await run(on_air, draft_id)
    await run(on_air, draft_id)

    (row,) = await replies(on_air)
    assert row["reply"] == "unknown" and facebook.calls.count("POST messages") == 1


async def test_died_on_the_way_it_is_in_doubt(facebook: LiveFacebook, on_air: Station) -> None:
    _, _, draft_id = await order(facebook, on_air)
    async with on_air.cast.shop.db.write() as connection:
        row = await SQL.confirmed_draft(connection, id=draft_id)
        await SQL.begin_reply(connection, comment_id=row["comment_id"], now_ms=now_ms())

    await run(on_air, draft_id)

    assert [row["reply"] for row in await replies(on_air)] == ["unknown"] and facebook.sent == []


@pytest.mark.parametrize("code", [4, 17, 32, 613])
async def test_asked_too_often_it_is_sent_later(facebook: LiveFacebook, on_air: Station, code: int) -> None:
    facebook.rate_code = code
    facebook.fail("POST messages", "rate")
    _, _, draft_id = await order(facebook, on_air)

    await run(on_air, draft_id)
    waiting = [row["reply"] for row in await replies(on_air)]
    await run(on_air, draft_id, tries=1)

    assert waiting == ["waiting"] and [row["reply"] for row in await replies(on_air)] == ["sent"]
    assert len(facebook.sent) == 1


async def test_after_many_tries_the_code_is_to_be_read_out(facebook: LiveFacebook, on_air: Station) -> None:
    facebook.fail("POST messages", "rate")
    _, _, draft_id = await order(facebook, on_air)

    await run(on_air, draft_id, tries=len(reply_module.AGAIN_SECONDS))

    (row,) = await replies(on_air)
    assert (row["reply"], row["reply_reason"]) == ("failed", reply_module.TOO_BUSY)


@pytest.mark.parametrize(("code", "reason"), [
    (190, reply_module.NOT_CONNECTED), (10, reply_module.NO_MESSAGES_RIGHT), (551, reply_module.NOT_ALLOWED),
    (10900, reply_module.NOT_ALLOWED)])
async def test_a_refusal_is_kept_with_its_reason(
        facebook: LiveFacebook, on_air: Station, monkeypatch: pytest.MonkeyPatch, code: int, reason: str) -> None:
    def refuse(fields: dict[str, str]) -> dict[str, Any]:
        raise error(code, "refused")
    monkeypatch.setattr(facebook, "_reply", refuse)
    _, _, draft_id = await order(facebook, on_air)

    await run(on_air, draft_id)

    (row,) = await replies(on_air)
    assert (row["reply"], row["reply_reason"]) == ("failed", reason)


async def test_after_a_week_nothing_is_sent(facebook: LiveFacebook, on_air: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    _, _, draft_id = await order(facebook, on_air)
    monkeypatch.setattr(reply_module, "now_ms", lambda: now_ms() + WEEK_MS)

    await run(on_air, draft_id)

    assert [row["reply"] for row in await replies(on_air)] == ["late"] and facebook.calls.count("POST messages") == 0


async def test_a_buyer_without_a_name_is_greeted_all_the_same(facebook: LiveFacebook, on_air: Station) -> None:
    facebook.say("A1 lấy 2 túi", None)
    async with on_air.reading():
        await on_air.until_lines(1)
    (draft,) = await on_air.airing.drafts()
    await on_air.confirm_first()

    await run(on_air, draft.id)

    assert facebook.sent[0][1].startswith("Bạn ơi, đã chốt 2 túi ") and "reply" in await on_air.airing.events()


async def test_typed_comments_have_nobody_to_write_to(facebook: LiveFacebook, on_air: Station) -> None:
    await on_air.airing.say("A1 lấy 2 túi")
    (draft,) = await on_air.airing.drafts()
    await on_air.confirm_first()

    await run(on_air, draft.id)

    assert facebook.calls.count("POST messages") == 0 and await replies(on_air) == []


async def test_a_number_in_a_buyer_s_name_is_covered_where_a_helper_reads_what_was_sent(
        facebook: LiveFacebook, on_air: Station) -> None:
    facebook.say("A1 lấy 2 túi", "Ngọc 0912 345 321")
    async with on_air.reading():
        await on_air.until_lines(1)
    await on_air.confirm_first()

    farmer, helper = [(await client.get(f"{on_air.airing.room}/sources")).text
                      for client in (on_air.cast.farmer, on_air.cast.helper)]

    assert "Ngọc 0912 345 321" in farmer and "Ngọc 09•• ••• 321" in helper and "345 321" not in helper
