"""The household's page about where its buyers come from."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from catalog.households.session import act_for
from catalog.posts.visits.summary import DAYS, summary_of
from catalog.web.band import motif_of
from catalog.web.render import page, shop_of


async def show_visits(request: Request) -> Response:
    """Visits and orders by channel and by product."""
    actor = await act_for(request)
    async with shop_of(request).db.read() as connection:
        summary = await summary_of(connection, actor.household)
    return page(request, "posts/visits.html", actor=actor, household=actor.household, base=f"/n/{actor.household.code}",
                motif=motif_of(actor.household.code), summary=summary, days=DAYS)


ROUTES = [Route("/n/{household}/visits", show_visits)]
