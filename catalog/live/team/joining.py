"""A team's show sells for several households: each is asked once for all its goods on it, and may take its word back.

What a household has not agreed to is on no page, no poster and no broadcast. Consent is voluntary, informed,
specific and withdrawable (Law 91/2025/QH15 on personal data): more goods and another day are asked for anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from catalog.errors import Conflict, Forbidden, NotFound
from catalog.households.model import Actor, Household, Person
from catalog.households.queries import record, to_household
from catalog.households.short_codes import consent_code
from catalog.live.shows.model import Show, ShowItem
from catalog.live.shows.queries import lock_show, note, planned_items_of
from catalog.live.team.queries import SQL
from catalog.storage.database import now_ms
from catalog.storage.sql import Connection
from catalog.words.keyed import N_

ANSWERS = {"agree": ("agreed", ("asked", "later", "withdrawn")), "later": ("later", ("asked", "later")),
           "withdraw": ("withdrawn", ("agreed",))}
"""What each answer leads to, and from where."""

VERBS = {"agreed": N_("đồng ý bán trên buổi phát"), "later": N_("để sau buổi phát"),
         "withdrawn": N_("rút hàng khỏi buổi phát")}


@dataclass(frozen=True, slots=True)
class Joining:
    """What one household of a team's show was asked, by whom, and what it said; its goods in the order of the show."""

    show_id: str
    household: Household
    code: str
    state: str
    asked_by_name: str
    asked_ms: int
    answered_ms: int | None
    goods: tuple[ShowItem, ...]

    @property
    def is_open(self) -> bool:
        """Whether it may still be answered with yes."""
        return self.state in ANSWERS["agree"][1]

    @property
    def path(self) -> str:
        """Where the household answers."""
        return f"/b/{self.code.lower()}"


ANSWERED_FOR_A_DAY = ("agreed", "later")
"""What holds for the day of the show alone."""


async def ask_households(connection: Connection, actor: Actor, show: Show, *, before: Iterable[ShowItem] = (),
                         is_other_day: bool = False) -> None:
    """Ask each household of a team's show that has not agreed to just these goods on just this day; let go who has
    none any more."""
    known = {row["household_id"]: row["state"] for row in await SQL.joinings_of_show(connection, show_id=show.id)}
    had = {item.listing.id for item in before}
    wanted: dict[str, bool] = {}
    for item in await planned_items_of(connection, show.id):
        wanted[item.listing.household_id] = wanted.get(item.listing.household_id, False) or item.listing.id not in had
    for household_id, is_more in wanted.items():
        state = known.get(household_id)
        if is_more or state in (None, "replaced") or (is_other_day and state in ANSWERED_FOR_A_DAY):
            await SQL.ask_household(connection, show_id=show.id, household_id=household_id, code=consent_code(),
                                    asked_by=actor.person.id, now_ms=now_ms())
            await record(connection, household_id=household_id, person_id=actor.person_id,
                         verb=N_("xin bán trên buổi phát"),
                         detail=show.title)
    for household_id in known.keys() - wanted.keys():
        await SQL.let_household_go(connection, show_id=show.id, household_id=household_id)


async def joinings_of(connection: Connection, show_id: str) -> list[Joining]:
    """Every household that has goods on the show, by name."""
    goods = await planned_items_of(connection, show_id)
    return [_to_joining(row, goods) for row in await SQL.joinings_of_show(connection, show_id=show_id)
            if row["state"] != "replaced"]


async def joining_by_code(connection: Connection, code: str) -> Joining:
    """What the link asks; raises `NotFound`, also for one that is void."""
    row = await SQL.joining_by_code(connection, code=code.upper())
    if row is None or row["state"] == "replaced":
        raise NotFound("Đường dẫn này không đúng. Nhờ tổ số của bản gửi lại.")
    return _to_joining(row, await planned_items_of(connection, row["show_id"]))


def may_answer(person: Person | None, joining: Joining) -> bool:
    """Whether this browser may: not one that is signed in as somebody else, for nobody agrees for another."""
    return person is None or person.household_id == joining.household.id


async def answer(connection: Connection, show: Show, joining: Joining, what: str, person: Person | None) -> None:
    """Agree, not now, or take it back. Raises `Forbidden` for a helper, `Conflict` where it was answered meanwhile."""
    if not may_answer(person, joining):
        raise Forbidden("Việc này phải bấm trên máy của nhà. Gửi đường dẫn cho nhà mở.")
    state, froms = ANSWERS[what]
    if joining.state not in froms:
        raise Conflict
    await lock_show(connection, show.id)
    if await SQL.answer_joining(connection, code=joining.code, state=state, before=joining.state, now_ms=now_ms(),
                                answered_by=person.id if person else None) is None:
        raise Conflict
    await record(connection, household_id=joining.household.id, person_id=person.id if person else None,
                 verb=VERBS[state],
                 detail=show.title)
    await note(connection, show.id, "joined", person_id=person.id if person else None, state=state)


def _to_joining(row: Any, goods: list[ShowItem]) -> Joining:
    household = to_household({"id": row["household_id"], "code": row["household_code"], "village_id": row["village_id"],
                              "name": row["household_name"], "phone": row["household_phone"],
                              "place": row["household_place"]})
    return Joining(row["show_id"], household, row["code"], row["state"], row["asked_by_name"], row["asked_ms"],
                   row["answered_ms"],
                   tuple(item for item in goods if item.listing.household_id == household.id))
