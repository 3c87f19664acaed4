"""Comments below a Page's live video: each once, by stream or by asking, whatever Facebook does meanwhile."""

from __future__ import annotations

import asyncio
import json
import logging

import pytest

from catalog.errors import Invalid
from catalog.live.sources.attach import attach_facebook, live_now, pages_of
from catalog.live.sources.facebook import read_address
from catalog.live.sources.model import Pace
from catalog.live.sources.stream import wait_seconds
from catalog.live.shows.stage import end
from tests.live.doubles.facebook import LIVE, PAGE, TOKEN, VIDEO, LiveFacebook
from tests.live.station import PACE, Station, until


async def test_a_comment_becomes_a_draft_as_a_typed_one_does(facebook: LiveFacebook, on_air: Station) -> None:
    facebook.say("A1 lấy 2 túi nhé, 0912 345 321")

    async with on_air.reading():
        lines = await on_air.until_lines(1)

    assert lines == [("Ngọc Bùi", "A1 lấy 2 túi nhé, 0912 345 321")]
    (draft,) = await on_air.airing.drafts()
    assert [(want.pin, want.amount) for want in draft.wants] == [("A1", 2)] and draft.phone == "+84912345321"
    assert (await on_air.source()).taken == 1


async def test_the_stream_and_the_list_together_give_each_comment_once(facebook: LiveFacebook, on_air: Station) -> None:
    async with on_air.reading():
        await until(lambda: facebook.listeners == 1)
        for index in range(30):
            facebook.say(f"A1 lấy {index + 1} túi", f"Khách {index}")
        await on_air.until_lines(30)
        asked = facebook.calls.count("GET comments")
        await until(lambda: facebook.calls.count("GET comments") > asked)
        facebook.say("xong rồi", "Lan")
        lines = await on_air.until_lines(31)

    assert len(lines) == 31 and lines[-1] == ("Lan", "xong rồi")


async def test_what_the_stream_leaves_out_is_found_in_the_list(facebook: LiveFacebook, on_air: Station) -> None:
    async with on_air.reading():
        await until(lambda: facebook.listeners == 1)
        facebook.say("A1 lấy 2 túi", is_streamed=False)
        lines = await on_air.until_lines(1)

    assert lines == [("Ngọc Bùi", "A1 lấy 2 túi")]


@pytest.mark.parametrize("stream", ["refuse", "html"])
async def test_without_a_stream_the_list_is_asked(facebook: LiveFacebook, on_air: Station, stream: str) -> None:
    facebook.stream = stream

    async with on_air.reading():
        await on_air.until_state("reading")
        facebook.say("A1 lấy 2 túi")
        await on_air.until_lines(1)

    assert facebook.streams_opened == 0


@pytest.mark.parametrize("noise", [
    None, b"data: {broken\n\n", b"data: [1, null, \"x\", {\"id\": 5}]\n\n", b"data: " + b"x" * 200_000, b"\xff\xfe\n\n",
    b"event: error\ndata: {\"error\": {\"code\": 1}}\n\n"])
async def test_a_stream_that_breaks_or_talks_nonsense_loses_nothing(
        facebook: LiveFacebook, on_air: Station, noise: bytes | None) -> None:
    async with on_air.reading():
        await until(lambda: facebook.listeners == 1)
        facebook.push(noise)
        facebook.say("A1 lấy 2 túi")
        await on_air.until_lines(1)
        await until(lambda: facebook.listeners == 1)
        facebook.say("A2 3kg", "Lan")
        lines = await on_air.until_lines(2)

    assert lines == [("Ngọc Bùi", "A1 lấy 2 túi"), ("Lan", "A2 3kg")]


async def test_a_stream_that_hangs_is_opened_anew(facebook: LiveFacebook, on_air: Station) -> None:
    async with on_air.reading(Pace(poll=0.05, poll_beside_stream=0.3, again=0.05, longest=0.2, quiet=0.3)):
        await until(lambda: facebook.streams_opened >= 2)
        facebook.say("A1 lấy 2 túi")
        lines = await on_air.until_lines(1)

    assert lines == [("Ngọc Bùi", "A1 lấy 2 túi")]


async def test_people_without_a_name_are_not_read_as_one(facebook: LiveFacebook, on_air: Station) -> None:
    facebook.say("A1 lấy 2 túi", None)
    facebook.say("A1 lấy 2 túi", None)

    async with on_air.reading():
        lines = await on_air.until_lines(2)

    assert [author for author, _ in lines] == ["Khách Facebook 7001", "Khách Facebook 7002"]
    assert [draft.unsure for draft in await on_air.airing.drafts()] == ["", ""]


