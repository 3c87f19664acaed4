"""Cards lie over the picture from the very frame that was promised."""

from __future__ import annotations

import asyncio
from pathlib import Path

import cv2
import av
import numpy as np
import pytest

from media.live.compositor import Compositor, read_card
from media.live.spec import LiveSpec, OnAir
from tests.media.live.phone import recorded, send
from tests.media.live.watching import RED, is_near, on_air, pictures

BLUE = (30, 60, 190)
FRAME_SECONDS = 0.05


def card(width_px: int = 120, height_px: int = 60, *, opacity: int = 255) -> bytes:
    pixels = np.full((height_px, width_px, 4), (*BLUE[::-1], opacity), np.uint8)
    return cv2.imencode(".png", pixels)[1].tobytes()


def drawn(compositor: Compositor) -> np.ndarray:
    return cv2.cvtColor(compositor.frame.to_ndarray(), cv2.COLOR_YUV2RGB_I420)


async def test_a_card_shows_on_its_frame_and_that_is_a_key_picture(tmp_path: Path) -> None:
    async with on_air(tmp_path) as (live, heard):
        sending = asyncio.create_task(send(live, "phone", recorded(4, colour=RED)))
        await heard.first(OnAir)
        await asyncio.sleep(0.5)
        laid_at = await live.pin(card(), "A1")
        await asyncio.sleep(0.7)
        gone_at = await live.pin(None, "")
        await sending

    for seconds, picture, is_key in pictures(tmp_path / "recording-1.mp4"):
        if laid_at - 0.4 < seconds < gone_at + 0.3:
            is_laid = laid_at - 0.01 < seconds < gone_at - 0.01
            assert is_near(picture[200, 60], BLUE if is_laid else RED), f"at {seconds}"
        if min(abs(seconds - laid_at), abs(seconds - gone_at)) < FRAME_SECONDS / 2:
            assert is_key


async def test_a_card_that_is_no_picture_is_refused_and_the_old_one_stays(tmp_path: Path) -> None:
    async with on_air(tmp_path) as (live, _):
        await live.pin(card(), "A1")

        with pytest.raises(ValueError):
            await live.pin(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDRrubbish", "A2")
        await asyncio.sleep(0.5)

    assert is_near(pictures(tmp_path / "recording-1.mp4")[-2][1][200, 60], BLUE)


def test_a_card_as_large_as_the_picture_covers_it(tmp_path: Path) -> None:
    compositor = Compositor(LiveSpec(tmp_path, width_px=320, height_px=240))

    compositor.pin(card(320, 240, opacity=128))

    halfway = tuple(value // 2 for value in BLUE)
    assert np.abs(drawn(compositor)[20, 20].astype(int) - halfway).max() < 20


def test_a_card_too_wide_is_made_to_fit(tmp_path: Path) -> None:
    compositor = Compositor(LiveSpec(tmp_path, width_px=320, height_px=240))

    compositor.pin(card(1000, 200))

    rgb = drawn(compositor)
    blue = np.argwhere(np.abs(rgb.astype(int) - BLUE).max(axis=2) < 20)
    assert blue[:, 1].min() in range(4, 12)
    assert blue[:, 1].max() in range(308, 316)
    assert blue[:, 0].max() in range(228, 236)


@pytest.mark.parametrize("png", [b"", b"GIF89a", card()[:40], card().replace(b"\x00\x00\x00\x78", b"\x00\x0f\x00\x78")])
def test_only_whole_cards_of_a_sane_size_are_read(png: bytes) -> None:
    with pytest.raises(ValueError):
        read_card(png)


def test_the_slate_says_that_it_waits(tmp_path: Path) -> None:
    compositor = Compositor(LiveSpec(tmp_path, width_px=720, height_px=1280))

    rgb = drawn(compositor)

    assert rgb.max() > 230, "white words"
    assert np.median(rgb) < 30, "on a dark ground"


def test_a_phones_picture_of_nearly_the_same_shape_leaves_no_black_edge(tmp_path: Path) -> None:
    compositor = Compositor(LiveSpec(tmp_path, width_px=720, height_px=1280))

    compositor.show(av.VideoFrame.from_ndarray(np.full((854, 480, 3), 200, np.uint8), "rgb24"))

    assert drawn(compositor)[:, [0, -1]].min() > 150
