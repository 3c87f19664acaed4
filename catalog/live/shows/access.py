"""A show in a path, for those who may work on it: who runs it, and on a team's show each household for its goods."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from catalog.errors import NotFound
from catalog.households.model import Actor, Household
from catalog.households.queries import household_by_id
from catalog.households.session import act_for
from catalog.live.shows.model import Show
from catalog.live.shows.queries import items_of, show_by_code
from catalog.live.shows.rooms import Rooms
from catalog.live.team.queries import SQL as TEAM
from catalog.storage.sql import Connection
from catalog.web.render import shop_of


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody at a show. `pins` are what a household on a team's show may see to; None for who runs it."""

    actor: Actor
    show: Show
    pins: frozenset[str] | None

    @property
    def runs(self) -> bool:
        """Whether everything of the show is this person's to see and to do."""
        return self.pins is None


async def seat_at(request: Request) -> Seat:
    """The seat at the show named by `{show}`; `NotFound` for a show that the household has no part in."""
    actor = await act_for(request)
    async with shop_of(request).db.read() as connection:
        show = await show_by_code(connection, request.path_params["show"])
        if show is None:
            raise NotFound
        return Seat(actor, show, await _pins(connection, actor, show))


async def own_show(request: Request) -> tuple[Actor, Show]:
    """The actor and the show named by `{show}`, for who runs it; `NotFound` for everybody else."""
    seat = await seat_at(request)
    if not seat.runs:
        raise NotFound
    return seat.actor, seat.show


async def public_show(request: Request) -> tuple[Show, Household]:
    """The show named by `{code}`, for everybody, and the household it was planned from."""
    async with shop_of(request).db.read() as connection:
        show = await show_by_code(connection, request.path_params["code"])
        if show is None:
            raise NotFound("Không có buổi phát này. Xem lại đường dẫn.")
        return show, await household_by_id(connection, show.household_id)


async def run_public(request: Request) -> tuple[Actor, Show, Household]:
    """The show named by `{code}` for who runs it: camera and sound are theirs."""
    show, household = await public_show(request)
    actor = await act_for(request, household.code)
    if show.village_id is not None and not actor.is_for_other:
        raise NotFound
    return actor, show, household


async def follow_public(request: Request) -> Show:
    """The show named by `{code}` for who has a seat at it, a household on a team's show too."""
    show, household = await public_show(request)
    try:
        await run_public(request)
    except NotFound:
        if show.village_id is None:
            raise
        async with shop_of(request).db.read() as connection:
            rows = await TEAM.joinings_of_show(connection, show_id=show.id)
        for code in [row["household_code"] for row in rows if row["state"] == "agreed"]:
            try:
                await act_for(request, code)
            except NotFound:
                continue
            return show
        raise
    return show


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


async def _pins(connection: Connection, actor: Actor, show: Show) -> frozenset[str] | None:
    if show.village_id is None:
        if show.household_id != actor.household.id:
            raise NotFound
        return None
    states = {row["household_id"]: row["state"] for row in await TEAM.joinings_of_show(connection, show_id=show.id)}
    if actor.is_for_other:
        if actor.household.id != show.household_id and states.get(actor.household.id, "replaced") == "replaced":
            raise NotFound
        return None
    if states.get(actor.household.id) != "agreed":
        raise NotFound
    return frozenset(item.pin for item in await items_of(connection, show.id)
                     if item.listing.household_id == actor.household.id)
