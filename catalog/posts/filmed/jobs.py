"""Drawing a filmed clip, in a process of its own."""

from __future__ import annotations

from dataclasses import replace

from catalog.accounts.queries import account_of
from catalog.households.model import Household
from catalog.households.queries import household_by_id
from catalog.listings.model import Listing, left_text
from catalog.listings.queries import listing_by_id, parts_of_listing
from catalog.listings.scratch import scratch_folder
from catalog.listings.specs import card_spec
from catalog.posts.check import check_text
from catalog.posts.compose import facts_for, subject_of, told_of
from catalog.posts.filmed.model import FilmedClip
from catalog.posts.filmed.offer import MAKE
from catalog.posts.filmed.queries import SQL, clip_by_id
from catalog.posts.model import CHANNELS
from catalog.posts.script import live_script
from catalog.listings.intake import drop_unnamed
from catalog.storage.jobs import GiveUp, JobKind, Report
from catalog.storage.queries import Job
from catalog.storage.shop import Shop
from catalog.storage.sql import Connection
from media.intake import media_files
from media.pool import RenderFailed
from media.spec import Take

LIMIT_SECONDS = 400
"""Forty seconds of pictures take half a minute of a processor that has nothing else to do."""

ATTEMPTS = 2
MOST_LINES = 6
ALWAYS_FOUND = "dates"
"""What a single line can't be blamed for: the dates stand in the post."""


async def make_filmed(shop: Shop, job: Job, report: Report) -> None:
    """The clip as the listing is now, and its poster; the ones before go."""
    async with shop.db.read() as connection:
        filmed = await clip_by_id(connection, job.payload["filmed_id"])
        if filmed is None or filmed.state != "waiting":
            return
        listing = await listing_by_id(connection, filmed.listing_id)
        assert listing is not None
        household = await household_by_id(connection, filmed.household_id)
        parts = await parts_of_listing(connection, listing.id)
        lines = await lines_of(connection, filmed, listing, household, public_url=shop.settings.public_url)
    spec = card_spec(
        listing,
        household,
        replace(parts, photos=(), voice=None, pieces=()),
        public_url=shop.settings.public_url,
        stock_said=left_text(listing) if listing.on_hand else "",
        channel=CHANNELS["live"],
    )
    take = Take(shop.objects.path(filmed.files["source"].object_key), lines, filmed.covered)
    async with scratch_folder(shop) as folder:
        try:
            done = await shop.pool.run(
                "clip_aired",
                {"spec": spec.to_json(), "take": take.to_json(), "out_dir": str(folder)},
                seconds_limit=LIMIT_SECONDS,
            )
        except RenderFailed as error:
            if job.attempts < ATTEMPTS:
                raise
            async with shop.db.write() as connection:
                await SQL.set_state(connection, id=filmed.id, state="failed", price_vnd=None)
            raise GiveUp(str(error)) from error
        async with shop.objects.naming:
            files = [(file, await shop.objects.keep(file.path)) for file in media_files(done)]
            async with shop.db.write() as connection:
                if await SQL.clip_by_id(connection, id=filmed.id) is not None:  # else given up meanwhile
                    for file, key in files:
                        await SQL.add_file(
                            connection,
                            filmed_id=filmed.id,
                            role=file.role,
                            object_key=key,
                            bytes=file.bytes,
                            seconds=file.seconds,
                        )
                    await SQL.set_state(connection, id=filmed.id, state="made", price_vnd=listing.price_vnd)
            before = {file.object_key for role, file in filmed.files.items() if role != "source"}
            await drop_unnamed(shop, before | {key for _, key in files})


async def lines_of(connection: Connection, filmed: FilmedClip, listing: Listing, household: Household, *,
                   public_url: str) -> tuple[str, ...]:
    """The captions: what the household noted, else the listing's facts; no line that speaks against law or facts."""
    told = await told_of(connection, listing, household)
    lines = filmed.lines
    if not lines:
        facts = facts_for("tiktok", listing, household, told, public_url=public_url)
        takes_transfers = await account_of(connection, household.id) is not None
        # Name and price stand in the picture, what is left and the phone in the call.
        spoken = {facts.left_text, facts.phone, f"{facts.name}, {facts.price_text}/{facts.unit}"}
        lines = tuple(
            one
            for one in live_script(facts, price_vnd=listing.price_vnd, takes_transfers=takes_transfers).points
            if one not in spoken
        )
    subject = subject_of(listing, household, told)
    return tuple(line for line in lines
                 if all(found.rule == ALWAYS_FOUND for found in check_text(line, subject)))[:MOST_LINES]


JOBS = (JobKind(MAKE, make_filmed, attempts=ATTEMPTS),)
