"""The listings room's statements about listings, with plain data in and out."""

from __future__ import annotations

from datetime import date
from typing import Any

from catalog.households.short_codes import listing_code
from catalog.listings.model import Certificate, Facts, KeptFile, Listing, Parts, Photo, Piece, Recording
from catalog.listings.tiers import Tier, Tiers
from catalog.storage.database import new_id, now_ms
from catalog.storage.sql import Connection, sql
from catalog.words.fold import fold

SQL = sql(__file__)

MOST_LISTINGS = 500


def to_listing(row: Any, tiers: Tiers) -> Listing:
    """A listing from its columns and its other prices."""
    return Listing(
        id=row["id"], code=row["code"], household_id=row["household_id"], kind=row["kind"], name=row["name"],
        price_vnd=row["price_vnd"], unit=row["unit"], on_hand=row["on_hand"], place=row["place"],
        packed_on=_day(row["packed_on"]), best_before=_day(row["best_before"]), ingredients=row["ingredients"],
        state=row["state"], created_by=row["created_by"], created_ms=row["created_ms"],
        changed_ms=row["changed_ms"], published_ms=row["published_ms"], captions=row["captions"],
        harvested_on=_day(row["harvested_on"]), min_order=row["min_order"], tiers=tiers)


def to_photo(row: Any) -> Photo:
    """A photo from its columns."""
    return Photo(row["id"], row["household_id"], row["listing_id"], row["upload_key"], row["position"],
                 row["object_key"], row["width"], row["height"], row["created_ms"],
                 None if row["focus_x"] is None else (row["focus_x"] / 1000, row["focus_y"] / 1000),
                 row["sharpness"], row["fingerprint"])


def to_recording(row: Any) -> Recording:
    """A recording from its columns."""
    return Recording(row["id"], row["listing_id"], row["object_key"], row["seconds"])


def to_piece(row: Any) -> Piece:
    """A piece of video from its columns."""
    return Piece(row["id"], row["listing_id"], row["upload_key"], row["object_key"], row["width"], row["height"],
                 row["seconds"])


def to_file(row: Any) -> KeptFile:
    """A finished file from its columns."""
    return KeptFile(row["role"], row["spec_key"], row["object_key"], row["content_type"], row["width"],
                    row["height"], row["bytes"], row["seconds"], row["created_ms"], row["listing_id"],
                    row["photo_id"], row["left_out"])


async def add_listing(connection: Connection, *, household_id: str, facts: Facts, state: str,
                      created_by: str | None, draft_key: str | None = None) -> Listing | None:
    """The listing, now kept under a free code; None where the draft key has made one before."""
    while True:
        code = listing_code()
        if await SQL.listing_by_code(connection, code=code) is None:
            break
    now, listing_id = now_ms(), new_id()
    added = await SQL.add_listing(
        connection, id=listing_id, code=code, household_id=household_id, state=state, created_by=created_by,
        price_vnd=facts.price_vnd, on_hand=facts.on_hand, now_ms=now, draft_key=draft_key,
        published_ms=now if state == "published" else None, **_columns(facts))
    if added is None:
        return None
    await set_tiers(connection, listing_id, facts.tiers)
    return await listing_by_id(connection, listing_id)


async def listing_by_draft(connection: Connection, household_id: str, draft_key: str) -> Listing | None:
    """What the form of that key has made, or None."""
    return await _whole(connection, await SQL.listing_by_draft(connection, household_id=household_id,
                                                               draft_key=draft_key))


async def change_facts(connection: Connection, listing_id: str, facts: Facts) -> None:
    """Write everything but prices and stock, which have verbs of their own."""
    await SQL.change_facts(connection, id=listing_id, now_ms=now_ms(), **_columns(facts))


async def listing_by_code(connection: Connection, code: str) -> Listing | None:
    """The listing, its code in any case, or None."""
    return await _whole(connection, await SQL.listing_by_code(connection, code=code.upper()))


async def listing_by_id(connection: Connection, listing_id: str) -> Listing | None:
    """The listing, or None."""
    return await _whole(connection, await SQL.listing_by_id(connection, id=listing_id))


