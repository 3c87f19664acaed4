"""The form that sends a post: where to, now or when."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.errors import FieldError
from catalog.posts.publishers.account import Account
from catalog.posts.publishers.model import SHAPE_TITLES
from catalog.posts.publishers.sending import Sending, read_time
from catalog.storage.database import new_id, now_ms
from catalog.web.forms import Form


@dataclass(frozen=True, slots=True)
class Target:
    """One thing to choose: an account and the shape in which it takes the post."""

    value: str
    account: Account
    shape: str

    @property
    def title(self) -> str:
        """The shape, as a message key."""
        return SHAPE_TITLES[self.shape]


@dataclass(frozen=True, slots=True)
class Moment:
    """A usual time to be chosen at once: as fields of date and time send it, its words, and as people read it."""

    value: str
    words: str
    detail: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What a sent form asks for. `key` makes a second sending of it harmless."""

    target: Target
    due_ms: int
    key: str


def targets_of(accounts: list[Account]) -> list[Target]:
    """All that may be chosen, account by account; one whose token has ended is left out."""
    return [Target(f"{account.id}.{shape}", account, shape) for account in accounts if not account.trouble
            for shape in account.shapes]


def read_wish(form: Form, accounts: list[Account]) -> Wish:
    """What the form asks for. Raises `Invalid`."""
    target = {one.value: one for one in targets_of(accounts)}.get(form.raw("target"))
    if target is None:
        form.wrong("target", FieldError("Chọn nơi đăng."))
    now = now_ms()
    when = form.raw("when")
    if when in ("", "now"):
        due_ms = now
    else:
        due_ms = form.read("at" if when == "later" else "when", lambda typed: read_time(typed, now), now)
    form.check()
    assert target is not None
    return Wish(target, due_ms, form.text("key", longest=40) or new_id())


def version_of(sendings: list[Sending]) -> str:
    """Another one means that the list would look different now."""
    return f"{len(sendings)}-{max((one.changed_ms for one in sendings), default=0)}"
