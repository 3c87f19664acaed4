"""A listing's pictures and clip: promised with the facts, made once, made anew when what they show changes."""

from __future__ import annotations

from typing import Any

from catalog.listings.jobs import make_pictures
from catalog.listings.model import KeptFile
from catalog.listings.queries import listing_by_code
from catalog.listings.renders import judge, render_state
from catalog.storage.queries import Job, JobState
from media.spec import PICTURE_ROLES
from tests.cast import Cast
from tests.listings.stall import listing_row, rows, sell, sent_photo, wait_for

KEY = "k" * 32


def kept(role: str, key: str = KEY, name: str = "a") -> KeptFile:
    """A finished file of a made-up listing."""
    return KeptFile(role, key, f"{name}.jpg", "image/jpeg", 1080, 1080, 1000, 0.0, 1, "l", None)


def work(kind: str, state: str, progress: int = 0, part: str = "clip") -> JobState:
    """A job of the newest wish."""
    return JobState(kind, f"{KEY}:{part}", state, progress, 1, 1)


def test_nothing_made_yet_is_all_still_to_come() -> None:
    state = judge(KEY, [], [work("listings.pictures", "running", part="square"), work("listings.clip", "queued")])

    assert (state.pictures_done, state.pictures_all, state.clip_state, state.clip_percent) == (0, 4, "queued", 0)
    assert not state.is_ready and state.percent == 0 and state.seconds_left > 4


def test_the_clip_weighs_twice_the_pictures_in_the_whole() -> None:
    state = judge(KEY, [kept(role) for role in PICTURE_ROLES], [work("listings.clip", "running", 62)])

    assert state.percent == (100 + 2 * 62) // 3 and not state.is_ready


def test_all_made_is_ready() -> None:
    state = judge(KEY, [kept(role) for role in (*PICTURE_ROLES, "clip")], [])

    assert state.is_ready and state.percent == 100 and state.seconds_left == 0 and not state.has_failed


def test_a_failed_clip_is_said_while_the_pictures_stand() -> None:
    state = judge(KEY, [kept(role) for role in PICTURE_ROLES], [work("listings.clip", "failed")])

    assert state.has_failed and state.clip_state == "failed" and len(state.pictures) == 4


def test_a_second_try_that_waits_is_no_failure_any_more() -> None:
    jobs = [work("listings.clip", "failed"), work("listings.clip", "queued")]

    state = judge(KEY, [kept(role) for role in PICTURE_ROLES], jobs)

    assert not state.has_failed and state.clip_state == "queued"


def test_the_pictures_of_an_older_price_stand_until_the_new_ones_come() -> None:
    files = [kept("square", "old", "old"), kept("story", "old", "old"), kept("square", KEY, "new")]

    state = judge(KEY, files, [])

    assert state.pictures["square"].object_key == "new.jpg" and state.pictures["story"].object_key == "old.jpg"
    assert state.pictures_done == 1


def test_a_price_that_came_back_shows_its_own_pictures_again() -> None:
    state = judge(KEY, [kept("square", KEY, "mine"), kept("square", "later", "other")], [])

    assert state.pictures["square"].object_key == "mine.jpg"


async def finished(cast: Cast, code: str) -> Any:
    """The render state once everything is made."""
    async def is_ready() -> bool:
        return (await look(cast, code)).is_ready
    await wait_for(is_ready, seconds=180)
    return await look(cast, code)


async def look(cast: Cast, code: str) -> Any:
    async with cast.shop.db.read() as connection:
        listing = await listing_by_code(connection, code)
        assert listing is not None
        return await render_state(connection, listing)


async def test_a_listing_gets_its_four_pictures_and_its_clip(cast: Cast) -> None:
    code = await sell(cast, cast.farmer, photos=[await sent_photo(cast)])

    state = await finished(cast, code)

    assert set(state.pictures) == set(PICTURE_ROLES) and state.clip_state == "done"
    assert state.clip.seconds > 10 and not state.has_failed
    for file in (*state.pictures.values(), state.clip):
        answer = await cast.buyer.get(file.url)
        assert answer.status_code == 200 and answer.headers["content-type"] == file.content_type
        assert len(answer.content) == file.bytes


async def test_work_that_is_done_is_not_done_again(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    await finished(cast, code)
    row = await listing_row(cast, code)
    before = await rows(cast, "SELECT id FROM media_files")
    job = Job("j", "listings.pictures", "k", row["id"], {"listing_id": row["id"], "spec_key": row["render_key"],
                                                         "roles": list(PICTURE_ROLES)}, 1)

    async def never(share: float) -> None:
        raise AssertionError("it was rendered again")
    await make_pictures(cast.shop, job, never)

    assert await rows(cast, "SELECT id FROM media_files") == before


def test_a_stopped_clip_is_settled_and_no_failure() -> None:
    state = judge(KEY, [kept(role) for role in PICTURE_ROLES], [work("listings.clip", "cancelled", 40)])

    assert state.is_ready and state.percent == 100 and not state.has_failed


async def test_a_clip_is_stopped_by_its_seller_and_made_when_asked_again(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    address = f"{cast.stall}/listings/{code}"

    foreign = await cast.neighbour.post(f"{address}/clip/stop")
    stopped = await cast.farmer.post(f"{address}/clip/stop")
    state = (await cast.farmer.get(f"{address}/state")).json()
    page = (await cast.farmer.get(address)).text
    await cast.farmer.post(f"{address}/again")
    again = (await cast.farmer.get(f"{address}/state")).json()

    assert (foreign.status_code, stopped.status_code) == (404, 303)
    assert state["clip_state"] == "cancelled"
    assert "Clip đã dừng." in page or state["pictures_done"] < state["pictures_all"]
    assert again["clip_state"] in ("queued", "running", "done")
