"""Posts of a Facebook Page against a strict double: one photo, several, a reel, a video, and all that goes wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from catalog.posts.publishers.facebook import NOT_A_PAGE
from catalog.posts.publishers.graph import Graph
from catalog.posts.publishers.model import (
    BAD_CONTENT,
    BAD_TOKEN,
    NO_RIGHT,
    TOO_OFTEN,
    UNREACHED,
    NotSure,
    Posted,
    Refused,
    TryAgain,
)
from catalog.posts.publishers.registry import Door, identify
from catalog.posts.publishers.wire import Answer, Wire
from catalog.storage.settings import Networks
from tests.posts.doubles.double import BEFORE, serving
from tests.posts.doubles.facebook import APP, PAGE, TOKEN, FacebookDouble, error
from tests.posts.outbox import TEXT, Killed, MemoryRecord, forget, package, send

SECRETS = {"token": TOKEN, "app_id": APP}
PUBLISHING = {"pictures": "POST feed", "reel": "POST video_reels", "video": "POST videos"}


@pytest.fixture
async def page() -> AsyncIterator[FacebookDouble]:
    double = FacebookDouble()
    async with serving(double):
        yield double


@pytest.fixture
def post(page: FacebookDouble, tmp_path: Path) -> Callable[..., object]:
    """Sends the post in a shape; the same record goes on where it stopped."""
    async def run(shape: str, record: MemoryRecord | None = None, **changes: object) -> Posted:
        return await send(page.url, "facebook", PAGE, SECRETS, shape, package(tmp_path, **changes),
                          record or MemoryRecord())
    return run


def number(page: FacebookDouble) -> int:
    """How many posts people can see."""
    return len(page.posts) + len(page.videos) + sum(reel["published"] for reel in page.reels.values())


async def test_several_photos_become_one_post(page: FacebookDouble, post) -> None:
    done = await post("pictures")

    (made,) = page.posts
    assert made["message"] == TEXT and len(made["photos"]) == 2
    assert done == Posted(made["id"], f"https://www.facebook.com/{PAGE}/posts/{made['id']}")


async def test_one_photo_is_a_post_by_itself(page: FacebookDouble, post) -> None:
    await post("pictures", pictures=1)

    (made,) = page.posts
    assert made["message"] == TEXT and "POST feed" not in page.calls


async def test_the_clip_becomes_a_reel(page: FacebookDouble, post) -> None:
    await post("reel")

    (reel,) = page.reels.values()
    assert reel["published"] == 1 and reel["description"] == TEXT and len(reel["content"]) == 50_000


async def test_the_clip_becomes_a_video_through_an_upload_session(page: FacebookDouble, post) -> None:
    await post("video")

    (video,) = page.videos
    assert video["description"] == TEXT


@pytest.mark.parametrize("shape", ["pictures", "reel", "video"])
async def test_a_second_run_of_a_finished_post_sends_nothing_more(page: FacebookDouble, post, shape: str) -> None:
    record = MemoryRecord()
    await post(shape, record)

    await post(shape, record)

    assert number(page) == 1


@pytest.mark.parametrize(("shape", "step"), [
    ("pictures", "photo:square"), ("pictures", "photo:portrait"), ("pictures", "feed"), ("reel", "reel"), ("reel", "bytes"),
    ("reel", "publish"), ("video", "session"), ("video", "bytes"), ("video", "video")])
async def test_killed_between_two_steps_it_goes_on_and_posts_once(page: FacebookDouble, post, shape: str, step: str) -> None:
    record = MemoryRecord(dies_after=step)
    with pytest.raises(Killed):
        await post(shape, record)

    await post(shape, record)

    assert number(page) == 1
    assert len(page.photos) == (2 if shape == "pictures" else 0) and len(page.reels) == (shape == "reel")


@pytest.mark.parametrize(("shape", "step"), [("pictures", "feed"), ("video", "video")])
async def test_killed_before_the_call_it_is_told_unsure_rather_than_posted_twice(
        page: FacebookDouble, post, shape: str, step: str) -> None:
    record = MemoryRecord(dies_in=step)
    with pytest.raises(Killed):
        await post(shape, record)

    with pytest.raises(NotSure):
        await post(shape, record)

    assert number(page) == 0 and record.begun == step


async def test_a_reel_killed_before_its_publishing_is_published_later(page: FacebookDouble, post) -> None:
    record = MemoryRecord(dies_in="publish")
    with pytest.raises(Killed):
        await post("reel", record)

    await post("reel", record)

    assert number(page) == 1


@pytest.mark.parametrize("fault", ["lost", "lost 500", "lost garbage"])
@pytest.mark.parametrize("shape", ["pictures", "video"])
async def test_a_post_whose_answer_was_lost_is_found_on_the_page(page: FacebookDouble, post, shape: str, fault: str) -> None:
    page.fail(PUBLISHING[shape], fault)

    done = await post(shape)

    assert number(page) == 1
    assert done.id == (page.posts or page.videos)[0]["id"]


@pytest.mark.parametrize("fault", ["lost", "lost 500", "lost garbage"])
async def test_a_reel_whose_answer_was_lost_is_known_by_its_number(page: FacebookDouble, post, fault: str) -> None:
    page.fail("POST video_reels", "ok", fault)

    await post("reel")

    assert number(page) == 1


@pytest.mark.parametrize("fault", ["hang", "cut", "garbage", "empty", "endless", "redirect", "packed"])
async def test_silence_while_posting_is_told_unsure(page: FacebookDouble, post, fault: str) -> None:
    record = MemoryRecord()
    page.fail("POST feed", fault)

    with pytest.raises(NotSure) as caught:
        await post("pictures", record)

    assert caught.value.can_look and record.begun == "feed" and "elsewhere" not in page.calls


async def test_unsure_becomes_sure_when_the_post_turns_up_later(page: FacebookDouble, post) -> None:
    record = MemoryRecord()
    page.fail("POST feed", "lost")
    page.fail("GET published_posts", "500")
    with pytest.raises(NotSure):
        await post("pictures", record)

    done = await post("pictures", record)

    assert number(page) == 1 and done.id == page.posts[0]["id"]


@pytest.mark.parametrize("fault", ["500", "503", "rate"])
@pytest.mark.parametrize("shape", ["pictures", "reel", "video"])
async def test_a_network_that_says_no_for_now_is_asked_again(page: FacebookDouble, post, shape: str, fault: str) -> None:
    record = MemoryRecord()
    page.fail(PUBLISHING[shape], *(["ok"] if shape == "reel" else []), fault)
    with pytest.raises(TryAgain) as caught:
        await post(shape, record)

    await post(shape, record)

    assert number(page) == 1
    assert (caught.value.reason == TOO_OFTEN) == (fault == "rate")


@pytest.mark.parametrize("fault", BEFORE)
@pytest.mark.parametrize("call", ["POST photos", "reel bytes", "session bytes", "POST uploads", "session offset"])
async def test_uploads_that_went_wrong_are_done_again(page: FacebookDouble, post, call: str, fault: str) -> None:
    shape = {"POST photos": "pictures", "reel bytes": "reel"}.get(call, "video")
    record = MemoryRecord()
    page.fail(call, fault)
    with pytest.raises(TryAgain):
        await post(shape, record)

    await post(shape, record)

    assert number(page) == 1


@pytest.mark.parametrize(("call", "shape"), [("reel bytes", "reel"), ("session bytes", "video")])
async def test_an_upload_that_arrived_unheard_is_gone_on_with(page: FacebookDouble, post, call: str, shape: str) -> None:
    record = MemoryRecord()
    page.fail(call, "lost")
    with pytest.raises(TryAgain):
        await post(shape, record)

    await post(shape, record)

    assert number(page) == 1


@pytest.mark.parametrize("code", [4, 17, 32, 613, 80001])
async def test_every_rate_code_means_later(page: FacebookDouble, post, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    monkeypatch.setattr(page, "rate_answer", lambda: error(code, "limit", status=400))
    page.fail("POST photos", "rate")

    with pytest.raises(TryAgain) as caught:
        await post("pictures")

    assert caught.value.reason == TOO_OFTEN


@pytest.mark.parametrize(("code", "reason", "ends"), [
    (190, BAD_TOKEN, True), (102, BAD_TOKEN, True), (200, NO_RIGHT, False), (10, NO_RIGHT, False), (100, BAD_CONTENT, False)])
async def test_refusals_are_final_and_named(page: FacebookDouble, post, monkeypatch: pytest.MonkeyPatch, code: int,
                                            reason: str, ends: bool) -> None:
    monkeypatch.setattr(page, "rate_answer", lambda: error(code, f"no, says {TOKEN}"))
    record = MemoryRecord()
    page.fail("POST feed", "rate")

    with pytest.raises(Refused) as caught:
        await post("pictures", record)

    assert (caught.value.reason, caught.value.ends_account) == (reason, ends)
    assert TOKEN not in caught.value.detail and record.begun == "" and number(page) == 0


async def test_a_wrong_token_is_refused_at_the_first_step(page: FacebookDouble, post) -> None:
    page.token = "another"

    with pytest.raises(Refused) as caught:
        await post("pictures")

    assert caught.value.reason == BAD_TOKEN and page.photos == {}


async def test_nobody_there_means_later(post, page: FacebookDouble) -> None:
    page.url = "http://127.0.0.1:9"

    with pytest.raises(TryAgain) as caught:
        await post("pictures")

    assert caught.value.reason == UNREACHED


async def test_an_older_post_with_the_same_text_is_not_taken_for_this_one(page: FacebookDouble, post) -> None:
    page.posts.append({"id": f"{PAGE}_1", "message": TEXT, "created_time": "2026-01-01T00:00:00+0000"})
    page.fail("POST feed", "cut")

    with pytest.raises(NotSure):
        await post("pictures")


async def test_a_page_is_known_by_its_token_and_a_person_is_told(page: FacebookDouble) -> None:
    async with Wire(allow_loopback=True) as wire:
        door = Door(wire, Networks(facebook=page.url, allow_loopback=True), "facebook", "", SECRETS, forget)
        found = await identify(door)
        page.is_page = False
        with pytest.raises(Refused) as caught:
            await identify(door)

    assert (found.id, found.title) == (PAGE, "Nhà Lò Thị Xuân")
    assert caught.value.reason == NOT_A_PAGE


@pytest.mark.parametrize(("header", "seconds"), [
    ('{"1090001": [{"type": "pages", "call_count": 100, "estimated_time_to_regain_access": 20}]}', 1200.0),
    ('{"1": [{"estimated_time_to_regain_access": 0}]}', None), ('{"1": [{}]}', None), ("[1]", None), ("x", None), ("", None),
    ('{"1": [{"estimated_time_to_regain_access": 99999}]}', 6 * 3600.0)])
def test_facebooks_own_word_on_how_long_to_wait_is_taken_within_reason(header: str, seconds: float | None) -> None:
    answer = Answer(400, {"error": {"code": 32, "message": "limit"}}, {"x-business-use-case-usage": header})

    with pytest.raises(TryAgain) as caught:
        Graph(None, Networks(), TOKEN)._read(answer)  # type: ignore[arg-type]

    assert caught.value.wait_seconds == seconds
