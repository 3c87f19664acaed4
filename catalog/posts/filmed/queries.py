"""The statements of filmed clips."""

from __future__ import annotations

import json
from typing import Any

from catalog.posts.filmed.model import FilmedClip, FilmedFile
from catalog.storage.sql import Connection, sql

SQL = sql(__file__)

MOST_SHOWN = 6
"""A listing's newest; the rest is reached from the shows' reports."""


async def clip_by_id(connection: Connection, filmed_id: str) -> FilmedClip | None:
    """The clip with its files, or None."""
    row = await SQL.clip_by_id(connection, id=filmed_id)
    return await _whole(connection, row) if row else None


async def clips_of_listing(connection: Connection, listing_id: str) -> list[FilmedClip]:
    """The newest first."""
    return [
        await _whole(connection, row)
        for row in await SQL.clips_of_listing(connection, listing_id=listing_id, most=MOST_SHOWN)
    ]


async def clips_of_origin(connection: Connection, origin: str) -> dict[str, FilmedClip]:
    """What was cut from one show, by listing."""
    return {
        row["listing_id"]: await _whole(connection, row) for row in await SQL.clips_of_origin(connection, origin=origin)
    }


async def _whole(connection: Connection, row: Any) -> FilmedClip:
    files = {file["role"]: FilmedFile(file["role"], file["object_key"], file["bytes"], file["seconds"])
             for file in await SQL.files(connection, filmed_id=row["id"])}
    return FilmedClip(row["id"], row["household_id"], row["listing_id"], row["origin"], row["title"], row["shown_ms"],
                      tuple(json.loads(row["lines"])), row["covered"], row["state"], row["price_vnd"], row["until_ms"],
                      row["created_ms"], files)
