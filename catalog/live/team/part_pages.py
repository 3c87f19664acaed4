"""A household's part of a team's show: its own goods, what is asked for of them, what they brought; nobody else's."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from catalog.live.shows.access import Seat, room_path, rooms_of
from catalog.live.shows.refused import NOTHING, Refusal
from catalog.live.shows.report_pages import report_of
from catalog.live.shows.room_view import room_of
from catalog.live.shows.sellers import seller_of
from catalog.live.shows.stage import FLASH_MINUTES
from catalog.live.team.joining import joinings_of
from catalog.web.band import motif_of
from catalog.web.render import page, shop_of


async def part_page(request: Request, seat: Seat, refused: Refusal = NOTHING) -> Response:
    """The part as a page, before, on air and after. `seat` is a household's."""
    actor, show, shop = seat.actor, seat.show, shop_of(request)
    async with shop.db.read() as connection:
        seller = await seller_of(connection, show)
        room = await room_of(connection, actor, show, public_url=shop.settings.public_url, pins=seat.pins)
        report = await report_of(connection, show, pins=seat.pins)
        joining = next(one for one in await joinings_of(connection, show.id) if one.household.id == actor.household.id)
    return page(request, "live/part.html", status=refused.status, actor=actor, household=actor.household, show=show,
                seller=seller, room=room, report=report, joining=joining, refused=refused,
                motif=motif_of(actor.household.code), base=f"/n/{actor.household.code}",
                here=room_path(actor, show), viewers=rooms_of(request).viewers(show.id), minutes=FLASH_MINUTES)
