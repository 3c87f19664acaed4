"""A room's `queries.sql`, loaded once for each engine and called through one name.

`sql(__file__)` reads the file beside the caller. Every query then is a coroutine
`room.name(connection, **parameters)` whose result depends on its mark in the file:
`^` one row or None, `!` the number of rows changed, `*!` None for many changes at once, which are given
as `rows=[{parameters}, …]`, none a list of rows.
Rows answer to `row["column"]`. `RETURNING` is read by `^` or by a list.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiosql
from aiosql.adapters.aiosqlite import AioSQLiteAdapter
from aiosql.types import SQLOperationType

from catalog.errors import Invalid

Connection = Any
"""An aiosqlite or a psycopg connection, inside `Database.read()` or `Database.write()`."""


class OneHopAdapter(AioSQLiteAdapter):
    """aiosql's adapter with one trip to the connection's thread a statement instead of three.

    The trip costs more than the statement: executing, fetching and closing apart trebles it.
    """

    async def select(self, conn: Connection, _query_name: str, sql: str, parameters: Any,
                     record_class: Any = None) -> Any:
        for row in await conn.execute_fetchall(sql, parameters):
            yield row

    async def select_one(self, conn: Connection, _query_name: str, sql: str, parameters: Any,
                         record_class: Any = None) -> Any:
        rows = await conn.execute_fetchall(sql, parameters)
        return rows[0] if rows else None


aiosql.register_adapter("aiosqlite-one-hop", OneHopAdapter)


class RoomQueries:
    """The queries of one room, for whichever engine the connection at hand belongs to."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engines: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        if name.startswith("_"):
            raise AttributeError(name)

        async def call(connection: Connection, **parameters: Any) -> Any:
            if any(isinstance(value, str) and "\0" in value for value in parameters.values()):
                raise Invalid  # PostgreSQL keeps no such text; SQLite would, and confuse whoever reads it.
            query = getattr(self._of(connection), name)
            if query.operation is SQLOperationType.INSERT_UPDATE_DELETE_MANY:
                return await query(connection, parameters.get("rows", [parameters]))
            result = query(connection, **parameters)
            if hasattr(result, "__aiter__"):
                return [row async for row in result]
            return await result

        self.__dict__[name] = call
        return call

    def names(self) -> list[str]:
        """The names of all queries in the file."""
        return [name for name in self._load("aiosqlite-one-hop").available_queries if not name.endswith("_cursor")]

    def _of(self, connection: Connection) -> Any:
        adapter = "aiosqlite-one-hop" if type(connection).__module__.startswith("aiosqlite") else "apsycopg"
        return self._engines.get(adapter) or self._load(adapter)

    def _load(self, adapter: str) -> Any:
        queries = aiosql.from_path(self.path, adapter, mandatory_parameters=False)
        self._engines[adapter] = queries
        return queries


def sql(module_file: str) -> RoomQueries:
    """The queries of the `queries.sql` beside `module_file`."""
    return RoomQueries(Path(module_file).with_name("queries.sql"))
