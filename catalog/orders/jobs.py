"""The orders room's background work."""

from __future__ import annotations

from catalog.orders.forget import DAY_MS, FORGET, forget_buyers, promise_forgetting
from catalog.orders.holds import EXPIRE, expire_hold
from catalog.storage.database import now_ms
from catalog.storage.jobs import JobKind, Report
from catalog.storage.queries import Job
from catalog.storage.shop import Shop


async def end_hold(shop: Shop, job: Job, report: Report) -> None:
    """Give the goods of one unpaid order back when their hold is over."""
    async with shop.db.write() as connection:
        await expire_hold(connection, job.payload["order_id"])


async def forget(shop: Shop, job: Job, report: Report) -> None:
    """Forget buyers whose orders ended long ago; then promise tomorrow's forgetting."""
    if days := shop.settings.buyer_days:
        async with shop.db.write() as connection:
            await forget_buyers(connection, before_ms=now_ms() - days * DAY_MS)
    await promise_forgetting(shop, after_ms=DAY_MS)


JOBS = (JobKind(EXPIRE, end_hold), JobKind(FORGET, forget))
