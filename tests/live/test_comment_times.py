"""A comment has its own time, whatever was pinned before it."""

from __future__ import annotations

import pytest

from catalog.live.shows.comments import Said, take_comments
from catalog.live.shows.queries import SQL
from catalog.live.shows.stage import pin
from catalog.live.thread import GRACE_MS
from catalog.storage.database import now_ms
from tests.cast import Cast
from tests.live.airing import Airing, go_on_air

MINUTE_MS = 60_000


async def pin_second(airing: Airing) -> None:
    """The second product comes on air."""
    async with airing.cast.shop.db.write() as connection:
        await pin(connection, await airing.show(), "A2", person_id=airing.cast.farmer_person.id)


async def test_a_bare_amount_is_sure_again_once_a_second_pin_has_stood_for_a_while(
        cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    airing = await go_on_air(cast)
    await pin_second(airing)
    monkeypatch.setattr("catalog.live.shows.comments.now_ms", lambda: now_ms() + GRACE_MS + 1_000)

    await airing.say("lấy 2")

    (draft,) = await airing.drafts()
    assert [(want.pin, want.amount) for want in draft.wants] == [("A2", 2_000)] and draft.is_sure


async def test_the_same_order_minutes_later_is_asked_about_although_another_product_is_on_air(
        cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    airing = await go_on_air(cast)
    await airing.say("A1 lấy 2 túi")
    await pin_second(airing)
    monkeypatch.setattr("catalog.live.shows.comments.now_ms", lambda: now_ms() + 2 * MINUTE_MS)

    await airing.say("A1 lấy 2 túi")

    assert [draft.unsure for draft in await airing.drafts()] == ["", "repeat"]
    show = await airing.show()
    async with cast.shop.db.read() as connection:
        times = sorted(row["at_ms"] for row in await SQL.comments(connection, show_id=show.id, most=9))
    assert times[1] - times[0] >= 2 * MINUTE_MS


async def test_words_pasted_again_after_a_pin_of_ten_minutes_are_still_known(
        cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    airing = await go_on_air(cast)
    monkeypatch.setattr("catalog.live.shows.comments.now_ms", lambda: now_ms() + 11 * MINUTE_MS)

    await airing.say("A1 lấy 2 túi", source="paste")
    await airing.say("A1 lấy 2 túi", source="paste")

    assert len(await airing.drafts()) == 1


async def test_a_comment_that_came_late_is_read_beside_what_was_on_air_when_it_was_written(cast: Cast) -> None:
    airing = await go_on_air(cast)
    written_ms = now_ms()
    async with cast.shop.db.write() as connection:
        show = await airing.show()
        await connection.execute_fetchall("UPDATE show_events SET at_ms = at_ms - 60000")
        await pin(connection, show, "A2", person_id=cast.farmer_person.id)
        await connection.execute_fetchall(
            f"UPDATE show_events SET at_ms = {written_ms + 30_000} WHERE detail LIKE '%A2%'")

        await take_comments(connection, show, [Said("Ngọc Bùi", "lấy 2", "facebook", written_ms)],
                            seller=cast.household.name)

    (draft,) = await airing.drafts()
    assert draft.candidates == ("A1",)
