"""The shows' background work: holds and flash prices that end, recordings that are cut, what is forgotten."""

from __future__ import annotations

from catalog.live.shows.cutting import cut_show, promise_uncut
from catalog.live.shows.hold import END_HOLD, end_hold
from catalog.live.shows.keeping import DAY_MS, forget_pictures, make_room
from catalog.live.shows.model import COMMENT_DAYS
from catalog.live.shows.queries import SQL, lock_show, note
from catalog.live.shows.stage import CUT, END_FLASH, end_flash
from catalog.live.telling.poster import JOBS as POSTER_JOBS
from catalog.live.telling.poster import POSTER_DAYS, forget_posters
from catalog.posts.filmed.offer import forget_filmed
from catalog.storage.database import now_ms
from catalog.storage.jobs import JobKind, Report
from catalog.storage.queries import Job, enqueue
from catalog.storage.shop import Shop
from catalog.storage.sql import Connection

FORGET = "live.forget"
FIRST_MS = 90_000


async def end_one_hold(shop: Shop, job: Job, report: Report) -> None:
    """Give the goods of a draft back that nobody answered in time; the draft waits on without them."""
    async with shop.db.write() as connection:
        show_id = await end_hold(connection, job.payload["draft_id"])
        if show_id is not None:
            await note(connection, show_id, "hold_over", draft=job.payload["draft_id"])


async def end_one_flash(shop: Shop, job: Job, report: Report) -> None:
    """Put the price of before back when a flash price is over."""
    async with shop.db.write() as connection:
        await lock_show(connection, job.payload["show_id"])
        await end_flash(connection, job.payload["show_id"], job.payload["pin"], only_if_over=True)


async def forget_comments(connection: Connection, *, before_ms: int) -> None:
    """Erase the comments and drafts of shows that ended before then; orders and events stay."""
    await SQL.forget_drafts(connection, before_ms=before_ms)
    await SQL.forget_comments(connection, before_ms=before_ms)


async def forget(shop: Shop, job: Job, report: Report) -> None:
    """Forget comments and pictures that nobody needs any more; then promise tomorrow's forgetting."""
    async with shop.db.write() as connection:
        await forget_comments(connection, before_ms=now_ms() - COMMENT_DAYS * DAY_MS)
    await forget_pictures(shop)
    await forget_filmed(shop)
    await make_room(shop)
    await forget_posters(shop, before_ms=now_ms() - POSTER_DAYS * DAY_MS)
    await promise_forgetting(shop, after_ms=DAY_MS)


async def promise_forgetting(shop: Shop, *, after_ms: int = FIRST_MS) -> None:
    """Promise the day's forgetting, and what was left uncut; called at the start, and by each day's for the next."""
    await promise_uncut(shop)
    due_ms = now_ms() + after_ms
    async with shop.db.write() as connection:
        await enqueue(connection, FORGET, key=f"{FORGET}:{due_ms // DAY_MS}", run_at_ms=due_ms)


JOBS = (JobKind(END_HOLD, end_one_hold), JobKind(END_FLASH, end_one_flash), JobKind(FORGET, forget),
        JobKind(CUT, cut_show), *POSTER_JOBS)
