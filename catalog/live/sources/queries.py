"""The statements of comment sources, with plain data in and out."""

from __future__ import annotations

from typing import Any

from catalog.live.shows.queries import lock_show, note
from catalog.live.sources.model import Source
from catalog.storage.sql import Connection, sql

SQL = sql(__file__)


def to_source(row: Any) -> Source:
    """A source from its columns."""
    return Source(row["id"], row["show_id"], row["network"], row["account_id"], row["address"], row["chat"], row["title"],
                  row["cursor"], row["state"], row["reason"], row["wait_until_ms"], row["taken"], row["last_ms"],
                  row["removed_ms"] is not None)


async def sources_of(connection: Connection, show_id: str) -> list[Source]:
    """The show's sources, the oldest first."""
    return [to_source(row) for row in await SQL.sources_of_show(connection, show_id=show_id)]


async def source_by_id(connection: Connection, source_id: str) -> Source | None:
    """The source, also a removed one, or None."""
    row = await SQL.source_by_id(connection, id=source_id)
    return to_source(row) if row else None


async def held_back(connection: Connection, show_id: str) -> set[str]:
    """The sources of a team's show that go by the Page of a household that has not agreed: nothing is done with it."""
    return {row["id"] for row in await SQL.held_back(connection, show_id=show_id)}


async def set_state(connection: Connection, source: Source, state: str, reason: str = "",
                    wait_until_ms: int | None = None) -> bool:
    """Whether this is news; then it is an event of the show."""
    await lock_show(connection, source.show_id)
    if await SQL.set_state(connection, id=source.id, state=state, reason=reason, wait_until_ms=wait_until_ms) is None:
        return False
    await note(connection, source.show_id, "source", source=source.id, state=state)
    return True
