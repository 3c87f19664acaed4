"""The posts room's statements: the texts that people have rewritten, orders by channel."""

from __future__ import annotations

from catalog.listings.model import Listing
from catalog.storage.database import now_ms
from catalog.storage.sql import Connection, sql

SQL = sql(__file__)


async def edited_texts(connection: Connection, listing_id: str) -> dict[str, str]:
    """The texts that a person wrote, by network."""
    return {row["network"]: row["text"] for row in await SQL.texts_of_listing(connection, listing_id=listing_id)}


async def keep_text(connection: Connection, listing_id: str, network: str, text: str) -> None:
    """Keep a person's text; an empty one gives the composed text back."""
    if text:
        await SQL.keep_text(connection, listing_id=listing_id, network=network, text=text, now_ms=now_ms())
    else:
        await SQL.forget_text(connection, listing_id=listing_id, network=network)


async def orders_by_channel(connection: Connection, listing_id: str) -> dict[str, int]:
    """How many orders each channel letter brought; "" is the plain link."""
    rows = await SQL.orders_by_channel(connection, listing_id=listing_id)
    return {row["channel"]: int(row["orders"]) for row in rows}


async def rank_of(connection: Connection, listing: Listing) -> int:
    """How many listings the household had made before this one."""
    row = await SQL.rank_of_listing(connection, household_id=listing.household_id, created_ms=listing.created_ms,
                                    id=listing.id)
    return int(row["rank"])
