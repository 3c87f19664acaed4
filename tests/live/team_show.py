"""A show that a village's team runs for two households."""

from __future__ import annotations

from dataclasses import dataclass

import httpx

from catalog.households.model import Household, Person
from catalog.listings.model import Listing
from catalog.live.shows.comments import Said, take_comments
from catalog.live.shows.model import Draft, Show
from catalog.live.shows.queries import SQL, show_by_code, to_draft
from catalog.live.shows.stage import start
from catalog.live.team.joining import joinings_of
from catalog.orders.model import Order
from catalog.orders.queries import newest_orders
from tests.cast import Cast


@dataclass
class Team:
    """A show of the cast's helper with the farmer's meat (A1), a second household's pomelo (A2)."""

    cast: Cast
    code: str
    meat: Listing
    pomelo: Listing
    second: Household
    member: Person
    second_browser: httpx.AsyncClient

    def room(self, household: Household) -> str:
        """The show's page below a household."""
        return f"/n/{household.code}/shows/{self.code.lower()}"

    async def show(self) -> Show:
        """As it stands now."""
        async with self.cast.shop.db.read() as connection:
            show = await show_by_code(connection, self.code)
        assert show is not None
        return show

    async def question(self, household: Household) -> str:
        """Where the household answers."""
        async with self.cast.shop.db.read() as connection:
            return next(one.path for one in await joinings_of(connection, (await self.show()).id)
                        if one.household.id == household.id)

    async def agree(self) -> None:
        """Both households say yes, each in its own browser."""
        for client, household in ((self.cast.farmer, self.cast.household), (self.second_browser, self.second)):
            answer = await client.post(await self.question(household), data={"answer": "agree"})
            assert answer.status_code == 303

    async def go_on_air(self) -> None:
        """Agreed to and begun."""
        await self.agree()
        show = await self.show()
        async with self.cast.shop.db.write() as connection:
            await start(connection, show, person_id=self.cast.helper_person.id)

    async def say(self, text: str, author: str) -> Draft:
        """One comment, and the draft it made."""
        show = await self.show()
        async with self.cast.shop.db.write() as connection:
            await take_comments(connection, show, [Said(author, text, "typed")], seller="")
            return to_draft((await SQL.waiting_drafts(connection, show_id=show.id, most=99))[-1])

    async def orders(self, household: Household) -> list[Order]:
        """A household's orders."""
        async with self.cast.shop.db.read() as connection:
            return await newest_orders(connection, household.id, most=50)
