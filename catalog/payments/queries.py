"""The payments room's statements, with plain data in and out."""

from __future__ import annotations

from typing import Any

from catalog.payments.model import Endpoint, Transfer, Why
from catalog.storage.database import now_ms
from catalog.storage.sql import Connection, sql

SQL = sql(__file__)

DAY_MS = 24 * 3600_000
CODES_FOR_MS = 60 * DAY_MS
"""A transfer two months after its order ended is no payment for it that could be told by itself."""

MOST_CODES = 5_000
MOST_SHOWN = 50


def to_endpoint(row: Any) -> Endpoint:
    """A way in from its columns."""
    return Endpoint(row["id"], row["household_id"], row["provider"], row["method"], row["secret"],
                    row["created_ms"], row["last_ms"])


def to_transfer(row: Any) -> Transfer:
    """A transfer from its columns and those of its order."""
    return Transfer(row["id"], row["household_id"], row["amount_vnd"], row["content"], row["reference"],
                    row["at_text"], row["received_ms"], row["account_number"], row["order_id"], row["order_code"],
                    row["buyer_name"], row["state"], Why(row["reason"]))


async def endpoint_by_id(connection: Connection, provider: str, endpoint_id: str) -> Endpoint | None:
    """The way in that still stands open, or None."""
    row = await SQL.endpoint(connection, id=endpoint_id, provider=provider)
    return to_endpoint(row) if row else None


async def endpoints_of(connection: Connection, household_id: str) -> list[Endpoint]:
    """The household's open ways in, the oldest first."""
    return [to_endpoint(row) for row in await SQL.endpoints_of_household(connection, household_id=household_id)]


async def order_ids_by_code(connection: Connection, household_id: str) -> dict[str, str]:
    """Code → id of the orders that money may still come for: open ones, and those that ended lately."""
    rows = await SQL.order_codes(connection, household_id=household_id, since_ms=now_ms() - CODES_FOR_MS,
                                 most=MOST_CODES)
    return {row["code"]: row["id"] for row in rows}


async def told_by_bank_vnd(connection: Connection, order_id: str, *, besides: str) -> int:
    """What transfers have brought for the order, the one with the id `besides` left out."""
    row = await SQL.told_by_bank(connection, order_id=order_id, transfer_id=besides)
    return int(row["vnd"])


async def transfer_of(connection: Connection, household_id: str, transfer_id: str) -> Transfer | None:
    """The household's transfer, or None: also where it is another household's."""
    row = await SQL.transfer_of_household(connection, id=transfer_id, household_id=household_id)
    return to_transfer(row) if row else None


async def transfers_to_review(connection: Connection, household_id: str) -> list[Transfer]:
    """What a person has to look at, the newest first."""
    rows = await SQL.transfers_to_review(connection, household_id=household_id, most=MOST_SHOWN)
    return [to_transfer(row) for row in rows]


async def latest_transfers(connection: Connection, household_id: str) -> list[Transfer]:
    """What has found its place, the newest first."""
    rows = await SQL.latest_transfers(connection, household_id=household_id, most=MOST_SHOWN)
    return [to_transfer(row) for row in rows]