async def test_what_the_page_itself_writes_is_no_order(facebook: LiveFacebook, on_air: Station) -> None:
    facebook.say("A1 lấy 2 túi là có quà nhé", "Nhà Lò Thị Xuân", who=PAGE)
    facebook.say("A1 lấy 1 túi")

    async with on_air.reading():
        lines = await on_air.until_lines(2)

    assert lines[0][0] == "Nhà Lò Thị Xuân" and len(await on_air.airing.drafts()) == 1


async def test_an_edited_comment_makes_no_second_order(facebook: LiveFacebook, on_air: Station) -> None:
    number = facebook.say("A1 lấy 2 túi")
    async with on_air.reading():
        await on_air.until_lines(1)
        facebook.comments[0]["message"] = "A1 lấy 20 túi"
        facebook.say("A1 lấy 20 túi", number=number, is_listed=False)
        facebook.say("chào cả nhà", "Lan")
        lines = await on_air.until_lines(2)

    assert [text for _, text in lines] == ["A1 lấy 2 túi", "chào cả nhà"] and len(await on_air.airing.drafts()) == 1


async def test_a_sticker_is_passed_over(facebook: LiveFacebook, on_air: Station) -> None:
    facebook.say("")
    facebook.say("A1 lấy 2 túi")

    async with on_air.reading():
        lines = await on_air.until_lines(1)

    assert lines == [("Ngọc Bùi", "A1 lấy 2 túi")]


async def test_comments_from_long_before_the_show_stay_out(facebook: LiveFacebook, on_air: Station) -> None:
    facebook.say("A1 lấy 9 túi", "Hôm qua", ago=86_400)
    facebook.say("A1 lấy 2 túi", ago=60)

    async with on_air.reading():
        lines = await on_air.until_lines(1)

    assert lines == [("Ngọc Bùi", "A1 lấy 2 túi")]


async def test_after_a_restart_it_goes_on_at_the_cursor(facebook: LiveFacebook, on_air: Station) -> None:
    facebook.page_size = 10
    for index in range(25):
        facebook.say(f"lời {index}", f"Khách {index}")
    async with on_air.reading():
        await on_air.until_lines(25)
    before = (await on_air.source()).cursor

    for index in range(25, 28):
        facebook.say(f"lời {index}", f"Khách {index}")
    async with on_air.reading():
        lines = await on_air.until_lines(28)

    assert before and [text for _, text in lines] == [f"lời {index}" for index in range(28)]


async def test_a_cursor_that_is_taken_no_more_loses_and_doubles_nothing(facebook: LiveFacebook, on_air: Station) -> None:
    facebook.say("A1 lấy 2 túi")
    async with on_air.reading():
        await on_air.until_lines(1)
    facebook.bad_cursors = True
    facebook.say("A2 3kg", "Lan")

    async with on_air.reading():
        lines = await on_air.until_lines(2)

    assert lines == [("Ngọc Bùi", "A1 lấy 2 túi"), ("Lan", "A2 3kg")] and not facebook.bad_cursors


@pytest.mark.parametrize("code", [4, 17, 32, 613])
async def test_where_facebook_says_too_often_it_waits_and_goes_on(facebook: LiveFacebook, on_air: Station, code: int) -> None:
    facebook.rate_code, facebook.stream = code, "refuse"
    facebook.fail("GET comments", "rate")

    async with on_air.reading():
        source = await on_air.until_state("waiting", "busy")
        facebook.say("A1 lấy 2 túi")
        await on_air.until_lines(1)
        after = await on_air.until_state("reading")

    assert source.wait_until_ms and after.wait_until_ms is None


@pytest.mark.parametrize("fault", ["500", "503", "garbage", "empty", "cut", "hang", "endless", "redirect", "packed"])
async def test_an_answer_that_is_none_is_asked_for_again(facebook: LiveFacebook, on_air: Station, fault: str) -> None:
    facebook.fail("GET comments", fault)
    facebook.say("A1 lấy 2 túi", is_streamed=False)

    async with on_air.reading(Pace(poll=0.05, poll_beside_stream=0.1, again=0.05, longest=0.2, quiet=0.3)):
        lines = await on_air.until_lines(1)

    assert lines == [("Ngọc Bùi", "A1 lấy 2 túi")]


