"""After a show: its whole recording with the pins as chapters, and the piece of each pin, copied without encoding.

Begun in the transaction that ends the show; it waits until the broadcast has finished its files, and a server that
was down meanwhile does it after its next start.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from catalog.live.shows.keeping import DAY_MS, RECORDING_DAYS, make_room
from catalog.live.shows.model import Show, ShowItem
from catalog.live.shows.picture_pages import show_folder
from catalog.live.shows.pins_shown import FOR_EVER_SECONDS, Pinned, pinned_of
from catalog.live.shows.queries import SQL, items_of, show_by_id
from catalog.live.shows.stage import CUT
from catalog.live.shows.takes import on_air, takes_of
from catalog.posts.filmed.offer import offer
from catalog.storage.database import now_ms
from catalog.storage.jobs import Report
from catalog.storage.queries import Job, enqueue
from catalog.storage.shop import Shop
from catalog.storage.sql import Connection
from media.live.spec import COVERED_FOOT, LEAVE_BYTES
from media.live.zero import zero_of
from media.pool import RenderPool

FULL, WHOLE = "full.m3u8", "whole.mp4"
OVER = "#EXT-X-ENDLIST"
LOOK_AGAIN_MS = 1_000
UNFINISHED_MS = 40_000
"""A worker finishes its files within seconds; one that died with the server never says so."""

CUT_SECONDS = 300.0
"""Ten hours of pictures from a slow disk."""


def piece_name(number: int) -> str:
    """The file of a pin's piece."""
    return f"piece-{number}.mp4"


async def cut_show(shop: Shop, job: Job, report: Report) -> None:
    """Cut what was filmed; nothing where no camera came, or where it is done."""
    show_id = job.payload["show_id"]
    async with shop.db.read() as connection:
        show = await show_by_id(connection, show_id)
        is_done = await SQL.recording(connection, show_id=show_id) is not None
        pinned, items = (
            await pinned_of(connection, show_id),
            {item.pin: item for item in await items_of(connection, show_id)},
        )
    folder = show_folder(shop.settings.data, show_id)
    if not (folder / FULL).is_file():
        return
    if not is_done and not await asyncio.to_thread(is_finished, folder) and now_ms() - (show.ended_ms or 0) < UNFINISHED_MS:
        async with shop.db.write() as connection:
            await _promise(connection, show_id, after_ms=LOOK_AGAIN_MS)
        return
    async with _cutter() as pool:
        if not is_done:
            await _cut_all(shop, pool, show, [one for one in pinned if one.pin in items], items)
        await _gather(pool, folder)
    await make_room(shop)


async def _cut_all(
    shop: Shop, pool: RenderPool, show: Show, pinned: list[Pinned], items: dict[str, ShowItem]
) -> None:
    """The whole, the pieces and the clips' takes; then what they were cut from goes."""
    folder = show_folder(shop.settings.data, show.id)
    whole = await _cut(pool, folder, WHOLE, 0.0, FOR_EVER_SECONDS, title=show.title,
                       chapters=[(one.begin, _title(items[one.pin])) for one in pinned])
    pieces = [(one, await _cut(pool, folder, piece_name(one.number), one.begin, one.end)) for one in pinned]
    await _offer_clips(shop, pool, show, pinned, items)
    async with shop.db.write() as connection:
        await SQL.add_recording(connection, show_id=show.id, seconds=whole, now_ms=now_ms())
        for one, seconds in pieces:
            if seconds:
                await SQL.add_piece(connection, show_id=show.id, number=one.number, pin=one.pin,
                                    listing_id=items[one.pin].listing.id, seconds=seconds)
    await asyncio.to_thread(_tidy, folder)


async def promise_uncut(shop: Shop) -> None:
    """Promise the pieces of shows that were left uncut: called at the start."""
    async with shop.db.write() as connection:
        for row in await SQL.uncut_shows(connection, since_ms=now_ms() - RECORDING_DAYS * DAY_MS):
            await _promise(connection, row["id"])


def is_finished(folder: Path) -> bool:
    """Whether the broadcast has said that nothing more comes."""
    return OVER in (folder / FULL).read_text()[-200:]


async def _promise(connection: Connection, show_id: str, *, after_ms: int = 0) -> None:
    due_ms = now_ms() + after_ms
    await enqueue(connection, CUT, key=f"{CUT}:{show_id}:{due_ms if after_ms else 0}", payload={"show_id": show_id},
                  run_at_ms=due_ms, lane="recordings")


@asynccontextmanager
async def _cutter() -> AsyncIterator[RenderPool]:
    """A process of its own: what it writes is larger than any clip, and no photo waits for it."""
    pool = RenderPool(max_workers=1, module="media.live.cutter")
    await pool.open()
    try:
        yield pool
    finally:
        await pool.close()


async def _gather(pool: RenderPool, folder: Path) -> None:
    """What each phone has sent, as a file of its own: last, as the room of what was recorded is free by then."""
    wish = {"folder": str(folder), "leave_bytes": LEAVE_BYTES}
    await pool.run("live_originals", wish, seconds_limit=CUT_SECONDS)


async def _cut(pool: RenderPool, folder: Path, name: str, begin: float, end: float, **more: object) -> float:
    wish = {"folder": str(folder), "begin": begin, "end": end, "out": str(folder / name), "leave_bytes": LEAVE_BYTES, **more}
    seconds: float = (await pool.run("live_piece", wish, seconds_limit=CUT_SECONDS))["seconds"]
    return seconds


async def _offer_clips(
    shop: Shop, pool: RenderPool, show: Show, pins: list[Pinned], items: dict[str, ShowItem]
) -> None:
    """A draft of a clip for each product that was seen long enough."""
    folder = show_folder(shop.settings.data, show.id)
    async with shop.db.read() as connection:
        changes = await SQL.picture_changes(connection, show_id=show.id)
    zero = await asyncio.to_thread(zero_of, folder)
    for pin, stretch in takes_of(pins, on_air(list(changes), zero, (show.ended_ms or now_ms()) / 1000 - zero)).items():
        take, item = folder / "take.mp4", items[pin]
        if not await _cut(pool, folder, take.name, stretch.begin, stretch.end):
            continue
        await offer(shop, take, household_id=item.listing.household_id, listing_id=item.listing.id, origin=show.id,
                    title=show.title, shown_ms=show.started_ms or show.starts_ms, covered=COVERED_FOOT,
                    lines=tuple(line.strip() for line in item.points.splitlines() if line.strip()),
                    until_ms=now_ms() + RECORDING_DAYS * DAY_MS)
        take.unlink(missing_ok=True)


def _title(item: ShowItem) -> str:
    return f"{item.pin} · {item.listing.name}"


def _tidy(folder: Path) -> None:
    """What is whole in `whole.mp4` lies on the disk once; where a worker never said that it is over, all stays.

    The last half minute of segments stays too: viewers are some seconds behind.
    """
    if is_finished(folder):
        for path in folder.glob("recording-*.mp4"):
            path.unlink(missing_ok=True)
