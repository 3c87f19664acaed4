"""Buyers are forgotten some time after their orders have ended: what was sold stays, whom it was sold to does not.

Law 91/2025/QH15 on personal data lets them be kept only as long as they are needed.
"""

from __future__ import annotations

from catalog.orders.queries import SQL
from catalog.storage.database import now_ms
from catalog.storage.queries import enqueue
from catalog.storage.shop import Shop
from catalog.storage.sql import Connection

FORGET = "orders.forget"
SOMEBODY = "Khách"
"""Stands in the place of a forgotten buyer's name."""

DAY_MS = 24 * 3600_000
FIRST_MS = 60_000


async def forget_buyers(connection: Connection, *, before_ms: int) -> None:
    """Erase name, phone, place and note of orders that ended before then."""
    await SQL.forget_buyers(connection, name=SOMEBODY, before_ms=before_ms)


async def promise_forgetting(shop: Shop, *, after_ms: int = FIRST_MS) -> None:
    """Promise the day's forgetting; called at the start, and by each day's for the next."""
    due_ms = now_ms() + after_ms
    async with shop.db.write() as connection:
        await enqueue(connection, FORGET, key=f"{FORGET}:{due_ms // DAY_MS}", run_at_ms=due_ms)