async def test_a_token_that_was_withdrawn_stops_it_and_says_what_to_do(facebook: LiveFacebook, on_air: Station) -> None:
    facebook.token = "another"

    async with on_air.reading() as task:
        source = await on_air.until_state("stopped", "token")
        await task

    assert source.why == ("Mã kết nối hết hạn hoặc đã bị thu lại.", "Nối lại Trang, rồi bấm “Đọc tiếp”.")
    assert "source" in await on_air.airing.events()


async def test_it_ends_with_the_show(facebook: LiveFacebook, on_air: Station) -> None:
    async with on_air.reading() as task:
        await on_air.until_state("reading")
        async with on_air.cast.shop.db.write() as connection:
            await end(connection, await on_air.airing.show(), person_id=on_air.cast.farmer_person.id)
        facebook.say("A1 lấy 2 túi")
        await asyncio.wait_for(task, 8)

    assert await on_air.lines() == []
    await until(lambda: facebook.listeners == 0)


async def test_the_token_is_in_no_log(facebook: LiveFacebook, on_air: Station, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    facebook.fail("GET comments", "cut", "garbage")

    async with on_air.reading():
        await until(lambda: facebook.listeners == 1)
        facebook.push(b"data: " + b"x" * 200_000)
        facebook.say("A1 lấy 2 túi")
        await on_air.until_lines(1)

    assert TOKEN not in caplog.text and "access_token" not in caplog.text


async def test_the_pages_live_videos_can_be_chosen_from(facebook: LiveFacebook, on_air: Station) -> None:
    show = await on_air.airing.show()
    async with on_air.cast.shop.db.read() as connection:
        (page,) = await pages_of(connection, show)

    videos = await live_now(on_air.cast.shop, page)

    assert [(video.id, video.title) for video in videos] == [(LIVE, "Thịt gác bếp mới")]


async def test_the_address_of_the_video_leads_to_its_broadcast(facebook: LiveFacebook, on_air: Station) -> None:
    show = await on_air.airing.show()
    async with on_air.cast.shop.db.read() as connection:
        (page,) = await pages_of(connection, show)

    again = await attach_facebook(on_air.cast.shop, on_air.actor, await on_air.airing.show(), page.id,
                                  f"https://www.facebook.com/nhaxuan/videos/{VIDEO}/?ref=share")

    assert again == on_air.source_id


@pytest.mark.parametrize("typed", ["", "https://www.facebook.com/nhaxuan", "99999999"])
async def test_what_is_no_video_of_the_page_is_refused_beside_the_field(
        facebook: LiveFacebook, on_air: Station, typed: str) -> None:
    show = await on_air.airing.show()
    async with on_air.cast.shop.db.read() as connection:
        (page,) = await pages_of(connection, show)

    with pytest.raises(Invalid) as refused:
        await attach_facebook(on_air.cast.shop, on_air.actor, await on_air.airing.show(), page.id, typed)

    assert set(refused.value.fields) == {"video"}


@pytest.mark.parametrize(("typed", "number"), [
    ("55500011", "55500011"), ("https://www.facebook.com/watch/live/?ref=x&v=55500022", "55500022"),
    ("https://www.facebook.com/nha.xuan/videos/thit-gac-bep/55500022/", "55500022"),
    ("https://m.facebook.com/watch/?v=55500022&extid=CL", "55500022"), ("https://facebook.com/100/posts/abc", ""),
    ("năm năm", "")])
def test_the_number_is_found_in_an_address(typed: str, number: str) -> None:
    assert read_address(typed) == number


def test_the_more_is_used_the_slower_it_asks() -> None:
    pace = Pace()

    waits = [wait_seconds(pace, used, is_streaming=False) for used in (0, 79, 80, 95)]

    assert waits == [5, 5, 20, 60] and wait_seconds(pace, 0, is_streaming=True) == 45


async def test_nearly_used_up_it_reads_slowly_and_says_so(facebook: LiveFacebook, on_air: Station) -> None:
    facebook.usage = {"X-App-Usage": json.dumps({"call_count": 28, "total_time": 25, "total_cputime": 25}),
                      "X-Business-Use-Case-Usage": json.dumps({PAGE: [{"type": "pages", "call_count": 91, "total_cputime": 2,
                                                                       "total_time": 3, "estimated_time_to_regain_access": 0}]})}

    async with on_air.reading(PACE):
        source = await on_air.until_state("reading", "slow")

    assert source.why[0] == "Gần hết lượt đọc nên đọc thưa hơn."
