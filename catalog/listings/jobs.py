"""Drawing in the background: each job runs in a process of its own and keeps what it made."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from catalog.households.queries import household_by_id
from catalog.listings import queries
from catalog.listings.intake import forget_photo, sweep_unnamed
from catalog.listings.model import KeptFile, Listing
from catalog.listings.queries import SQL
from catalog.listings.renders import CLIP_JOB, COMPANIONS, SQUARE_JOB, plan_renders
from catalog.listings.scratch import scratch_folder
from catalog.listings.specs import card_spec, spec_key
from catalog.storage.database import now_ms
from catalog.storage.jobs import GiveUp, JobKind, Report
from catalog.storage.queries import Job, enqueue
from catalog.storage.shop import Shop
from catalog.web.clock import local
from media.intake import media_files
from media.pool import RenderFailed
from media.spec import CardSpec, MediaFile

PICTURES_LIMIT_SECONDS = 60
CLIP_LIMIT_SECONDS = 240
COMPANIONS_LIMIT_SECONDS = 40
UNCLAIMED_MS = 48 * 3600_000
SWEEP_EVERY_MS = 6 * 3600_000
SWEEP_MOST = 500
LOOKED_BACK_DAYS = 7
"""So long may the shop have been off when a certificate ended; pictures are drawn without it after the next start."""

log = logging.getLogger("cho_phien.listings")


async def make_pictures(shop: Shop, job: Job, report: Report) -> None:
    """The pictures of the job's roles."""
    await _render(shop, job, "pictures", job.payload["roles"], PICTURES_LIMIT_SECONDS, report)


async def make_clip(shop: Shop, job: Job, report: Report) -> None:
    """The clip, and of it a poster, a silent copy and a moving preview."""
    await _render(shop, job, "clip", ["clip"], CLIP_LIMIT_SECONDS, report)
    await _render_companions(shop, job, report)


async def make_square_clip(shop: Shop, job: Job, report: Report) -> None:
    """The clip at 1:1."""
    await _render(shop, job, "clip_square", ["clip-square"], CLIP_LIMIT_SECONDS, report)


async def make_page_pictures(shop: Shop, job: Job, report: Report) -> None:
    """The small pictures that pages show of one photo."""
    photo_id = job.payload["photo_id"]
    async with shop.db.read() as connection:
        row = await SQL.photo_by_id(connection, id=photo_id, household_id=job.payload["household_id"])
        if row is None or (await SQL.files_of_photo(connection, photo_id=photo_id) and not job.payload.get("again")):
            return
    wish = {"photo": str(shop.objects.path(row["object_key"])), "focus": queries.to_photo(row).focus}
    async with scratch_folder(shop) as folder:
        done = await _run(shop, "page_pictures", wish, folder, PICTURES_LIMIT_SECONDS, report)
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
        listing = queries.to_listing(row, await queries.tiers_of_listing(connection, row["id"]))
        household = await household_by_id(connection, listing.household_id)
        parts = await queries.parts_of_listing(connection, listing.id)
    key = job.payload["spec_key"]
    made = await _made(shop, listing.id, key)
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


async def _render_companions(shop: Shop, job: Job, report: Report) -> None:
    """The clip stands by now: should its companions fail, it is none the worse."""
    key, listing_id = job.payload["spec_key"], job.payload["listing_id"]
    made = await _made(shop, listing_id, key)
    if "clip" not in made or made.keys() >= set(COMPANIONS):
        return
    clip = MediaFile(shop.objects.path(made["clip"].object_key), "clip", made["clip"].width, made["clip"].height,
                     made["clip"].bytes, made["clip"].content_type, made["clip"].seconds)
    async with scratch_folder(shop) as folder:
        try:
            wish = {"clip": {**asdict(clip), "path": str(clip.path)}}
            done = await _run(shop, "clip_extras", wish, folder, COMPANIONS_LIMIT_SECONDS, report)
        except (GiveUp, RenderFailed) as error:
            log.warning("a clip has no companions: %s", error)
            return
        await _keep(shop, done, spec_key=key, listing_id=listing_id)


async def _made(shop: Shop, listing_id: str, key: str) -> dict[str, KeptFile]:
    async with shop.db.read() as connection:
        files = await queries.files_of_listing(connection, listing_id)
    return {file.role: file for file in files if file.spec_key == key}


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
        left_out = ", ".join(done.get("warnings", ()))
        async with shop.db.write() as connection:
            if photo_id:  # cut anew around another point: the old ones go in the same moment
                await SQL.drop_photo_files(connection, id=photo_id)
            for file, object_key in files:
                await queries.add_file(
                    connection, role=file.role, object_key=object_key, spec_key=spec_key,
                    content_type=file.content_type, width=file.width, height=file.height, size=file.bytes,
                    seconds=file.seconds, listing_id=listing_id, photo_id=photo_id, left_out=left_out)


JOBS = (
    JobKind("listings.pictures", make_pictures, attempts=3),
    JobKind(CLIP_JOB, make_clip, attempts=2),
    JobKind(SQUARE_JOB, make_square_clip, attempts=2),
    JobKind("listings.page_pictures", make_page_pictures, attempts=3),
    JobKind("listings.sweep", sweep_photos),
)
