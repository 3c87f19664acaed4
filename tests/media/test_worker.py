"""A worker bounds itself, keeps to its lines and ends when it should."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from media.intake import CleanPhoto, media_files
from media.pool import RenderPool
from media.spec import CardSpec
from media.workers.limits import MEMORY_BYTES, NICENESS
from media.workers.ops import OPS
from tests.media.uploads import encoded, four_colours

ROOT = Path(__file__).resolve().parents[2]
AMPLE = 60.0
LINUX = sys.platform == "linux"


@pytest.fixture
async def pool() -> AsyncIterator[RenderPool]:
    """A pool of real workers that have a few odd ops besides."""
    pool = RenderPool(module="tests.media.odd_worker")
    await pool.open()
    yield pool
    await pool.close()


def start(idle_seconds: float) -> subprocess.Popen[str]:
    """A worker that this test speaks with itself."""
    command = [sys.executable, "-m", "media.workers.worker", str(os.getpid()), str(MEMORY_BYTES), str(idle_seconds)]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                            start_new_session=True)


def ask(worker: subprocess.Popen[str], **wish: Any) -> dict[str, Any]:
    """The last line that the worker says to a wish."""
    assert worker.stdin and worker.stdout
    worker.stdin.write(json.dumps(wish) + "\n")
    worker.stdin.flush()
    while True:
        said: dict[str, Any] = json.loads(worker.stdout.readline())
        if "progress" not in said:
            return said


def test_it_ends_when_its_input_does() -> None:
    worker = start(idle_seconds=600)

    worker.communicate(timeout=AMPLE)

    assert worker.returncode is not None


def test_it_ends_by_itself_when_nothing_is_asked() -> None:
    worker = start(idle_seconds=0.05)

    assert worker.wait(timeout=AMPLE) == 0
    worker.communicate()


def test_it_says_that_it_leaves_after_a_hundred_jobs(tmp_path: Path) -> None:
    worker = start(idle_seconds=600)
    missing = {"op": "check_photo", "source": str(tmp_path / "none"), "out_dir": str(tmp_path)}

    answers = [ask(worker, id=number, **missing) for number in range(100)]

    assert [answer["leaving"] for answer in answers] == [False] * 99 + [True]
    assert answers[0]["failed"]["detail"].startswith("FileNotFoundError (No such file or directory)")
    assert worker.wait(timeout=AMPLE) == 0
    worker.communicate()


@pytest.mark.skipif(not LINUX, reason="the filter is Linux's")
async def test_neither_it_nor_what_it_starts_reaches_the_network(pool: RenderPool) -> None:
    assert await pool.run("connect", {}, seconds_limit=AMPLE) == {"refused": True, "child_refused": True}


async def test_it_gets_no_secrets_and_stands_behind_the_server(
    pool: RenderPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOP_SECRET", "never told")

    seen = await pool.run("look", {}, seconds_limit=AMPLE)

    assert "SHOP_SECRET" not in seen["names"]
    assert seen["nice"] > os.nice(0)
    assert seen["group"].endswith(f"nice {NICENESS}" if Path("/proc/self/autogroup").exists() else "")


async def test_a_photo_goes_all_the_way_to_the_pages(pool: RenderPool, tmp_path: Path) -> None:
    upload = tmp_path / "upload"
    upload.write_bytes(encoded(four_colours(1200, 900)))
    folders = {"source": str(upload), "out_dir": str(tmp_path)}

    photo = CleanPhoto.from_json(await pool.run("check_photo", folders, seconds_limit=AMPLE))
    wish = {"photo": str(photo.path), "out_dir": str(tmp_path)}
    files = media_files(await pool.run("page_pictures", wish, seconds_limit=AMPLE))

    assert (photo.width_px, photo.height_px) == (1200, 900)
    assert [file.path.name for file in files] == [
        "page_720.avif", "page_720.jpg", "page_360.avif", "page_360.jpg", "thumb.jpg",
        "page_960.avif", "page_960.webp", "page_480.avif", "page_480.webp", "whole.jpg", "feed.jpg"]
    assert all(file.bytes == file.path.stat().st_size for file in files)


async def test_pictures_and_a_sign_come_from_a_spec(pool: RenderPool, tmp_path: Path) -> None:
    spec = CardSpec(
        kind="grapefruit", name="Bưởi da xanh", price_vnd=35_000, unit="quả", household="Nhà Mỷ",
        household_code="A2B3", order_link="https://example.test/o/K7M2", short_link="example.test/o/K7M2")
    wish = {"spec": spec.to_json(), "out_dir": str(tmp_path)}
    heard: list[float] = []

    one = media_files(await pool.run("picture", {**wish, "role": "square"}, seconds_limit=AMPLE))
    two = media_files(await pool.run("pictures", {**wish, "roles": ["story", "preview"]}, seconds_limit=AMPLE,
                                     on_progress=heard.append))
    sign = media_files(await pool.run("sign", {**wish, "size": "A5"}, seconds_limit=AMPLE))

    assert [(file.role, file.width, file.height) for file in one + two] == [
        ("square", 1080, 1080), ("story", 1080, 1920), ("preview", 1200, 630)]
    assert heard[-1] == 1.0
    assert sign[0].path.name == "sign-a5.pdf" and sign[0].path.read_bytes().startswith(b"%PDF")


def test_every_op_says_what_it_gives() -> None:
    assert set(OPS) >= {"check_photo", "page_pictures", "picture", "pictures", "sign", "clip"}
    assert all(op.__doc__ for op in OPS.values())
