"""Comments of a network taken into the show, each once, in the transaction that moves the cursor."""

from __future__ import annotations

from itertools import groupby

from catalog.errors import Conflict
from catalog.households.queries import household_by_id
from catalog.live.shows.comments import Said, take_comments
from catalog.live.shows.queries import lock_show, show_by_id
from catalog.live.sources.model import Batch, Incoming, Source
from catalog.live.sources.queries import SQL, set_state
from catalog.live.sources.youtube import day_of
from catalog.storage.database import now_ms
from catalog.storage.shop import Shop
from catalog.storage.sql import Connection

MOST_AT_ONCE = 25
"""Whoever presses a button meanwhile waits for no more than these."""

EARLY_MS = 10 * 60_000
"""Words from before the show began are no orders of it; some begin to order while the camera is being set up."""


async def take_batch(shop: Shop, source: Source, batch: Batch, *, chat: str = "") -> int:
    """How many were new. Raises `Conflict` where the show is not on air or the source was taken away."""
    taken = 0
    parts = [batch.comments[at:at + MOST_AT_ONCE] for at in range(0, len(batch.comments), MOST_AT_ONCE)] or [()]
    for index, part in enumerate(parts):
        is_last = index == len(parts) - 1
        async with shop.db.write() as connection:
            show = await lock_show(connection, source.show_id)
            new = await _take(connection, source, part)
            # The cursor moves with the last part: what a crash leaves over is read again and known again.
            row = await SQL.go_on(connection, id=source.id, cursor=batch.cursor if is_last else source.cursor, chat=chat,
                                  taken=new, now_ms=now_ms())
            if row is None or show.state != "live":
                raise Conflict
            if batch.units and is_last:
                await SQL.count_units(connection, household_id=show.household_id, day=day_of(now_ms()), units=batch.units)
            await set_state(connection, source, "reading", batch.reason)
        taken += new
    if taken:
        shop.jobs.wake()
    return taken


async def _take(connection: Connection, source: Source, part: tuple[Incoming, ...]) -> int:
    show = await show_by_id(connection, source.show_id)
    household = await household_by_id(connection, show.household_id)
    since_ms = (show.started_ms or 0) - EARLY_MS
    fresh = []
    for one in part:
        marked = await SQL.mark_comment(connection, show_id=show.id, network=source.network, external_id=one.id,
                                        source_id=source.id, at_ms=one.at_ms)
        if marked is not None and one.at_ms >= since_ms:
            fresh.append(one)
    for (is_seller, author), group in groupby(fresh, key=lambda one: (one.is_seller, one.author if one.is_seller else "")):
        await take_comments(connection, show, [Said(one.author, one.text, source.network, one.at_ms) for one in group],
                            seller=author if is_seller else household.name)
    ids = await SQL.last_comments(connection, show_id=show.id, most=len(fresh)) if fresh else []
    for one, row in zip(fresh, reversed(list(ids)), strict=True):
        await SQL.name_comment(connection, show_id=show.id, network=source.network, external_id=one.id, comment_id=row["id"])
    return len(fresh)
