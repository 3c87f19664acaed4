"""How long recordings are kept, and how much of them: the oldest go first, and are told so two days before."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections import defaultdict
from pathlib import Path

from catalog.live.shows.model import Show
from catalog.live.shows.picture_pages import show_folder
from catalog.live.shows.queries import SQL
from catalog.storage.database import now_ms
from catalog.storage.shop import Shop

RECORDING_DAYS = 30
"""So long the pictures of a show are kept."""

MOST_BYTES = 6_000_000_000
"""Of one household, or of a village's team for its own shows: three to four hours, each some 0.7 GB whole, as much
again in pieces, and the phone's own."""

LEAST_FREE_BYTES = 2_000_000_000
"""Of the disk: what a show of an hour takes while it runs and is cut."""

WARNED_MS = 48 * 3600_000
"""A household that is told has so long to save what it wants to keep."""

DAY_MS = 24 * 3600_000

log = logging.getLogger("cho_phien.live")


def folder_bytes(folder: Path) -> int:
    """What a show's files take on the disk."""
    return sum(path.stat().st_size for path in folder.iterdir() if path.is_file()) if folder.is_dir() else 0


def kept_until(ended_ms: int, forget_ms: int | None) -> int:
    """When a recording goes."""
    return min(ended_ms + RECORDING_DAYS * DAY_MS, forget_ms or ended_ms + RECORDING_DAYS * DAY_MS)


async def holder_bytes(shop: Shop, show: Show) -> int:
    """What all recordings of whose show it is, a household's or a team's, take on the disk."""
    async with shop.db.read() as connection:
        rows = await SQL.recordings(connection)
    holder_id = show.village_id or show.household_id
    folders = [show_folder(shop.settings.data, row["show_id"]) for row in rows if row["holder_id"] == holder_id]
    return sum([await asyncio.to_thread(folder_bytes, folder) for folder in folders])


async def make_room(shop: Shop, *, most_bytes: int = MOST_BYTES, least_free: int = LEAST_FREE_BYTES) -> None:
    """Tell which recordings have to go in two days so that households, teams and the disk keep within their limits.

    One that was told so and for which there is room again meanwhile stays.
    """
    async with shop.db.read() as connection:
        rows = await SQL.recordings(connection)
    folders = {row["show_id"]: show_folder(shop.settings.data, row["show_id"]) for row in rows}
    sizes = {show_id: await asyncio.to_thread(folder_bytes, folder) for show_id, folder in folders.items()}
    free = (await asyncio.to_thread(shutil.disk_usage, shop.settings.data)).free
    going = going_of(
        [(row["show_id"], row["holder_id"]) for row in rows], sizes, lacking=least_free - free, most_bytes=most_bytes
    )
    async with shop.db.write() as connection:
        for row in rows:
            if (row["show_id"] in going) != (row["forget_ms"] is not None):
                await SQL.set_forgetting(connection, show_id=row["show_id"],
                                         forget_ms=now_ms() + WARNED_MS if row["show_id"] in going else None)


def going_of(shows: list[tuple[str, str]], sizes: dict[str, int], *, lacking: int, most_bytes: int) -> set[str]:
    """Those that have to go.

    `shows` are pairs of a show and whose it is, the newest first; `lacking` bytes of the disk are missing.
    """
    used: dict[str, int] = defaultdict(int)
    going = set()
    for show_id, holder_id in shows:
        used[holder_id] += sizes[show_id]
        if (
            used[holder_id] > most_bytes and used[holder_id] > sizes[show_id]
        ):  # the newest one stays, however large
            going.add(show_id)
    lacking -= sum(sizes[show_id] for show_id in going)
    for show_id, _ in reversed(shows):
        if lacking > 0 and show_id not in going:
            going.add(show_id)
            lacking -= sizes[show_id]
    return going


async def forget_pictures(shop: Shop, *, now: int | None = None) -> int:
    """How many shows lost their pictures just now: those older than RECORDING_DAYS, and those that were told so."""
    now = now or now_ms()
    async with shop.db.read() as connection:
        old = [row["id"] for row in await SQL.ended_before(connection, before_ms=now - RECORDING_DAYS * DAY_MS)]
        told = [
            row["show_id"] for row in await SQL.recordings(connection) if row["forget_ms"] and row["forget_ms"] <= now
        ]
    gone = 0
    for show_id in {*old, *told}:
        gone += await forget_show(shop, show_id)
    if gone:
        log.info("the pictures of %d shows were forgotten", gone)
    return gone


async def forget_show(shop: Shop, show_id: str) -> bool:
    """Whether a show's pictures were there; they are not any more. Clips made of them stay."""
    folder = show_folder(shop.settings.data, show_id)
    is_there = folder.is_dir()
    if is_there:
        await asyncio.to_thread(shutil.rmtree, folder, True)
    async with shop.db.write() as connection:
        await SQL.forget_pieces(connection, show_id=show_id)
        await SQL.forget_recording(connection, show_id=show_id)
    return is_there
