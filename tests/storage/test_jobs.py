"""Promised work is done, once or more, whatever happens in between."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from catalog.storage.database import Database, now_ms
from catalog.storage.jobs import GiveUp, JobKind, JobRunner, Report
from catalog.storage.queries import SQL, Job, claim, enqueue, jobs_of_subject


async def wait_for(check: Callable[[], Awaitable[bool]]) -> None:
    for _ in range(400):
        if await check():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("what was waited for did not happen")


def runner_with(db: Database, handler: Any, *, attempts: int = 3) -> JobRunner:
    runner = JobRunner(db)
    runner.add([JobKind("test.work", handler, attempts=attempts)])
    return runner


async def promise(db: Database, key: str = "k", **kwargs: Any) -> bool:
    async with db.write() as connection:
        return await enqueue(connection, "test.work", key=key, subject="s", **kwargs)


async def states(db: Database) -> list[str]:
    async with db.read() as connection:
        return [job.state for job in await jobs_of_subject(connection, "s")]


async def test_a_promised_job_is_run_with_its_payload(db: Database) -> None:
    seen: list[dict[str, Any]] = []

    async def handler(context: Any, job: Job, report: Report) -> None:
        seen.append({"context": context, **job.payload})

    runner = runner_with(db, handler)
    await runner.open("shop")
    await promise(db, payload={"a": 1})
    runner.wake()
    await wait_for(lambda: _is(db, ["done"]))
    await runner.close()

    assert seen == [{"context": "shop", "a": 1}]


async def _is(db: Database, wanted: list[str]) -> bool:
    return await states(db) == wanted


async def test_the_same_work_waits_only_once(db: Database) -> None:
    first = await promise(db)
    second = await promise(db)

    assert (first, second) == (True, False)
    assert await states(db) == ["queued"]


async def test_an_undone_transaction_promises_nothing(db: Database) -> None:
    try:
        async with db.write() as connection:
            await enqueue(connection, "test.work", key="k", subject="s")
            raise RuntimeError
    except RuntimeError:
        pass

    assert await states(db) == []


async def test_failing_work_is_tried_again_and_then_marked(db: Database) -> None:
    tries = 0

    async def handler(context: Any, job: Job, report: Report) -> None:
        nonlocal tries
        tries += 1
        raise OSError("no")

    runner = runner_with(db, handler, attempts=2)
    await runner.open(None)
    await promise(db)
    runner.wake()
    await wait_for(lambda: _is(db, ["failed"]))
    await runner.close()

    assert tries == 2


async def test_work_that_gives_up_is_not_tried_again(db: Database) -> None:
    tries = 0

    async def handler(context: Any, job: Job, report: Report) -> None:
        nonlocal tries
        tries += 1
        raise GiveUp("never")

    runner = runner_with(db, handler)
    await runner.open(None)
    await promise(db)
    runner.wake()
    await wait_for(lambda: _is(db, ["failed"]))
    await runner.close()

    assert tries == 1


async def test_a_dead_runners_work_goes_on(db: Database) -> None:
    done = asyncio.Event()

    async def handler(context: Any, job: Job, report: Report) -> None:
        done.set()

    await promise(db)
    async with db.write() as connection:
        await claim(connection, lane="quick", runner="dead", lease_ms=-1)
    runner = runner_with(db, handler)
    await runner.open(None)
    await asyncio.wait_for(done.wait(), 10)
    await wait_for(lambda: _is(db, ["done"]))
    await runner.close()


async def test_closing_ends_work_that_a_first_cancellation_did_not_reach(db: Database) -> None:
    began = asyncio.Event()

    async def handler(context: Any, job: Job, report: Report) -> None:
        began.set()
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(3600)
        await asyncio.sleep(3600)

    await promise(db)
    runner = runner_with(db, handler)
    await runner.open(None)
    await asyncio.wait_for(began.wait(), 10)

    async with asyncio.timeout(30):
        await runner.close()


async def test_a_job_for_later_waits_for_its_time(db: Database) -> None:
    ran_ms: list[int] = []

    async def handler(context: Any, job: Job, report: Report) -> None:
        ran_ms.append(now_ms())

    due = now_ms() + 600
    runner = runner_with(db, handler)
    await runner.open(None)
    await promise(db, run_at_ms=due)
    runner.wake()
    await wait_for(lambda: _is(db, ["done"]))
    await runner.close()

    assert ran_ms[0] >= due


async def test_cancelled_work_stops(db: Database) -> None:
    started, stopped = asyncio.Event(), asyncio.Event()

    async def handler(context: Any, job: Job, report: Report) -> None:
        started.set()
        try:
            await asyncio.sleep(60)
        finally:
            stopped.set()

    runner = runner_with(db, handler)
    await runner.open(None)
    await promise(db)
    runner.wake()
    await asyncio.wait_for(started.wait(), 10)
    await runner.cancel_for_subject("s")
    await asyncio.wait_for(stopped.wait(), 10)
    await runner.close()

    assert await states(db) == ["cancelled"]


async def test_progress_is_kept_in_percent(db: Database) -> None:
    seen = asyncio.Event()

    async def handler(context: Any, job: Job, report: Report) -> None:
        await report(0.42)
        seen.set()
        await asyncio.sleep(60)

    runner = runner_with(db, handler)
    await runner.open(None)
    await promise(db)
    runner.wake()
    await asyncio.wait_for(seen.wait(), 10)
    async with db.read() as connection:
        (job,) = await jobs_of_subject(connection, "s")
    await runner.close()

    assert job.progress == 42


async def test_the_urgent_job_is_claimed_first(db: Database) -> None:
    await promise(db, key="slow", priority=50)
    await promise(db, key="urgent", priority=10)

    async with db.write() as connection:
        first = await claim(connection, lane="quick", runner="me", lease_ms=1000)

    assert first is not None and first.job_key == "urgent"


async def test_finished_work_is_forgotten_after_a_while(db: Database) -> None:
    await promise(db)
    async with db.write() as connection:
        job = await claim(connection, lane="quick", runner="me", lease_ms=1000)
        assert job is not None
        await SQL.finish(connection, id=job.id, state="done", error="", run_at_ms=0, now_ms=1)
        await SQL.forget_finished(connection, before_ms=2)

    assert await states(db) == []
