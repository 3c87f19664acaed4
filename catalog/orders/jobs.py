"""The orders room's background work."""

from __future__ import annotations

from catalog.orders.holds import EXPIRE, expire_hold
from catalog.storage.jobs import JobKind, Report
from catalog.storage.queries import Job
from catalog.storage.shop import Shop


async def end_hold(shop: Shop, job: Job, report: Report) -> None:
    """Give the goods of one unpaid order back when their hold is over."""
    async with shop.db.write() as connection:
        await expire_hold(connection, job.payload["order_id"])


JOBS = (JobKind(EXPIRE, end_hold),)
