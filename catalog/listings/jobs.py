"""Drawing in the background: each job runs in a process of its own and keeps what it made."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

from catalog.households.queries import household_by_id
from catalog.listings import queries
from catalog.listings.intake import forget_photo, sweep_unnamed
from catalog.listings.model import Listing
from catalog.listings.queries import SQL
from catalog.listings.renders import plan_renders
from catalog.listings.scratch import scratch_folder
from catalog.listings.specs import card_spec, spec_key
from catalog.storage.database import now_ms
from catalog.storage.jobs import GiveUp, JobKind, Report
from catalog.storage.queries import Job, enqueue
from catalog.storage.shop import Shop
from catalog.web.clock import local
from media.intake import media_files
from media.pool import RenderFailed
from media.spec import CardSpec

PICTURES_LIMIT_SECONDS = 60
CLIP_LIMIT_SECONDS = 240
UNCLAIMED_MS = 48 * 3600_000
SWEEP_EVERY_MS = 6 * 3600_000
SWEEP_MOST = 500
LOOKED_BACK_DAYS = 7
"""So long may the shop have been off when a certificate ended; pictures are drawn without it after the next start."""


async def make_pictures(shop: Shop, job: Job, report: Report) -> None:
    """The pictures of the job's roles."""
    await _render(shop, job, "pictures", job.payload["roles"], PICTURES_LIMIT_SECONDS, report)


async def make_clip(shop: Shop, job: Job, report: Report) -> None:
    """The clip."""
    await _render(shop, job, "clip", ["clip"], CLIP_LIMIT_SECONDS, report)


async def make_page_pictures(shop: Shop, job: Job, report: Report) -> None:
    """The small pictures that pages show of one photo."""
    photo_id = job.payload["photo_id"]
    async with shop.db.read() as connection:
        row = await SQL.photo_by_id(connection, id=photo_id, household_id=job.payload["household_id"])
        if row is None or await SQL.files_of_photo(connection, photo_id=photo_id):
            return
    async with scratch_folder(shop) as folder:
        done = await _run(shop, "page_pictures", {"photo": str(shop.objects.path(row["object_key"]))}, folder,
                          PICTURES_LIMIT_SECONDS, report)
        await _keep(shop, done, photo_id=photo_id)


async def sweep_photos(shop: Shop, job: Job, report: Report) -> None:
    """Forget photos that nobody made a listing of and files without a name, draw anew what shows an ended certificate, promise the next sweep."""
    async with shop.db.read() as connection:
        rows = await SQL.unclaimed_photos(connection, before_ms=now_ms() - UNCLAIMED_MS, most=SWEEP_MOST)
    for row in rows:
        await forget_photo(shop, household_id=row["household_id"], photo_id=row["id"])
    await sweep_unnamed(shop)
    await _hide_ended_certificates(shop)
    async with shop.db.write() as connection:
        due_ms = now_ms() + SWEEP_EVERY_MS
        await enqueue(connection, "listings.sweep", key=f"listings.sweep:{due_ms // SWEEP_EVERY_MS}", run_at_ms=due_ms)


async def _hide_ended_certificates(shop: Shop) -> None:
    today = local(now_ms()).date()
    async with shop.db.read() as connection:
        rows = await SQL.certificates_that_ended(connection, before=today.isoformat(),
                                                 after=(today - timedelta(days=LOOKED_BACK_DAYS)).isoformat())
    for row in rows:
        async with shop.db.write() as connection:
            ended = await plan_renders(connection, row["listing_id"], public_url=shop.settings.public_url)
        shop.jobs.drop(ended)


async def promise_sweep(shop: Shop) -> None:
    """Called at the start, so that the chain of sweeps never ends."""
    async with shop.db.write() as connection:
        await enqueue(connection, "listings.sweep", key=f"listings.sweep:{now_ms() // SWEEP_EVERY_MS}",
                      run_at_ms=now_ms() + UNCLAIMED_MS // 48)


async def _render(shop: Shop, job: Job, op: str, roles: list[str], limit: float, report: Report) -> None:
    async with shop.db.read() as connection:
        row = await SQL.listing_by_id(connection, id=job.payload["listing_id"])
        if row is None:
            return
        listing = queries.to_listing(row)
        household = await household_by_id(connection, listing.household_id)
        parts = await queries.parts_of_listing(connection, listing.id)
        files = await queries.files_of_listing(connection, listing.id)
    key = job.payload["spec_key"]
    made = {file.role for file in files if file.spec_key == key}
    lacking = [role for role in roles if role not in made]
    spec: CardSpec = card_spec(listing, household, parts, public_url=shop.settings.public_url,
                               stock_said=row["stock_said"], folder=shop.objects.folder)
    if spec_key(spec) != key:
        await _plan_anew(shop, job, listing)
        return
    if not lacking:  # A job may run twice; the first time did it.
        return
    async with scratch_folder(shop) as folder:
        done = await _run(shop, op, {"spec": spec.to_json(), "roles": lacking}, folder, limit, report)
        await _keep(shop, done, spec_key=key, listing_id=listing.id)


async def _plan_anew(shop: Shop, job: Job, listing: Listing) -> None:
    """What the pictures show has changed under the job: by the seller, who promised new ones, or the household's name."""
    async with shop.db.write() as connection:
        ended = await plan_renders(connection, listing.id, public_url=shop.settings.public_url)
    shop.jobs.drop(job_id for job_id in ended if job_id != job.id)


async def _run(shop: Shop, op: str, wish: dict[str, Any], folder: Path, limit: float, report: Report) -> dict[str, Any]:
    loop, waiting = asyncio.get_running_loop(), set[asyncio.Task[None]]()

    def told(share: float) -> None:
        task = loop.create_task(_report(report, share))
        waiting.add(task)
        task.add_done_callback(waiting.discard)

    try:
        return await shop.pool.run(op, {**wish, "out_dir": str(folder)}, seconds_limit=limit, on_progress=told)
    except RenderFailed as error:
        if error.reason == "broken":
            raise GiveUp(str(error)) from error
        raise
    finally:
        for task in waiting:
            task.cancel()


async def _report(report: Report, share: float) -> None:
    await report(share)


async def _keep(shop: Shop, done: dict[str, Any], *, spec_key: str = "", listing_id: str | None = None,
                photo_id: str | None = None) -> None:
    async with shop.objects.naming:
        files = [(file, await shop.objects.keep(file.path)) for file in media_files(done)]
        async with shop.db.write() as connection:
            for file, object_key in files:
                await queries.add_file(
                    connection, role=file.role, object_key=object_key, spec_key=spec_key,
                    content_type=file.content_type, width=file.width, height=file.height, size=file.bytes,
                    seconds=file.seconds, listing_id=listing_id, photo_id=photo_id)


JOBS = (
    JobKind("listings.pictures", make_pictures, attempts=3),
    JobKind("listings.clip", make_clip, attempts=2),
    JobKind("listings.page_pictures", make_page_pictures, attempts=3),
    JobKind("listings.sweep", sweep_photos),
)
