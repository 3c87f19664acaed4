"""Rendering processes, started when there is work and gone soon after it.

Standard library only: the server imports this and must stay light. A clip never takes the last
worker, so it holds up no photo. A worker that dies, hangs or is cancelled takes nothing with it.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from media.workers.child import Child, RenderFailed, RenderTimedOut, WorkerDied
from media.workers.limits import MEMORY_BYTES

__all__ = ["RenderFailed", "RenderPool", "RenderTimedOut", "WorkerDied"]

LONG_OPS = frozenset({"clip", "clip_square", "clip_aired"})


def _unheard(share: float) -> None:
    """Progress that nobody follows."""


class RenderPool:
    """At most `max_workers` processes; each is ended `idle_seconds` after its last work.

    `memory_bytes` bounds each of them. Work is begun in the order in which it is asked for, but
    at most `max_workers - 1` clips are made at once.
    """

    def __init__(
        self,
        *,
        max_workers: int = 2,
        idle_seconds: float = 20.0,
        memory_bytes: int = MEMORY_BYTES,
        module: str = "media.workers.worker",
    ) -> None:
        self._max_workers = max_workers
        self._idle_seconds = idle_seconds
        self._memory_bytes = memory_bytes
        self._module = module
        self._room = asyncio.Semaphore(max_workers)
        self._room_for_long = asyncio.Semaphore(max(1, max_workers - 1))
        self._children: set[Child] = set()
        self._idle: dict[Child, asyncio.TimerHandle] = {}
        self._endings: set[asyncio.Task[None]] = set()
        self._warming: asyncio.Task[None] | None = None
        self._numbers = itertools.count(1)
        self._is_open = False

    async def open(self) -> None:
        """Ready to be asked; no process is started yet."""
        self._is_open = True

    async def close(self) -> None:
        """End every worker. Work still under way raises WorkerDied where it is awaited."""
        self._is_open = False
        if self._warming:
            await asyncio.wait({self._warming})
        for timer in self._idle.values():
            timer.cancel()
        self._idle.clear()
        for child in list(self._children):
            self._end(child)
        await asyncio.gather(*self._endings)

    @property
    def pids(self) -> list[int]:
        """The process ids of the workers that run now."""
        return [child.pid for child in self._children]

    def warm(self) -> None:
        """Start a worker if none waits and there is room, so that it has its libraries loaded
        when the first photo is there. Called when an upload begins; returns at once."""
        if not self._is_open or self._idle or self._warming or len(self._children) >= self._max_workers:
            return
        self._warming = asyncio.create_task(self._warm())

    async def run(
        self,
        op: str,
        arguments: dict[str, Any],
        *,
        seconds_limit: float,
        on_progress: Callable[[float], None] = _unheard,
    ) -> dict[str, Any]:
        """What media/workers/ops.py says for `op`; `on_progress` is told 0 to 1 in the event loop.

        `arguments` must be fit for JSON. The time counts from when a worker has the work, with its
        start but without the waiting in line. Raises RenderFailed, or of its kind RenderTimedOut
        and WorkerDied. Cancelling the caller kills the work.
        """
        if not self._is_open:
            raise RuntimeError("the pool is not open")
        wish = {"id": next(self._numbers), "op": op, **arguments}
        async with self._turn(op):
            child = await self._take()
            try:
                async with asyncio.timeout(seconds_limit):
                    return await child.ask(wish, on_progress)
            except TimeoutError as late:
                self._end(child)
                raise RenderTimedOut("too_slow", f"{op} took over {seconds_limit:g} s") from late
            except RenderFailed:
                raise
            except BaseException:  # cancelled, or `on_progress` failed: the work still goes on
                self._end(child)
                raise
            finally:
                self._give_back(child)

    @asynccontextmanager
    async def _turn(self, op: str) -> AsyncIterator[None]:
        """Wait for a worker's place; long work waits for a long one first."""
        if op not in LONG_OPS:
            async with self._room:
                yield
            return
        async with self._room_for_long, self._room:
            yield

    async def _take(self) -> Child:
        """The worker that waited the shortest, which has most in memory, or a new one."""
        if self._warming and not self._idle:
            await asyncio.wait({self._warming})
        while self._idle:
            child, timer = self._idle.popitem()
            timer.cancel()
            if child.is_usable:
                return child
            self._end(child)
        return await self._start()

    async def _start(self) -> Child:
        # Ended by us after idle_seconds; its own, longer limit holds should we forget.
        child = await Child.start(self._module, self._memory_bytes, self._idle_seconds * 2)
        self._children.add(child)
        return child

    async def _warm(self) -> None:
        try:
            self._give_back(await self._start())
        finally:
            self._warming = None

    def _give_back(self, child: Child) -> None:
        """Keep it for more work for a while, unless it has ended or is about to."""
        if child not in self._children:
            return
        if not self._is_open or not child.is_usable:
            self._end(child)
            return
        loop = asyncio.get_running_loop()
        self._idle[child] = loop.call_later(self._idle_seconds, self._retire, child)

    def _retire(self, child: Child) -> None:
        del self._idle[child]
        self._end(child)

    def _end(self, child: Child) -> None:
        """Kill it, if it still lives, and count it out; what is left to wait for is waited for
        apart, so that whoever was let down hears of it at once."""
        child.kill()
        self._children.discard(child)
        ending = asyncio.create_task(child.gone())
        self._endings.add(ending)
        ending.add_done_callback(self._endings.discard)
