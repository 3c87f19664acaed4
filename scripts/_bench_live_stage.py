"""A show on air in a shop of its own process, and a phone that films it over the WebSocket as the page does."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from _bench_live_source import SLICE_SECONDS, Phone
from _environment import ROOT
from catalog.households import queries as households
from catalog.households.model import Actor
from catalog.households.sign_in import make_link
from catalog.listings import queries as listings
from catalog.listings.model import Facts
from catalog.live.shows.picture_pages import show_folder
from catalog.live.shows.plan import Plan, plan_show
from catalog.live.shows.stage import start
from catalog.storage.database import now_ms
from catalog.storage.settings import Settings
from server import create_app

START_SECONDS = 30.0


def free_port() -> int:
    """A port of loopback that nobody has."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class Server:
    """`run.py` on a data folder; started, ended and started again."""

    def __init__(self, data: Path) -> None:
        self._data, self.port = data, free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The process that answers."""
        assert self._process
        return self._process.pid

    async def start(self) -> None:
        """Return when pages are answered."""
        self._process = subprocess.Popen(
            [sys.executable, str(ROOT / "scripts" / "run.py"), "--data", str(self._data), "--port", str(self.port),
             "--no-limits"], stdout=subprocess.DEVNULL)
        async with httpx.AsyncClient() as client, asyncio.timeout(START_SECONDS):
            while True:
                with suppress(httpx.TransportError):
                    if (await client.get(f"http://127.0.0.1:{self.port}/healthz")).status_code == 200:
                        return
                await asyncio.sleep(0.05)

    async def stop(self) -> None:
        """End it in good order, as a restart of the machine's service does."""
        if self._process:
            self._process.send_signal(signal.SIGTERM)
            await asyncio.to_thread(self._process.wait)
            self._process = None


@dataclass
class Stage:
    """The show: its code, its folder, and the cookie of who runs it."""

    server: Server
    code: str
    folder: Path
    cookie: str

    @property
    def path(self) -> str:
        """Its public page's path."""
        return f"/l/{self.code.lower()}"


async def staged(data: Path) -> Stage:
    """A show with one product, on air in a server that runs."""
    data.mkdir(parents=True)
    app = create_app(Settings(data=data, database_url=f"sqlite:{data / 'cho-phien.db'}", limits=False))
    async with app.router.lifespan_context(app):
        async with app.state.shop.db.write() as connection:
            village = await households.add_village(
                connection, code="loi", name="Bản Lói", commune="xã Mường Ảng", province="Điện Biên")
            household = await households.add_household(
                connection, code="xuan8", village_id=village.id, place="bản Lói", name="Lò Thị Xuân",
                phone="+84900000456")
            person = await households.add_person(connection, name="Lò Thị Xuân", role="household",
                                                 household_id=household.id)
            goods = await listings.add_listing(
                connection, household_id=household.id, state="published", created_by=None,
                facts=Facts("other", "Bưởi da xanh", 25_000, "quả", 500, "bản Lói"))
            show = await plan_show(connection, Actor(person, household), Plan("Bưởi", now_ms(), (goods.id,), False))
            await start(connection, show, person_id=person.id)
            link = await make_link(connection, person.id)
    server = Server(data)
    await server.start()
    origin = f"http://127.0.0.1:{server.port}"
    async with httpx.AsyncClient(base_url=origin, headers={"Origin": origin}) as client:
        await client.post(f"/s/{link}")
        cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    return Stage(server, show.code, show_folder(data, show.id), cookie)


@dataclass
class Camera:
    """The phone's page: slices at their pace, kept until acknowledged, sent again over the next connection."""

    stage: Stage
    phone: Phone
    kept: dict[int, bytes] = field(default_factory=dict)
    on_air: list[float] = field(default_factory=list)
    number: int = 0

    async def film(self) -> None:
        """Until cancelled, whatever the network does."""
        recording = asyncio.create_task(self._record())
        try:
            while True:
                with suppress(OSError, ConnectionClosed, InvalidStatus, TimeoutError, EOFError):
                    await self._connection()
                await asyncio.sleep(0.2)
        finally:
            recording.cancel()

    async def drained(self) -> None:
        """When all is acknowledged that was recorded by now."""
        until = self.number
        while any(number < until for number in self.kept):
            await asyncio.sleep(0.05)

    async def back_on_air(self, since: float) -> float:
        """Seconds from `since` to the first word that the picture shows."""
        while not any(moment > since for moment in self.on_air):
            await asyncio.sleep(0.02)
        return next(moment for moment in self.on_air if moment > since) - since

    async def _record(self) -> None:
        began = time.monotonic()
        while True:
            self.kept[self.number] = self.phone.slice(self.number)
            self.number += 1
            await asyncio.sleep(max(0.0, began + self.number * SLICE_SECONDS - time.monotonic()))

    async def _connection(self) -> None:
        host = f"127.0.0.1:{self.stage.server.port}"
        async with connect(
                f"ws://{host}{self.stage.path}/camera/slices", origin=f"http://{host}",  # type: ignore[arg-type]
                additional_headers={"Cookie": self.stage.cookie}, compression=None, max_size=None) as socket_:
            await socket_.send(json.dumps({"recorder": "phone"}))
            hearing = asyncio.create_task(self._hear(socket_))
            try:
                sent: set[int] = set()
                while not hearing.done():
                    # The newest first after an outage, what is missing in between.
                    waiting = sorted(number for number in self.kept if number not in sent)
                    for number in ([waiting[-1], *waiting[:3]] if waiting else []):
                        if number not in sent and number in self.kept:
                            sent.add(number)
                            await socket_.send(number.to_bytes(4, "big") + self.kept[number])
                    await asyncio.sleep(0.02)
            finally:
                hearing.cancel()

    async def _hear(self, socket_: ClientConnection) -> None:
        async for text in socket_:
            told = json.loads(text)
            if "ack" in told:
                self.kept.pop(told["ack"], None)
            elif told.get("picture") == "on_air":
                self.on_air.append(time.monotonic())
