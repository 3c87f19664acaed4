"""Messages of a YouTube chat: each once, no oftener than YouTube wants, and plain words where it stops."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from catalog.errors import Forbidden, Invalid
from catalog.households.model import Actor
from catalog.live.sources.attach import attach_youtube, keep_key
from catalog.live.sources.model import WHY, Pace
from catalog.live.sources.queries import SQL
from catalog.live.sources.youtube import day_of, read_address, wait_seconds
from catalog.storage.database import now_ms
from tests.live.doubles.youtube import KEY, VIDEO, LiveYouTube, error
from tests.live.station import Station, station
from tests.posts.doubles.double import serving


@pytest.fixture
async def youtube() -> AsyncIterator[LiveYouTube]:
    double = LiveYouTube()
    async with serving(double):
        yield double


@pytest.fixture
async def on_air(youtube: LiveYouTube, tmp_path: Path) -> AsyncIterator[Station]:
    async with station(tmp_path, youtube) as opened:
        yield opened


async def units_of(station: Station) -> int:
    async with station.cast.shop.db.read() as connection:
        return int((await SQL.youtube_key(connection, household_id=station.cast.household.id))["units"])


async def test_messages_become_drafts_and_each_comes_once(youtube: LiveYouTube, on_air: Station) -> None:
    youtube.say("A1 lấy 2 túi")
    async with on_air.reading():
        await on_air.until_lines(1)
        youtube.say("A2 3kg", "@minh")
        await on_air.until_lines(2)
    youtube.say("chào cả nhà", "@lan")

    async with on_air.reading():
        lines = await on_air.until_lines(3)

    assert lines == [("@lanhuong", "A1 lấy 2 túi"), ("@minh", "A2 3kg"), ("@lan", "chào cả nhà")]
    assert len(await on_air.airing.drafts()) == 2


async def test_it_never_asks_sooner_than_it_is_told(youtube: LiveYouTube, on_air: Station) -> None:
    youtube.interval_ms = 200

    async with on_air.reading():
        for index in range(3):
            youtube.say(f"lời {index}")
            await on_air.until_lines(index + 1)

    assert youtube.calls.count("GET messages") >= 3 and youtube.hasty == 0


async def test_the_units_are_counted_as_youtube_counts_them(youtube: LiveYouTube, on_air: Station) -> None:
    youtube.say("A1 lấy 2 túi")

    async with on_air.reading():
        await on_air.until_lines(1)

    assert await units_of(on_air) in (youtube.units, youtube.units - 5)


async def test_the_seller_and_members_joining_make_no_order(youtube: LiveYouTube, on_air: Station) -> None:
    youtube.say("A1 lấy 2 túi là có quà", "Nhà Xuân", is_owner=True)
    youtube.say("A1 lấy 9 túi", kind="newSponsorEvent")
    youtube.say("A1 lấy 1 túi", kind="superChatEvent")

    async with on_air.reading():
        lines = await on_air.until_lines(2)

    assert lines == [("Nhà Xuân", "A1 lấy 2 túi là có quà"), ("@lanhuong", "A1 lấy 1 túi")]
    assert len(await on_air.airing.drafts()) == 1


async def test_a_page_token_that_is_taken_no_more_loses_and_doubles_nothing(youtube: LiveYouTube, on_air: Station) -> None:
    youtube.say("A1 lấy 2 túi")
    async with on_air.reading():
        await on_air.until_lines(1)
    youtube.bad_tokens = True
    youtube.say("A2 3kg", "@minh")

    async with on_air.reading():
        lines = await on_air.until_lines(2)

    assert len(lines) == 2 and not youtube.bad_tokens


@pytest.mark.parametrize(("status", "said", "reason"), [
    (403, "quotaExceeded", "quota"), (403, "liveChatEnded", "over"), (403, "liveChatDisabled", "no_chat"),
    (404, "liveChatNotFound", "gone"), (401, "authError", "key"), (403, "accessNotConfigured", "key")])
async def test_it_stops_and_says_why(youtube: LiveYouTube, on_air: Station, status: int, said: str, reason: str) -> None:
    youtube.refusal = error(status, said)

    async with on_air.reading() as task:
        source = await on_air.until_state("stopped", reason)
        await task

    assert all(source.why)


async def test_another_key_is_told_apart_from_everything_else(youtube: LiveYouTube, on_air: Station) -> None:
    youtube.key = "another"

    async with on_air.reading():
        await on_air.until_state("stopped", "key")


async def test_a_broadcast_that_is_over_is_read_to_its_end(youtube: LiveYouTube, on_air: Station) -> None:
    youtube.say("A1 lấy 2 túi")
    youtube.is_over = True

    async with on_air.reading():
        await on_air.until_state("stopped", "over")

    assert await on_air.lines() == [("@lanhuong", "A1 lấy 2 túi")]


@pytest.mark.parametrize("fault", ["rate", "500", "503", "garbage", "empty", "cut", "hang", "endless", "packed"])
async def test_whatever_goes_wrong_once_it_goes_on(youtube: LiveYouTube, on_air: Station, fault: str) -> None:
    youtube.fail("GET messages", fault)
    youtube.say("A1 lấy 2 túi")

    async with on_air.reading(Pace(poll=0.05, again=0.02, longest=0.2, quiet=0.3)):
        lines = await on_air.until_lines(1)

    assert lines == [("@lanhuong", "A1 lấy 2 túi")]


async def test_the_key_lies_encrypted_and_is_in_no_log(
        youtube: LiveYouTube, on_air: Station, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    youtube.say("A1 lấy 2 túi")

    async with on_air.reading():
        await on_air.until_lines(1)

    async with on_air.cast.shop.db.read() as connection:
        row = await SQL.youtube_key(connection, household_id=on_air.cast.household.id)
    assert KEY not in row["sealed"] and KEY not in caplog.text


async def test_only_the_household_keeps_a_key(youtube: LiveYouTube, on_air: Station) -> None:
    with pytest.raises(Forbidden):
        await keep_key(on_air.cast.shop, Actor(on_air.cast.helper_person, on_air.cast.household), "AIzaOther")


@pytest.mark.parametrize("case", ["no key", "not yet", "no chat", "over", "other video", "no address"])
async def test_what_cannot_be_read_is_refused_beside_the_field(youtube: LiveYouTube, on_air: Station, case: str) -> None:
    if case == "no key":
        await keep_key(on_air.cast.shop, on_air.actor, "")
    youtube.has_begun, youtube.has_chat, youtube.is_over = case != "not yet", case != "no chat", case == "over"
    typed = {"other video": "aaaaaaaaaaa", "no address": "kênh nhà Xuân"}.get(case, VIDEO)

    with pytest.raises(Invalid) as refused:
        await attach_youtube(on_air.cast.shop, on_air.actor, await on_air.airing.show(), typed)

    assert set(refused.value.fields) == {"youtube"}
    if case in ("not yet", "no chat", "over"):
        assert refused.value.fields["youtube"].key == WHY[case.replace(" ", "_")][0]


@pytest.mark.parametrize("typed", [
    VIDEO, f"https://www.youtube.com/watch?v={VIDEO}&t=3", f"https://youtu.be/{VIDEO}?si=abc", f"youtube.com/live/{VIDEO}",
    f"https://studio.youtube.com/video/{VIDEO}/livestreaming"])
def test_the_video_is_found_in_an_address(typed: str) -> None:
    assert read_address(typed) == VIDEO


def test_the_more_of_the_day_is_used_the_slower_it_asks() -> None:
    pace = Pace()

    waits = [wait_seconds(pace, 2.0, used) for used in (0, 6_000, 8_500)]

    assert waits == [5, 10, 30] and wait_seconds(pace, 12.5, 0) == 12.5
    assert wait_seconds(pace, 99_999, 0) == 60


def test_the_day_begins_where_youtube_says() -> None:
    assert day_of(1_795_680_000_000) == "2026-11-26" and day_of(1_795_680_000_000 - 1) == "2026-11-25"


async def test_yesterdays_units_are_forgotten(youtube: LiveYouTube, on_air: Station) -> None:
    async with on_air.cast.shop.db.write() as connection:
        for day in ("2020-01-01", day_of(now_ms())):
            await SQL.count_units(connection, household_id=on_air.cast.household.id, day=day, units=9_000)

    assert await units_of(on_air) == 9_000
