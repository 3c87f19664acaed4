"""Odd and hostile files through real workers: each is cleaned or refused, in bounded memory."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from media.intake import MAX_PIXELS, CleanPhoto, PhotoFault
from media.pool import RenderFailed, RenderPool
from media.workers.limits import MEMORY_BYTES
from tests.media.uploads import (
    BAD_IMAGES,
    encoded,
    four_colours,
    jpeg_claiming,
    png,
    png_chunk,
    textured,
    webp_claiming,
    zeros_packed,
)

AMPLE = 60.0
# What docs and the limits promise for a worker that cleans the largest photo taken.
MOST_RESIDENT_BYTES = 600 << 20


@pytest.fixture
async def pool() -> AsyncIterator[RenderPool]:
    """Real workers."""
    pool = RenderPool()
    await pool.open()
    yield pool
    await pool.close()


async def outcome(pool: RenderPool, data: bytes, folder: Path) -> str:
    """"clean", or the reason of the refusal; nothing is left of what was refused."""
    source, out = folder / "upload", folder / "out"
    source.write_bytes(data)
    out.mkdir(exist_ok=True)
    before = set(out.iterdir())
    try:
        done = await pool.run("check_photo", {"source": str(source), "out_dir": str(out)}, seconds_limit=AMPLE)
    except RenderFailed as refusal:
        assert set(out.iterdir()) == before
        return refusal.reason
    assert CleanPhoto.from_json(done).path.is_file()
    return "clean"


def most_resident_bytes(pid: int) -> int:
    """The peak of a process's resident memory, as the kernel counted it."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


async def test_every_bad_image_is_cleaned_or_refused_with_a_reason(
    shared_data: Path, pool: RenderPool, tmp_path: Path
) -> None:
    files = sorted(BAD_IMAGES.iterdir())

    found = {path.name: await outcome(pool, path.read_bytes(), tmp_path) for path in files}

    assert set(found.values()) <= {"clean", *PhotoFault}, found
    assert len(pool.pids) == 1, "no worker died of any of them"
    kinds = Counter(found.values())
    assert kinds["not_a_photo"] >= 15 and kinds["broken"] >= 10 and kinds["clean"] >= 1, kinds


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
async def test_bombs_are_refused_and_take_little_memory(pool: RenderPool, tmp_path: Path) -> None:
    bombs = {
        "900 MP of nothing": png(30_000, 30_000),
        "a long iCCP": png(80, 80, extra=png_chunk(b"iCCP", b"icc\0\0" + zeros_packed(400 << 20))),
        "a long zTXt": png(80, 80, extra=png_chunk(b"zTXt", b"note\0\0" + zeros_packed(400 << 20))),
        "a long iTXt": png(80, 80, extra=png_chunk(b"iTXt", b"note\0\1\0\0\0" + zeros_packed(400 << 20))),
        "a JPEG of 4 gigapixels": jpeg_claiming(encoded(four_colours()), 65_500, 65_500),
        "a WebP of 256 MP": webp_claiming(16_000, 16_000),
        "26 MB": encoded(textured(800, 600)) + bytes(26 << 20),
    }

    found = {name: await outcome(pool, data, tmp_path) for name, data in bombs.items()}

    assert found == {
        "900 MP of nothing": "too_many_pixels", "a long iCCP": "broken", "a long zTXt": "broken",
        "a long iTXt": "broken", "a JPEG of 4 gigapixels": "too_many_pixels",
        "a WebP of 256 MP": "too_many_pixels", "26 MB": "too_big"}
    assert most_resident_bytes(pool.pids[0]) < 200 << 20


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
async def test_the_largest_photos_taken_stay_within_the_bound(pool: RenderPool, tmp_path: Path) -> None:
    side = int(MAX_PIXELS["png"] ** 0.5)
    largest = [
        png(side, side, depth=8, colour=6),
        png(side, side, depth=16, colour=6),
        png(side, side, depth=16, colour=0),
        jpeg_claiming(encoded(four_colours(2_000, 2_000), progressive=True), 8_900, 8_900),
        webp_claiming(side, side),
    ]

    found = [await outcome(pool, data, tmp_path) for data in largest]

    assert found == ["clean", "clean", "clean", "broken", "broken"]
    assert most_resident_bytes(pool.pids[0]) < MOST_RESIDENT_BYTES < MEMORY_BYTES


async def test_files_that_only_call_themselves_photos_are_refused(pool: RenderPool, tmp_path: Path) -> None:
    page = b"<!doctype html><html><body>photo</body></html>"

    assert await outcome(pool, page, tmp_path) == "not_a_photo"
    assert await outcome(pool, b"", tmp_path) == "empty"
