"""A photo's way in: bounded, checked in a process of its own, made anew from its pixels, kept once."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

from starlette.datastructures import UploadFile

from catalog.errors import Busy, FieldError, NotFound, ShopError, TooLarge, UnsupportedMedia
from catalog.listings.model import Photo
from catalog.listings.queries import SQL, to_photo
from catalog.listings.scratch import scratch_folder
from catalog.storage.database import new_id, now_ms
from catalog.storage.queries import enqueue
from catalog.storage.shop import Shop
from catalog.words.keyed import N_
from media.intake import MAX_BYTES, CleanPhoto
from media.pool import RenderFailed, WorkerDied

CHECK_SECONDS = 20
LONGEST_KEY = 80
PIECE_BYTES = 1 << 20
UNNAMED_SECONDS = 24 * 3600
"""A file is named in the moment after it is kept; one without a name for a day is nobody's."""

PAGES_WAIT_MS = 400
"""The seller's first picture is drawn before the pages' small ones."""

Refusals = dict[str, tuple[type[ShopError], str]]
"""Why a file is not kept, as workers say it: what a person is told of each."""

REFUSALS: Refusals = {
    "empty": (FieldError, N_("Ảnh này rỗng. Chụp lại hoặc chọn ảnh khác.")),
    "too_big": (TooLarge, N_("Ảnh nặng quá 25 MB. Chụp lại cỡ nhỏ hơn.")),
    "too_many_pixels": (FieldError, N_("Ảnh lớn quá, máy không mở được. Chụp lại cỡ nhỏ hơn.")),
    "not_a_photo": (UnsupportedMedia, N_("Tệp này không phải ảnh. Chọn ảnh JPEG, PNG, WebP, HEIC hoặc AVIF.")),
    "broken": (FieldError, N_("Ảnh này không mở được. Chụp lại hoặc chọn ảnh khác.")),
    "too_small": (FieldError, N_("Ảnh nhỏ quá. Chọn ảnh to hơn.")),
    "memory": (FieldError, N_("Ảnh lớn quá, máy không mở được. Chụp lại cỡ nhỏ hơn.")),
    "too_slow": (FieldError, N_("Ảnh này mở lâu quá. Chụp lại hoặc chọn ảnh khác.")),
    "died": (FieldError, N_("Ảnh này không mở được. Chụp lại hoặc chọn ảnh khác.")),
}


def refusal(refusals: Refusals, reason: str) -> ShopError:
    """What a person is told; an unforeseen fault of ours is `Busy`, so that they try again."""
    if reason not in refusals:
        return Busy()
    kind, key = refusals[reason]
    return kind(key)


async def take_photo(shop: Shop, *, household_id: str, upload_key: str, upload: UploadFile) -> Photo:
    """The kept photo; the same upload key gives the same photo again.

    Raises `TooLarge`, `UnsupportedMedia` or `FieldError` with what to do. Nothing of a refused file stays.
    """
    key = (upload_key or new_id())[:LONGEST_KEY]
    async with shop.db.read() as connection:
        row = await SQL.photo_by_upload_key(connection, household_id=household_id, upload_key=key)
    if row:
        return to_photo(row)
    async with scratch_folder(shop) as folder:
        source = folder / "upload"
        if not await write_upload(upload, source, MAX_BYTES):
            raise refusal(REFUSALS, "too_big")
        clean = await _check(shop, source, folder)
        async with shop.objects.naming:
            object_key = await shop.objects.keep(clean.path)
            photo = await _remember(shop, household_id, key, object_key, clean)
            if photo.object_key != object_key:  # Another file came under the same key and was first.
                await drop_unnamed(shop, {object_key})
    shop.jobs.wake()
    return photo


async def forget_photo(shop: Shop, *, household_id: str, photo_id: str) -> None:
    """Drop an unclaimed photo and what was made of it; raises `NotFound` where there is none."""
    async with shop.objects.naming:
        async with shop.db.write() as connection:
            row = await SQL.photo_by_id(connection, id=photo_id, household_id=household_id)
            if row is None or row["listing_id"] is not None:
                raise NotFound("Không thấy ảnh này.")
            files = await SQL.files_of_photo(connection, photo_id=photo_id)
            await SQL.drop_photo_files(connection, id=photo_id)
            await SQL.drop_photo(connection, id=photo_id, household_id=household_id)
        await drop_unnamed(shop, {row["object_key"], *(file["object_key"] for file in files)})


async def sweep_unnamed(shop: Shop) -> None:
    """Drop files that a crash left without a name: kept, but never written down."""
    before_seconds = time.time() - UNNAMED_SECONDS
    for number in range(256):
        if keys := await asyncio.to_thread(shop.objects.old_keys, f"{number:02x}", before_seconds=before_seconds):
            async with shop.objects.naming:
                await drop_unnamed(shop, set(keys))


async def drop_unnamed(shop: Shop, keys: set[str]) -> None:
    """Drop the files that no row names; the caller holds `objects.naming`."""
    async with shop.db.read() as connection:
        unnamed = [key for key in keys if (await SQL.names_of_object(connection, object_key=key))["names"] == 0]
    for key in unnamed:
        await shop.objects.drop(key)


async def made_anew(shop: Shop, upload: UploadFile, folder: Path, *, op: str, most_bytes: int, seconds_limit: float,
                    refusals: Refusals) -> dict[str, Any]:
    """What a worker's `op` says of the upload, made anew in `folder`. Raises what `refusals` tells people."""
    source = folder / "upload"
    if not await write_upload(upload, source, most_bytes):
        raise refusal(refusals, "too_big")
    try:
        return await shop.pool.run(op, {"source": str(source), "out_dir": str(folder)}, seconds_limit=seconds_limit)
    except RenderFailed as error:
        raise refusal(refusals, error.reason) from error


async def write_upload(upload: UploadFile, source: Path, most_bytes: int) -> bool:
    """Put an upload into a file, piece by piece; False, and no more of it, past `most_bytes`."""
    size = 0
    with source.open("wb") as file:
        while piece := await upload.read(PIECE_BYTES):
            size += len(piece)
            if size > most_bytes:
                return False
            await asyncio.to_thread(file.write, piece)
    return True


async def _check(shop: Shop, source: Path, folder: Path) -> CleanPhoto:
    wish = {"source": str(source), "out_dir": str(folder)}
    try:
        try:
            done = await shop.pool.run("check_photo", wish, seconds_limit=CHECK_SECONDS)
        except WorkerDied:  # Perhaps of something else than this photo: asked once more.
            done = await shop.pool.run("check_photo", wish, seconds_limit=CHECK_SECONDS)
    except RenderFailed as error:
        raise refusal(REFUSALS, error.reason) from error
    return CleanPhoto.from_json(done)


async def _remember(shop: Shop, household_id: str, key: str, object_key: str, clean: CleanPhoto) -> Photo:
    async with shop.db.write() as connection:
        added = await SQL.add_photo(connection, id=new_id(), household_id=household_id, upload_key=key,
                                    object_key=object_key, width=clean.width_px, height=clean.height_px,
                                    sharpness=clean.sharpness, fingerprint=clean.fingerprint, now_ms=now_ms())
        photo = to_photo(await SQL.photo_by_upload_key(connection, household_id=household_id, upload_key=key))
        if added:
            await enqueue(connection, "listings.page_pictures", key=f"page:{photo.id}", lane="pictures", priority=30, run_at_ms=now_ms() + PAGES_WAIT_MS,
                          payload={"photo_id": photo.id, "household_id": household_id})
    return photo
