"""Old days of visits are summed: which day it was helps a seller for some weeks, the sum for as long as the goods.

Dropping them would make the sums wrong that stand beside all orders; keeping them would let the table grow by
a row a day for each place of each product. Summed, it is bounded: one row, and the days of five weeks.
"""

from __future__ import annotations

from datetime import timedelta

from catalog.posts.visits.queries import sum_old_days
from catalog.storage.database import now_ms
from catalog.storage.jobs import JobKind, Report
from catalog.storage.queries import Job, enqueue
from catalog.storage.shop import Shop
from catalog.web.clock import local

SUM = "visits.sum"
KEPT_DAYS = 35
DAY_MS = 24 * 3600_000
FIRST_MS = 120_000


async def sum_visits(shop: Shop, job: Job, report: Report) -> None:
    """Sum what is older than `KEPT_DAYS`; then promise tomorrow's summing. A second run finds nothing left."""
    oldest = local(now_ms()).date() - timedelta(days=KEPT_DAYS)
    async with shop.db.write() as connection:
        await sum_old_days(connection, before=oldest.isoformat())
    await promise_summing(shop, after_ms=DAY_MS)


async def promise_summing(shop: Shop, *, after_ms: int = FIRST_MS) -> None:
    """Called at the start, and by each day's for the next."""
    due_ms = now_ms() + after_ms
    async with shop.db.write() as connection:
        await enqueue(connection, SUM, key=f"{SUM}:{due_ms // DAY_MS}", run_at_ms=due_ms)


JOBS = (JobKind(SUM, sum_visits),)
