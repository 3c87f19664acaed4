"""Where the shop's facts are kept: one interface, SQLite by default, PostgreSQL when asked."""

from __future__ import annotations

import secrets
import time
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from catalog.storage.sql import Connection


class Database(Protocol):
    """Both engines answer to this. `engine` is "sqlite" or "postgresql"."""

    engine: str

    async def open(self) -> None:
        """Connect and bring the tables up to date."""

    async def close(self) -> None:
        """End every connection."""

    def read(self) -> AbstractAsyncContextManager[Connection]:
        """A connection to read from."""

    def write(self) -> AbstractAsyncContextManager[Connection]:
        """A connection inside a write transaction: committed at the end, undone by any error.

        Keep it short: on SQLite there is one writer, and the others wait for it.
        """


def new_id() -> str:
    """A new row's id: 22 letters and digits, of which the first nine order by time."""
    return _base36(time.time_ns() // 1_000_000, 9) + _base36(secrets.randbits(64), 13)


def now_ms() -> int:
    """Milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


def _base36(number: int, width: int) -> str:
    digits = ""
    for _ in range(width):
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return digits
