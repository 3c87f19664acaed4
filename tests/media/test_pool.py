"""The pool keeps its promises whatever its workers do."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from media.pool import RenderFailed, RenderPool, RenderTimedOut, WorkerDied

ROOT = Path(__file__).resolve().parents[2]
AMPLE = 60.0


def is_running(pid: int) -> bool:
    """Whether a process does anything yet (one that ended and waits to be noticed does not)."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "ZX"


async def until(happens: object, *arguments: object) -> None:
    """Wait for something that happens soon in another process; a hang fails the test."""
    assert callable(happens)
    async with asyncio.timeout(AMPLE):
        while not happens(*arguments):
            await asyncio.sleep(0.01)


async def hanging(mark: Path) -> list[int]:
    """The worker that hangs and its child, once they do."""
    await until(mark.exists)
    return [int(pid) for pid in mark.read_text().split()]


async def all_gone(pids: list[int]) -> None:
    """Wait until none of the processes runs."""
    for pid in pids:
        await until(lambda: not is_running(pid))


@pytest.fixture
async def pool() -> AsyncIterator[RenderPool]:
    """A pool of workers that misbehave when asked to."""
    pool = RenderPool(module="tests.media.odd_worker", idle_seconds=30)
    await pool.open()
    yield pool
    await pool.close()


async def test_work_comes_back_with_its_progress(pool: RenderPool) -> None:
    heard: list[float] = []

    done = await pool.run("echo", {"value": "bưởi"}, seconds_limit=AMPLE, on_progress=heard.append)

    assert done["value"] == "bưởi"
    assert heard == [0.5, 1.0]


async def test_a_worker_is_used_again(pool: RenderPool) -> None:
    first = await pool.run("echo", {"value": 1}, seconds_limit=AMPLE)
    second = await pool.run("echo", {"value": 2}, seconds_limit=AMPLE)

    assert first["pid"] == second["pid"] == pool.pids[0]


async def test_a_warmed_worker_takes_the_first_work(pool: RenderPool) -> None:
    pool.warm()
    pool.warm()
    done = await pool.run("echo", {"value": 1}, seconds_limit=AMPLE)

    assert pool.pids == [done["pid"]]


async def test_no_more_workers_run_than_allowed(pool: RenderPool) -> None:
    answers = await asyncio.gather(*(pool.run("echo", {"value": n}, seconds_limit=AMPLE) for n in range(12)))

    assert [answer["value"] for answer in answers] == list(range(12))
    assert len({answer["pid"] for answer in answers}) <= 2


