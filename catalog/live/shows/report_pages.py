"""After a show: what each product brought, who watched when, what prices did."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from catalog.households.model import Actor
from catalog.households.queries import household_by_id
from catalog.live.shows.access import room_path
from catalog.listings.model import Listing
from catalog.live.shows.chart import Chart, Course, draw
from catalog.live.shows.model import Show
from catalog.live.shows.queries import SQL
from catalog.live.shows.reaction import Change, Reaction, reactions_of
from catalog.live.shows.recording_pages import filmed_of
from catalog.live.shows.room_view import Shown, goods_of
from catalog.posts.filmed.queries import clips_of_origin
from catalog.storage.database import now_ms
from catalog.storage.sql import Connection
from catalog.web.band import motif_of
from catalog.web.render import page, shop_of
from catalog.words.money import show_vnd
from catalog.words.units import show_quantity


LOST = ("cancelled", "expired")
PRICE_SET = "đặt giá"
"""As listings write it down."""


@dataclass(frozen=True, slots=True)
class Brought:
    """One product's part of the show; `share` is percent of the best."""

    shown: Shown
    orders: int
    amount_text: str
    total_vnd: int
    share: int


@dataclass(frozen=True, slots=True)
class Report:
    """A show's sum. Orders that were cancelled or ran out of time are only in `lost`."""

    rows: tuple[Brought, ...]
    orders: int
    total_vnd: int
    lost: int
    most_viewers: int
    minutes: int
    waiting: int
    chart: Chart
    reactions: tuple[Reaction, ...]
    households: tuple[tuple[str, int, int], ...] = ()
    """Of a team's show: each household, its orders and what they are worth."""


async def report_page(request: Request, actor: Actor, show: Show) -> Response:
    """The report as a page."""
    async with shop_of(request).db.read() as connection:
        report = await report_of(connection, show)
        clips = await clips_of_origin(connection, show.id)
        bases = {
            clip.household_id: f"/n/{(await household_by_id(connection, clip.household_id)).code}"
            for clip in clips.values()
        }
    filmed = await filmed_of(shop_of(request), show)
    return page(request, "live/report.html", actor=actor, household=actor.household, show=show, report=report,
                motif=motif_of(actor.household.code), base=f"/n/{actor.household.code}", here=room_path(actor, show),
                filmed=filmed, clips=clips, bases=bases)


async def report_of(connection: Connection, show: Show, *, pins: frozenset[str] | None = None) -> Report:
    """What the show has brought until now; with `pins` what these products have."""
    sold = {row["pin"]: row for row in await SQL.sold(connection, show_id=show.id)
            if pins is None or row["pin"] in pins}
    best = max((row["total_vnd"] for row in sold.values()), default=0) or 1
    rows = []
    for shown in await goods_of(connection, show):
        if pins is not None and shown.item.pin not in pins:
            continue
        row = sold.get(shown.item.pin)
        rows.append(Brought(shown, row["orders"] if row else 0,
                            show_quantity(row["amount"], shown.item.listing.unit) if row else "",
                            row["total_vnd"] if row else 0, round(100 * row["total_vnd"] / best) if row else 0))
    times = [row for row in await SQL.order_times(connection, show_id=show.id) if pins is None or row["pin"] in pins]
    orders = [(row["pin"], row["at_ms"]) for row in times if row["state"] not in LOST]
    viewers = [(row["minute_ms"], row["viewers"]) for row in await SQL.viewers(connection, show_id=show.id)]
    begun, ended = show.started_ms or show.starts_ms, show.ended_ms or now_ms()
    events = [
        (row["at_ms"], row["what"], json.loads(row["detail"])) for row in await SQL.markers(connection, show_id=show.id)
    ]
    listings = {one.shown.item.pin: one.shown.item.listing for one in rows}
    flashes = [one for one in flashes_of(events, ended) if one.pin in listings]
    changes = flashes + await prices_of(connection, show, listings)
    course = Course(
        begun,
        ended,
        tuple(row.shown.item.pin for row in rows),
        tuple(viewers),
        pinned_spans(events, ended),
        tuple((one.pin, one.at_ms, one.until_ms or ended) for one in flashes),
        tuple(orders),
    )
    waiting = await SQL.waiting_of_show(connection, show_id=show.id)
    return Report(
        tuple(rows),
        sum(row.orders for row in rows),
        sum(row.total_vnd for row in rows),
        len(times) - len(orders),
        max((count for _, count in viewers), default=0),
        max(1, (ended - begun) // 60_000),
        len(waiting),
        draw(course),
        tuple(reactions_of(changes, orders, begun_ms=begun, ended_ms=ended)),
        _by_household(rows),
    )


def pinned_spans(events: list[tuple[int, str, dict[str, Any]]], ended_ms: int) -> tuple[tuple[str, int, int], ...]:
    """Which product was pinned from when to when."""
    pins = [(at_ms, detail["pin"]) for at_ms, what, detail in events if what == "pinned"]
    ends = [*(at_ms for at_ms, _ in pins), ended_ms][1:]
    return tuple((pin, at_ms, end) for (at_ms, pin), end in zip(pins, ends, strict=True))


def flashes_of(events: list[tuple[int, str, dict[str, Any]]], ended_ms: int) -> list[Change]:
    """Each flash price with the moment at which it was over, be it earlier than was said."""
    found = []
    for number, (at_ms, what, detail) in enumerate(events):
        if what != "flash":
            continue
        over = next(
            (later for later, word, other in events[number:] if word == "flash_over" and other["pin"] == detail["pin"]),
            ended_ms,
        )
        found.append(Change(detail["pin"], at_ms, min(over, detail["until_ms"]), show_vnd(detail["price_vnd"])))
    return found


async def prices_of(connection: Connection, show: Show, listings: dict[str, Listing]) -> list[Change]:
    """New prices that were set, or agreed to by the household, while the show was on air."""
    span = {"show_id": show.id, "begun_ms": show.started_ms or 0, "ended_ms": show.ended_ms or now_ms()}
    made = [
        Change(row["pin"], row["at_ms"], None, row["detail"])
        for row in await SQL.prices_set(connection, verb=PRICE_SET, **span)
        if row["pin"] in listings
    ]
    agreed = [
        Change(
            row["pin"],
            row["answered_ms"],
            None,
            f"{listings[row['pin']].name} {show_vnd(row['new_price_vnd'])}/{listings[row['pin']].unit}",
        )
        for row in await SQL.prices_agreed(connection, **span)
        if row["pin"] in listings
    ]
    return made + agreed


def _by_household(rows: list[Brought]) -> tuple[tuple[str, int, int], ...]:
    sums: dict[str, tuple[int, int]] = {}
    for row in rows:
        if row.shown.seller:
            orders, total = sums.get(row.shown.seller, (0, 0))
            sums[row.shown.seller] = (orders + row.orders, total + row.total_vnd)
    return tuple((seller, *both) for seller, both in sums.items())
