"""The seller's own voice: taken in, made anew in a process of its own, kept once, given up again."""

from __future__ import annotations

from pathlib import Path

from starlette.datastructures import UploadFile

from catalog.errors import FieldError, TooLarge, UnsupportedMedia
from catalog.listings.intake import LONGEST_KEY, Refusals, drop_unnamed, made_anew
from catalog.listings.model import Listing, Recording
from catalog.listings.queries import SQL, to_recording
from catalog.listings.renders import plan_renders
from catalog.listings.scratch import scratch_folder
from catalog.storage.database import new_id, now_ms
from catalog.storage.shop import Shop
from catalog.words.keyed import N_
from media.intake import MAX_VOICE_BYTES, CleanVoice

CHECK_SECONDS = 40
LONGEST_CAPTIONS = 600
NO_ONE = ""

REFUSALS: Refusals = {
    "too_big": (TooLarge, N_("Ghi âm nặng quá 15 MB. Nói ngắn hơn, dưới 1 phút.")),
    "not_a_recording": (UnsupportedMedia, N_("Tệp này không phải ghi âm. Chọn tệp m4a, mp3, ogg, amr, 3gp hoặc wav.")),
    "too_short": (FieldError, N_("Ghi âm ngắn quá. Bấm rồi nói ít nhất vài giây.")),
    "silent": (FieldError, N_("Không nghe thấy tiếng nói. Nói gần máy hơn rồi thử lại.")),
    "memory": (FieldError, N_("Ghi âm này máy không mở được. Nói lại giúp.")),
    "too_slow": (FieldError, N_("Ghi âm này máy không mở được. Nói lại giúp.")),
    "died": (FieldError, N_("Ghi âm này máy không mở được. Nói lại giúp.")),
}


async def take_voice(shop: Shop, listing: Listing, *, upload_key: str, upload: UploadFile) -> Recording:
    """The kept recording in the place of the one before, and a new clip promised.

    The same upload key gives the same recording again. Raises `TooLarge`, `UnsupportedMedia` or
    `FieldError` with what to do. Nothing of a refused file stays.
    """
    key = f"{listing.id}:{upload_key or new_id()}"[:LONGEST_KEY]
    async with shop.db.read() as connection:
        row = await SQL.recording_by_upload_key(connection, household_id=listing.household_id, upload_key=key)
    if row:
        return to_recording(row)
    async with scratch_folder(shop) as folder:
        clean = await clean_voice(shop, upload, folder)
        async with shop.objects.naming:
            object_key = await shop.objects.keep(clean.path)
            kept, dropped = await _remember(shop, listing, key, object_key, clean.seconds)
            await drop_unnamed(shop, dropped | {object_key})
    return kept


async def clean_voice(shop: Shop, upload: UploadFile, folder: Path) -> CleanVoice:
    """Any recording made anew in `folder`: an M4A, at most a minute long. Raises as `take_voice`."""
    return CleanVoice.from_json(await made_anew(shop, upload, folder, op="check_voice", most_bytes=MAX_VOICE_BYTES,
                                                seconds_limit=CHECK_SECONDS, refusals=REFUSALS))


async def forget_voice(shop: Shop, listing: Listing) -> None:
    """Give the recording up; the clip goes without it from now on."""
    async with shop.objects.naming:
        async with shop.db.write() as connection:
            rows = await SQL.drop_recordings(connection, listing_id=listing.id, kept_id=NO_ONE)
            ended = await plan_renders(connection, listing.id, public_url=shop.settings.public_url)
        await drop_unnamed(shop, {row["object_key"] for row in rows})
    shop.jobs.drop(ended)


async def write_captions(shop: Shop, listing: Listing, captions: str) -> None:
    """Keep what the voice says in writing; it is shown in the clip."""
    if captions == listing.captions:
        return
    async with shop.db.write() as connection:
        await SQL.write_captions(connection, id=listing.id, captions=captions, now_ms=now_ms())
        ended = await plan_renders(connection, listing.id, public_url=shop.settings.public_url)
    shop.jobs.drop(ended)


async def _remember(shop: Shop, listing: Listing, key: str, object_key: str, seconds: float
                    ) -> tuple[Recording, set[str]]:
    async with shop.db.write() as connection:
        await SQL.add_recording(connection, id=new_id(), household_id=listing.household_id, listing_id=listing.id,
                                upload_key=key, object_key=object_key, seconds=seconds, now_ms=now_ms())
        row = await SQL.recording_by_upload_key(connection, household_id=listing.household_id, upload_key=key)
        dropped = await SQL.drop_recordings(connection, listing_id=listing.id, kept_id=row["id"])
        ended = await plan_renders(connection, listing.id, public_url=shop.settings.public_url)
    shop.jobs.drop(ended)
    return to_recording(row), {gone["object_key"] for gone in dropped}
