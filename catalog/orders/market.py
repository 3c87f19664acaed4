"""What is for sale now, as cards side by side."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.listings.model import order_path
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


def read_before(text: str) -> int:
    """The time before which a page's goods came, as its address says; the end of time for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else FOREVER_MS


async def cards(connection: Connection, *, before_ms: int = FOREVER_MS, household_id: str | None = None,
                village_id: str | None = None, channel: str = "", most: int = CARDS) -> list[Card]:
    """What is for sale now, the newest first, of all households, a village's or one; links tell the channel."""
    rows = await SQL.for_sale(connection, before_ms=before_ms, household_id=household_id, village_id=village_id, most=most)
    return [Card(href=order_path(row["code"], channel), kind=row["kind"], name=row["name"], price_vnd=row["price_vnd"],
                 unit=row["unit"], left_text=show_left(row["on_hand"], row["unit"]),
                 household_name=row["household_name"], published_ms=row["published_ms"],
                 avif=media_path(row["avif_key"]), jpeg=media_path(row["jpeg_key"])) for row in rows]
