"""The orders room's statements, with plain data in and out."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from catalog.orders.model import Order
from catalog.storage.database import new_id, now_ms
from catalog.storage.sql import Connection, sql

SQL = sql(__file__)
COLUMNS = tuple(column.name for column in fields(Order))
MOST_OPEN = 300
MOST_ENDED = 60


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an order; `who` is None where a buyer, a bank or the clock did it."""

    at_ms: int
    what: str
    detail: str
    who: str | None


def to_order(row: Any) -> Order:
    """An order from its columns."""
    return Order(**{name: row[name] for name in COLUMNS})


async def order_by_id(connection: Connection, order_id: str) -> Order | None:
    """The order, or None."""
    row = await SQL.order_by_id(connection, id=order_id)
    return to_order(row) if row else None


async def order_by_token(connection: Connection, token: str) -> Order | None:
    """The order whose private page this token opens, or None."""
    row = await SQL.order_by_token(connection, token=token.lower())
    return to_order(row) if row else None


async def order_by_request_key(connection: Connection, request_key: str) -> Order | None:
    """The order that this request made the first time, or None."""
    row = await SQL.order_by_request_key(connection, request_key=request_key)
    return to_order(row) if row else None


async def order_of_household(connection: Connection, household_id: str, code: str) -> Order | None:
    """The household's order with this code, or None: also where it is another household's."""
    row = await SQL.order_of_household(connection, household_id=household_id, code=code.upper())
    return to_order(row) if row else None


async def open_orders(connection: Connection, household_id: str) -> list[Order]:
    """What the household still has to see to, the oldest first; delivered but unpaid orders too."""
    rows = await SQL.open_orders_of_household(connection, household_id=household_id, most=MOST_OPEN)
    return [to_order(row) for row in rows]


async def ended_orders(connection: Connection, household_id: str) -> list[Order]:
    """What has come to its end, the newest first."""
    rows = await SQL.ended_orders_of_household(connection, household_id=household_id, most=MOST_ENDED)
    return [to_order(row) for row in rows]


async def newest_orders(connection: Connection, household_id: str, *, most: int, skip: int = 0) -> list[Order]:
    """The household's orders, the newest first."""
    rows = await SQL.newest_orders_of_household(connection, household_id=household_id, most=most, skip=skip)
    return [to_order(row) for row in rows]


async def events_of(connection: Connection, order_id: str) -> list[Event]:
    """What happened to the order, the oldest first."""
    rows = await SQL.events_of_order(connection, order_id=order_id)
    return [Event(row["at_ms"], row["what"], row["detail"], row["person_name"]) for row in rows]


async def note_event(connection: Connection, order_id: str, what: str, *, person_id: str | None = None,
                     detail: str = "") -> None:
    """Write down what happened to the order."""
    await SQL.add_event(connection, id=new_id(), order_id=order_id, what=what, person_id=person_id, detail=detail,
                        now_ms=now_ms())
