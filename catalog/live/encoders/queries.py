"""The statements of shows' encoders."""

from __future__ import annotations

from catalog.live.shows.model import Show
from catalog.live.shows.queries import to_show
from catalog.storage.sql import Connection, sql

SQL = sql(__file__)


async def show_of_key(connection: Connection, digest: str) -> Show | None:
    """The show that the key films, to come or on air; None for any other key."""
    row = await SQL.show_of_key(connection, digest=digest)
    return to_show(row) if row else None
