"""The phone as the show's camera: the page that records, and the broadcast that its slices go to."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.websockets import WebSocket

from catalog.live.shows.access import room_path, run_public
from catalog.live.shows.broadcast import Broadcasts
from catalog.live.shows.public_view import public_of
from catalog.web.band import motif_of
from catalog.web.render import page, shop_of


def broadcasts_of(request: Request | WebSocket) -> Broadcasts:
    """The broadcasts that run now."""
    found: Broadcasts = request.app.state.broadcasts
    return found


async def show_camera(request: Request) -> Response:
    """The camera's page, for who may run the show."""
    actor, show, household = await run_public(request)
    async with shop_of(request).db.read() as connection:
        public, _ = await public_of(connection, show)
    return page(request, "live/camera.html", actor=actor, household=household, show=show, public=public,
                motif=motif_of(household.code), room=room_path(actor, show))


ROUTES = [Route("/l/{code}/camera", show_camera)]
