"""People, the households that sell, and the villages they live in."""

from __future__ import annotations

from dataclasses import dataclass

ROLES = ("owner", "helper", "household")


@dataclass(frozen=True, slots=True)
class Village:
    """A village whose team helps its households."""

    id: str
    code: str
    name: str
    commune: str
    province: str


@dataclass(frozen=True, slots=True)
class Household:
    """Who sells. `name` is as on the sign ("Lò Thị Xuân"); `phone` is E.164 or None."""

    id: str
    code: str
    village_id: str
    name: str
    phone: str | None
    place: str


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts: the shop's owner, a helper of one village, or a member of one household."""

    id: str
    name: str
    phone: str | None
    role: str
    village_id: str | None
    household_id: str | None
    has_pin: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """A person at work for one household. A helper or owner acts for another: `is_for_other`."""

    person: Person
    household: Household

    @property
    def is_for_other(self) -> bool:
        """Whether someone else's name is being used, so that the household must agree."""
        return self.person.household_id != self.household.id

    @property
    def person_id(self) -> str | None:
        """Who is written down as having acted; None where a household's API key did."""
        return self.person.id or None


def key_holder(household: Household) -> Actor:
    """Whoever holds a household's API key speaks for it: nobody else's agreement is needed."""
    return Actor(Person("", household.name, household.phone, "household", None, household.id), household)


def may_act_for(person: Person, household: Household) -> bool:
    """The owner for all, a helper for the village's households, a member for the own one."""
    if person.role == "owner":
        return True
    if person.role == "helper":
        return person.village_id == household.village_id
    return person.household_id == household.id


def may_see_village(person: Person, village: Village) -> bool:
    """The owner and the village's helpers see its board."""
    return person.role == "owner" or (person.role == "helper" and person.village_id == village.id)
