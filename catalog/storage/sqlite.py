"""SQLite through aiosqlite: one file in WAL mode, one writer, a few readers."""

from __future__ import annotations

import asyncio
import itertools
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import aiosqlite

from catalog.storage.migrate import migrate
from catalog.storage.sql import Connection

READERS = 2
BUSY_MS = 5_000

# FULL: a commit that was acknowledged outlives a power cut, not only a crash of this process.
PRAGMAS = ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON",
           f"PRAGMA busy_timeout = {BUSY_MS}", "PRAGMA cache_size = -4000")


class SQLiteDatabase:
    """The database in one file. See `Database` for what its verbs promise."""

    engine = "sqlite"

    def __init__(self, path: str) -> None:
        self.path = Path(path)
        self._connections: list[aiosqlite.Connection] = []
        self._writer: aiosqlite.Connection
        self._turns: Iterator[aiosqlite.Connection]
        self._writing = asyncio.Lock()

    async def open(self) -> None:
        """Connect and bring the tables up to date; the folder is made where it is missing.

        Raises `sqlite3.Error`, with the file's name in a note, where the file is no database of ours.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._writer = await self._connect()
            async with self.write() as connection:
                await migrate(connection, mark="?")
        except sqlite3.Error as error:
            error.add_note(f"The shop's database is {self.path}. A copy can be put back: scripts/backup.py --help")
            raise
        readers = [await self._connect() for _ in range(READERS)]
        for reader in readers:
            await reader.execute_fetchall("PRAGMA query_only = ON")
        self._turns = itertools.cycle(readers)

    async def close(self) -> None:
        """End every connection once its work is done; each has a thread that would keep the process alive."""
        while self._connections:
            await self._connections.pop().close()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Connection]:
        """A connection to read from: each statement sees the newest commit."""
        yield next(self._turns)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Connection]:
        """The writer inside `BEGIN IMMEDIATE`; waits for its turn."""
        async with self._writing:
            try:
                await self._writer.execute_fetchall("BEGIN IMMEDIATE")
                yield self._writer
                await self._writer.execute_fetchall("COMMIT")
            except BaseException:
                # Shielded: a cancelled request must not leave its transaction open for the next.
                await asyncio.shield(self._undo())
                raise

    async def _undo(self) -> None:
        # Asked in any case: a statement that was cancelled may still be waiting in the thread
        # before this one, so whether a transaction is open is known only there.
        with suppress(sqlite3.OperationalError):
            await self._writer.execute_fetchall("ROLLBACK")

    async def _connect(self) -> aiosqlite.Connection:
        connection = await aiosqlite.connect(self.path, isolation_level=None)
        self._connections.append(connection)
        connection.row_factory = sqlite3.Row
        for pragma in PRAGMAS:
            await connection.execute_fetchall(pragma)
        return connection
