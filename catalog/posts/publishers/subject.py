"""What can be posted: a listing, a village's digest, and whatever a room above adds. One page and one job serve all.

A room says what its subject is by a `Kind`, which server.py hands to the pages and to the job.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from starlette.requests import Request

from catalog.posts.check import Finding
from catalog.posts.publishers.account import Account, Holder
from catalog.posts.publishers.package import Ready
from catalog.posts.publishers.send_form import Moment, Target
from catalog.posts.publishers.sending import About, Sending
from catalog.storage.shop import Shop
from catalog.storage.sql import Connection


@dataclass(frozen=True, slots=True)
class Words:
    """A text as it would go out now. `summary` and `note` are in the reader's language; it is changed at `edit`, or ""."""

    summary: str
    text: str
    note: str = ""
    findings: tuple[Finding, ...] = ()
    edit: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the page shows of a subject: where it may go, its words. `obstacle`: why it can't go, in two message keys.

    `moments` are offered beside now and a time of one's own.
    """

    targets: list[Target]
    words: tuple[Words, ...]
    obstacle: tuple[str, str] | None = None
    moments: tuple[Moment, ...] = ()


class Subject(Protocol):
    """One thing that can be posted, for whoever may post it.

    `here` is its own page, `heading` a message key, `name` and `fact` what a reader knows it by. `whose` is the
    household that somebody else works for, or "". `code` weaves the page's band, `kind` colours it.
    """

    @property
    def holder(self) -> Holder:
        """Whose networks it goes out on."""

    @property
    def about(self) -> About:
        """What its posts are written down with."""

    here: str
    heading: str
    name: str
    fact: str
    whose: str
    code: str
    kind: str

    async def check(self) -> None:
        """Raises `Invalid` where it may not be posted now."""

    async def sheet(self, shop: Shop, connection: Connection, accounts: list[Account]) -> Sheet:
        """Its page."""

    async def note(self, connection: Connection, account: Account) -> None:
        """Write down, for the household, that it was asked for."""


Guard = Callable[[Connection], Awaitable[bool]]
"""Asked in the transaction in which something visible begins: whether the facts are still those of the text."""


@dataclass(frozen=True, slots=True)
class Going:
    """A post as it goes out now. Without a guard nothing of it can have changed."""

    ready: Ready
    guard: Guard | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of subject: where its pages are, how it is found in a path, and what of it goes out.

    `make` answers with a message key where the post must not go any more.
    """

    path: str
    load: Callable[[Request], Awaitable[Subject]]
    sends: Callable[[Sending], bool]
    make: Callable[[Shop, Sending], Awaitable[Going | str]]
