"""What a changed price did: orders of the product in its time, and in as much time before and after."""

from __future__ import annotations

from dataclasses import dataclass

MINUTE_MS = 60_000
WATCHED_MS = 10 * MINUTE_MS
"""So long an ordinary new price is watched; a flash price has its own end."""


@dataclass(frozen=True, slots=True)
class Change:
    """A price from `at_ms` on; `until_ms` is a flash price's end. `said` is the price as it was written down."""

    pin: str
    at_ms: int
    until_ms: int | None
    said: str

    @property
    def is_flash(self) -> bool:
        """Whether the price of before came back."""
        return self.until_ms is not None


@dataclass(frozen=True, slots=True)
class Window:
    """Orders in so many whole minutes."""

    minutes: int
    orders: int
    share: int
    """Of the best of the three windows, in percent, by the minute."""


@dataclass(frozen=True, slots=True)
class Reaction:
    """The three windows of a change; `before` or `after` is None where the show left no whole minute for it."""

    change: Change
    before: Window | None
    during: Window
    after: Window | None


def reactions_of(
    changes: list[Change], orders: list[tuple[str, int]], *, begun_ms: int, ended_ms: int
) -> list[Reaction]:
    """One for each change within the show, in its order. `orders` are pairs of a pin and a moment."""
    found = []
    for change in sorted(changes, key=lambda one: one.at_ms):
        later = (one.at_ms for one in changes if one.pin == change.pin and one.at_ms > change.at_ms)
        until = min(change.until_ms or change.at_ms + WATCHED_MS, ended_ms, min(later, default=ended_ms))
        length = max(MINUTE_MS, until - change.at_ms)
        times = [at_ms for pin, at_ms in orders if pin == change.pin]
        spans = [(max(begun_ms, change.at_ms - length), change.at_ms), (change.at_ms, change.at_ms + length),
                 (until, min(ended_ms, until + length))]
        before, during, after = (_counted(times, *span) for span in spans)
        best = max((minutes and count / minutes for minutes, count in (before, during, after)), default=0) or 1
        windows = [Window(minutes, count, round(100 * count / minutes / best)) if minutes else None
                   for minutes, count in (before, during, after)]
        assert windows[1] is not None
        found.append(Reaction(change, windows[0], windows[1], windows[2]))
    return found


def _counted(times: list[int], begin_ms: int, end_ms: int) -> tuple[int, int]:
    """Whole minutes of a window, 0 where it has none, and the orders in it."""
    return max(0, round((end_ms - begin_ms) / MINUTE_MS)), sum(begin_ms <= at_ms < end_ms for at_ms in times)
