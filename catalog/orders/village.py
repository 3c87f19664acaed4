"""The village board's pages: what to see to, and choosing a household to list goods for."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from catalog.households.session import village_board
from catalog.orders.board import FILTERS, load_board, search
from catalog.web.band import motif_of
from catalog.web.render import page, shop_of

LONGEST_SEARCH = 60


async def show_board(request: Request) -> Response:
    """The four counts and one of their lists, or what a search found."""
    person, village = await village_board(request)
    asked = request.query_params.get("show", "")
    text = request.query_params.get("q", "")[:LONGEST_SEARCH].strip()
    async with shop_of(request).db.read() as connection:
        board = await load_board(connection, village.id)
        found = await search(connection, village.id, text) if text else []
    first = next((name for name in FILTERS if board.lists[name]), next(iter(FILTERS)))
    shown = asked if asked in FILTERS else first
    return page(request, "orders/board.html", person=person, village=village, motif=motif_of(village.code),
                filters=FILTERS, board=board, shown=shown, lines=board.lists[shown], text=text, found=found)


async def choose_household(request: Request) -> Response:
    """For which household goods are to be listed."""
    _, village = await village_board(request)
    text = request.query_params.get("q", "")[:LONGEST_SEARCH].strip()
    async with shop_of(request).db.read() as connection:
        found = await search(connection, village.id, text, target="/sell")
    return page(request, "orders/choose.html", village=village, motif=motif_of(village.code), text=text, found=found)


ROUTES = [Route("/v/{village}", show_board), Route("/v/{village}/sell", choose_household)]
