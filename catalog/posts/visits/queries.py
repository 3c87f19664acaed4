"""The statements about visits, with plain data in and out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from catalog.storage.sql import Connection, sql

SQL = sql(__file__)

Seen = tuple[str, str, str]
"""A listing's id, a channel's letter ("" for the plain link), a day as YYYY-MM-DD in Vietnam."""


async def add_visits(connection: Connection, counts: Mapping[Seen, int]) -> None:
    """Add to what is counted. In one order always: two servers that add at once must not wait for each other."""
    rows = [{"listing_id": seen[0], "channel": seen[1], "day": seen[2], "visits": counts[seen]} for seen in sorted(counts)]
    await SQL.add_visits(connection, rows=rows)


async def visits_by_channel(connection: Connection, listing_id: str) -> dict[str, int]:
    """How often the listing's page was ever opened through each channel."""
    rows = await SQL.visits_of_listing(connection, listing_id=listing_id)
    return {row["channel"]: int(row["visits"]) for row in rows}


async def visits_of_household(connection: Connection, household_id: str, *, since: str) -> dict[tuple[str, str], int]:
    """Visits from that day on, by listing and channel."""
    return _numbers(await SQL.visits_of_household(connection, household_id=household_id, since=since), "visits")


async def orders_of_household(connection: Connection, household_id: str, *, since_ms: int) -> dict[tuple[str, str], int]:
    """Orders placed from then on that stand, by listing and channel."""
    return _numbers(await SQL.orders_of_household(connection, household_id=household_id, since_ms=since_ms), "orders")


async def sum_old_days(connection: Connection, *, before: str) -> None:
    """Put all days before that one into one row for each listing and channel."""
    await SQL.sum_old_days(connection, before=before)
    await SQL.drop_old_days(connection, before=before)


def _numbers(rows: list[Any], column: str) -> dict[tuple[str, str], int]:
    return {(row["listing_id"], row["channel"]): int(row[column]) for row in rows}
