"""The statements of shows, with plain data in and out."""

from __future__ import annotations

import json
from typing import Any

from catalog.live.shows.model import Draft, Show, ShowItem, wants_of_json
from catalog.listings.queries import tiers_of_listing, to_listing
from catalog.storage.database import now_ms
from catalog.storage.sql import Connection, sql

SQL = sql(__file__)


def to_show(row: Any) -> Show:
    """A show from its columns."""
    return Show(row["id"], row["code"], row["household_id"], row["title"], row["starts_ms"], row["state"], row["note"],
                bool(row["helpers_see_phones"]), row["pinned"], row["last_event"], row["started_ms"], row["ended_ms"],
                row["created_ms"],
                row["village_id"])


def to_draft(row: Any) -> Draft:
    """A draft from its columns."""
    return Draft(
        id=row["id"], show_id=row["show_id"], comment_id=row["comment_id"], about_id=row["about_id"],
        intent=row["intent"], wants=wants_of_json(row["items"]), candidates=tuple(json.loads(row["candidates"])),
        phone=row["phone"], unsure=row["unsure"], state=row["state"], version=row["version"],
        held=tuple((one, amount) for one, amount in json.loads(row["held"])), hold_until_ms=row["hold_until_ms"],
        claim=row["claim"], created_ms=row["created_ms"])


async def show_by_code(connection: Connection, code: str) -> Show | None:
    """The show, its code in any case, or None."""
    row = await SQL.show_by_code(connection, code=code.upper())
    return to_show(row) if row else None


async def show_by_id(connection: Connection, show_id: str) -> Show:
    """The show of a draft or job, which always exists."""
    return to_show(await SQL.show_by_id(connection, id=show_id))


async def lock_show(connection: Connection, show_id: str) -> Show:
    """The show as it stands, and nobody else changes it before this transaction ends.

    Taken before goods are: transactions that hold both in the same order never wait for one another in a ring.
    """
    return to_show(await SQL.lock_show(connection, id=show_id))


async def items_of(connection: Connection, show_id: str) -> list[ShowItem]:
    """The products in the order of the show, with what they cost and what is left now.

    On a team's show those of households that have agreed.
    """
    return [await _to_item(connection, row) for row in await SQL.items(connection, show_id=show_id)]


async def planned_items_of(connection: Connection, show_id: str) -> list[ShowItem]:
    """The same, with what households have not agreed to."""
    return [await _to_item(connection, row) for row in await SQL.planned_items(connection, show_id=show_id)]


async def _to_item(connection: Connection, row: Any) -> ShowItem:
    return ShowItem(row["pin"], row["show_position"], to_listing(row, await tiers_of_listing(connection, row["id"])),
                    row["points"], row["flash_vnd"], row["flash_until_ms"], row["before_vnd"])


async def draft_by_id(connection: Connection, show_id: str, draft_id: str) -> Draft | None:
    """The show's draft, or None: also where it is another show's."""
    row = await SQL.draft_by_id(connection, id=draft_id, show_id=show_id)
    return to_draft(row) if row else None


async def note(connection: Connection, show_id: str, what: str, *, person_id: str | None = None,
               **detail: object) -> int:
    """Write one event down; its number in the show's order. `detail` holds nothing about buyers."""
    number: int = (await SQL.next_event(connection, id=show_id))["last_event"]
    await SQL.add_event(connection, show_id=show_id, number=number, what=what, person_id=person_id,
                        detail=json.dumps(detail, ensure_ascii=False), now_ms=now_ms())
    return number


async def is_muted(connection: Connection, show_id: str) -> bool:
    """Whether the sound is off, as the show's events tell it: so it outlives a restart."""
    row = await SQL.last_sound(connection, show_id=show_id)
    return row is not None and row["what"] == "muted"
