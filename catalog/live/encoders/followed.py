"""The encoders whose streams are shows' pictures now: one a show, the newest that delivers one."""

from __future__ import annotations

import asyncio
import logging
import secrets
from dataclasses import dataclass
from functools import partial

from catalog.live.encoders.queries import SQL
from catalog.live.shows.broadcast import Airing, Broadcasts, NoRoom
from catalog.live.shows.model import Show
from catalog.live.shows.queries import show_by_id
from catalog.storage.secrets import SecretLost
from catalog.storage.shop import Shop
from media.live.encoder import follow

log = logging.getLogger("cho_phien.live")


@dataclass
class _Followed:
    """A stream that is, or is about to be, a show's picture."""

    stream: str
    recorder: str = ""
    task: asyncio.Task[None] | None = None


class Encoders:
    """Opened and closed by the app's lifespan, after and before the broadcasts."""

    def __init__(self, shop: Shop, broadcasts: Broadcasts) -> None:
        self._shop, self._broadcasts = shop, broadcasts
        self._followed: dict[str, list[_Followed]] = {}
        self._said: dict[str, str] = {}

    async def open(self) -> None:
        """Take up again what streamed to shows on air when the shop went down."""
        if not self._shop.settings.rtmp.is_on:
            return
        async with self._shop.db.read() as connection:
            rows = list(await SQL.streaming(connection))
        for row in rows:
            await self.look(row["show_id"])

    async def close(self) -> None:
        """Let all go; where they stream stays known."""
        tasks = [one.task for many in self._followed.values() for one in many if one.task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def come(self, show: Show, client: str | None, key: str) -> str:
        """An encoder with the right key begins: the name under which the RTMP server shall keep its stream.

        With a `client` (the server's number for the connection) each gets a name of its own, so that one that
        dropped out and comes back never waits for its own ghost. The picture follows once the show is on air.
        """
        stream = key if client is None else f"{show.code.lower()}-{client}-{secrets.token_hex(6)}"
        async with self._shop.db.write() as connection:
            await SQL.keep_stream(connection, show_id=show.id, sealed=self._seal(show.id, stream))
        self._said.pop(show.id, None)
        await self.look(show.id)
        return stream

    async def gone(self, show: Show, client: str) -> None:
        """The encoder of that connection has ended, perhaps before the show began."""
        stream = await self._stream(show.id)
        if stream.startswith(f"{show.code.lower()}-{client}-"):
            await self._forget(show.id, stream)

    async def look(self, show_id: str) -> None:
        """Follow the show's stream if it is on air, has one, and it isn't followed yet."""
        async with self._shop.db.read() as connection:
            show = await show_by_id(connection, show_id)
        stream = await self._stream(show_id)
        known = self._followed.setdefault(show_id, [])
        if show.state != "live" or not stream or any(one.stream == stream and not one.recorder for one in known):
            return
        one = _Followed(stream)
        known.append(one)
        one.task = asyncio.create_task(self._follow(show, one))

    def drop(self, show_id: str) -> None:
        """Show it no longer: its key is void."""
        self._said.pop(show_id, None)
        for one in self._followed.get(show_id, []):
            if one.task:
                one.task.cancel()

    async def standing(self, show_id: str) -> str:
        """"sending" while the picture is the encoder's, "ready" where it streams already, else what went wrong
        ("codec", "no_room", "refused", or "aside" where another films) or ""."""
        if any(one.recorder for one in self._followed.get(show_id, [])):
            return "sending"
        if said := self._said.get(show_id):
            return said
        return "ready" if await self._stream(show_id) else ""

    async def _follow(self, show: Show, one: _Followed) -> None:
        """Until it is no longer there: a stream that stalls is asked for again."""
        airing: Airing | None = None
        reason, url = "over", f"{self._shop.settings.rtmp.source}/{one.stream}"
        try:
            while reason == "over":
                airing = await self._broadcasts.take(show)
                reason = await follow(airing.live, url, partial(self._begun, show.id, airing, one))
                if reason == "refused" and await self._lost(show.id, airing):
                    reason = "over"
        except (NoRoom, OSError):
            log.warning("an encoder's picture could not be taken")
            reason = "no_room"
        finally:
            self._followed[show.id].remove(one)
            if airing:
                airing.cameras.pop(one.recorder, None)
        if reason == "nothing":
            await self._forget(show.id, one.stream)
        else:
            self._said[show.id] = reason

    async def _lost(self, show_id: str, airing: Airing) -> bool:
        """Whether the broadcast has ended under a show that goes on: there will be another."""
        if self._broadcasts.running(show_id) is airing:
            return False
        async with self._shop.db.read() as connection:
            return (await show_by_id(connection, show_id)).state == "live"

    def _begun(self, show_id: str, airing: Airing, one: _Followed, recorder: str) -> None:
        """The picture is this one's: phones and other encoders stand back, until one of them pushes it aside."""
        airing.cameras.pop(one.recorder, None)
        one.recorder = recorder
        airing.film(recorder)
        airing.cameras[recorder] = partial(self._stand_back, show_id, airing, one)

    def _stand_back(self, show_id: str, airing: Airing, one: _Followed) -> None:
        airing.cameras.pop(one.recorder, None)
        one.recorder, self._said[show_id] = "", "aside"
        if one.task:
            one.task.cancel()

    async def _stream(self, show_id: str) -> str:
        return (await self._kept(show_id))[1]

    async def _kept(self, show_id: str) -> tuple[str, str]:
        """Where the RTMP server has the show's stream: as it is kept, and opened; both "" where it has none."""
        async with self._shop.db.read() as connection:
            row = await SQL.encoder(connection, show_id=show_id)
        sealed = row["sealed"] if row else ""
        try:
            return sealed, self._shop.secrets.unseal(sealed, place=f"encoder:{show_id}") if sealed else ""
        except SecretLost:
            return "", ""

    async def _forget(self, show_id: str, stream: str) -> None:
        """Unless another has come meanwhile."""
        sealed, kept = await self._kept(show_id)
        if kept == stream:
            async with self._shop.db.write() as connection:
                await SQL.forget_stream(connection, show_id=show_id, sealed=sealed)

    def _seal(self, show_id: str, stream: str) -> str:
        return self._shop.secrets.seal(stream, place=f"encoder:{show_id}")
