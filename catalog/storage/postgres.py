"""PostgreSQL through psycopg, for shops that outgrow one machine: the same `.sql`, a pool."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from psycopg import AsyncConnection
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool

from catalog.storage.migrate import migrate
from catalog.storage.sql import Connection

CONNECTIONS = 8
MIGRATION_LOCK = 0x43484F50
"""Two servers that start at once must not both run the migrations: an advisory lock's number."""


class PostgresDatabase:
    """The database behind a PostgreSQL address. See `Database` for what its verbs promise."""

    engine = "postgresql"

    def __init__(self, url: str) -> None:
        self._pool: AsyncConnectionPool[AsyncConnection[dict[str, object]]] = AsyncConnectionPool(
            url, min_size=1, max_size=CONNECTIONS, open=False, kwargs={"row_factory": dict_row})

    async def open(self) -> None:
        """Connect and bring the tables up to date."""
        await self._pool.open(wait=True)
        async with self.write() as connection:
            await connection.execute("SELECT pg_advisory_xact_lock(%s)", (MIGRATION_LOCK,))
            await migrate(connection, mark="%s")

    async def close(self) -> None:
        """End every connection."""
        await self._pool.close()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Connection]:
        """A connection from the pool, in a transaction of its own."""
        async with self._pool.connection() as connection:
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Connection]:
        """A connection inside a transaction."""
        async with self._pool.connection() as connection, connection.transaction():
            yield connection
