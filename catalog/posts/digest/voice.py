"""What a village's head reads out: taken in as any voice, kept once a village, given up again."""

from __future__ import annotations

from starlette.datastructures import UploadFile

from catalog.households.model import Village
from catalog.listings.intake import LONGEST_KEY, drop_unnamed
from catalog.listings.scratch import scratch_folder
from catalog.listings.voice import clean_voice
from catalog.posts.digest.model import Spoken
from catalog.posts.digest.queries import SQL, recording_of_village
from catalog.storage.database import new_id, now_ms
from catalog.storage.shop import Shop


async def take_digest_voice(shop: Shop, village: Village, *, upload_key: str, upload: UploadFile) -> Spoken:
    """The kept recording in the place of the one before; the same upload key gives the same one again.

    Raises what `listings.voice.take_voice` raises. Nothing of a refused file stays.
    """
    key = (upload_key or new_id())[:LONGEST_KEY]
    async with shop.db.read() as connection:
        before = await recording_of_village(connection, village.id)
    if before and before.upload_key == key:
        return before
    async with scratch_folder(shop) as folder:
        clean = await clean_voice(shop, upload, folder)
        async with shop.objects.naming:
            spoken = Spoken(new_id(), key, await shop.objects.keep(clean.path), clean.seconds, now_ms())
            async with shop.db.write() as connection:
                before = await recording_of_village(connection, village.id)
                await SQL.keep_recording(connection, id=spoken.id, village_id=village.id, upload_key=key,
                                         object_key=spoken.object_key, seconds=spoken.seconds, now_ms=spoken.created_ms)
            if before:
                await drop_unnamed(shop, {before.object_key})
    return spoken


async def forget_digest_voice(shop: Shop, village: Village) -> None:
    """Give the recording up."""
    async with shop.objects.naming:
        async with shop.db.write() as connection:
            row = await SQL.drop_recording(connection, village_id=village.id)
        if row:
            await drop_unnamed(shop, {row["object_key"]})
