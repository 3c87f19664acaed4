"""What OBS or a phone's app streams to an RTMP server becomes the broadcast's picture."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from media.live.encoder import follow
from media.live.originals import assemble_all
from media.live.pull import in_slices
from media.live.spec import LiveSpec, OnAir, Slate
from tests.conftest import missing
from tests.media.live.receiver import MODULE, Receiver
from tests.media.live.streaming import Encoder, filmed
from tests.media.live.watching import AMPLE, is_near, on_air, pictures

KEY = "stream-nobody-may-see"
BLUE, GREEN = (0, 0, 255), (0, 128, 0)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Receiver]:
    if not MODULE.exists():
        missing("nginx-rtmp", "apt-get install nginx libnginx-mod-rtmp")
    server = Receiver(tmp_path / "server", "idle_streams off;")
    server.start()
    yield server
    server.stop()


def of_pull(name: str) -> list[bytes]:
    """A file of /proc for each of our own processes that pull."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            is_ours = f"PPid:\t{os.getpid()}\n" in (process / "status").read_text()
            if is_ours and b"media.live.pull" in (process / "cmdline").read_bytes():
                found.append((process / name).read_bytes())
        except OSError:
            continue
    return found


async def test_an_encoders_picture_and_sound_are_shown_until_it_goes(tmp_path: Path, server: Receiver) -> None:
    film = filmed(tmp_path / "film.flv", "blue")
    async with on_air(tmp_path / "live") as (live, heard):
        encoder = Encoder(film, server.url(KEY))
        following = asyncio.create_task(follow(live, server.url(KEY)))
        await heard.first(OnAir)
        shown = [text for name in ("cmdline", "environ") for text in of_pull(name)]
        await asyncio.sleep(1.5)
        encoder.stop()
        told = await asyncio.wait_for(following, AMPLE)
        await heard.first(Slate)

    assemble_all(tmp_path / "live")
    seen = pictures(tmp_path / "live" / "recording-1.mp4")
    (original,) = (tmp_path / "live").glob("original-encoder-*.webm")
    assert told == "over"
    assert sum(is_near(pixels[10, 160], BLUE) for _, pixels, _ in seen) > 20
    assert len(pictures(original)) > 20
    assert len(shown) == 2 and all(KEY.encode() not in text for text in shown)


def test_a_key_picture_larger_than_a_slice_is_handed_on_in_several(tmp_path: Path) -> None:
    cluster = os.urandom(3 << 20)

    slices = list(in_slices(cluster))

    assert b"".join(slices) == cluster
    assert max(map(len, slices)) <= LiveSpec(tmp_path).slice_bytes


async def test_an_encoder_that_changes_its_picture_in_mid_stream_is_taken_up_anew(tmp_path: Path) -> None:
    if not MODULE.exists():
        missing("nginx-rtmp", "apt-get install nginx libnginx-mod-rtmp")
    films = [filmed(tmp_path / "flat.flv", "blue"), filmed(tmp_path / "upright.flv", "green", size="240x320")]
    server, begun = Receiver(tmp_path / "server"), list[str]()
    server.start()
    async with on_air(tmp_path / "live") as (live, heard):
        first = Encoder(films[0], server.url(KEY))
        following = asyncio.create_task(follow(live, server.url(KEY), begun.append))
        await heard.first(OnAir)
        first.stop()
        second = Encoder(films[1], server.url(KEY))
        async with asyncio.timeout(AMPLE):
            while len(begun) < 2:
                await asyncio.sleep(0.05)
        await asyncio.sleep(1.5)
        following.cancel()
        second.stop()
    server.stop()

    last = pictures(tmp_path / "live" / "recording-1.mp4")[-2][1]
    assert is_near(last[120, 160], GREEN) and is_near(last[120, 20], (0, 0, 0))


async def test_what_is_not_h264_or_no_address_is_told(tmp_path: Path, server: Receiver) -> None:
    film = filmed(tmp_path / "film.flv", "blue", codec="flv")
    async with on_air(tmp_path / "live") as (live, _):
        encoder = Encoder(film, server.url("old"))
        told = await asyncio.wait_for(follow(live, server.url("old")), AMPLE)
        encoder.stop()
        with pytest.raises(ValueError, match="address"):
            await follow(live, "file:///etc/passwd")

    assert told == "codec"
