"""A show on air in a shop that serves in a thread of its own, for tests of its pages alone: nothing is filmed."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Page

from catalog.live.shows.picture_pages import show_folder
from tests.cast import Cast, make_settings, open_cast
from tests.live.airing import Airing, go_on_air
from tests.live.serving import served
from tests.media.live.filming import film

LONGEST_SECONDS = 30


@dataclass(frozen=True, slots=True)
class OnAir:
    """The show of A1 (meat, pinned) and A2 (pomelo), and the loop in which its shop lives."""

    airing: Airing
    url: str
    loop: asyncio.AbstractEventLoop

    @property
    def cast(self) -> Cast:
        """Its people."""
        return self.airing.cast

    @property
    def link(self) -> str:
        """Where viewers watch."""
        return f"{self.url}/l/{self.airing.code.lower()}"

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        """What the work gives back, done in the shop's thread."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(LONGEST_SECONDS)

    def press(self, verb: str, client: httpx.AsyncClient | None = None, **form: str) -> None:
        """A press in the control room of somebody else: the helper, or this client."""
        answer = self.do((client or self.cast.helper).post(f"{self.airing.room}/{verb}", data=form))
        assert answer.status_code == 303, answer.text

    def pin(self, code: str) -> None:
        """Somebody else pins this one, whatever was pinned."""
        self.press("do/pin", pin=code, seen=self.do(self.airing.show()).pinned)

    def flash(self, code: str, price: str) -> None:
        """The farmer sells it cheaper for ten minutes."""
        self.press("do/flash", self.cast.farmer, pin=code, price=price, minutes="10")

    def comment(self, text: str) -> None:
        """Somebody else hears a comment and types it."""
        self.press("comments", text=text, author="Ngọc Bùi")

    def film(self, seconds: float, *, begin: float = 0.0) -> None:
        """So many seconds of picture from `begin` on, as a phone that films leaves them."""
        show = self.do(self.airing.show())
        film(show_folder(self.cast.shop.settings.data, show.id), seconds, (begin,), begin=begin, finish=False)

    def open_room(self, page: Page) -> None:
        """The control room on the farmer's own phone."""
        token = self.cast.farmer.cookies["sap"]
        page.context.add_cookies([{"name": "sap", "value": token, "url": self.url}])
        page.goto(self.url + self.airing.room)


@contextmanager
def on_air_in(folder: Path) -> Iterator[OnAir]:
    """The show, until the test is done with it."""
    opened: Future[OnAir] = Future()
    over: Future[asyncio.Event] = Future()

    async def serve() -> None:
        done = asyncio.Event()
        over.set_result(done)
        async with open_cast(make_settings(folder)) as cast, served(cast) as host:
            opened.set_result(OnAir(await go_on_air(cast), f"http://{host}", asyncio.get_running_loop()))
            await done.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    made = opened.result(LONGEST_SECONDS)
    yield made
    made.loop.call_soon_threadsafe(over.result().set)
    thread.join(LONGEST_SECONDS)
