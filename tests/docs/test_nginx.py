"""The documented nginx before the real app: taken by nginx, and a live passes through it in all its ways."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import connect

from scripts._nginx_front import Front, is_there
from tests.cast import Cast
from tests.conftest import missing
from tests.live.airing import Airing, go_on_air
from tests.live.serving import served
from tests.live.station import until
from tests.live.test_camera import framed, hear
from tests.media.live.phone import recorded
from tests.media.live.test_destinations import certificate

PATIENT_SECONDS = 40.0


@pytest.fixture
async def front(cast: Cast, tmp_path: Path) -> AsyncIterator[tuple[Front, ssl.SSLContext]]:
    """nginx before the cast's app, and what a browser believes of its certificate."""
    if not is_there():
        missing("nginx", "apt-get install nginx")
    files = certificate(tmp_path)
    async with served(cast) as host:
        front = Front(tmp_path / "front", shop_port=int(host.split(":")[1]), certificate=files)
        yield front, ssl.create_default_context(cafile=str(files[0]))
        front.stop()


async def test_nginx_has_nothing_against_the_file(front: tuple[Front, ssl.SSLContext]) -> None:
    assert front[0].check() == ""


async def test_a_live_goes_in_and_out_through_nginx(cast: Cast, front: tuple[Front, ssl.SSLContext]) -> None:
    airing, slices, (nginx, trust) = await go_on_air(cast), recorded(3), front
    base, cookie = f"https://localhost:{nginx.port}", "; ".join(f"{n}={v}" for n, v in cast.farmer.cookies.items())

    async with httpx.AsyncClient(base_url=base, verify=trust) as viewer, connect(
            f"{base.replace('https', 'wss')}/l/{airing.code}/camera/slices", ssl=trust, compression=None, max_size=None,
            origin=base, additional_headers={"Cookie": cookie}) as camera:  # type: ignore[arg-type]
        await camera.send(json.dumps({"recorder": "phone1"}))
        for number, data in enumerate(slices):
            await camera.send(framed(number, data))
        acked = (await hear(camera, "ack"))["ack"]
        names = await listed(viewer, airing)
        piece = await viewer.get(f"/l/{airing.code}/{names[0]}")
        state = await first_event(viewer, airing)
        folder = next(iter((cast.shop.settings.data / "live").iterdir()))
        (folder / names[0]).unlink()
        again = await viewer.get(f"/l/{airing.code.lower()}/{names[0]}")
        large = await viewer.post(f"/n/{cast.household.code}/photos", files={"photo": bytes(3 << 20)})
        hook = await viewer.post("/hooks/encoder/x", data={"call": "publish", "name": "x"})
    await cast.app.state.broadcasts.close()

    assert acked == 0 and piece.status_code == 200 and b"moof" in piece.content
    assert piece.headers["cache-control"].endswith("immutable") and again.content == piece.content
    assert "pinned" in state
    assert large.status_code != 413 and "nginx" not in large.text
    assert hook.status_code == 404 and "nginx" in hook.text


async def test_who_comes_without_tls_is_sent_to_it(front: tuple[Front, ssl.SSLContext]) -> None:
    nginx, trust = front

    async with httpx.AsyncClient(verify=trust) as viewer:
        page = await viewer.get(f"https://localhost:{nginx.port}/healthz")
        plain = await viewer.get(f"http://127.0.0.1:{nginx.plain_port}/o/k7m2", headers={"Host": "chophien.example"})

    assert page.json() == {"status": "ok"}
    assert plain.status_code == 301 and plain.headers["location"] == "https://chophien.example/o/k7m2"


async def listed(viewer: httpx.AsyncClient, airing: Airing) -> list[str]:
    """The segments of the live playlist, as soon as there is one."""
    found: list[str] = []

    async def is_there() -> bool:
        playlist = await viewer.get(f"/l/{airing.code}/live.m3u8")
        found[:] = [line for line in playlist.text.splitlines() if line.startswith("segment-")]
        return bool(found)

    await until(is_there, PATIENT_SECONDS)
    return found


async def first_event(viewer: httpx.AsyncClient, airing: Airing) -> str:
    """What the page hears of the show; a front that gathers events would keep it back."""
    async with asyncio.timeout(10), viewer.stream(
            "GET", f"/l/{airing.code}/state", headers={"Accept": "text/event-stream"}) as stream:
        async for line in stream.aiter_lines():
            if line.startswith("data:"):
                return line
    return ""
