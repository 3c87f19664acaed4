"""Which pictures and clips a listing needs, promised in the transaction that changed it.

Pictures say the stock as the seller last wrote it: orders take from the stock all the time, and a
picture in somebody's chat can't follow them. The buyer's page is where the number is live.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from catalog.households.queries import household_by_id
from catalog.listings import queries
from catalog.listings.model import KeptFile, Listing, left_text
from catalog.listings.queries import SQL
from catalog.listings.specs import card_spec, spec_key
from catalog.storage.database import now_ms
from catalog.storage.queries import SQL as STORAGE
from catalog.storage.queries import JobState, enqueue, jobs_of_subject
from catalog.storage.sql import Connection
from media.spec import PICTURE_ROLES

FIRST_ROLE = "square"
CLIP_WAITS_MS = 700
"""The first picture has the processors to itself: it is what the seller waits for."""

CLIP_SECONDS = 9
PICTURE_SECONDS = 1
"""What a clip and a picture usually take: for the words "còn 6 giây", never for a limit."""

CLIP_JOB, SQUARE_JOB = "listings.clip", "listings.clip_square"
COMPANIONS = ("poster", "clip-silent", "clip-preview")
"""Made of every finished clip; `clip-square` is drawn only for who asks for it."""

SETTLED = ("done", "none", "failed", "cancelled")
"""States of a clip in which nothing more is to come by itself."""


@dataclass(frozen=True, slots=True)
class RenderState:
    """How far a listing's pictures and clip are. `pictures` holds the newest of each role, perhaps an older version's."""

    pictures: dict[str, KeptFile]
    clip: KeptFile | None
    pictures_done: int
    pictures_all: int
    clip_state: str
    clip_percent: int
    has_failed: bool
    version: str
    more: dict[str, KeptFile] = field(default_factory=dict)
    """The clip's companions of this version, and `clip-square`."""

    square_state: str = "none"

    @property
    def is_ready(self) -> bool:
        """Whether nothing more is to come."""
        return self.pictures_done == self.pictures_all and self.clip_state in SETTLED

    @property
    def percent(self) -> int:
        """The whole work in percent: pictures weigh as one part, the clip as two."""
        pictures = 100 * self.pictures_done // self.pictures_all
        if self.clip_state in ("none", "cancelled"):
            return pictures
        return (pictures + 2 * (100 if self.clip_state == "done" else self.clip_percent)) // 3

    @property
    def seconds_left(self) -> int:
        """About how long it still takes."""
        clip = 0 if self.clip_state in SETTLED else CLIP_SECONDS * (100 - self.clip_percent) // 100
        return clip + PICTURE_SECONDS * (self.pictures_all - self.pictures_done)


async def plan_renders(connection: Connection, listing_id: str, *, public_url: str, again: bool = False) -> list[str]:
    """Promise whatever the listing's pictures now lack; the ids of older work, to be dropped after the commit.

    Nothing happens where the newest wish is for the same spec, unless `again` is asked for. What was
    made of this spec before (a price that came back) is not made again.
    """
    row = await SQL.listing_by_id(connection, id=listing_id)
    listing = queries.to_listing(row, await queries.tiers_of_listing(connection, listing_id))
    household = await household_by_id(connection, listing.household_id)
    parts = await queries.parts_of_listing(connection, listing.id)
    said = left_text(listing) if listing.on_hand else ""
    key = spec_key(card_spec(listing, household, parts, public_url=public_url, stock_said=said))
    if key == row["render_key"] and not again:
        return []
    ended = await STORAGE.cancel_for_subject(connection, subject=listing.id, now_ms=now_ms())
    await SQL.set_render(connection, id=listing.id, render_key=key, stock_said=said)
    made = {file.role for file in await queries.files_of_listing(connection, listing.id) if file.spec_key == key}
    rest = [role for role in PICTURE_ROLES if role != FIRST_ROLE]
    for wanted, priority in (([FIRST_ROLE], 10), (rest, 20)):
        if roles := [role for role in wanted if role not in made]:
            await enqueue(connection, "listings.pictures", key=f"{key}:{wanted[0]}", subject=listing.id,
                          payload={"listing_id": listing.id, "spec_key": key, "roles": roles},
                          lane="pictures", priority=priority)
    if parts.photos and "clip" not in made:
        await enqueue(connection, CLIP_JOB, key=f"{key}:clip", subject=listing.id,
                      payload={"listing_id": listing.id, "spec_key": key}, lane="clips", priority=50)
    return [row["id"] for row in ended]


async def plan_square(connection: Connection, listing_id: str) -> None:
    """Promise the clip at 1:1 of what the listing shows now; asking twice makes one."""
    row = await SQL.listing_by_id(connection, id=listing_id)
    await enqueue(connection, SQUARE_JOB, key=f"{row['render_key']}:clip-square", subject=listing_id,
                  payload={"listing_id": listing_id, "spec_key": row["render_key"]}, lane="clips", priority=60)


async def stop_clip(connection: Connection, listing_id: str) -> list[str]:
    """Give up the clip that waits or is being made; the ids of its work, to be dropped after the commit."""
    ended = await STORAGE.cancel_kind_for_subject(connection, subject=listing_id, kind=CLIP_JOB, now_ms=now_ms())
    return [row["id"] for row in ended]


async def render_state(connection: Connection, listing: Listing) -> RenderState:
    """How the listing's pictures and clip stand now."""
    row = await SQL.listing_by_id(connection, id=listing.id)
    files = await queries.files_of_listing(connection, listing.id)
    jobs = [job for job in await jobs_of_subject(connection, listing.id) if job.job_key.startswith(row["render_key"])]
    return judge(row["render_key"], files, jobs)


def page_version(listing: Listing, state: RenderState) -> str:
    """What the page of a listing was shown with: another one means that it would look different now."""
    return f"{state.version}-{listing.state}"


def judge(key: str, files: list[KeptFile], jobs: list[JobState]) -> RenderState:
    """The state from a listing's files and the jobs of its newest wish."""
    fitting = {file.role: file for file in files if file.spec_key == key}
    current, newest = set(fitting), {file.role: file for file in files} | fitting
    clips = [job for job in jobs if job.kind == CLIP_JOB]
    clip_state, percent = "none", 0
    if "clip" in current:
        clip_state, percent = "done", 100
    elif clips:
        clip_state, percent = clips[-1].state, clips[-1].progress
    latest = {job.job_key: job for job in jobs}
    has_failed = any(job.state == "failed" for job in latest.values()) and not (
        current.issuperset(PICTURE_ROLES) and clip_state in ("done", "none", "cancelled"))
    pictures = {role: newest[role] for role in PICTURE_ROLES if role in newest}
    done = len(current.intersection(PICTURE_ROLES))
    more = {role: fitting[role] for role in (*COMPANIONS, "clip-square") if role in fitting}
    squares = [job for job in jobs if job.kind == SQUARE_JOB]
    square = "done" if "clip-square" in more else squares[-1].state if squares else "none"
    return RenderState(pictures, newest.get("clip"), done, len(PICTURE_ROLES), clip_state, percent, has_failed,
                       version=f"{key[:8]}-{done}-{clip_state}-{percent}-{int(has_failed)}-{len(more)}-{square}",
                       more=more, square_state=square)
