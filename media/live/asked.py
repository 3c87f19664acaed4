"""The card that a broadcast shows: asked of its worker, answered with the moment from which it is seen, and asked of
the next worker again where one has died with the question."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from typing import Any

# Longer than a worker may hang until it is replaced.
_ANSWER_SECONDS = 10.0

Say = Callable[[dict[str, Any], bytes], Awaitable[None]]


class Asked:
    """The questions of one broadcast; `say` sends a message to whichever worker there is."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._numbers = itertools.count(1)
        self._newest = 0
        self._answers: dict[int, asyncio.Future[float]] = {}
        self._card: tuple[bytes, str] = b"", ""

    async def show(self, png: bytes | None, name: str) -> float:
        """Lay a card over the picture, or with None take it away; the second of the output clock from which it shows.
        ValueError if it can't be drawn, TimeoutError if no worker answers."""
        number = self._newest = next(self._numbers)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        before, self._card = self._card, (png, name) if png else (b"", "")
        try:
            await self._say({"pin": number, "name": name}, png or b"")
            return await asyncio.wait_for(answer, _ANSWER_SECONDS)
        except ValueError:
            self._card = before
            raise
        finally:
            self._answers.pop(number, None)

    async def again(self) -> None:
        """Ask a new worker for what stands, under its own number: who waits for it is answered, also for no card."""
        await self._say({"pin": self._newest, "name": self._card[1]}, self._card[0])

    def hear(self, head: dict[str, Any]) -> None:
        """A worker's answer. Workers answer in order: what is older was lost with one that died, and this stands in
        its place."""
        for number, answer in self._answers.items():
            if number > head["pinned"] or answer.done():
                continue
            if head.get("failed"):
                answer.set_exception(ValueError("the card cannot be drawn"))
            else:
                answer.set_result(head["seconds"])

    def give_up(self, error: Exception) -> None:
        """No worker answers any more."""
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(error)
