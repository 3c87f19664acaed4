"""Who runs a show is told in a sentence that the disk is filling up, before it is full, and the show goes on."""

from __future__ import annotations

import asyncio
import json
from functools import partial

import pytest

from catalog.live.shows.disk import disk_words, is_worth_telling
from media.live.spec import LiveSpec
from tests.cast import Cast
from tests.live.airing import go_on_air
from tests.live.serving import served
from tests.live.test_camera import LONGEST_WAIT_SECONDS, dial, framed, hear
from tests.media.live.phone import recorded

FULL = "Máy chủ đã đầy. Buổi vẫn phát, nhưng không ghi lại nữa."


def test_there_are_no_words_while_there_is_half_an_hours_room() -> None:
    assert [bool(disk_words(minutes)) for minutes in (999, 30, 29, 1, 0)] == [False, False, True, True, True]
    assert "29 phút" in disk_words(29)
    assert disk_words(0) == FULL


@pytest.mark.parametrize(("told", "now", "is_told"), [
    (999, 31, False), (999, 26, False), (999, 25, True), (25, 24, False), (25, 26, False), (25, 20, True), (4, 0, True),
    (0, 3, True), (20, 30, True), (1, 1, False)])
def test_the_room_hears_of_it_now_and_then_and_not_each_second(told: int, now: int, is_told: bool) -> None:
    assert is_worth_telling(told, now) is is_told


async def test_a_full_disk_is_told_on_the_phone_and_in_the_room_while_the_show_goes_on(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catalog.live.shows.broadcast.LiveSpec", partial(LiveSpec, leave_bytes=1 << 60))
    airing, slices = await go_on_air(cast), recorded(2)

    async with served(cast) as host, dial(airing, host, cast.farmer) as socket, asyncio.timeout(LONGEST_WAIT_SECONDS):
        await socket.send(json.dumps({"recorder": "phone1"}))
        for number, data in enumerate(slices):
            await socket.send(framed(number, data))
        told = await hear(socket, "disk")
        while not told["disk"]:
            told = await hear(socket, "disk")
        room = await cast.farmer.get(airing.room)
        playlist = await cast.buyer.get(f"/l/{airing.code}/live.m3u8")
        while "#EXTINF" not in playlist.text:
            await asyncio.sleep(0.2)
            playlist = await cast.buyer.get(f"/l/{airing.code}/live.m3u8")
        await cast.app.state.broadcasts.close()

    assert told["disk"] == FULL
    assert FULL in room.text
    assert "disk" in await airing.events()
