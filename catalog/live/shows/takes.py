"""Which stretch of a show becomes a product's clip: from its pin on, while the camera's own picture was on air."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from catalog.live.shows.pins_shown import Pinned

MOST_SECONDS = 45.0
"""A little more than a clip shows, so that it can end in a pause."""

ENOUGH_SECONDS, LEAST_SECONDS = 20.0, 6.0
GROUP_SECONDS = 2.5
"""A cut begins with the group of pictures before, at most 2 s earlier, and events are written a moment late."""

SLATE_SECONDS = 1.5
"""So long the last picture has stood when the slate is told."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """From when to when, in seconds of the broadcast's clock."""

    begin: float
    end: float

    @property
    def seconds(self) -> float:
        """Its length."""
        return self.end - self.begin


def on_air(changes: list[Any], zero: float, end: float) -> list[Stretch]:
    """When the camera's picture was on air.

    `changes` are the show's `picture` events, `zero` the clock's beginning (seconds since 1970).
    """
    spans, begin = [], None
    for row in changes:
        at, picture = row["at_ms"] / 1000 - zero, json.loads(row["detail"])["picture"]
        if picture == "on_air" and begin is None:
            begin = at
        elif picture != "on_air" and begin is not None:
            spans.append(Stretch(begin, at - SLATE_SECONDS))
            begin = None
    return [*spans, Stretch(begin, end)] if begin is not None else spans


def stretch_of(pinned: Pinned, spans: list[Stretch]) -> Stretch | None:
    """The first stretch of a pin that is long enough, else its longest, or None."""
    found = []
    for span in spans:
        begin = pinned.begin if span.begin <= pinned.begin else span.begin + GROUP_SECONDS
        end = min(pinned.end, span.end, begin + MOST_SECONDS)
        if end - begin >= LEAST_SECONDS:
            found.append(Stretch(begin, end))
    enough = (one for one in found if one.seconds >= ENOUGH_SECONDS)
    return next(enough, max(found, key=lambda one: one.seconds, default=None))


def takes_of(pins: list[Pinned], spans: list[Stretch]) -> dict[str, Stretch]:
    """For each pin code the best stretch of all its times on air: the first that is long enough, else the longest."""
    best: dict[str, Stretch] = {}
    for pinned in pins:
        stretch, before = stretch_of(pinned, spans), best.get(pinned.pin)
        if stretch and (before is None or min(before.seconds, ENOUGH_SECONDS) < min(stretch.seconds, ENOUGH_SECONDS)):
            best[pinned.pin] = stretch
    return best
