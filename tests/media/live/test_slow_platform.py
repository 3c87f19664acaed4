"""A platform that takes the stream too slowly is called slow within seconds, and no longer when it has caught up."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
import pytest

from media.clips.frames import new_frame
from media.live.destinations import Destination
from media.live.output import Output
from media.live.spec import DestinationState, LiveSpec
from tests.conftest import missing
from tests.media.live.receiver import MODULE, Receiver
from tests.media.live.watching import AMPLE

FPS = 20


@pytest.fixture
def receiver(tmp_path: Path) -> Iterator[Receiver]:
    if not MODULE.exists():
        missing("nginx-rtmp", "apt-get install nginx libnginx-mod-rtmp")
    receiver = Receiver(tmp_path / "receiver")
    receiver.start()
    yield receiver
    receiver.stop()


def streamed(folder: Path, seconds: int) -> list[tuple[dict[str, object], bytes]]:
    """A stream of noise: its head, then what belongs to each tick."""
    told: list[tuple[dict[str, object], bytes]] = []
    folder.mkdir()
    spec = LiveSpec(folder, width_px=320, height_px=240, fps=FPS, video_rate=600_000, preset="ultrafast")
    output = Output(spec, 0.0, lambda head, body: told.append((head, body)))
    picture, planes = new_frame(320, 240)
    noise = np.random.default_rng(1)
    for tick in range(seconds * FPS):
        for plane in planes.all():
            plane[:] = noise.integers(16, 235, plane.shape, np.uint8)
        output.put(picture, tick, False, np.zeros(48_000 // FPS, np.float32), tick * 48_000 // FPS)
    output.close()
    return told


@asynccontextmanager
async def valve(port: int, is_open: asyncio.Event) -> AsyncIterator[int]:
    """A port that leads to another, of which hardly anything is taken while it isn't open."""
    async def lead_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        back, on = await asyncio.open_connection("127.0.0.1", port)
        answering = asyncio.create_task(carry(back, writer, asyncio.Event()))
        await carry(reader, on, is_open)
        answering.cancel()
        for side in (on, writer):
            side.close()

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, gate: asyncio.Event) -> None:
        while data := await reader.read(4096):
            if gate is is_open:
                await gate.wait()
            writer.write(data)
            await writer.drain()

    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    listening.bind(("127.0.0.1", 0))
    async with await asyncio.start_server(lead_on, sock=listening, limit=4096):
        yield listening.getsockname()[1]


async def test_it_is_called_slow_soon_and_fine_again_when_it_has_caught_up(tmp_path: Path, receiver: Receiver) -> None:
    stream, is_open = streamed(tmp_path / "live", 30), asyncio.Event()
    states: list[tuple[str, str]] = []
    news = asyncio.Event()

    def tell(state: DestinationState) -> None:
        states.append((state.state, state.reason))
        news.set()

    async def offer() -> None:
        for head, body in stream[1:]:
            await asyncio.sleep(1 / FPS)
            destination.offer(float(str(head["t"])), body, is_key=bool(head["key"]))

    async def becomes(*wanted: tuple[str, str]) -> None:
        async with asyncio.timeout(AMPLE):
            while states[-len(wanted) :] != list(wanted):
                news.clear()
                await news.wait()

    is_open.set()
    async with valve(receiver.port, is_open) as port:
        destination = Destination("p", f"rtmp://127.0.0.1:{port}/live/x", tell)
        destination.begin(stream[0][1])
        offering = asyncio.create_task(offer())
        await becomes(("connecting", ""), ("live", ""))
        await asyncio.sleep(2)
        is_open.clear()
        await becomes(("live", ""), ("live", "slow"))
        is_open.set()
        await becomes(("live", "slow"), ("live", ""))
        offering.cancel()
        await destination.close()

    assert [state for state, _ in states] == ["connecting", "live", "live", "live", "removed"]
