"""One post in steps, each outcome kept before the next begins, so that a second run never posts twice."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

from catalog.posts.publishers.model import Failed, NoAnswer, NotSure, Refused, Trouble, TryAgain

LOOK_AFTER_SECONDS = 3.0
"""A network needs a moment until a new post stands in its lists."""

Call = Callable[[], Awaitable[str]]


class Record(Protocol):
    """Where outcomes are kept. `begun` is the step that may be half done: what people see begins to be there."""

    kept: dict[str, str]
    begun: str

    async def keep(self, name: str, value: str) -> None:
        """Write a step's outcome down; it is no longer begun."""

    async def begin(self, name: str) -> None:
        """Write down that the step begins. Raises where the post is no longer wanted as it is."""

    async def undo(self) -> None:
        """Write down that what was begun was not done."""


class Steps:
    """The steps of one post on one network."""

    def __init__(self, record: Record, *, look_after_seconds: float = LOOK_AFTER_SECONDS) -> None:
        self._record = record
        self._look_after_seconds = look_after_seconds

    async def step(self, name: str, call: Call) -> str:
        """The outcome of a step that does no harm when it is done twice."""
        if (known := self._record.kept.get(name)) is not None:
            return known
        try:
            value = await call()
        except NoAnswer as silence:
            raise TryAgain(silence.reason, detail=silence.detail) from None
        await self._record.keep(name, value)
        return value

    async def once(self, name: str, call: Call, look: Call | None = None, *, proves: bool = False) -> str:
        """The outcome of a step that must not be done twice.

        `look` asks the network whether it was done: the outcome, or "" where it isn't there. `proves`
        tells that not being there proves that it wasn't done. Raises `NotSure` where nobody can tell.
        """
        if (known := self._record.kept.get(name)) is not None:
            return known
        if self._record.begun == name and (found := await self._look_for(name, look, proves=proves)):
            return found
        await self._record.begin(name)
        try:
            value = await call()
        except Failed as failure:
            # Not being there is proof enough beside the network's own word that it broke.
            if found := await self._look_for(name, look, proves=True):
                return found
            raise failure from None
        except (TryAgain, Refused):
            await self._record.undo()
            raise
        except NoAnswer as silence:
            if found := await self._look_for(name, look, proves=proves):
                return found
            raise TryAgain(silence.reason, detail=silence.detail) from None
        await self._record.keep(name, value)
        return value

    async def _look_for(self, name: str, look: Call | None, *, proves: bool) -> str:
        """The outcome, now kept; "" where it certainly wasn't done. Raises `NotSure`."""
        if look is None:
            raise NotSure(can_look=False) from None
        await asyncio.sleep(self._look_after_seconds)
        try:
            found = await look()
        except Trouble:
            raise NotSure(can_look=True) from None
        if found:
            await self._record.keep(name, found)
        elif proves:
            await self._record.undo()
        else:
            raise NotSure(can_look=True)
        return found
