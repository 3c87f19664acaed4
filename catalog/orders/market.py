"""What is for sale now, as cards side by side."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.orders.offer import media_path, show_left
from catalog.orders.queries import SQL
from catalog.storage.sql import Connection

FOREVER_MS = 1 << 60
CARDS = 24
OTHER_GOODS = 4


@dataclass(frozen=True, slots=True)
class Card:
    """A product in the list of what is for sale."""

    href: str
    kind: str
    name: str
    price_vnd: int
    unit: str
    left_text: str
    household_name: str
    published_ms: int
    avif: str
    jpeg: str


async def cards(connection: Connection, *, before_ms: int = FOREVER_MS, household_id: str | None = None,
                most: int = CARDS) -> list[Card]:
    """What is for sale now, the newest first, of all households or of one."""
    rows = await SQL.for_sale(connection, before_ms=before_ms, household_id=household_id, most=most)
    return [Card(href=f"/o/{row['code'].lower()}", kind=row["kind"], name=row["name"], price_vnd=row["price_vnd"],
                 unit=row["unit"], left_text=show_left(row["on_hand"], row["unit"]),
                 household_name=row["household_name"], published_ms=row["published_ms"],
                 avif=media_path(row["avif_key"]), jpeg=media_path(row["jpeg_key"])) for row in rows]
