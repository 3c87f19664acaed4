"""The camera's socket: only the household's, only pictures, each slice acknowledged; what comes out can be fetched."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from catalog.live.shows.picture_pages import show_folder
from catalog.live.shows.stage import end
from catalog.web.locale import COOKIE
from media.live.originals import assemble_all
from scripts._wire import MOST_MESSAGE_BYTES
from tests.cast import Cast
from tests.live.airing import Airing, go_on_air, plan
from tests.live.serving import served
from tests.media.live.phone import recorded

LONGEST_WAIT_SECONDS = 30


def dial(airing: Airing, host: str, client: httpx.AsyncClient, *, origin: str = "") -> Any:
    """A socket with the cookie of that browser."""
    cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    return connect(f"ws://{host}/l/{airing.code}/camera/slices", origin=origin or f"http://{host}",  # type: ignore[arg-type]
                   additional_headers={"Cookie": cookie}, compression=None, max_size=None)


def framed(number: int, data: bytes) -> bytes:
    """A slice as the phone sends it."""
    return number.to_bytes(4, "big") + data


async def hear(socket: ClientConnection, key: str) -> dict[str, Any]:
    """The next message that has this key."""
    async with asyncio.timeout(LONGEST_WAIT_SECONDS):
        while True:
            told: dict[str, Any] = json.loads(await socket.recv())
            if key in told:
                return told


async def test_slices_are_acknowledged_and_become_a_playlist_for_everybody(cast: Cast) -> None:
    airing, slices = await go_on_air(cast), recorded(3)

    async with served(cast) as host, dial(airing, host, cast.farmer) as socket, asyncio.timeout(LONGEST_WAIT_SECONDS):
        await socket.send(json.dumps({"recorder": "phone1"}))
        for number, data in enumerate(slices):
            await socket.send(framed(number, data))
        acked = [(await hear(socket, "ack"))["ack"] for _ in slices]
        playlist = await cast.buyer.get(f"/l/{airing.code}/live.m3u8")
        while "#EXTINF" not in playlist.text:
            await asyncio.sleep(0.2)
            playlist = await cast.buyer.get(f"/l/{airing.code}/live.m3u8")
        names = [line for line in playlist.text.splitlines() if line.startswith("segment-")]
        piece = await cast.buyer.get(f"/l/{airing.code}/{names[0]}")
        await cast.app.state.broadcasts.close()

    assert sorted(acked) == list(range(len(slices)))
    assert piece.status_code == 200 and b"moof" in piece.content


@pytest.mark.parametrize("who", ["buyer", "neighbour"])
async def test_somebody_elses_socket_is_never_accepted(cast: Cast, who: str) -> None:
    airing = await go_on_air(cast)

    async with served(cast) as host:
        with pytest.raises(InvalidStatus) as refused:
            async with dial(airing, host, getattr(cast, who)):
                pass

    assert refused.value.response.status_code in (403, 404)


async def test_another_sites_page_can_not_use_the_households_cookie(cast: Cast) -> None:
    airing = await go_on_air(cast)

    async with served(cast) as host:
        with pytest.raises(InvalidStatus) as refused:
            async with dial(airing, host, cast.farmer, origin="https://evil.example"):
                pass

    assert refused.value.response.status_code == 403


@pytest.mark.parametrize(("first", "second", "key"), [
    ("{}", b"", "hello"), ("nonsense", b"", "hello"), ('{"recorder": "../x"}', b"", "hello"),
    ('{"recorder": "a"}', b"abc", "noise"), ('{"recorder": "a"}', framed(0, b"\0" * 4000), "noise"),
    ('{"recorder": "a"}', framed(0xFFFFFFFF, b"x" * 40), "order")])
async def test_noise_is_refused_in_words_and_the_show_goes_on(cast: Cast, first: str, second: bytes, key: str) -> None:
    airing = await go_on_air(cast)

    async with served(cast) as host, dial(airing, host, cast.farmer) as socket:
        await socket.send(first)
        if second:
            await socket.send(second)
        told = await hear(socket, "refused")
        with pytest.raises(ConnectionClosed):
            await hear(socket, "never")
        await cast.app.state.broadcasts.close()

    assert told["refused"] == key and told["words"]
    assert (await airing.show()).state == "live"


async def test_a_message_over_the_limit_ends_the_connection(cast: Cast) -> None:
    airing = await go_on_air(cast)

    async with served(cast) as host, dial(airing, host, cast.farmer) as socket:
        await socket.send('{"recorder": "a"}')
        with pytest.raises(ConnectionClosed) as closed:
            await socket.send(framed(0, b"x" * (MOST_MESSAGE_BYTES + 1)))
            await hear(socket, "never")
        await cast.app.state.broadcasts.close()

    assert closed.value.rcvd is None or closed.value.rcvd.code == 1009


async def test_a_show_that_is_not_on_air_takes_no_picture(cast: Cast) -> None:
    airing = await plan(cast)

    async with served(cast) as host, dial(airing, host, cast.farmer) as socket:
        await socket.send('{"recorder": "a"}')
        told = await hear(socket, "refused")

    assert told["refused"] == "not_live" and "chưa bắt đầu" in told["words"]


async def test_a_show_that_is_over_is_told_as_over(cast: Cast) -> None:
    airing = await go_on_air(cast)
    show = await airing.show()
    async with cast.shop.db.write() as connection:
        await end(connection, show, person_id=cast.farmer_person.id)

    async with served(cast) as host, dial(airing, host, cast.farmer) as socket:
        await socket.send('{"recorder": "a"}')
        told = await hear(socket, "refused")

    assert (told["refused"], told["words"]) == ("ended", "Buổi phát đã hết.")


async def film(socket: ClientConnection, recorder: str, slices: list[bytes], *, late: bool = False) -> list[int]:
    """Send them all; the numbers that were acknowledged."""
    await socket.send(json.dumps({"recorder": recorder, "late": late}))
    for number, data in enumerate(slices):
        await socket.send(framed(number, data))
    return [(await hear(socket, "ack"))["ack"] for _ in slices]


async def test_the_newest_phone_films_and_the_one_before_is_told_and_can_not_take_it_back(cast: Cast) -> None:
    airing, slices = await go_on_air(cast), recorded(1)

    async with served(cast) as host:
        async with dial(airing, host, cast.farmer) as first, dial(airing, host, cast.helper) as second:
            await film(first, "phone1", slices)
            acked = await film(second, "phone2", slices)
            told = await hear(first, "refused")
        async with dial(airing, host, cast.farmer) as again, dial(airing, host, cast.farmer) as late:
            await again.send('{"recorder": "phone1"}')
            still = await hear(again, "refused")
            kept = await film(late, "phone1", [slices[0]], late=True)
        async with dial(airing, host, cast.farmer) as pressed:
            taken = await film(pressed, "phone3", slices)
        await cast.app.state.broadcasts.close()

    assert len(acked) == len(slices) == len(taken) and kept == [0]
    assert told["refused"] == "other" == still["refused"] and "Máy khác đang quay" in told["words"]


async def test_each_phone_is_told_in_its_own_language_that_another_films(cast: Cast) -> None:
    airing, slices = await go_on_air(cast), recorded(1)
    cast.helper.cookies.set(COOKIE, "en")

    async with served(cast) as host:
        async with dial(airing, host, cast.farmer) as first, dial(airing, host, cast.helper) as second:
            await film(first, "phone1", slices)
            await film(second, "phone2", slices)
            async with dial(airing, host, cast.farmer) as third:
                await film(third, "phone3", slices)
                told = [(await hear(socket, "refused"))["words"] for socket in (first, second)]
        await cast.app.state.broadcasts.close()

    assert told[0].startswith("Máy khác đang quay.") and told[1].startswith("Another phone is filming.")


async def test_late_slices_are_kept_in_their_place_and_take_nobodys_turn(cast: Cast) -> None:
    airing, slices = await go_on_air(cast), recorded(2)
    show = await airing.show()

    async with served(cast) as host, dial(airing, host, cast.farmer) as camera:
        await film(camera, "phone2", slices[:3])
        async with dial(airing, host, cast.farmer) as late:
            acked = await film(late, "phone1", slices, late=True)
        await camera.send(framed(3, slices[3]))
        goes_on = await hear(camera, "ack")
        running = cast.app.state.broadcasts.running(show.id)
        await running.live.end()

    assemble_all(folder := show_folder(cast.shop.settings.data, show.id))
    (kept,) = folder.glob("original-phone1.*")
    assert kept.read_bytes() == b"".join(slices) and sorted(acked) == list(range(len(slices)))
    assert goes_on["ack"] == 3 and running.filming == "phone2"


async def test_muted_in_the_room_is_told_to_the_phone_and_stays_over_a_restart(cast: Cast) -> None:
    airing = await go_on_air(cast)
    show = await airing.show()
    muted = []

    async with served(cast) as host, dial(airing, host, cast.farmer) as camera:
        await camera.send('{"recorder": "phone1"}')
        muted.append((await hear(camera, "muted"))["muted"])
        await cast.helper.post(f"{airing.room}/do/mute", data={"on": "1"})
        while not muted[-1]:
            muted.append((await hear(camera, "muted"))["muted"])
        await cast.app.state.broadcasts.close()
        airing_again = await cast.app.state.broadcasts.take(show)
        page = (await cast.farmer.get(airing.room)).text
        await cast.app.state.broadcasts.close()

    assert muted[0] is False and muted[-1] is True and airing_again.is_muted
    assert "Đang tắt tiếng" in page and "Bật tiếng" in page
    assert (await airing.events()).count("muted") == 1


async def test_the_cameras_page_is_the_households(cast: Cast) -> None:
    airing = await go_on_air(cast)

    pages = {who: await getattr(cast, who).get(f"/l/{airing.code}/camera") for who in ("farmer", "helper", "neighbour", "buyer")}

    assert [page.status_code for page in pages.values()] == [200, 200, 404, 404]
    assert "Giữ để dừng" in pages["farmer"].text
