"""The households room's statements, with plain data in and out."""

from __future__ import annotations

from typing import Any

from catalog.households.model import Household, Person, Village
from catalog.storage.database import new_id, now_ms
from catalog.storage.sql import Connection, sql
from catalog.words.fold import fold

SQL = sql(__file__)


def to_household(row: Any) -> Household:
    """A household from its columns."""
    return Household(row["id"], row["code"], row["village_id"], row["name"], row["phone"], row["place"])


def to_person(row: Any) -> Person:
    """A person from their columns."""
    return Person(row["id"], row["name"], row["phone"], row["role"], row["village_id"], row["household_id"],
                  bool(row["has_pin"]))


def to_village(row: Any) -> Village:
    """A village from its columns."""
    return Village(row["id"], row["code"], row["name"], row["commune"], row["province"])


async def add_village(connection: Connection, *, code: str, name: str, commune: str, province: str) -> Village:
    """The village, now kept."""
    village = Village(new_id(), code, name, commune, province)
    await SQL.add_village(connection, id=village.id, code=code, name=name, commune=commune, province=province,
                          now_ms=now_ms())
    return village


async def village_by_code(connection: Connection, code: str) -> Village | None:
    """The village, or None."""
    row = await SQL.village_by_code(connection, code=code)
    return to_village(row) if row else None


async def village_by_id(connection: Connection, village_id: str) -> Village:
    """The village of a household or helper, which always exists."""
    return to_village(await SQL.village_by_id(connection, id=village_id))


async def all_villages(connection: Connection) -> list[Village]:
    """Every village, by name."""
    return [to_village(row) for row in await SQL.all_villages(connection)]


async def add_household(connection: Connection, *, code: str, village_id: str, name: str, phone: str | None,
                        place: str) -> Household:
    """The household, now kept."""
    household = Household(new_id(), code, village_id, name, phone, place)
    await SQL.add_household(connection, id=household.id, code=code, village_id=village_id, name=name,
                            folded=fold(name), phone=phone, place=place, now_ms=now_ms())
    return household


async def household_by_code(connection: Connection, code: str) -> Household | None:
    """The household, or None."""
    row = await SQL.household_by_code(connection, code=code)
    return to_household(row) if row else None


async def household_by_id(connection: Connection, household_id: str) -> Household:
    """The household of a listing, order or person, which always exists."""
    return to_household(await SQL.household_by_id(connection, id=household_id))


async def households_of_village(connection: Connection, village_id: str) -> list[Household]:
    """The village's households in the order of their folded names."""
    return [to_household(row) for row in await SQL.households_of_village(connection, village_id=village_id)]


async def add_person(connection: Connection, *, name: str, role: str, phone: str | None = None,
                     village_id: str | None = None, household_id: str | None = None) -> Person:
    """The person, now kept."""
    person = Person(new_id(), name, phone, role, village_id, household_id)
    await SQL.add_person(connection, id=person.id, name=name, phone=phone, role=role, village_id=village_id,
                         household_id=household_id, now_ms=now_ms())
    return person


async def people_of_household(connection: Connection, household_id: str) -> list[Person]:
    """The members who can sign in."""
    return [to_person(row) for row in await SQL.people_of_household(connection, household_id=household_id)]


async def helpers_of_village(connection: Connection, village_id: str) -> list[Person]:
    """The village's digital team."""
    return [to_person(row) for row in await SQL.helpers_of_village(connection, village_id=village_id)]


async def person_by_id(connection: Connection, person_id: str) -> Person | None:
    """The person, or None."""
    row = await SQL.person_by_id(connection, id=person_id)
    return to_person(row) if row else None


async def record(connection: Connection, *, household_id: str, person_id: str | None, verb: str,
                 listing_id: str | None = None, detail: str = "") -> None:
    """Write down who did what for whom; `verb` is a message key, `detail` a fact such as a price."""
    await SQL.add_audit(connection, id=new_id(), household_id=household_id, person_id=person_id, verb=verb,
                        listing_id=listing_id, detail=detail, now_ms=now_ms())
