"""A show: what is pinned in which order, and the drafts that its comments make."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from catalog.listings.model import Listing

STATES = ("planned", "live", "ended")
SOURCES = ("facebook", "youtube", "paste", "typed", "page")
MOST_ITEMS = 20
"""More goods than these nobody shows in one evening."""

COMMENT_DAYS = 7
"""So long after a show its comments are kept: buyers who ask about an order of it come within days."""

HOLD_MS = 10 * 60_000
"""A sure draft keeps its goods so long: a helper sees to it between two pins."""

CLAIM_SECONDS = 30 * 60
"""A confirmed order keeps its goods so long for the buyer to type the code and fill in the rest."""


LITTLE = "little"
"""Why a draft is unsure that asks for less than the seller sells at once."""


@dataclass(frozen=True, slots=True)
class Show:
    """One live show of a household, or where `village_id` is set of that village's team for several.

    `household_id` is whom it was planned from. `pinned` is the pin code on air, or ""; `last_event` counts its changes.
    """

    id: str
    code: str
    household_id: str
    title: str
    starts_ms: int
    state: str
    note: str
    helpers_see_phones: bool
    pinned: str
    last_event: int
    started_ms: int | None
    ended_ms: int | None
    created_ms: int
    village_id: str | None

    @property
    def path(self) -> str:
        """Its public page."""
        return f"/l/{self.code.lower()}"


@dataclass(frozen=True, slots=True)
class ShowItem:
    """A product of the show under its pin code. `flash_vnd` is the agreed flash price; it is on while `flash_until_ms` is set."""

    pin: str
    position: int
    listing: Listing
    points: str
    flash_vnd: int | None
    flash_until_ms: int | None
    before_vnd: int | None

    @property
    def is_flash(self) -> bool:
        """Whether the flash price is the price now."""
        return self.flash_until_ms is not None


@dataclass(frozen=True, slots=True)
class Want:
    """One thing that a draft asks for: `pin` and `amount` (base units) are None where a person must say."""

    pin: str | None
    amount: int | None
    said: str = ""
    """The amount as it was heard, for who must say what it means."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An order as it was read from a comment. `version` tells whether it has changed since it was looked at."""

    id: str
    show_id: str
    comment_id: str
    about_id: str | None
    intent: str
    wants: tuple[Want, ...]
    candidates: tuple[str, ...]
    phone: str
    unsure: str
    state: str
    version: int
    held: tuple[tuple[str, int], ...]
    hold_until_ms: int | None
    claim: str | None
    created_ms: int

    @property
    def is_sure(self) -> bool:
        """Whether one tap may make an order of it."""
        return not self.unsure and all(want.pin and want.amount for want in self.wants) and bool(self.wants)


def pin_code(position: int) -> str:
    """`A1`, `A2`, … for the first, second, … product."""
    return f"A{position + 1}"


def wants_json(wants: tuple[Want, ...]) -> str:
    """A form to keep; `wants_of_json` reads it back."""
    return json.dumps([asdict(want) for want in wants], ensure_ascii=False)


def wants_of_json(text: str) -> tuple[Want, ...]:
    """What `wants_json` wrote."""
    return tuple(Want(**one) for one in json.loads(text))
