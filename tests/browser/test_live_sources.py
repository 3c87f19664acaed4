"""Comments from Facebook in a real control room: they appear by themselves, one tap makes an order and tells the buyer."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, expect

from catalog.households.sign_in import make_link
from catalog.live.sources.attach import detach
from catalog.live.sources.readers import Readers
from tests.browser import steps
from tests.browser.phone import phone
from tests.live.doubles.facebook import LiveFacebook
from tests.live.station import PACE, station
from tests.posts.doubles.double import serving

pytestmark = pytest.mark.browser


@dataclass
class OnAir:
    """A served shop with a show on air and a Page that broadcasts, both in a thread of their own."""

    facebook: LiveFacebook = field(default_factory=LiveFacebook)
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    is_up: threading.Event = field(default_factory=threading.Event)
    is_over: asyncio.Event = field(default_factory=asyncio.Event)
    url: str = ""
    room: str = ""
    link: str = ""

    def say(self, text: str, name: str) -> None:
        """A viewer's words below the video."""
        self.loop.call_soon_threadsafe(lambda: self.facebook.say(text, name))

    def run(self, folder: Path) -> None:
        """Serve until it is over."""
        self.loop.run_until_complete(self._serve(folder))

    async def _serve(self, folder: Path) -> None:
        async with serving(self.facebook), station(folder, self.facebook) as opened:
            cast, bound = opened.cast, socket.socket()
            bound.bind(("127.0.0.1", 0))
            async with cast.shop.db.write() as connection:
                await detach(connection, opened.actor, await opened.airing.show(), opened.source_id)
                token = await make_link(connection, cast.farmer_person.id)
            readers = cast.app.state.readers = Readers(cast.shop, cast.app.state.rooms.ring, PACE)
            readers.open()
            server = uvicorn.Server(uvicorn.Config(cast.app, log_level="critical", lifespan="off", timeout_graceful_shutdown=1))
            serves = asyncio.create_task(server.serve(sockets=[bound]))
            while not server.started:
                await asyncio.sleep(0.01)
            self.url = f"http://127.0.0.1:{bound.getsockname()[1]}"
            self.room, self.link = self.url + opened.airing.room, f"{self.url}/s/{token}"
            self.is_up.set()
            await self.is_over.wait()
            server.should_exit = True
            await serves
            await readers.close()


@pytest.fixture
def on_air(tmp_path: Path) -> Iterator[OnAir]:
    made = OnAir()
    thread = threading.Thread(target=made.run, args=(tmp_path,))
    thread.start()
    assert made.is_up.wait(30)
    yield made
    made.loop.call_soon_threadsafe(made.is_over.set)
    thread.join(30)


def test_connected_by_one_tap_comments_come_and_their_buyer_is_told(chromium: Browser, on_air: OnAir) -> None:
    with phone(chromium) as farmer:
        steps.open_stall(farmer, on_air.link)
        farmer.goto(on_air.room)
        farmer.get_by_role("link", name="Nối bình luận Facebook, YouTube").click()
        farmer.get_by_role("button", name="Nối video đang phát").click()
        expect(farmer.get_by_role("heading", name="Thịt gác bếp mới")).to_be_visible()
        farmer.goto(on_air.room)
        expect(farmer.get_by_text("Facebook: Đang đọc")).to_be_visible()

        on_air.say("A1 lấy 2 túi nhé", "Ngọc Bùi")
        on_air.say("ship Hà Nội bao nhiêu ạ?", "Tuấn Phạm")

        expect(farmer.locator(".comments li")).to_have_count(2)
        farmer.get_by_role("button", name="Chốt đơn").click()
        expect(farmer.get_by_text("Đã nhắn riêng")).to_be_visible()
        claim = farmer.locator(".claim").first.inner_text()

    ((_, text),) = on_air.facebook.sent
    assert text.endswith(f"/x/{claim.lower()}")
