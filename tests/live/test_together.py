"""Two who run one show at once, on both engines: nobody's work is undone, and who came second is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from catalog.live.shows.hold import end_hold
from catalog.live.shows.queries import SQL
from catalog.storage.database import now_ms
from tests.cast import make_settings, open_cast
from tests.live.airing import Airing, go_on_air
from tests.orders.goods import left, orders

TAKEN = "Có người vừa làm việc này rồi"
PASTED = "Ngọc Bùi: A1 lấy 2 túi nhé\nLan Anh: chốt 1 A1"


@pytest.fixture
async def airing(on_engine: dict[str, object], tmp_path: Path) -> AsyncIterator[Airing]:
    """A show on air, over each of the engines."""
    async with open_cast(make_settings(tmp_path, **on_engine)) as cast:
        yield await go_on_air(cast)


async def press(airing: Airing, client: httpx.AsyncClient, verb: str, **form: str) -> str:
    """The room after a press, as it is shown to who pressed."""
    return (await client.post(f"{airing.room}/do/{verb}", data=form, follow_redirects=True)).text


async def both(airing: Airing, verb: str, first: dict[str, str], second: dict[str, str]) -> list[str]:
    """The rooms of two who press at the same moment."""
    return list(await asyncio.gather(press(airing, airing.cast.farmer, verb, **first),
                                     press(airing, airing.cast.helper, verb, **second)))


def told(rooms: list[str]) -> int:
    """How many of them were told that somebody came first."""
    return sum(TAKEN in room for room in rooms)


async def test_two_who_pin_different_goods_at_once_pin_one_and_one_is_told(airing: Airing) -> None:
    await press(airing, airing.cast.farmer, "next", seen="A1")

    rooms = await both(airing, "pin", {"pin": "A1", "seen": "A2"}, {"pin": "A2", "seen": "A2"})
    late = await press(airing, airing.cast.helper, "pin", pin="A2", seen="A2")

    assert told(rooms) in (0, 1) and TAKEN in late and (await airing.show()).pinned == "A1"


async def test_two_who_press_next_at_once_move_on_once(airing: Airing) -> None:
    rooms = await both(airing, "next", {"seen": "A1"}, {"seen": "A1"})

    assert told(rooms) == 1 and (await airing.events()).count("pinned") == 2


async def test_two_who_count_the_same_goods_at_once_add_them_once(airing: Airing) -> None:
    seen = {"pin": "A1", "stock": "20", "seen": "18", "at": str((await airing.show()).last_event)}

    rooms = await both(airing, "stock", seen, seen)
    again = await press(airing, airing.cast.farmer, "stock", pin="A1", stock="21", seen="20",
                        at=str((await airing.show()).last_event))

    assert told(rooms) == 1 and TAKEN not in again and await left(airing.cast, airing.meat.code) == 21


async def test_two_reminders_written_at_once_both_stand(airing: Airing) -> None:
    await both(airing, "note", {"note": "nhắc giá ship", "seen": ""}, {"note": "hết lạp xưởng", "seen": ""})
    both_stand = (await airing.show()).note

    await press(airing, airing.cast.farmer, "note", note="chỉ còn một", seen=both_stand)

    assert sorted(both_stand.split(" · ")) == ["hết lạp xưởng", "nhắc giá ship"]
    assert (await airing.show()).note == "chỉ còn một"


async def test_who_clears_an_older_reminder_leaves_the_newer_one_of_another(airing: Airing) -> None:
    await press(airing, airing.cast.farmer, "note", note="nhắc giá ship", seen="")
    await press(airing, airing.cast.helper, "note", note="hết lạp xưởng", seen="nhắc giá ship")

    await press(airing, airing.cast.farmer, "note", note="", seen="nhắc giá ship")
    kept = (await airing.show()).note
    await press(airing, airing.cast.farmer, "note", note="", seen=kept)

    assert kept == "hết lạp xưởng" and (await airing.show()).note == ""


async def test_a_reminder_is_kept_whole_or_told_to_be_too_long(airing: Airing) -> None:
    long = "nhắc khách hỏi giá ship. " * 30

    await press(airing, airing.cast.farmer, "note", note=long, seen="")
    await press(airing, airing.cast.helper, "note", note="hết lạp xưởng. " * 20, seen="")

    assert 300 < len(long.strip()) <= 900 and (await airing.show()).note == long.strip()


async def test_the_sound_is_one_switch_and_pressing_it_at_once_is_no_quarrel(airing: Airing) -> None:
    rooms = await both(airing, "mute", {"on": "1"}, {"on": "1"})
    await press(airing, airing.cast.helper, "mute", on="0")

    assert all("Bật tiếng" in room for room in rooms)
    assert [what for what in await airing.events() if what in ("muted", "loud")] == ["muted", "loud"]


async def test_two_flash_prices_at_once_are_one_and_none_outlives_the_end(airing: Airing) -> None:
    price = {"pin": "A1", "price": "150.000", "minutes": "10"}
    rooms = await asyncio.gather(*(press(airing, airing.cast.farmer, "flash", **price) for _ in range(2)))

    await asyncio.gather(press(airing, airing.cast.farmer, "end"), press(airing, airing.cast.farmer, "flash", **price))

    show = await airing.show()
    async with airing.cast.shop.db.read() as connection:
        running = list(await SQL.running_flashes(connection, show_id=show.id))
    assert told(list(rooms)) == 1 and show.state == "ended" and running == []


async def test_the_same_comments_pasted_by_two_at_once_are_taken_once(airing: Airing) -> None:
    await asyncio.gather(*(client.post(f"{airing.room}/comments", data={"pasted": PASTED})
                           for client in (airing.cast.farmer, airing.cast.helper)))

    assert len(await airing.drafts()) == 2 and await left(airing.cast, airing.meat.code) == 15


async def test_a_draft_changed_by_one_is_not_confirmed_as_it_was_by_the_other(airing: Airing) -> None:
    await airing.say("A1 lấy 2 túi")
    (draft,) = await airing.drafts()
    address, version = f"{airing.room}/drafts/{draft.id}", str(draft.version)

    rooms = await asyncio.gather(
        airing.cast.farmer.post(address, data={"version": version, "answer": "write", "pin": "A1", "amount": "3"},
                                follow_redirects=True),
        airing.cast.helper.post(address, data={"version": version, "answer": "confirm"}, follow_redirects=True))

    confirmed, waiting = len(await orders(airing.cast)), len(await airing.drafts())
    assert told([room.text for room in rooms]) == 1 and confirmed + waiting == 1
    assert await left(airing.cast, airing.meat.code) == (16 if confirmed else 15)


async def test_goods_are_given_back_once_where_a_hold_ends_while_it_is_refused(
        airing: Airing, monkeypatch: pytest.MonkeyPatch) -> None:
    await airing.say("A1 lấy 2 túi")
    (draft,) = await airing.drafts()
    monkeypatch.setattr("catalog.live.shows.hold.now_ms", lambda: now_ms() + 3600_000)

    async def lapse() -> None:
        async with airing.cast.shop.db.write() as connection:
            await end_hold(connection, draft.id)

    await asyncio.gather(lapse(), airing.cast.helper.post(
        f"{airing.room}/drafts/{draft.id}", data={"version": str(draft.version), "answer": "refuse"}))

    assert await left(airing.cast, airing.meat.code) == 18


async def test_what_one_does_is_an_event_that_wakes_the_other(airing: Airing) -> None:
    show, rooms = await airing.show(), airing.cast.app.state.rooms
    waits = asyncio.create_task(rooms.wait(show.id, 60))
    await asyncio.sleep(0)

    await press(airing, airing.cast.helper, "mute", on="1")

    async with asyncio.timeout(30):
        await waits
    events = (await airing.cast.farmer.get(f"/l/{airing.code}/control/events", params={"after": str(show.last_event)})).json()
    assert [(one["what"], one["by"]) for one in events["events"]] == [("muted", "Quàng Văn Minh")]
