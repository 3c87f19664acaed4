"""A show in a path, for those who may work on it."""

from __future__ import annotations

from starlette.requests import Request

from catalog.errors import NotFound
from catalog.households.model import Actor, Household
from catalog.households.queries import household_by_id
from catalog.households.session import act_for
from catalog.live.shows.model import Show
from catalog.live.shows.queries import show_by_code
from catalog.live.shows.rooms import Rooms
from catalog.web.render import shop_of


async def own_show(request: Request) -> tuple[Actor, Show]:
    """The actor and the household's show named by `{show}`; `NotFound` for any other's."""
    actor = await act_for(request)
    async with shop_of(request).db.read() as connection:
        show = await show_by_code(connection, request.path_params["show"])
    if show is None or show.household_id != actor.household.id:
        raise NotFound
    return actor, show


async def public_show(request: Request) -> tuple[Show, Household]:
    """The show named by `{code}`, for everybody, and whose it is."""
    async with shop_of(request).db.read() as connection:
        show = await show_by_code(connection, request.path_params["code"])
        if show is None:
            raise NotFound("Không có buổi phát này. Xem lại đường dẫn.")
        return show, await household_by_id(connection, show.household_id)


def room_path(actor: Actor, show: Show) -> str:
    """Where the show is prepared and run: `/n/xuan8/shows/k7m2p`."""
    return f"/n/{actor.household.code}/shows/{show.code.lower()}"


def rooms_of(request: Request) -> Rooms:
    """Who watches which show, and the bell that is rung when one changes."""
    rooms: Rooms = request.app.state.rooms
    return rooms


def sees_phones(actor: Actor, show: Show) -> bool:
    """Whether the person may see whole phone numbers in comments: the household itself, or helpers it has allowed."""
    return not actor.is_for_other or show.helpers_see_phones
