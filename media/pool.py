"""Rendering processes, started when there is work and gone soon after it.

Standard library only: the server imports this and must stay light. Two lanes keep a clip from
holding up a photo. A worker that dies, hangs or is cancelled takes nothing with it.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LONG_OPS = frozenset({"clip"})
LINE_BYTES = 1 << 20


class RenderFailed(Exception):
    """The worker refused or failed: `reason` is a key (a `PhotoFault`, "memory", "fault"), `detail` for logs."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class RenderTimedOut(RenderFailed):
    """The work took longer than it may; its process was killed."""


class WorkerDied(RenderFailed):
    """The process ended in the middle of the work, by a crash or for lack of memory."""


@dataclass(eq=False)
class Worker:
    """One process. Its whole session is killed at once, children included."""

    process: asyncio.subprocess.Process
    used_at: float = field(default_factory=time.monotonic)

    @property
    def is_alive(self) -> bool:
        """Whether it may be given work."""
        return self.process.returncode is None

    async def ask(self, wish: dict[str, Any], on_progress: Callable[[float], None]) -> dict[str, Any]:
        """What the worker answers; raises `RenderFailed` or `WorkerDied`."""
        assert self.process.stdin is not None and self.process.stdout is not None
        with suppress(BrokenPipeError, ConnectionResetError):
            self.process.stdin.write(json.dumps(wish, ensure_ascii=False).encode() + b"\n")
            await self.process.stdin.drain()
        while line := await self.process.stdout.readline():
            said = json.loads(line)
            if "progress" in said:
                on_progress(said["progress"])
            elif "failed" in said:
                raise RenderFailed(said["failed"]["reason"], said["failed"]["detail"])
            else:
                done: dict[str, Any] = said["done"]
                return done
        raise WorkerDied("died", f"exit code {await self.process.wait()}")

    async def end(self) -> None:
        """Kill it and everything it started."""
        if self.is_alive:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
        await self.process.wait()


class Lane:
    """Workers for one sort of work, at most `width` at once."""

    def __init__(self, width: int) -> None:
        self.free = asyncio.Semaphore(width)
        self.idle: list[Worker] = []

    async def take(self) -> Worker:
        """A waiting worker, or a new one."""
        while self.idle:
            worker = self.idle.pop()
            if worker.is_alive:
                return worker
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "media.worker", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            cwd=ROOT, limit=LINE_BYTES, start_new_session=True)
        return Worker(process)


class RenderPool:
    """The processes that render. `idle_seconds` after its last work a worker is ended."""

    def __init__(self, *, max_workers: int = 2, idle_seconds: float = 20.0) -> None:
        self.idle_seconds = idle_seconds
        self._lanes = {"quick": Lane(max_workers), "long": Lane(1)}
        self._ids = itertools.count(1)
        self._keeper: asyncio.Task[None] | None = None
        self._warming: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Begin to watch for idle workers; none is started yet."""
        self._keeper = asyncio.create_task(self._end_idle())

    async def close(self) -> None:
        """End every worker. Callers cancel their running work before."""
        tasks = [*self._warming, *([self._keeper] if self._keeper else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for lane in self._lanes.values():
            for worker in lane.idle:
                await worker.end()
            lane.idle.clear()

    def warm(self) -> None:
        """Start a worker with its libraries loaded, if none waits: called when an upload begins."""
        lane = self._lanes["quick"]
        if lane.idle or lane.free.locked() or self._warming:
            return
        task = asyncio.create_task(self._warm())
        self._warming.add(task)
        task.add_done_callback(self._warming.discard)

    async def run(self, op: str, arguments: dict[str, Any], *, seconds_limit: float,
                  on_progress: Callable[[float], None] = lambda _: None) -> dict[str, Any]:
        """The op's result. Raises `RenderFailed`, `RenderTimedOut` or `WorkerDied`.

        The time counts from when a worker takes the wish. Cancelling the caller kills the work.
        """
        lane = self._lanes["long" if op in LONG_OPS else "quick"]
        wish = {"id": next(self._ids), "op": op, **arguments}
        async with lane.free:
            worker = await lane.take()
            try:
                async with asyncio.timeout(seconds_limit):
                    done = await worker.ask(wish, on_progress)
            except TimeoutError as late:
                await worker.end()
                raise RenderTimedOut("too_slow", f"{op} took over {seconds_limit:g} s") from late
            except RenderFailed:
                await self._give_back(lane, worker)
                raise
            except BaseException:
                await worker.end()
                raise
            await self._give_back(lane, worker)
            return done

    async def _give_back(self, lane: Lane, worker: Worker) -> None:
        worker.used_at = time.monotonic()
        if worker.is_alive:
            lane.idle.append(worker)

    async def _warm(self) -> None:
        with suppress(RenderFailed):
            await self.run("warm", {}, seconds_limit=30)

    async def _end_idle(self) -> None:
        while True:
            await asyncio.sleep(min(5.0, self.idle_seconds / 2))
            before = time.monotonic() - self.idle_seconds
            for lane in self._lanes.values():
                for worker in [one for one in lane.idle if one.used_at < before or not one.is_alive]:
                    lane.idle.remove(worker)
                    await worker.end()
