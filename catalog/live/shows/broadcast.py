"""The broadcasts that run now, one a show: opened when a camera comes, told of pins, ended with the show."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from catalog.live.shows.cards import Cards, card_words
from catalog.live.shows.disk import is_worth_telling
from catalog.live.shows.model import Show, ShowItem
from catalog.live.shows.picture_pages import show_folder
from catalog.live.shows.queries import SQL, is_muted, items_of, note, show_by_id
from catalog.storage.secrets import SecretLost
from catalog.storage.shop import Shop
from media.live.spec import (
    LONGEST_MINUTES,
    Acked,
    DestinationState,
    Ended,
    Event,
    LiveSpec,
    OnAir,
    Refused,
    Restarted,
    Slate,
    Stats,
    TurnedAway,
)
from media.live.supervisor import Broadcast
from media.pool import RenderFailed

FRESH_SECONDS = 2
"""So old may the card's words become."""

MOST_AT_ONCE = 8
"""Broadcasts that one machine of two cores is known to bear."""

log = logging.getLogger("cho_phien.live")

Listener = Callable[[Event], None]


class NoRoom(Exception):
    """As many shows are filmed at once as this machine bears."""


@dataclass
class Airing:
    """One running broadcast and what it last said. `places` maps a destination's id to its state and reason.

    `cameras` maps a connection (`RECORDER/…`) to what tells it that another films; `retired` are the recorders that
    were told so.
    """

    live: Broadcast
    cards: Cards
    pinning: asyncio.Lock = field(default_factory=asyncio.Lock)
    listeners: set[Listener] = field(default_factory=set)
    picture: str = "waiting"
    level_db: float = -90.0
    minutes_left: int = LONGEST_MINUTES
    told_minutes: int = LONGEST_MINUTES
    places: dict[str, tuple[str, str]] = field(default_factory=dict)
    listening: asyncio.Task[None] | None = None
    card: dict[str, object] = field(default_factory=dict)
    pinned: str = ""
    drawing: asyncio.Task[None] | None = None
    cameras: dict[str, Callable[[], None]] = field(default_factory=dict)
    retired: set[str] = field(default_factory=set)
    filming: str = ""
    is_muted: bool = False

    def film(self, connection: str) -> None:
        """A camera's slice came: where it is another recorder's than the last, that one's turn is over."""
        recorder, before = recorder_of(connection), self.filming
        if recorder == before or recorder in self.retired:
            return
        self.filming = recorder
        if before:
            self.retired.add(before)
        for name, retire in list(self.cameras.items()):
            if recorder_of(name) == before:
                retire()


