"""What a finished clip brings with it, and the square one for who asks."""

from __future__ import annotations

import io

import av
from PIL import Image

from tests.cast import Cast
from tests.listings.stall import rows, sell, wait_for

CLIP_SECONDS = 90


async def file_of(cast: Cast, role: str) -> bytes:
    """The file of that role, once it is made, as buyers get it."""
    async def made() -> bool:
        return bool(await rows(cast, "SELECT 1 FROM media_files WHERE role = ?", role))
    await wait_for(made, seconds=CLIP_SECONDS)
    (row,) = await rows(cast, "SELECT object_key FROM media_files WHERE role = ?", role)
    answer = await cast.buyer.get(f"/m/{row['object_key']}")
    assert answer.status_code == 200
    return answer.content


async def test_a_clip_brings_a_poster_a_silent_copy_and_a_moving_preview(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)

    preview = await file_of(cast, "clip-preview")
    silent, poster = await file_of(cast, "clip-silent"), await file_of(cast, "poster")

    with Image.open(io.BytesIO(preview)) as moving:
        assert moving.format == "WEBP" and moving.is_animated
    assert len(preview) <= 400_000
    with Image.open(io.BytesIO(poster)) as still:
        assert still.size == (1080, 1920)
    with av.open(io.BytesIO(silent)) as opened:
        assert [stream.type for stream in opened.streams] == ["video"]
    page = (await cast.farmer.get(f"{cast.stall}/listings/{code}")).text
    assert "Clip không tiếng" in page and "Ảnh động" in page and "Bìa clip" in page


async def test_a_square_clip_is_made_for_who_asks_and_once(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    address = f"{cast.stall}/listings/{code}/clip/square"

    foreign = await cast.neighbour.post(address)
    answers = [await cast.farmer.post(address) for _ in range(2)]
    square = await file_of(cast, "clip-square")

    assert foreign.status_code == 404 and [answer.status_code for answer in answers] == [303, 303]
    with av.open(io.BytesIO(square)) as opened:
        picture = opened.streams.video[0]
        assert (picture.width, picture.height) == (1080, 1080)
