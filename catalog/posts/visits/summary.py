"""Which channel sells: a household's visits and orders of some weeks, put together from both counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from catalog.households.model import Household
from catalog.listings.model import Listing
from catalog.listings.queries import listings_of_household
from catalog.posts.model import CHANNEL_NAMES, channel_letter
from catalog.posts.visits.queries import orders_of_household, visits_of_household
from catalog.storage.database import now_ms
from catalog.storage.sql import Connection
from catalog.web.clock import local

DAYS = 30
DAY_MS = 24 * 3600_000


@dataclass(frozen=True, slots=True)
class Line:
    """A channel's or a product's numbers. `percent` is its share of the line with the most visits."""

    words: str
    visits: int
    orders: int
    percent: int = 0
    listing: Listing | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """The last `DAYS` days; lines without a visit or an order are left out, the busiest stand first."""

    visits: int
    orders: int
    channels: list[Line]
    goods: list[Line]


async def summary_of(connection: Connection, household: Household) -> Summary:
    """The household's numbers as they are written down now."""
    since_ms = now_ms() - DAYS * DAY_MS
    since = (local(now_ms()).date() - timedelta(days=DAYS)).isoformat()
    visits = await visits_of_household(connection, household.id, since=since)
    orders = await orders_of_household(connection, household.id, since_ms=since_ms)
    listings = await listings_of_household(connection, household.id)

    def line(words: str, belongs: Callable[[tuple[str, str]], bool], listing: Listing | None = None) -> Line:
        return Line(words, sum(number for key, number in visits.items() if belongs(key)),
                    sum(number for key, number in orders.items() if belongs(key)), listing=listing)

    channels = [line(words, lambda key, letter=channel_letter(name): key[1] == letter)  # type: ignore[misc]
                for name, words in CHANNEL_NAMES.items()]
    goods = [line(one.name, lambda key, id=one.id: key[0] == id, one) for one in listings]  # type: ignore[misc]
    return Summary(sum(visits.values()), sum(orders.values()), _busiest(channels), _busiest(goods))


def _busiest(lines: list[Line]) -> list[Line]:
    most = max((line.visits for line in lines), default=0) or 1
    return [Line(line.words, line.visits, line.orders, 100 * line.visits // most, line.listing)
            for line in sorted(lines, key=lambda line: (-line.visits, -line.orders)) if line.visits or line.orders]
