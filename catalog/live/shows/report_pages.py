"""After a show: what each product brought, who watched when, what prices did."""

from __future__ import annotations

import json
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from catalog.households.model import Actor
from catalog.live.shows.access import room_path
from catalog.live.shows.chart import Chart, draw
from catalog.live.shows.model import Show
from catalog.live.shows.queries import SQL
from catalog.live.shows.recording_pages import filmed_of
from catalog.live.shows.room_view import Shown, goods_of
from catalog.posts.filmed.queries import clips_of_origin
from catalog.storage.database import now_ms
from catalog.storage.sql import Connection
from catalog.web.band import motif_of
from catalog.web.render import page, shop_of
from catalog.words.units import show_quantity


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


async def report_page(request: Request, actor: Actor, show: Show) -> Response:
    """The report as a page."""
    async with shop_of(request).db.read() as connection:
        report = await report_of(connection, show)
        clips = await clips_of_origin(connection, show.id)
    filmed = await filmed_of(shop_of(request), show)
    return page(request, "live/report.html", actor=actor, household=actor.household, show=show, report=report,
                motif=motif_of(actor.household.code), base=f"/n/{actor.household.code}", here=room_path(actor, show),
                filmed=filmed, clips=clips)


async def report_of(connection: Connection, show: Show) -> Report:
    """What the show has brought until now."""
    sold = {row["pin"]: row for row in await SQL.sold(connection, show_id=show.id)}
    best = max((row["total_vnd"] for row in sold.values()), default=0) or 1
    rows = []
    for shown in await goods_of(connection, show):
        row = sold.get(shown.item.pin)
        rows.append(Brought(shown, row["orders"] if row else 0,
                            show_quantity(row["amount"], shown.item.listing.unit) if row else "",
                            row["total_vnd"] if row else 0, round(100 * row["total_vnd"] / best) if row else 0))
    times = await SQL.order_times(connection, show_id=show.id)
    viewers = [(row["minute_ms"], row["viewers"]) for row in await SQL.viewers(connection, show_id=show.id)]
    begun = show.started_ms or show.starts_ms
    ended = show.ended_ms or now_ms()
    marks = [(row["at_ms"], row["what"], json.loads(row["detail"]).get("pin", "")) for row in
             await SQL.markers(connection, show_id=show.id) if row["what"] in ("pinned", "flash")]
    waiting = await SQL.waiting_of_show(connection, show_id=show.id)
    return Report(tuple(rows), sum(row.orders for row in rows), sum(row.total_vnd for row in rows),
                  sum(row["state"] in ("cancelled", "expired") for row in times),
                  max((count for _, count in viewers), default=0), max(1, (ended - begun) // 60_000), len(waiting),
                  draw(begun, ended, viewers, [row["at_ms"] for row in times if row["state"] not in ("cancelled", "expired")], marks))
