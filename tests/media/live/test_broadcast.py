"""A broadcast from a phone's slices to files that play, with a real worker."""

from __future__ import annotations

import asyncio
from pathlib import Path

import av
import numpy as np
import pytest

from media.live.originals import assemble_all
from media.live.spec import Acked, Ended, OnAir, Refused, Slate, TurnedAway
from tests.media.live.phone import recorded, send
from tests.media.live.watching import GREEN, RED, is_near, on_air, pictures


async def test_what_the_phone_records_is_recorded_and_can_be_watched(tmp_path: Path) -> None:
    slices = recorded(3, colour=RED)
    async with on_air(tmp_path) as (live, heard):
        await send(live, "phone/1", slices)
        shown_at = (await heard.first(OnAir)).seconds

    seen = pictures(tmp_path / "recording-1.mp4")
    after = [picture for seconds, picture, _ in seen if seconds > shown_at + 0.2]
    assert len(after) > 30
    assert all(is_near(picture[10, 160], RED) for picture in after[:20])
    assert np.diff([seconds for seconds, _, _ in seen]).max() < 0.051
    assert len(pictures(tmp_path / "live.m3u8")) == len(seen)
    assert len(pictures(tmp_path / "full.m3u8")) == len(seen)
    assert heard.events[-1] == Ended("asked")
    assert [event.number for event in heard.events if isinstance(event, Acked)] == list(range(len(slices)))


async def test_sound_goes_on_air_in_step_with_the_picture(tmp_path: Path) -> None:
    async with on_air(tmp_path) as (live, _):
        await send(live, "phone", recorded(4, tone_hz=1000, colour=(230, 230, 230), struck_at=1.5))

    with av.open(str(tmp_path / "recording-1.mp4")) as file:
        heard = list(file.decode(audio=0))
    sound = np.concatenate([frame.to_ndarray()[0] for frame in heard])
    struck = next(seconds for seconds, picture, _ in pictures(tmp_path / "recording-1.mp4") if picture[10, 300].min() > 150)
    loud = next(frame.time + int(np.argmax(np.abs(frame.to_ndarray()[0]) > 0.1)) / frame.sample_rate
                for frame in heard if np.abs(frame.to_ndarray()[0]).max() > 0.1)
    spectrum = np.abs(np.fft.rfft(sound))
    assert abs(spectrum.argmax() * 48_000 / len(sound) - 1000) < 5
    assert 0.3 < float(np.abs(sound).max()) < 0.8
    assert np.count_nonzero(np.abs(sound) > 0.1) > 48_000
    assert abs(loud - struck) < 0.08


async def test_an_outage_shows_the_slate_and_loses_nothing_of_the_original(tmp_path: Path) -> None:
    slices = recorded(6, colour=GREEN)
    async with on_air(tmp_path) as (live, heard):
        await send(live, "phone/1", slices[:15])
        await heard.first(Slate)
        back = len(heard.events)
        await send(live, "phone/2", slices[40:], first=40)
        await heard.first(OnAir, after=back)
        for number in range(15, 40):
            await live.slice("phone/2", number, slices[number])
    assemble_all(tmp_path)

    assert (tmp_path / "original-phone.webm").read_bytes() == b"".join(slices)
    assert len(pictures(tmp_path / "original-phone.webm")) == 120


async def test_the_newest_phone_takes_over_when_its_picture_is_there(tmp_path: Path) -> None:
    async with on_air(tmp_path) as (live, _):
        old = asyncio.create_task(send(live, "old", recorded(4, colour=RED)))
        await asyncio.sleep(1.5)
        await send(live, "new", recorded(2, colour=GREEN, size=(160, 320)))
        await old

    last = pictures(tmp_path / "recording-1.mp4")[-25][1]
    assert is_near(last[120, 160], GREEN)
    assert is_near(last[120, 20], (0, 0, 0)), "an upright picture stands between black sides"


async def test_two_that_send_at_once_never_take_turns(tmp_path: Path) -> None:
    before, after = recorded(5, colour=RED), recorded(2, colour=GREEN)
    async with on_air(tmp_path) as (live, _):
        old = asyncio.create_task(send(live, "old", before))
        await asyncio.sleep(1.2)
        await send(live, "new", after)
        await old

    seen = [pixels[10, 160] for _, pixels, _ in pictures(tmp_path / "recording-1.mp4")]
    green = [at for at, pixel in enumerate(seen) if is_near(pixel, GREEN)]
    red = [at for at, pixel in enumerate(seen) if is_near(pixel, RED)]
    assert not [at for at in red if green[0] < at < green[0] + 30]
    assert red[-1] > green[-1], "the first comes back when the other has gone"


async def test_noise_is_refused_and_the_broadcast_goes_on(tmp_path: Path) -> None:
    slices = recorded(2, colour=RED)
    async with on_air(tmp_path) as (live, heard):
        with pytest.raises(Refused, match="noise"):
            await live.slice("bad", 0, b"GET / HTTP/1.1")
        with pytest.raises(Refused, match="too_large"):
            await live.slice("bad", 0, bytes(2 << 20))
        await live.slice("worse", 7, b"never began")
        assert await heard.first(TurnedAway) == TurnedAway("worse", "no_beginning")
        with pytest.raises(Refused, match="no_beginning"):
            await live.slice("worse", 8, b"more of it")
        await live.slice("rot", 0, b"\x1a\x45\xdf\xa3" + np.random.default_rng(1).bytes(200_000))
        await send(live, "good", slices)
        await heard.first(OnAir)


async def test_bytes_broken_in_the_middle_are_survived(tmp_path: Path) -> None:
    slices = recorded(5, colour=RED)
    random = np.random.default_rng(2)
    spoilt = [random.bytes(len(data)) if 12 <= number < 16 else data for number, data in enumerate(slices)]
    async with on_air(tmp_path) as (live, heard):
        await send(live, "phone", spoilt)
        assert (await heard.first(OnAir)).seconds > 0

    assert is_near(pictures(tmp_path / "recording-1.mp4")[-6][1][10, 100], RED)


async def test_a_recording_in_mp4_is_taken_too(tmp_path: Path) -> None:
    async with on_air(tmp_path) as (live, heard):
        await send(live, "iphone", recorded(3, form="mp4", colour=GREEN))
        await heard.first(OnAir)
    assemble_all(tmp_path)

    assert (tmp_path / "original-iphone.mp4").exists()
