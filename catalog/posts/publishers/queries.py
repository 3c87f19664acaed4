"""Statements about connected networks and posts on their way, with plain data in and out."""

from __future__ import annotations

import json
from typing import Any

from catalog.posts.publishers.account import Account
from catalog.posts.publishers.sending import About, Sending
from catalog.storage.sql import Connection, sql

SQL = sql(__file__)

MOST_SHOWN = 20


def to_account(row: Any) -> Account:
    """An account from its columns."""
    return Account(row["id"], row["household_id"], row["village_id"], row["network"], row["title"], row["address"], row["link"],
                   tuple(row["shapes"].split(",")), row["sealed"], row["trouble"], row["created_ms"],
                   row["removed_ms"] is not None)


def to_sending(row: Any) -> Sending:
    """A post on its way from its columns and those of its account and listing."""
    return Sending(
        id=row["id"], household_id=row["household_id"], listing_id=row["listing_id"], village_id=row["village_id"],
        show_id=row["show_id"], show_code=row["show_code"],
        listing_code=row["listing_code"], subject=row["subject"], account_id=row["account_id"],
        account_title=row["account_title"], account_link=row["account_link"], network=row["network"], shape=row["shape"],
        state=row["state"], due_ms=row["due_ms"], price_vnd=row["price_vnd"], tries=row["tries"], looks=row["looks"],
        begun=row["begun"], kept=json.loads(row["kept"]), text=row["text"], reason=row["reason"], detail=row["detail"],
        link=row["link"], created_ms=row["created_ms"], changed_ms=row["changed_ms"])


async def accounts_of(connection: Connection, household_id: str | None, village_id: str | None = None) -> list[Account]:
    """The connected networks of the household or the village, the oldest first."""
    rows = await SQL.accounts_of(connection, household_id=household_id, village_id=village_id)
    return [to_account(row) for row in rows]


async def account_by_id(connection: Connection, account_id: str) -> Account | None:
    """The account, also a removed one, or None."""
    row = await SQL.account_by_id(connection, id=account_id)
    return to_account(row) if row else None


async def sending_by_id(connection: Connection, sending_id: str) -> Sending | None:
    """The post on its way, or None."""
    row = await SQL.sending_by_id(connection, id=sending_id)
    return to_sending(row) if row else None


async def sendings_about(connection: Connection, about: About) -> list[Sending]:
    """The posts of a listing, of a show or of a village's digest, the newest first."""
    rows = await SQL.sendings_about(connection, listing_id=about.listing_id, village_id=about.village_id,
                                    show_id=about.show_id,
                                    most=MOST_SHOWN)
    return [to_sending(row) for row in rows]


async def sendings_of(connection: Connection, household_id: str | None, village_id: str | None = None) -> list[Sending]:
    """The posts of a household, or the digests of a village, the last changed first."""
    rows = await SQL.sendings_of(connection, household_id=household_id, village_id=village_id, most=MOST_SHOWN)
    return [to_sending(row) for row in rows]
