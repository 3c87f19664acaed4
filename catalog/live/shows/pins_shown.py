"""When which product was pinned, by the cards that were laid over the picture."""

from __future__ import annotations

import json
from dataclasses import dataclass

from catalog.live.shows.queries import SQL
from catalog.storage.sql import Connection

FOR_EVER_SECONDS = 1e6
LEAST_SECONDS = 3.0
"""A pin that was pressed by mistake makes no piece."""


@dataclass(frozen=True, slots=True)
class Pinned:
    """From when to when a product was pinned, in seconds of the broadcast's clock."""

    number: int
    pin: str
    begin: float
    end: float


async def pinned_of(connection: Connection, show_id: str) -> list[Pinned]:
    """The pins in their order, the last one without an end; one that was only laid anew is the same."""
    shown = [json.loads(row["detail"]) for row in await SQL.cards_shown(connection, show_id=show_id)]
    changes = [one for before, one in zip([{"pin": ""}, *shown], shown, strict=False) if one["pin"] != before["pin"]]
    ends = [*(one["seconds"] for one in changes[1:]), FOR_EVER_SECONDS][: len(changes)]
    pinned = [
        Pinned(number, one["pin"], one["seconds"], end)
        for number, (one, end) in enumerate(zip(changes, ends, strict=True))
    ]
    return [one for one in pinned if one.pin and one.end - one.begin >= LEAST_SECONDS]
