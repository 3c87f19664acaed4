"""A show's posters: what they show, promised whenever that changes before the show, drawn in the background."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from catalog.households.queries import household_by_id
from catalog.listings.intake import drop_unnamed
from catalog.listings.queries import parts_of_listing
from catalog.listings.scratch import scratch_folder
from catalog.listings.specs import card_spec, spec_key
from catalog.live.shows.announce import day_lines
from catalog.live.shows.model import Show, ShowItem
from catalog.live.shows.queries import items_of, lock_show, show_by_id
from catalog.live.shows.sellers import owners_of, seller_of
from catalog.live.telling.queries import SQL
from catalog.storage.database import now_ms
from catalog.storage.jobs import GiveUp, JobKind, Report
from catalog.storage.queries import Job, enqueue
from catalog.storage.shop import Shop
from catalog.storage.sql import Connection
from catalog.web.clock import clock
from media.intake import media_files
from media.pool import RenderFailed
from media.qr import link_payload
from media.spec import MOST_ON_POSTER, CardSpec, PosterSpec

POSTER_JOB = "live.poster"
ROLES = ("feed", "story", "preview")
DRAW_SECONDS = 60
POSTER_DAYS = 30
"""So long after a show its posters are kept: links to it in old posts still show them."""

MOST_LOOKED_AT = 8
"""Of so many goods the first four with a photo are shown: looking at all twenty takes longer than it is worth."""


@dataclass(frozen=True, slots=True)
class Poster:
    """One finished picture. `version` is another one when it shows something else."""

    role: str
    version: str
    object_key: str
    width: int
    height: int
    bytes: int

    @property
    def key(self) -> str:
        """The part of its version that stands in addresses."""
        return self.version[:12]


async def poster_spec(connection: Connection, show: Show, *, public_url: str, folder: Path | None = None) -> PosterSpec:
    """What the posters show now: goods with a photo first, none that is sold out while others are left.

    Without `folder` the files' keys stand for their paths.
    """
    items = await items_of(connection, show.id)
    seller, owners = await seller_of(connection, show), await owners_of(connection, show)
    left = [item for item in items if not item.listing.is_sold_out] or items
    specs = [await _card(connection, item, public_url, folder) for item in left[:MOST_LOOKED_AT]]
    chosen = sorted(specs, key=lambda one: not one.photos)[:MOST_ON_POSTER]
    more, link = len(left) - len(chosen), public_url + show.path
    place = seller.place if seller.is_team else seller.household.place
    return PosterSpec(seller.code, show.title, clock(show.starts_ms), day_lines(show.starts_ms),
                      f"{seller.said[:1].upper()}{seller.said[1:]}{f' · {place}' if place else ''}",
                      link_payload(link), link.split("://", 1)[-1], tuple(chosen),
                      tuple(one.household for one in chosen) if owners else (), f"và {more} món nữa" if more else "")


def poster_key(spec: PosterSpec) -> str:
    """The digest of all that the posters show; `spec` was made without a folder."""
    told = [spec.to_json() | {"goods": [spec_key(one) for one in spec.goods]}]
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]


async def plan_posters(connection: Connection, show: Show, *, public_url: str) -> str:
    """The key of what the posters should show now; where they don't, new ones are promised.

    "" where there is nothing to show: then there are none any more, and their files go with the day's sweep.
    """
    spec = await poster_spec(connection, show, public_url=public_url)
    if not spec.goods:
        await SQL.drop_show_pictures(connection, show_id=show.id)
        return ""
    key = poster_key(spec)
    if {one.version for one in await posters_of(connection, show.id)} != {key}:
        await enqueue(connection, POSTER_JOB, key=f"{POSTER_JOB}:{show.id}:{key}", subject=show.id,
                      payload={"show_id": show.id}, lane="pictures", priority=15)
    return key


async def wish_posters(shop: Shop, show: Show) -> str:
    """The same on its own, for a page that is looked at: prices and photos may have changed meanwhile."""
    async with shop.db.read() as connection:
        spec = await poster_spec(connection, show, public_url=shop.settings.public_url)
        key = poster_key(spec) if spec.goods else ""
        drawn = {one.version for one in await posters_of(connection, show.id)}
    if drawn == ({key} if key else set()):
        return key
    async with shop.db.write() as connection:
        key = await plan_posters(connection, show, public_url=shop.settings.public_url)
    shop.jobs.wake()
    return key


async def posters_of(connection: Connection, show_id: str) -> list[Poster]:
    """The posters as they were drawn last."""
    return [Poster(row["role"], row["spec_key"], row["object_key"], row["width"], row["height"], row["bytes"])
            for row in await SQL.pictures_of_show(connection, show_id=show_id)]


async def draw_posters(shop: Shop, show_id: str) -> list[Poster]:
    """The posters of this moment, drawn now unless they have been; none without goods. Raises `RenderFailed`."""
    public_url = shop.settings.public_url
    async with shop.db.read() as connection:
        show = await show_by_id(connection, show_id)
        spec = await poster_spec(connection, show, public_url=public_url, folder=shop.objects.folder)
        drawn = await posters_of(connection, show_id)
    key = poster_key(dataclasses.replace(spec, goods=tuple(_named(one) for one in spec.goods)))
    if not spec.goods:
        return []
    if {one.version for one in drawn} == {key}:
        return drawn
    async with scratch_folder(shop) as folder:
        done = await shop.pool.run("show_poster", {"poster": spec.to_json(), "out_dir": str(folder)},
                                   seconds_limit=DRAW_SECONDS)
        async with shop.objects.naming:
            kept = [(file, await shop.objects.keep(file.path)) for file in media_files(done)]
            async with shop.db.write() as connection:
                # Drawing takes seconds: what a household has taken back meanwhile is not put on show again.
                fresh = await poster_spec(connection, await lock_show(connection, show_id), public_url=public_url)
                is_true = poster_key(fresh) == key
                for file, object_key in kept if is_true else ():
                    await SQL.keep_show_picture(connection, show_id=show_id, role=file.role, spec_key=key,
                                                object_key=object_key,
                                                width=file.width, height=file.height, bytes=file.bytes, now_ms=now_ms())
            await drop_unnamed(shop, {one.object_key for one in drawn} | {object_key for _, object_key in kept})
    if not is_true:
        return await draw_posters(shop, show_id)
    return [Poster(file.role, key, object_key, file.width, file.height, file.bytes) for file, object_key in kept]


async def draw_promised(shop: Shop, job: Job, report: Report) -> None:
    """The posters of the job's show; a second run finds them done."""
    try:
        await draw_posters(shop, job.payload["show_id"])
    except RenderFailed as error:
        if error.reason == "broken":
            raise GiveUp(str(error)) from error
        raise


async def forget_posters(shop: Shop, *, before_ms: int) -> None:
    """Drop the posters of shows that ended before then."""
    async with shop.objects.naming:
        async with shop.db.write() as connection:
            rows = await SQL.forget_show_pictures(connection, before_ms=before_ms)
        await drop_unnamed(shop, {row["object_key"] for row in rows})


async def _card(connection: Connection, item: ShowItem, public_url: str, folder: Path | None) -> CardSpec:
    listing = item.listing
    household = await household_by_id(connection, listing.household_id)
    parts = await parts_of_listing(connection, listing.id)
    parts = dataclasses.replace(parts, photos=parts.photos[:1], voice=None, pieces=())
    return card_spec(listing, household, parts, public_url=public_url, stock_said="", folder=folder)


def _named(spec: CardSpec) -> CardSpec:
    return dataclasses.replace(spec, photos=tuple(Path(path.name) for path in spec.photos))


JOBS = (JobKind(POSTER_JOB, draw_promised, attempts=3),)
