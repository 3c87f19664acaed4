"""The outcomes of a post's steps, kept in its row by whoever has the turn."""

from __future__ import annotations

import json

from catalog.posts.publishers.queries import SQL
from catalog.posts.publishers.sending import VISIBLE_STEPS, Sending
from catalog.posts.publishers.subject import Guard
from catalog.storage.database import now_ms
from catalog.storage.shop import Shop


class Overtaken(Exception):
    """The facts have changed, or someone else has the turn: stop here, nothing more was done."""


class RowRecord:
    """See `Record` in steps.py. Every write asks whether the turn is still this one's."""

    def __init__(self, shop: Shop, sending: Sending, turn: str, *, guard: Guard | None, text: str,
                 kept: dict[str, str]) -> None:
        self.kept = dict(kept)
        self.begun = sending.begun
        self._shop, self._id, self._turn = shop, sending.id, turn
        self._guard, self._text = guard, text

    async def keep(self, name: str, value: str) -> None:
        """Write a step's outcome down; it is no longer begun."""
        self.kept[name] = value
        async with self._shop.db.write() as connection:
            row = await SQL.keep_step(connection, id=self._id, turn=self._turn, kept=json.dumps(self.kept),
                                      now_ms=now_ms())
        if row is None:
            raise Overtaken
        self.begun = ""

    async def begin(self, name: str) -> None:
        """Write down that the step begins, in the moment in which the facts are still what the text says."""
        async with self._shop.db.write() as connection:
            if self._guard and not self.is_seen and not await self._guard(connection):
                raise Overtaken
            row = await SQL.begin_step(connection, id=self._id, turn=self._turn, begun=name, text=self._text,
                                       now_ms=now_ms())
        if row is None:
            raise Overtaken
        self.begun = name

    @property
    def is_seen(self) -> bool:
        """Whether people may see something of it."""
        return bool(self.begun) or not VISIBLE_STEPS.isdisjoint(self.kept)

    async def forget(self) -> None:
        """Write down that nothing is left of any step."""
        self.kept = {}
        async with self._shop.db.write() as connection:
            row = await SQL.keep_step(connection, id=self._id, turn=self._turn, kept="{}", now_ms=now_ms())
        if row is None:
            raise Overtaken

    async def undo(self) -> None:
        """Write down that what was begun was not done."""
        async with self._shop.db.write() as connection:
            row = await SQL.undo_step(connection, id=self._id, turn=self._turn, now_ms=now_ms())
        if row is None:
            raise Overtaken
        self.begun = ""
