"""Posts that are due go out through the real shop once, however often it is stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.posts.publishers import jobs as jobs_module
from catalog.posts.publishers.row_record import RowRecord
from catalog.posts.publishers.schedule import promise_all, schedule
from catalog.storage.database import now_ms
from tests.posts.doubles.facebook import PAGE
from tests.posts.office import Office, digest_of, open_office, until_settled, village_account
from tests.posts.outbox import Killed


async def test_a_post_goes_out_with_todays_text_and_its_link_is_kept(office: Office) -> None:
    sending_id = await office.ask(await office.account())

    done = await office.turn(sending_id)

    (made,) = office.facebook.posts
    assert done.state == "done" and done.link == f"https://www.facebook.com/{PAGE}/posts/{made['id']}"
    assert "bưởi da xanh" in made["message"].lower() and "25.000đ" in made["message"] and "/o/" in made["message"]
    assert len(made["photos"]) == 2


@pytest.mark.parametrize(("network", "shape", "number"), [
    ("facebook", "reel", lambda office: sum(reel["published"] for reel in office.facebook.reels.values())),
    ("facebook", "video", lambda office: len(office.facebook.videos)),
    ("zalo", "article", lambda office: len(office.zalo.articles)),
    ("zalo", "group", lambda office: len(office.zalo.group_messages))])
async def test_every_shape_goes_out_once_however_often_the_job_runs(
        office: Office, network: str, shape: str, number: Callable[[Office], int]) -> None:
    office.zalo.not_ready = 0
    sending_id = await office.ask(await office.account(network), shape)

    for _ in range(3):
        done = await office.turn(sending_id)

    assert done.state == "done" and number(office) == 1


async def test_two_runs_at_once_post_once(office: Office) -> None:
    sending_id = await office.ask(await office.account())

    await asyncio.gather(*(office.turn(sending_id) for _ in range(4)))
    for _ in range(4):
        done = await office.turn(sending_id)

    assert len(office.facebook.posts) == 1 and done.state == "done"


@pytest.mark.parametrize("step", ["photo:square", "photo:portrait", "feed"])
async def test_killed_after_any_step_the_next_start_ends_with_one_post(
        office: Office, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    sending_id = await office.ask(await office.account())
    keep, deaths = RowRecord.keep, [step]

    async def keep_and_die(self: RowRecord, name: str, value: str) -> None:
        await keep(self, name, value)
        if deaths and name == deaths[0]:
            deaths.clear()
            raise Killed

    monkeypatch.setattr(RowRecord, "keep", keep_and_die)
    with pytest.raises(Killed):
        await office.turn(sending_id)
    assert (await office.row(sending_id)).state == "sending"

    done = await office.turn(sending_id)

    assert done.state == "done" and len(office.facebook.posts) == 1


async def test_killed_while_facebook_was_asked_it_is_found_there(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    sending_id = await office.ask(await office.account())
    keep, deaths = RowRecord.keep, ["feed"]

    async def die_before_keeping(self: RowRecord, name: str, value: str) -> None:
        if deaths and name == deaths[0]:
            deaths.clear()
            raise Killed
        await keep(self, name, value)

    monkeypatch.setattr(RowRecord, "keep", die_before_keeping)
    with pytest.raises(Killed):
        await office.turn(sending_id)
    await office.change(price_vnd=30_000)  # The new text would not be found there: the sent one is looked for.

    done = await office.turn(sending_id)

    assert done.state == "done" and len(office.facebook.posts) == 1 and done.link


async def test_the_shop_itself_sends_what_is_due(office: Office) -> None:
    await office.cast.shop.jobs.open(office.cast.shop)
    sending_id = await office.ask(await office.account())

    done = await until_settled(lambda: office.row(sending_id))

    assert done.state == "done" and len(office.facebook.posts) == 1


async def test_a_shop_stopped_in_the_middle_of_an_upload_goes_on_after_its_next_start(office: Office) -> None:
    office.facebook.fail("POST photos", "ok", "hang")
    jobs = office.cast.shop.jobs
    await jobs.open(office.cast.shop)
    sending_id = await office.ask(await office.account())
    while office.facebook.calls.count("POST photos") < 2:
        await asyncio.sleep(0.01)

    await jobs.close()
    stopped = await office.row(sending_id)
    await jobs.open(office.cast.shop)
    done = await until_settled(lambda: office.row(sending_id))

    assert (stopped.state, list(stopped.kept)[-1]) == ("sending", "photo:square")
    assert done.state == "done" and len(office.facebook.posts) == 1 and len(office.facebook.photos) == 2


async def test_a_shop_stopped_while_it_posts_does_not_post_a_second_time(office: Office) -> None:
    office.facebook.fail("POST feed", "hang")
    jobs = office.cast.shop.jobs
    await jobs.open(office.cast.shop)
    sending_id = await office.ask(await office.account())
    while "POST feed" not in office.facebook.calls:
        await asyncio.sleep(0.01)

    await jobs.close()
    await jobs.open(office.cast.shop)
    while (looking := await office.row(sending_id)).state != "waiting":
        await asyncio.sleep(0.01)

    assert looking.reason == jobs_module.LOOKING and office.facebook.calls.count("POST feed") == 1


@pytest.mark.postgres
async def test_posts_go_out_from_postgresql_too(tmp_path: Path, postgres_database: str) -> None:
    async with open_office(tmp_path, database_url=postgres_database) as office:
        office.facebook.fail("POST feed", "rate", "lost")
        sending_id = await office.ask(await office.account())
        village = await village_account(office, "zalo")
        digest_id = await schedule(office.cast.shop, digest_of(office), village, shape="group", due_ms=now_ms(),
                                   form_key="k")

        turns = [await office.turn(sending_id) for _ in range(2)]
        digest = await office.turn(digest_id)

    assert [one.state for one in turns] == ["waiting", "done"] and digest.state == "done"
    assert len(office.facebook.posts) == len(office.zalo.group_messages) == 1


async def test_a_post_without_a_job_gets_one_at_the_next_start(office: Office) -> None:
    sending_id = await office.ask(await office.account())
    async with office.cast.shop.db.write() as connection:
        await connection.execute_fetchall("DELETE FROM jobs")

    await promise_all(office.cast.shop)
    await promise_all(office.cast.shop)

    async with office.cast.shop.db.read() as connection:
        jobs = await connection.execute_fetchall("SELECT subject FROM jobs WHERE kind = 'posts.send'")
    assert [job["subject"] for job in jobs] == [sending_id]