async def listings_of_household(connection: Connection, household_id: str) -> list[Listing]:
    """All of a household's listings, the newest first."""
    rows = await SQL.listings_of_household(connection, household_id=household_id, most=MOST_LISTINGS)
    tiers: dict[str, list[Tier]] = {}
    for row in await SQL.tiers_of_household(connection, household_id=household_id):
        tiers.setdefault(row["listing_id"], []).append(_to_tier(row))
    return [to_listing(row, tuple(tiers.get(row["id"], ()))) for row in rows]


async def tiers_of_listing(connection: Connection, listing_id: str) -> Tiers:
    """Its other prices by amount, the smallest amount first."""
    return tuple(_to_tier(row) for row in await SQL.tiers_of_listing(connection, listing_id=listing_id))


async def set_tiers(connection: Connection, listing_id: str, tiers: Tiers) -> None:
    """Make these the listing's other prices."""
    await SQL.drop_tiers(connection, listing_id=listing_id)
    for tier in tiers:
        await SQL.add_tier(connection, listing_id=listing_id, from_amount=tier.from_amount, price_vnd=tier.price_vnd,
                           total_vnd=tier.total_vnd)


async def photos_of_listing(connection: Connection, listing_id: str) -> list[Photo]:
    """The photos in the seller's order, the cover first."""
    return [to_photo(row) for row in await SQL.photos_of_listing(connection, listing_id=listing_id)]


async def recording_of_listing(connection: Connection, listing_id: str) -> Recording | None:
    """The voice that the listing's clip has, or None."""
    row = await SQL.recording_of_listing(connection, listing_id=listing_id)
    return to_recording(row) if row else None


async def pieces_of_listing(connection: Connection, listing_id: str) -> list[Piece]:
    """The pieces of video that the listing's clip has, the first added first."""
    return [to_piece(row) for row in await SQL.pieces_of_listing(connection, listing_id=listing_id)]


async def certificates_of_listing(connection: Connection, listing_id: str) -> list[Certificate]:
    """What it is certified for, ended certificates too."""
    rows = await SQL.certificates_of_listing(connection, listing_id=listing_id)
    return [Certificate(row["kind"], row["stars"], row["number"], date.fromisoformat(row["valid_until"])) for row in rows]


async def parts_of_listing(connection: Connection, listing_id: str) -> Parts:
    """What its pictures and its clip are made of."""
    return Parts(tuple(await photos_of_listing(connection, listing_id)),
                 await recording_of_listing(connection, listing_id),
                 tuple(await certificates_of_listing(connection, listing_id)),
                 tuple(await pieces_of_listing(connection, listing_id)))


async def files_of_listing(connection: Connection, listing_id: str) -> list[KeptFile]:
    """Finished pictures, clips and signs of every version, the oldest first."""
    return [to_file(row) for row in await SQL.files_of_listing(connection, listing_id=listing_id)]


async def page_files(connection: Connection, listing_id: str) -> list[KeptFile]:
    """The page pictures of a listing's photos, those of the cover first."""
    return [to_file(row) for row in await SQL.page_files(connection, listing_id=listing_id)]


async def add_file(connection: Connection, *, role: str, object_key: str, content_type: str, width: int, height: int,
                   size: int, spec_key: str = "", seconds: float = 0.0, listing_id: str | None = None,
                   photo_id: str | None = None, left_out: str = "") -> None:
    """Name a kept object; the same role of the same spec is named once."""
    await SQL.add_file(connection, id=new_id(), listing_id=listing_id, photo_id=photo_id, role=role,
                       spec_key=spec_key, object_key=object_key, content_type=content_type, width=width,
                       height=height, bytes=size, seconds=seconds, left_out=left_out, now_ms=now_ms())


def _columns(facts: Facts) -> dict[str, Any]:
    return {"kind": facts.kind, "name": facts.name, "folded": fold(facts.name), "unit": facts.unit,
            "place": facts.place, "packed_on": facts.packed_on.isoformat() if facts.packed_on else None,
            "best_before": facts.best_before.isoformat() if facts.best_before else None,
            "ingredients": facts.ingredients, "min_order": facts.min_order}


async def _whole(connection: Connection, row: Any) -> Listing | None:
    return to_listing(row, await tiers_of_listing(connection, row["id"])) if row else None


def _to_tier(row: Any) -> Tier:
    return Tier(row["from_amount"], row["price_vnd"], row["total_vnd"])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