class Broadcasts:
    """Owned by the app's lifespan; every method may be called by any number of tasks."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._airings: dict[str, Airing] = {}
        self._lock = asyncio.Lock()
        self._endings: set[asyncio.Task[None]] = set()

    async def close(self) -> None:
        """Stop all at once, their files as they are: a camera that comes back after the restart goes on with them."""
        for airing in list(self._airings.values()):
            await airing.live.cut()
            await self._forget(airing)
        self._airings.clear()
        await asyncio.gather(*self._endings, return_exceptions=True)

    def running(self, show_id: str) -> Airing | None:
        """The show's broadcast, or None where no camera has come."""
        return self._airings.get(show_id)

    async def take(self, show: Show) -> Airing:
        """The show's broadcast, opened now if there is none. Raises `NoRoom`, or OSError where it can't be started."""
        async with self._lock:
            if airing := self._airings.get(show.id):
                return airing
            if len(self._airings) >= MOST_AT_ONCE:
                raise NoRoom
            live = await Broadcast.open(LiveSpec(folder=show_folder(self._shop.settings.data, show.id)))
            airing = self._airings[show.id] = Airing(live, Cards(self._shop))
            airing.listening = asyncio.create_task(self._listen(show.id, airing))
        # Not waited for: the picture is worth more than its card.
        airing.drawing = asyncio.create_task(self._freshen(show.id, airing))
        await self.sound(show.id)
        await self.send_on(show.id)
        return airing

    async def pin(self, show_id: str) -> None:
        """Lay the card of what is pinned now over the picture, drawn anew where something on it has changed."""
        if airing := self._airings.get(show_id):
            async with airing.pinning:
                await self._pin(show_id, airing)

    async def _pin(self, show_id: str, airing: Airing) -> list[ShowItem]:
        """The show's products as they stand, the pinned one's card laid over the picture."""
        async with self._shop.db.read() as connection:
            show, items = await show_by_id(connection, show_id), await items_of(connection, show_id)
        item = next((one for one in items if one.pin == show.pinned), None)
        words = card_words(item, self._shop.settings.public_url) if item else {}
        if airing.card == words:
            return items
        airing.card = words
        try:
            png = await airing.cards.card(words) if words else None
            seconds = await airing.live.pin(png, show.pinned)
            if airing.pinned != show.pinned:
                airing.pinned = show.pinned
                await self._note(show_id, "shown", pin=show.pinned, seconds=round(seconds, 3))
        except (RenderFailed, Refused, TimeoutError, ValueError, OSError) as error:
            if isinstance(error, TimeoutError):
                airing.card = {}  # asked for again at the next look
            log.warning("a pinned product's card could not be laid over the picture", exc_info=True)
        return items

    async def _freshen(self, show_id: str, airing: Airing) -> None:
        """What is left changes by orders that come from anywhere: on the card, and on those that may be next."""
        async with airing.pinning:
            items = await self._pin(show_id, airing)
        try:
            await airing.cards.draw_ahead(items)
        except (RenderFailed, OSError):
            log.warning("a product's card could not be drawn ahead", exc_info=True)

    async def sound(self, show_id: str) -> None:
        """Let the sound through or not, as the control room last said."""
        if airing := self._airings.get(show_id):
            async with self._shop.db.read() as connection:
                airing.is_muted = await is_muted(connection, show_id)
            await airing.live.mute(airing.is_muted)

    async def send_on(self, show_id: str) -> None:
        """Send the picture to the show's destinations as they are kept now; those that were removed are let go."""
        airing = self._airings.get(show_id)
        if airing is None:
            return
        async with self._shop.db.read() as connection:
            rows = await SQL.destinations(connection, show_id=show_id)
        kept = {row["id"]: row["sealed"] for row in rows}
        for gone in airing.places.keys() - kept.keys():
            await airing.live.destination(gone, None)
            airing.places.pop(gone, None)
        for id, sealed in kept.items():
            if id in airing.places:
                continue
            airing.places[id] = ("connecting", "")
            try:
                await airing.live.destination(id, self._shop.secrets.unseal(sealed, place=f"destination:{id}"))
            except (SecretLost, ValueError, Refused):
                airing.places[id] = ("waiting", "refused")

    def end(self, show_id: str) -> None:
        """Go off air; the files are finished in the background."""
        if airing := self._airings.pop(show_id, None):
            task = asyncio.create_task(self._end(airing))
            self._endings.add(task)
            task.add_done_callback(self._endings.discard)

    async def _end(self, airing: Airing) -> None:
        try:
            await airing.live.end()
        except Exception:
            log.exception("a broadcast could not be ended in good order")
        await self._forget(airing)

    async def _forget(self, airing: Airing) -> None:
        for task in (airing.listening, airing.drawing):
            if task:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task

    async def _listen(self, show_id: str, airing: Airing) -> None:
        async for event in airing.live.events():
            match event:
                case Stats(level_db=level, seconds=seconds, minutes_left=minutes):
                    airing.level_db = level
                    await self._disk(show_id, airing, minutes)
                    if int(seconds) % FRESH_SECONDS == 0 and (airing.drawing is None or airing.drawing.done()):
                        airing.drawing = asyncio.create_task(self._freshen(show_id, airing))
                case OnAir():
                    await self._picture(show_id, airing, "on_air")
                case Slate() | Restarted():
                    await self._picture(show_id, airing, "slate")
                case DestinationState(id=id, state=state, reason=reason) if id in airing.places:
                    airing.places[id] = (state, reason)
                    await self._note(show_id, "place", state=state)
                case Ended():
                    self._airings.pop(show_id, None)
                    if airing.drawing:
                        airing.drawing.cancel()
                case Acked() | TurnedAway() | _:
                    pass
            for listener in list(airing.listeners):
                listener(event)

    async def _picture(self, show_id: str, airing: Airing, picture: str) -> None:
        if airing.picture != picture:
            airing.picture = picture
            await self._note(show_id, "picture", picture=picture)

    async def _disk(self, show_id: str, airing: Airing, minutes_left: int) -> None:
        airing.minutes_left = minutes_left
        if is_worth_telling(airing.told_minutes, minutes_left):
            airing.told_minutes = minutes_left
            await self._note(show_id, "disk", minutes=minutes_left)

    async def _note(self, show_id: str, what: str, **detail: object) -> None:
        """Tell the control room. What can't be written down now is seen at the next look."""
        try:
            async with self._shop.db.write() as connection:
                await note(connection, show_id, what, **detail)
        except Exception:
            log.exception("an event of a broadcast could not be written down")


def recorder_of(connection: str) -> str:
    """The recorder's name in a connection's."""
    return connection.partition("/")[0]
