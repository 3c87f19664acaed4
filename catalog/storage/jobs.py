"""Runs the work that transactions promised: in process, in lanes, outliving any crash.

A job may run twice (the process died after the work, before the tick), so handlers must bear it.
A lane is a queue with its own runners, so that long work never keeps short work waiting.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from catalog.storage import queries
from catalog.storage.database import Database, new_id, now_ms
from catalog.storage.queries import FOREVER_MS, SQL, Job

LANES = {"quick": 2, "pictures": 2, "clips": 1, "networks": 2, "recordings": 1}
LEASE_MS = 60_000
IDLE_SECONDS = 5.0
PROGRESS_SECONDS = 0.4
KEEP_FINISHED_MS = 24 * 3600_000
ASKED_AGAIN_SECONDS = 1.0

log = logging.getLogger("cho_phien.jobs")

Report = Callable[[float], Awaitable[None]]
"""Called with 0..1 while the work goes on."""


@dataclass(frozen=True, slots=True)
class JobKind:
    """What a room can do in the background: `handler(context, job, report)`."""

    kind: str
    handler: Callable[[Any, Job, Report], Awaitable[None]]
    attempts: int = 4


class GiveUp(Exception):
    """Raised by a handler when another try would end the same way."""


@dataclass
class JobRunner:
    """Takes jobs from the table and runs their handlers with `context`."""

    db: Database
    kinds: dict[str, JobKind] = field(default_factory=dict)
    context: Any = None
    name: str = field(default_factory=new_id)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)
    _wakes: dict[str, asyncio.Event] = field(default_factory=dict)
    _running: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    def add(self, kinds: Iterable[JobKind]) -> None:
        """Make a room's kinds of work known."""
        self.kinds.update({kind.kind: kind for kind in kinds})

    async def open(self, context: Any) -> None:
        """Start; on SQLite, which has one process, whatever is marked as running is a dead one's."""
        self.context = context
        before = FOREVER_MS if self.db.engine == "sqlite" else now_ms()
        async with self.db.write() as connection:
            await SQL.requeue_abandoned(connection, before_ms=before, now_ms=now_ms())
        for lane, runners in LANES.items():
            self._wakes[lane] = asyncio.Event()
            self._tasks += [asyncio.create_task(self._run_lane(lane)) for _ in range(runners)]
        self._tasks.append(asyncio.create_task(self._keep_house()))

    async def close(self) -> None:
        """Stop at once; unfinished work goes on after the next start."""
        left = {*self._tasks, *self._running.values()}
        while left:
            # Asked again: before Python 3.12 a wait for a pool's connection may swallow a cancellation that meets it.
            for task in left:
                task.cancel()
            _, left = await asyncio.wait(left, timeout=ASKED_AGAIN_SECONDS)
        self._tasks.clear()

    def wake(self) -> None:
        """Look at the table now: called after the commit of a transaction that enqueued."""
        for event in self._wakes.values():
            event.set()

    async def cancel_for_subject(self, subject: str) -> None:
        """End all waiting and running work of one subject."""
        async with self.db.write() as connection:
            ended = await SQL.cancel_for_subject(connection, subject=subject, now_ms=now_ms())
        self.drop([row["id"] for row in ended])

    def drop(self, job_ids: Iterable[str]) -> None:
        """Stop what runs of jobs that a committed transaction has cancelled, and look for new work."""
        for job_id in job_ids:
            if task := self._running.get(job_id):
                task.cancel()
        self.wake()

    async def _run_lane(self, lane: str) -> None:
        while True:
            self._wakes[lane].clear()
            try:
                if (seconds := await self._until_due(lane)) > 0:
                    await self._rest(lane, seconds)
                    continue
                async with self.db.write() as connection:
                    job = await queries.claim(connection, lane=lane, runner=self.name, lease_ms=LEASE_MS)
                if job is None:
                    continue
            except Exception:
                log.exception("the table of jobs could not be read")
                await asyncio.sleep(IDLE_SECONDS)
                continue
            task = self._running[job.id] = asyncio.create_task(self._run(job))
            try:
                await asyncio.wait([task])
            finally:
                self._running.pop(job.id, None)

    async def _until_due(self, lane: str) -> float:
        """Seconds until the lane's next job is due, at most a while; read before the writer is asked."""
        async with self.db.read() as connection:
            row = await SQL.next_due(connection, lane=lane)
        due_ms = row["run_at_ms"] if row and row["run_at_ms"] is not None else FOREVER_MS
        return min(IDLE_SECONDS, (due_ms - now_ms()) / 1000)

    async def _rest(self, lane: str, seconds: float) -> None:
        # Not wait_for: before Python 3.12 it may swallow a cancellation that meets the wake-up.
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wakes[lane].wait()

    async def _run(self, job: Job) -> None:
        kind = self.kinds.get(job.kind)
        try:
            if kind is None:
                raise GiveUp(f"nobody knows how to do {job.kind}")
            await kind.handler(self.context, job, self._reporter(job))
        except GiveUp as reason:
            log.warning("job %s given up: %s", job.kind, reason)
            await self._finish(job, "failed", str(reason))
        except Exception as error:
            log.exception("job %s failed, try %d", job.kind, job.attempts)
            again = kind is not None and job.attempts < kind.attempts
            await self._finish(job, "queued" if again else "failed", type(error).__name__)
        else:
            await self._finish(job, "done")

    async def _finish(self, job: Job, state: str, error: str = "") -> None:
        wait_ms = 2 ** job.attempts * 500 if state == "queued" else 0
        now = now_ms()
        async with self.db.write() as connection:
            await SQL.finish(connection, id=job.id, state=state, error=error, run_at_ms=now + wait_ms, now_ms=now)

    def _reporter(self, job: Job) -> Report:
        last = 0.0

        async def report(share: float) -> None:
            nonlocal last
            if time.monotonic() - last < PROGRESS_SECONDS:
                return
            last = time.monotonic()
            async with self.db.write() as connection:
                await SQL.report_progress(connection, id=job.id, progress=int(share * 100), now_ms=now_ms())

        return report

    async def _keep_house(self) -> None:
        while True:
            await asyncio.sleep(LEASE_MS / 3000)
            now = now_ms()
            async with self.db.write() as connection:
                if self._running:
                    await SQL.renew(connection, runner=self.name, lease_until_ms=now + LEASE_MS)
                await SQL.requeue_abandoned(connection, before_ms=now, now_ms=now)
                await SQL.forget_finished(connection, before_ms=now - KEEP_FINISHED_MS)
