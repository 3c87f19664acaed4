"""The digest's statements: what a village sells, its picture, what its head has read out."""

from __future__ import annotations

from typing import Any

from catalog.households.model import Household
from catalog.listings.queries import to_listing
from catalog.listings.tiers import Tier
from catalog.posts.digest.model import Good, Spoken
from catalog.storage.database import now_ms
from catalog.storage.sql import Connection, sql
from catalog.web.clock import local

SQL = sql(__file__)

MOST_GOODS = 600
"""Three for each of 200 households: a digest names only the first of them anyway."""


async def goods_of_village(connection: Connection, village_id: str) -> list[Good]:
    """What the village's households have on the stall and left, household by household, the newest first."""
    rows = await SQL.goods_of_village(connection, village_id=village_id, most=MOST_GOODS,
                                      today=local(now_ms()).date().isoformat())
    tiers: dict[str, list[Tier]] = {}
    for row in await SQL.tiers_of_village(connection, village_id=village_id):
        tiers.setdefault(row["listing_id"], []).append(Tier(row["from_amount"], row["price_vnd"], row["total_vnd"]))
    return [Good(to_listing(row, tuple(tiers.get(row["id"], ()))),
                 Household(row["household_id"], row["household_code"], village_id, row["household_name"],
                           row["household_phone"], row["household_place"])) for row in rows]


async def recording_of_village(connection: Connection, village_id: str) -> Spoken | None:
    """What was read out last, or None."""
    row = await SQL.recording_of_village(connection, village_id=village_id)
    return to_spoken(row) if row else None


def to_spoken(row: Any) -> Spoken:
    """A recording from its columns."""
    return Spoken(row["id"], row["upload_key"], row["object_key"], row["seconds"], row["created_ms"])
