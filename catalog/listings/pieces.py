"""Short pieces of video for the clip: taken in, made anew in a process of their own, kept once, given up again."""

from __future__ import annotations

from starlette.datastructures import UploadFile

from catalog.errors import Conflict, FieldError, NotFound, TooLarge, UnsupportedMedia
from catalog.listings.intake import LONGEST_KEY, Refusals, drop_unnamed, made_anew, refusal
from catalog.listings.model import MOST_PIECES, Listing, Piece
from catalog.listings.queries import SQL, pieces_of_listing, to_piece
from catalog.listings.renders import plan_renders
from catalog.listings.scratch import scratch_folder
from catalog.storage.database import new_id, now_ms
from catalog.storage.shop import Shop
from catalog.words.keyed import N_
from media.intake import MAX_PIECE_BYTES, CleanPiece

CHECK_SECONDS = 90
"""Eight seconds of 4K at 60 frames a second take a third of that on one core."""

FULL = N_("Đã đủ 3 đoạn. Bỏ bớt một đoạn rồi thêm.")

REFUSALS: Refusals = {
    "full": (Conflict, FULL),
    "too_big": (TooLarge, N_("Đoạn quay nặng quá 120 MB. Cắt ngắn còn 8 giây, hoặc quay cỡ nhỏ hơn.")),
    "not_a_video": (UnsupportedMedia, N_("Tệp này không phải đoạn quay, hoặc đã hỏng. Chọn tệp mp4, mov, 3gp hoặc webm.")),
    "too_large": (FieldError, N_("Đoạn quay nét quá cỡ 4K, máy không mở được. Quay cỡ nhỏ hơn.")),
    "too_long": (FieldError, N_("Đoạn quay dài quá 10 phút. Cắt lấy vài giây đẹp nhất.")),
    "too_small": (FieldError, N_("Hình nhỏ quá, lên clip sẽ mờ. Quay lại bằng máy ảnh của điện thoại.")),
    "too_short": (FieldError, N_("Đoạn quay ngắn quá. Quay ít nhất 1 giây.")),
    "memory": (FieldError, N_("Đoạn quay này máy không mở được. Quay lại cỡ nhỏ hơn.")),
    "too_slow": (FieldError, N_("Đoạn quay này mở lâu quá. Cắt ngắn hoặc quay cỡ nhỏ hơn.")),
    "died": (FieldError, N_("Đoạn quay này máy không mở được. Quay lại cỡ nhỏ hơn.")),
}


async def take_piece(shop: Shop, listing: Listing, *, upload_key: str, upload: UploadFile) -> Piece:
    """The kept piece, behind those before, and a new clip promised.

    The same upload key, and the same video, give the same piece again. Raises `Conflict` where there are
    MOST_PIECES already, `TooLarge`, `UnsupportedMedia` or `FieldError`, each with what to do. Nothing of a
    refused file stays.
    """
    key = f"{listing.id}:{upload_key or new_id()}"[:LONGEST_KEY]
    async with shop.db.read() as connection:
        row = await SQL.piece_by_upload_key(connection, household_id=listing.household_id, upload_key=key)
        kept = await pieces_of_listing(connection, listing.id)
    if row:
        return to_piece(row)
    if len(kept) >= MOST_PIECES:
        raise refusal(REFUSALS, "full")
    async with scratch_folder(shop) as folder:
        clean = CleanPiece.from_json(await made_anew(shop, upload, folder, op="check_video", most_bytes=MAX_PIECE_BYTES,
                                                     seconds_limit=CHECK_SECONDS, refusals=REFUSALS))
        async with shop.objects.naming:
            object_key = await shop.objects.keep(clean.path)
            try:
                return await _remember(shop, listing, key, object_key, clean)
            finally:  # Another may have been first, under the same key or in the last place.
                await drop_unnamed(shop, {object_key})


async def forget_piece(shop: Shop, listing: Listing, piece_id: str) -> None:
    """Give a piece up; the clip goes without it from now on. Raises `NotFound` where there is none."""
    async with shop.objects.naming:
        async with shop.db.write() as connection:
            row = await SQL.drop_piece(connection, id=piece_id, listing_id=listing.id)
            if row is None:
                raise NotFound("Không thấy đoạn quay này.")
            ended = await plan_renders(connection, listing.id, public_url=shop.settings.public_url)
        await drop_unnamed(shop, {row["object_key"]})
    shop.jobs.drop(ended)


async def _remember(shop: Shop, listing: Listing, key: str, object_key: str, clean: CleanPiece) -> Piece:
    async with shop.db.write() as connection:
        # Two phones that send the third piece at once wait here for each other.
        await SQL.lock_pieces(connection, id=listing.id, now_ms=now_ms())
        kept = await pieces_of_listing(connection, listing.id)
        if same := next((one for one in kept if key == one.upload_key or object_key == one.object_key), None):
            return same
        if len(kept) >= MOST_PIECES:
            raise refusal(REFUSALS, "full")
        await SQL.add_piece(connection, id=new_id(), household_id=listing.household_id, listing_id=listing.id,
                            upload_key=key, object_key=object_key, width=clean.width_px, height=clean.height_px,
                            seconds=clean.seconds, now_ms=now_ms())
        row = await SQL.piece_by_upload_key(connection, household_id=listing.household_id, upload_key=key)
        ended = await plan_renders(connection, listing.id, public_url=shop.settings.public_url)
    shop.jobs.drop(ended)
    return to_piece(row)
