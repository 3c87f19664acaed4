"""The server's own readers: they begin with the show, end with it, and go on after a restart."""

from __future__ import annotations

from pathlib import Path

from catalog.live.shows.queries import SQL as SHOWS
from catalog.live.shows.stage import end
from catalog.live.sources.attach import detach, read_again
from catalog.live.sources.model import Pace
from catalog.live.sources.queries import SQL
from catalog.live.sources.readers import Readers, wait_seconds
from catalog.posts.publishers.account import holder_of_household
from catalog.posts.publishers.connect import disconnect
from catalog.storage.database import now_ms
from tests.live.doubles.facebook import TOKEN, LiveFacebook
from tests.live.station import PACE, Station, station, until


async def test_a_restarted_server_goes_on_with_what_was_said_meanwhile(facebook: LiveFacebook, on_air: Station) -> None:
    rung: list[str] = []
    first = Readers(on_air.cast.shop, rung.append, PACE)
    first.open()
    facebook.say("A1 lấy 2 túi")
    await on_air.until_lines(1)
    await first.close()
    facebook.say("A2 3kg", "Lan")

    second = Readers(on_air.cast.shop, rung.append, PACE)
    second.open()
    lines = await on_air.until_lines(2)
    await second.close()

    assert lines == [("Ngọc Bùi", "A1 lấy 2 túi"), ("Lan", "A2 3kg")]
    assert set(rung) == {(await on_air.airing.show()).id}
    await until(lambda: facebook.listeners == 0)


async def test_the_end_of_the_show_ends_the_reading_even_where_nothing_is_said(facebook: LiveFacebook, on_air: Station) -> None:
    readers = Readers(on_air.cast.shop, pace=Pace(poll_beside_stream=60))
    readers.open()
    await until(lambda: facebook.listeners == 1)

    async with on_air.cast.shop.db.write() as connection:
        await end(connection, await on_air.airing.show(), person_id=on_air.cast.farmer_person.id)
    readers.wake()

    await until(lambda: facebook.listeners == 0)
    await readers.close()


async def test_a_source_taken_away_is_read_no_more(facebook: LiveFacebook, on_air: Station) -> None:
    readers = Readers(on_air.cast.shop, pace=PACE)
    readers.open()
    await until(lambda: facebook.listeners == 1)

    async with on_air.cast.shop.db.write() as connection:
        await detach(connection, on_air.actor, await on_air.airing.show(), on_air.source_id)
    readers.wake()
    await until(lambda: facebook.listeners == 0)
    facebook.say("A1 lấy 2 túi")
    await readers.close()

    assert await on_air.lines() == []


async def test_one_that_stopped_goes_on_when_somebody_asks(facebook: LiveFacebook, on_air: Station) -> None:
    facebook.token = "another"
    readers = Readers(on_air.cast.shop, pace=PACE)
    readers.open()
    await on_air.until_state("stopped", "token")
    facebook.token = TOKEN

    async with on_air.cast.shop.db.write() as connection:
        await read_again(connection, on_air.actor, await on_air.airing.show(), on_air.source_id)
    readers.wake()
    facebook.say("A1 lấy 2 túi")
    lines = await on_air.until_lines(1)
    await readers.close()

    assert lines == [("Ngọc Bùi", "A1 lấy 2 túi")]


async def test_a_page_that_was_disconnected_is_read_no_more_at_once(facebook: LiveFacebook, on_air: Station) -> None:
    readers = Readers(on_air.cast.shop, pace=PACE)
    readers.open()
    await until(lambda: facebook.listeners == 1)

    await disconnect(on_air.cast.shop, holder_of_household(on_air.actor), "facebook", (await on_air.source()).account_id or "")
    readers.wake()
    await on_air.until_state("stopped", "token")
    await readers.close()

    assert facebook.listeners == 0


async def test_the_servers_own_reader_rings_the_control_room(facebook: LiveFacebook, on_air: Station) -> None:
    on_air.cast.app.state.readers.open()
    facebook.say("A1 lấy 2 túi")

    await on_air.until_lines(1)
    told = (await on_air.cast.helper.get(f"/l/{on_air.airing.code}/control/events")).json()

    assert {"source", "comments"} <= {event["what"] for event in told["events"]}
    assert "Ngọc" not in str(told)


async def test_which_comment_was_which_is_forgotten_with_the_comments(facebook: LiveFacebook, on_air: Station) -> None:
    facebook.say("A1 lấy 2 túi")
    async with on_air.reading():
        await on_air.until_lines(1)
    show = await on_air.airing.show()
    async with on_air.cast.shop.db.write() as connection:
        await end(connection, show, person_id=on_air.cast.farmer_person.id)
        await SQL.forget_comments(connection, before_ms=now_ms() + 1)
        (comment,) = await SHOWS.comments(connection, show_id=show.id, most=9)

        assert await SQL.source_comment(connection, comment_id=comment["id"]) is None


async def test_two_readers_of_one_source_take_each_comment_once(
        facebook: LiveFacebook, tmp_path: Path, on_engine: dict[str, object]) -> None:
    async with station(tmp_path, facebook, **on_engine) as on_air:
        for index in range(60):
            facebook.say(f"A1 lấy {index % 3 + 1} túi", f"Khách {index}")
        async with on_air.reading(), on_air.reading():
            await on_air.until_lines(60)
            facebook.say("A2 3kg", "Lan")
            lines = await on_air.until_lines(61)
        made = await on_air.confirm_first()
        on_air.cast.shop.jobs.wake()
        await until(lambda: facebook.sent)

    assert sorted(author for author, _ in lines) == sorted([*(f"Khách {index}" for index in range(60)), "Lan"])
    assert facebook.sent[0][0] == facebook.comments[0]["id"] and made.claim.lower() in facebook.sent[0][1]


def test_the_pause_doubles_and_is_longer_where_it_was_asked_too_often() -> None:
    pace = Pace()

    assert [wait_seconds(pace, "silent", tries) for tries in (1, 2, 3, 20)] == [2, 4, 8, 300]
    assert [wait_seconds(pace, "busy", tries) for tries in (1, 2)] == [30, 60]