async def test_a_clip_never_keeps_other_work_waiting(
    pool: RenderPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("media.pool.LONG_OPS", {"hang"})
    clips = [asyncio.create_task(pool.run("hang", {"mark": str(tmp_path / f"m{n}")}, seconds_limit=AMPLE))
             for n in range(3)]
    await hanging(tmp_path / "m0")

    done = await pool.run("echo", {"value": 1}, seconds_limit=AMPLE)

    assert done["value"] == 1
    assert len(list(tmp_path.glob("m?"))) == 1
    for clip in clips:
        clip.cancel()
    await asyncio.gather(*clips, return_exceptions=True)


async def test_work_over_its_time_is_killed_with_its_children(pool: RenderPool, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    worker = (await pool.run("echo", {"value": 1}, seconds_limit=AMPLE))["pid"]

    with pytest.raises(RenderTimedOut) as late:
        await pool.run("hang", {"mark": str(mark)}, seconds_limit=2)

    await all_gone([worker, *([int(pid) for pid in mark.read_text().split()] if mark.exists() else [])])
    assert late.value.reason == "too_slow"
    assert (await pool.run("echo", {"value": 2}, seconds_limit=AMPLE))["pid"] != worker


async def test_cancelled_work_is_killed_with_its_children(pool: RenderPool, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    work = asyncio.create_task(pool.run("hang", {"mark": str(mark)}, seconds_limit=AMPLE))
    pids = await hanging(mark)

    work.cancel()

    with pytest.raises(asyncio.CancelledError):
        await work
    await all_gone(pids)
    assert (await pool.run("echo", {"value": 1}, seconds_limit=AMPLE))["value"] == 1


async def test_a_worker_killed_in_mid_work_takes_nothing_with_it(pool: RenderPool, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    work = asyncio.create_task(pool.run("hang", {"mark": str(mark)}, seconds_limit=AMPLE))
    pids = await hanging(mark)
    other = asyncio.create_task(pool.run("echo", {"value": "other"}, seconds_limit=AMPLE))

    os.kill(pids[0], signal.SIGKILL)

    with pytest.raises(WorkerDied):
        await work
    await all_gone(pids)
    assert (await other)["value"] == "other"
    assert (await pool.run("echo", {"value": "next"}, seconds_limit=AMPLE))["value"] == "next"


async def test_a_crash_is_told_and_the_next_work_goes_on(pool: RenderPool) -> None:
    with pytest.raises(WorkerDied) as death:
        await pool.run("crash", {}, seconds_limit=AMPLE)

    assert (death.value.reason, death.value.detail) == ("died", "crash: exit code -11")
    assert (await pool.run("echo", {"value": 1}, seconds_limit=AMPLE))["value"] == 1


async def test_a_waiting_worker_that_died_is_not_asked(pool: RenderPool) -> None:
    dead = (await pool.run("echo", {"value": 1}, seconds_limit=AMPLE))["pid"]
    os.kill(dead, signal.SIGKILL)
    await all_gone([dead])
    await asyncio.sleep(0.1)  # the loop hears of it

    assert (await pool.run("echo", {"value": 2}, seconds_limit=AMPLE))["pid"] != dead


async def test_memory_has_a_bound_and_a_worker_that_met_it_is_replaced() -> None:
    pool = RenderPool(module="tests.media.odd_worker", memory_bytes=400 << 20)
    await pool.open()
    before = await pool.run("echo", {"value": 1}, seconds_limit=AMPLE)

    with pytest.raises(RenderFailed) as failure:
        await pool.run("swell", {}, seconds_limit=AMPLE)

    assert failure.value.reason == "memory"
    assert (await pool.run("echo", {"value": 2}, seconds_limit=AMPLE))["pid"] != before["pid"]
    await pool.close()


async def test_an_error_is_told_without_what_it_quotes(pool: RenderPool) -> None:
    with pytest.raises(RenderFailed) as failure:
        await pool.run("quarrel", {}, seconds_limit=AMPLE)

    assert failure.value.reason == "fault"
    assert failure.value.detail.startswith("ValueError at odd_worker.py:")
    assert "0912" not in str(failure.value)


async def test_work_whose_listener_fails_is_not_left_running(pool: RenderPool) -> None:
    def fail(share: float) -> None:
        raise LookupError("nobody there")

    with pytest.raises(LookupError):
        await pool.run("echo", {"value": 1}, seconds_limit=AMPLE, on_progress=fail)

    assert (await pool.run("echo", {"value": 2}, seconds_limit=AMPLE))["value"] == 2


async def test_idle_workers_are_gone_soon() -> None:
    pool = RenderPool(module="tests.media.odd_worker", idle_seconds=0.1)
    await pool.open()
    done = await pool.run("echo", {"value": 1}, seconds_limit=AMPLE)
    pool.warm()

    await all_gone([done["pid"]])
    await until(lambda: pool.pids == [])

    await pool.close()


async def test_closing_ends_all_work(tmp_path: Path) -> None:
    pool = RenderPool(module="tests.media.odd_worker")
    await pool.open()
    mark = tmp_path / "mark"
    work = asyncio.create_task(pool.run("hang", {"mark": str(mark)}, seconds_limit=AMPLE))
    pids = await hanging(mark)

    await pool.close()

    with pytest.raises(WorkerDied):
        await work
    await all_gone(pids)
    with pytest.raises(RuntimeError):
        await pool.run("echo", {"value": 1}, seconds_limit=AMPLE)


SERVER = """
import asyncio, sys
from media.pool import RenderPool
async def serve():
    pool = RenderPool(module="tests.media.odd_worker")
    await pool.open()
    await pool.run("hang", {"mark": sys.argv[1]}, seconds_limit=600)
asyncio.run(serve())
"""


async def test_a_killed_server_leaves_no_worker_behind(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    server = subprocess.Popen([sys.executable, "-c", SERVER, str(mark)], cwd=ROOT)
    pids = await hanging(mark)

    server.kill()
    server.wait()

    await all_gone(pids[:1])


def test_the_servers_half_loads_no_picture_library() -> None:
    code = ("import sys, media.pool, media.spec, media.intake; "
            "print([m for m in ('numpy', 'PIL', 'cv2', 'av', 'fpdf', 'pillow_heif') if m in sys.modules])")

    out = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert out.stdout.strip() == "[]"
