"""A connected network: who may connect it, what it can take."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.errors import Forbidden
from catalog.households.model import Actor
from catalog.posts.publishers.registry import Secrets
from catalog.words.keyed import N_

ONLY_THE_HOUSEHOLD = N_("Chỉ người trong nhà mới nối và bỏ được: bài lên mang tên nhà.")


@dataclass(frozen=True, slots=True)
class Account:
    """`address` is the Page's or account's id, or the webhook's address; `sealed` its secrets, encrypted."""

    id: str
    household_id: str | None
    network: str
    title: str
    address: str
    link: str
    shapes: tuple[str, ...]
    sealed: str
    trouble: str
    created_ms: int
    is_removed: bool


def place_of(account_id: str) -> str:
    """What an account's secrets are sealed for."""
    return f"account:{account_id}"


def shapes_of(network: str, secrets: Secrets) -> tuple[str, ...]:
    """The shapes in which the network takes posts with these secrets."""
    if network == "facebook":
        return ("pictures", "reel", "video") if secrets.get("app_id") else ("pictures", "reel")
    if network == "zalo":
        return ("article", "broadcast", "group") if secrets.get("group_id") else ("article", "broadcast")
    return ("pictures",)


def may_connect(actor: Actor) -> bool:
    """Only the household itself and the shop's owner: what is posted there is said in the household's name."""
    return actor.person.role == "owner" or not actor.is_for_other


def check_may_connect(actor: Actor) -> None:
    """Raises `Forbidden`, with the reason, for a helper."""
    if not may_connect(actor):
        raise Forbidden(ONLY_THE_HOUSEHOLD)
