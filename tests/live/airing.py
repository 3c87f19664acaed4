"""A show of the cast's household, on air with two products, and what is said beneath it."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.households.model import Actor
from catalog.listings.model import Listing
from catalog.live.shows.comments import Said, take_comments
from catalog.live.shows.drafts import Confirmed, confirm
from catalog.live.shows.model import Draft, Show
from catalog.live.shows.plan import Plan, plan_show
from catalog.live.shows.queries import SQL, show_by_code, to_draft
from catalog.live.shows.stage import start
from catalog.storage.database import now_ms
from tests.cast import Cast
from tests.orders.goods import MEAT, POMELO, give_account, list_goods


@dataclass(frozen=True, slots=True)
class Airing:
    """The show, its goods A1 (meat by the bag) and A2 (pomelo by the kilogram)."""

    cast: Cast
    code: str
    meat: Listing
    pomelo: Listing

    @property
    def room(self) -> str:
        """The control room."""
        return f"/n/{self.cast.household.code}/shows/{self.code.lower()}"

    async def show(self) -> Show:
        """As it stands now."""
        async with self.cast.shop.db.read() as connection:
            show = await show_by_code(connection, self.code)
        assert show is not None
        return show

    async def say(self, text: str, author: str = "Ngọc Bùi", source: str = "typed") -> None:
        """One comment."""
        show = await self.show()
        async with self.cast.shop.db.write() as connection:
            await take_comments(connection, show, [Said(author, text, source)], seller=self.cast.household.name)

    async def drafts(self) -> list[Draft]:
        """Those that wait, the oldest first."""
        show = await self.show()
        async with self.cast.shop.db.read() as connection:
            return [to_draft(row) for row in await SQL.waiting_drafts(connection, show_id=show.id, most=100)]

    async def confirm_first(self) -> Confirmed:
        """The farmer's tap on the oldest draft."""
        show, draft = await self.show(), (await self.drafts())[0]
        async with self.cast.shop.db.write() as connection:
            return await confirm(connection, show, draft, version=draft.version, person_id=self.cast.farmer_person.id)

    async def claim(self, text: str = "A1 lấy 2 túi") -> str:
        """The code of a comment that was confirmed."""
        await self.say(text)
        return (await self.confirm_first()).claim

    async def events(self) -> list[str]:
        """What has happened, in its order."""
        show = await self.show()
        async with self.cast.shop.db.read() as connection:
            return [row["what"] for row in await SQL.events_after(connection, show_id=show.id, number=0, most=500)]


async def plan(cast: Cast, *, stock: int = 18, in_ms: int = 3600_000, by_helper: bool = False) -> Airing:
    """A planned show of two products."""
    await give_account(cast)
    meat = await list_goods(cast, MEAT, on_hand=stock)
    pomelo = await list_goods(cast, POMELO, on_hand=60_000)
    person = cast.helper_person if by_helper else cast.farmer_person
    async with cast.shop.db.write() as connection:
        show = await plan_show(connection, Actor(person, cast.household),
                               Plan("Thịt gác bếp mới", now_ms() + in_ms, (meat.id, pomelo.id), False))
    return Airing(cast, show.code, meat, pomelo)


async def go_on_air(cast: Cast, *, stock: int = 18) -> Airing:
    """The show, just begun."""
    airing = await plan(cast, stock=stock)
    show = await airing.show()
    async with cast.shop.db.write() as connection:
        await start(connection, show, person_id=cast.farmer_person.id)
    return airing
