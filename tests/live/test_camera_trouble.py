"""A camera that stops for ever, sends too much or what can't be shown is told so in words; the show stays on air."""

from __future__ import annotations

import json
from functools import partial

import pytest
from websockets.exceptions import ConnectionClosed

from media.live.spec import LiveSpec
from tests.cast import Cast
from tests.live.airing import go_on_air
from tests.live.serving import served
from tests.live.test_camera import dial, framed, hear
from tests.media.live.phone import recorded


async def test_what_can_not_be_shown_is_told_though_nothing_more_is_sent(cast: Cast) -> None:
    airing = await go_on_air(cast)
    bad = {"noise": b"\x1a\x45\xdf\xa3" + bytes(range(256)) * 400,
           "codec": b"".join(recorded(0.3, form="matroska", codec="mpeg4")),
           "too_big_picture": b"".join(recorded(0.1, size=(4096, 2304)))}
    told = {}

    async with served(cast) as host:
        for number, (key, data) in enumerate(bad.items()):
            async with dial(airing, host, cast.farmer) as socket:
                await socket.send(json.dumps({"recorder": f"phone{number}"}))
                await socket.send(framed(0, data))
                told[key] = await hear(socket, "refused")
        async with dial(airing, host, cast.farmer) as good:
            await good.send('{"recorder": "good"}')
            await good.send(framed(0, b"".join(recorded(0.5))))
            while (await hear(good, "picture"))["picture"] != "on_air":
                pass
        await cast.app.state.broadcasts.close()

    assert {key: one["refused"] for key, one in told.items()} == {key: key for key in bad}
    assert "4K" in told["too_big_picture"]["words"] and "Chrome" in told["codec"]["words"]


async def test_a_show_of_too_many_bytes_says_so_and_stays_on_air(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    slices = recorded(2)
    limited = partial(LiveSpec, total_bytes=len(b"".join(slices[:10])))
    monkeypatch.setattr("catalog.live.shows.broadcast.LiveSpec", limited)
    airing = await go_on_air(cast)
    show = await airing.show()

    async with served(cast) as host, dial(airing, host, cast.farmer) as socket:
        await socket.send('{"recorder": "phone1"}')
        for number, data in enumerate(slices):
            await socket.send(framed(number, data))
        told = await hear(socket, "refused")
        is_on_air = cast.app.state.broadcasts.running(show.id) is not None
        await cast.app.state.broadcasts.close()

    assert told["refused"] == "too_much" and "mở buổi mới" in told["words"]
    assert is_on_air and (await airing.show()).state == "live"


async def test_a_camera_that_stops_for_ever_is_let_go_and_the_show_waits_for_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catalog.live.shows.camera_socket.SILENCE_SECONDS", 0.5)
    airing, slices = await go_on_air(cast), recorded(1)

    async with served(cast) as host:
        async with dial(airing, host, cast.farmer) as socket:
            await socket.send('{"recorder": "phone1"}')
            await socket.send(framed(0, b"".join(slices)))
            with pytest.raises(ConnectionClosed):
                await hear(socket, "never")
        async with dial(airing, host, cast.farmer) as again:
            await again.send('{"recorder": "phone1"}')
            await again.send(framed(1, recorded(0.5, begin=1.0)[0]))
            acked = await hear(again, "ack")
        await cast.app.state.broadcasts.close()

    assert acked == {"ack": 1}
    assert (await airing.show()).state == "live"
