"""A connected network: who may connect it, what it can take."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.errors import Forbidden
from catalog.households.model import Actor, Person, Village
from catalog.posts.publishers.model import NETWORKS
from catalog.posts.publishers.registry import Secrets
from catalog.words.keyed import N_

ONLY_THE_OWNER = N_("Chỉ chủ sạp chung nối được trang của bản.")
ONLY_THE_HOUSEHOLD = N_("Chỉ người trong nhà mới nối và bỏ được: bài lên mang tên nhà.")


@dataclass(frozen=True, slots=True)
class Account:
    """`address` is the Page's or account's id, or the webhook's address; `sealed` its secrets, encrypted."""

    id: str
    household_id: str | None
    village_id: str | None
    network: str
    title: str
    address: str
    link: str
    shapes: tuple[str, ...]
    sealed: str
    trouble: str
    created_ms: int
    is_removed: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose networks they are: a household's, or a village's for its digest. `base` begins the holder's own pages."""

    household_id: str | None
    village_id: str | None
    base: str
    person_id: str | None
    may_connect: bool

    @property
    def networks(self) -> tuple[str, ...]:
        """What can be connected: a digest has no place on a portal."""
        return NETWORKS if self.household_id else ("facebook", "zalo")

    def check_may_connect(self) -> None:
        """Raises `Forbidden`, with the reason, for a helper."""
        if not self.may_connect:
            raise Forbidden(ONLY_THE_HOUSEHOLD if self.household_id else ONLY_THE_OWNER)


def holder_of_household(actor: Actor) -> Holder:
    """The household that the actor works for. Only itself and the shop's owner connect: posts bear its name."""
    may = actor.person.role == "owner" or not actor.is_for_other
    return Holder(actor.household.id, None, f"/n/{actor.household.code}", actor.person_id, may)


def holder_of_village(person: Person, village: Village) -> Holder:
    """The village; only the shop's owner connects for it."""
    return Holder(None, village.id, f"/v/{village.code}", person.id, person.role == "owner")


def place_of(account_id: str) -> str:
    """What an account's secrets are sealed for."""
    return f"account:{account_id}"


def shapes_of(network: str, secrets: Secrets, *, is_village: bool = False) -> tuple[str, ...]:
    """The shapes in which the network takes posts with these secrets."""
    if is_village:  # Zalo fetches an article's pictures itself, and a digest's are its team's alone.
        return ("pictures",) if network == "facebook" else ("group",)
    if network == "facebook":
        return ("pictures", "reel", "video") if secrets.get("app_id") else ("pictures", "reel")
    if network == "zalo":
        return ("article", "broadcast", "group") if secrets.get("group_id") else ("article", "broadcast")
    return ("pictures",)
