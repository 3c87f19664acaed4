"""The storage room's own statements: the table of jobs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from catalog.storage.database import new_id, now_ms
from catalog.storage.sql import Connection, sql

SQL = sql(__file__)

FOREVER_MS = 1 << 60


@dataclass(frozen=True, slots=True)
class Job:
    """One claimed piece of work. `attempts` counts this one."""

    id: str
    kind: str
    job_key: str
    subject: str
    payload: dict[str, Any]
    attempts: int


@dataclass(frozen=True, slots=True)
class JobState:
    """How a piece of work stands. `progress` is percent; `error` is for logs, not for visitors."""

    kind: str
    job_key: str
    state: str
    progress: int
    created_ms: int
    changed_ms: int


async def enqueue(connection: Connection, kind: str, *, key: str, subject: str = "",
                  payload: dict[str, Any] | None = None, lane: str = "quick", priority: int = 50,
                  run_at_ms: int = 0) -> bool:
    """Whether the job is new: one of the same `key` that still waits or runs serves for both.

    Written in the caller's transaction, so the work is promised exactly when the facts are.
    """
    row = await SQL.enqueue(connection, id=new_id(), kind=kind, job_key=key, subject=subject,
                            payload=json.dumps(payload or {}), lane=lane, priority=priority,
                            run_at_ms=run_at_ms, now_ms=now_ms())
    return row is not None


async def claim(connection: Connection, *, lane: str, runner: str, lease_ms: int) -> Job | None:
    """The most urgent job that is due in the lane, now this runner's, or None."""
    now = now_ms()
    row = await SQL.claim(connection, lane=lane, runner=runner, lease_until_ms=now + lease_ms, now_ms=now)
    if row is None:
        return None
    return Job(row["id"], row["kind"], row["job_key"], row["subject"], json.loads(row["payload"]), row["attempts"])


async def jobs_of_subject(connection: Connection, subject: str) -> list[JobState]:
    """All work for one subject (a listing's id), the oldest first."""
    rows = await SQL.jobs_of_subject(connection, subject=subject)
    return [JobState(row["kind"], row["job_key"], row["state"], row["progress"], row["created_ms"],
                     row["changed_ms"]) for row in rows]
