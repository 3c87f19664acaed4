"""A show on air that is attached to a live video of a double, and its reader."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from catalog.households.model import Actor
from catalog.live.shows.drafts import Confirmed
from catalog.live.shows.queries import SQL as SHOWS
from catalog.live.sources.attach import attach_facebook, attach_youtube, keep_key
from catalog.live.sources.model import Pace, Source
from catalog.live.sources.queries import source_by_id
from catalog.live.sources.readers import read_source
from catalog.posts.publishers.account import holder_of_household
from catalog.posts.publishers.connect import connect
from catalog.storage.settings import Networks
from tests.cast import Cast, make_settings, open_cast
from tests.live.airing import Airing, go_on_air
from tests.live.doubles.facebook import LIVE, TOKEN, LiveFacebook
from tests.live.doubles.youtube import KEY, VIDEO, LiveYouTube
from tests.posts.doubles.double import Double

PACE = Pace(poll=0.05, poll_beside_stream=0.6, again=0.05, longest=0.4, quiet=1.5)


@dataclass
class Station:
    """The show and where its comments come from."""

    airing: Airing
    actor: Actor
    source_id: str

    @property
    def cast(self) -> Cast:
        """The people, the app and the shop."""
        return self.airing.cast

    async def source(self) -> Source:
        """As it stands now."""
        async with self.cast.shop.db.read() as connection:
            source = await source_by_id(connection, self.source_id)
        assert source is not None
        return source

    async def lines(self) -> list[tuple[str, str]]:
        """The show's comments from a network, the oldest first: author and words."""
        show = await self.airing.show()
        async with self.cast.shop.db.read() as connection:
            rows = await SHOWS.comments(connection, show_id=show.id, most=1000)
        return [(row["author"], row["text"]) for row in reversed(list(rows))]

    async def confirm_first(self) -> Confirmed:
        """One tap on the oldest draft."""
        return await self.airing.confirm_first()

    @asynccontextmanager
    async def reading(self, pace: Pace = PACE) -> AsyncIterator[asyncio.Task[None]]:
        """While the source's reader runs."""
        task = asyncio.create_task(read_source(self.cast.shop, self.source_id, lambda show_id: None, pace))
        try:
            yield task
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def until_lines(self, number: int) -> list[tuple[str, str]]:
        """The comments once there are so many."""
        async def enough() -> bool:
            return len(await self.lines()) >= number
        await until(enough)
        return await self.lines()

    async def until_state(self, state: str, reason: str = "") -> Source:
        """The source once it is in this state for this reason."""
        async def there() -> bool:
            source = await self.source()
            return (source.state, source.reason) == (state, reason)
        await until(there)
        return await self.source()


async def until(happened: Callable[[], object], seconds: float = 8.0) -> None:
    """Return once it has happened; fails after a generous while."""
    for _ in range(int(seconds / 0.02)):
        found = happened()
        if await found if asyncio.iscoroutine(found) else found:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not happen")


@asynccontextmanager
async def station(folder: Path, double: Double, **changes: object) -> AsyncIterator[Station]:
    """A show on air beside a double that serves already, its app's own reader at rest. `changes` are settings."""
    networks = Networks(facebook=double.url, facebook_video=double.url, facebook_upload=double.url,
                        facebook_stream=double.url, youtube=double.url, allow_loopback=True)
    async with open_cast(make_settings(folder, networks=networks, **changes)) as cast:
        await cast.app.state.readers.close()
        airing = await go_on_air(cast)
        actor = Actor(cast.farmer_person, cast.household)
        if isinstance(double, LiveFacebook):
            page = await connect(cast.shop, holder_of_household(actor), "facebook", "", {"token": TOKEN, "app_id": ""})
            source_id = await attach_facebook(cast.shop, actor, await airing.show(), page.id, LIVE)
        else:
            assert isinstance(double, LiveYouTube)
            await keep_key(cast.shop, actor, KEY)
            source_id = await attach_youtube(cast.shop, actor, await airing.show(), f"https://www.youtube.com/live/{VIDEO}?si=x")
        yield Station(airing, actor, source_id)
