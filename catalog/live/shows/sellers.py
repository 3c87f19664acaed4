"""Who sells on a show: a household, or a village's team for several."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.households.model import Household, Village
from catalog.households.queries import household_by_id, households_of_village, village_by_id
from catalog.live.shows.model import Show
from catalog.storage.sql import Connection
from catalog.web.locale import translate


@dataclass(frozen=True, slots=True)
class Seller:
    """Whose show it is. `code` weaves the band; `household` is the one it was planned from."""

    household: Household
    village: Village
    is_team: bool

    @property
    def title(self) -> str:
        """As the reader knows it: "Nhà Lò Thị Xuân", "Tổ số Bản Lói"."""
        if self.is_team:
            return translate("Tổ số {village}").format(village=self.village.name)
        return translate("Nhà {name}").format(name=self.household.name)

    @property
    def said(self) -> str:
        """Inside a sentence of a post, always in Vietnamese."""
        return f"tổ số {self.village.name}" if self.is_team else f"nhà {self.household.name}"

    @property
    def we(self) -> str:
        """What it calls itself in a post."""
        return "tổ số" if self.is_team else "nhà mình"

    @property
    def place(self) -> str:
        """Where it is."""
        return self.village.commune if self.is_team else self.household.place or self.village.commune

    @property
    def phone(self) -> str | None:
        """E.164; a team has none, each household has its own."""
        return None if self.is_team else self.household.phone

    @property
    def code(self) -> str:
        """The household's, or the village's."""
        return self.village.code if self.is_team else self.household.code


async def seller_of(connection: Connection, show: Show) -> Seller:
    """Whose show it is."""
    household = await household_by_id(connection, show.household_id)
    return Seller(household, await village_by_id(connection, show.village_id or household.village_id),
                  show.village_id is not None)


async def owners_of(connection: Connection, show: Show) -> dict[str, Household]:
    """The households of a team's show by id; of a household's own show none, for there it is said once above."""
    if show.village_id is None:
        return {}
    return {one.id: one for one in await households_of_village(connection, show.village_id)}
