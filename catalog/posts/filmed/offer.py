"""A filmed clip from its offer to its end: promised, kept, made again, given up."""

from __future__ import annotations

import json
from pathlib import Path

from catalog.errors import Conflict
from catalog.listings.intake import drop_unnamed
from catalog.posts.filmed.queries import SQL
from catalog.storage.database import new_id, now_ms
from catalog.storage.queries import enqueue
from catalog.storage.shop import Shop
from catalog.storage.sql import Connection

MAKE = "posts.filmed"


async def offer(shop: Shop, source: Path, *, household_id: str, listing_id: str, origin: str, title: str, shown_ms: int,
                lines: tuple[str, ...], covered: float, until_ms: int) -> None:
    """Take in a copy of `source` and promise its clip, once for an origin and a listing."""
    async with shop.objects.naming:
        key = await shop.objects.keep(source)
        async with shop.db.write() as connection:
            if await SQL.clip_of_origin(connection, origin=origin, listing_id=listing_id) is not None:
                return
            filmed_id = new_id()
            await SQL.add_clip(
                connection,
                id=filmed_id,
                household_id=household_id,
                listing_id=listing_id,
                origin=origin,
                title=title,
                shown_ms=shown_ms,
                lines=json.dumps(lines, ensure_ascii=False),
                covered=covered,
                until_ms=until_ms,
                now_ms=now_ms(),
            )
            await SQL.add_file(
                connection, filmed_id=filmed_id, role="source", object_key=key, bytes=source.stat().st_size, seconds=0.0
            )
            await _promise(connection, filmed_id)


async def make_again(connection: Connection, filmed_id: str) -> None:
    """Promise the clip anew, of what the listing says now. Raises `Conflict` while it is made. Wake the job runner."""
    if await SQL.begin_again(connection, id=filmed_id) is None:
        raise Conflict
    await _promise(connection, filmed_id)


async def give_up(shop: Shop, filmed_id: str) -> None:
    """Forget the clip and its files; nothing happens where there is none."""
    async with shop.objects.naming:
        async with shop.db.write() as connection:
            rows = await SQL.drop_files(connection, filmed_id=filmed_id)
            await SQL.forget_texts(connection, filmed_id=filmed_id)
            await SQL.drop_clip(connection, id=filmed_id)
        await drop_unnamed(shop, {row["object_key"] for row in rows})


async def forget_filmed(shop: Shop) -> None:
    """Give up what nobody kept in its days."""
    async with shop.db.read() as connection:
        rows = await SQL.clips_over(connection, now_ms=now_ms())
    for row in rows:
        await give_up(shop, row["id"])


async def _promise(connection: Connection, filmed_id: str) -> None:
    await enqueue(
        connection, MAKE, key=f"{MAKE}:{filmed_id}", payload={"filmed_id": filmed_id}, lane="clips", priority=70
    )
