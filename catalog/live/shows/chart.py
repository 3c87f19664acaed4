"""A show's time as a drawing: viewers above, below them a lane for each product with its pins, flash prices and orders.

Points of an SVG, computed here so that templates only place them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

WIDTH = 320
LEFT, RIGHT = 26, 4
TOP, GROUND = 14, 72
LANES_FROM, LANE = 82, 18
FOOT = 16
TICKS = 3
DOT = 3.0
NEAR = 6.0
"""Orders nearer than so many points are one dot, the larger the more they are."""


@dataclass(frozen=True, slots=True)
class Span:
    """From `x` on, so wide."""

    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Dot:
    """Orders that came at about the same time."""

    x: float
    radius: float
    count: int


@dataclass(frozen=True, slots=True)
class Lane:
    """One product, its middle at `y`: when it was pinned, when it was cheaper, its orders."""

    pin: str
    y: float
    pinned: tuple[Span, ...]
    cheaper: tuple[Span, ...]
    orders: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A moment at the foot. `anchor` is SVG's."""

    x: float
    at_ms: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Chart:
    """`line` is a polyline's points, "" where nobody was counted; `area` the same, closed along the ground."""

    width: int
    height: int
    line: str
    area: str
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    most: int
    orders: int


@dataclass(frozen=True, slots=True)
class Course:
    """What a chart is drawn of.

    `viewers` are pairs of a minute's begin and the most viewers in it, `pinned` and `cheaper`
    triples (pin, from, until), `orders` pairs (pin, at); all times in milliseconds."""

    begun_ms: int
    ended_ms: int
    pins: tuple[str, ...]
    viewers: tuple[tuple[int, int], ...] = ()
    pinned: tuple[tuple[str, int, int], ...] = ()
    cheaper: tuple[tuple[str, int, int], ...] = ()
    orders: tuple[tuple[str, int], ...] = ()


def draw(course: Course) -> Chart:
    """The drawing."""
    span = max(1, course.ended_ms - course.begun_ms)

    def across(at_ms: int) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * min(1.0, max(0.0, (at_ms - course.begun_ms) / span)), 1)

    def spans(of: tuple[tuple[str, int, int], ...], pin: str) -> tuple[Span, ...]:
        return tuple(
            Span(across(begin), round(max(2.0, across(end) - across(begin)), 1))
            for code, begin, end in of
            if code == pin
        )

    lanes = tuple(
        Lane(pin, LANES_FROM + LANE * number + LANE / 2, spans(course.pinned, pin), spans(course.cheaper, pin),
             _dots([across(at_ms) for code, at_ms in course.orders if code == pin]))
        for number, pin in enumerate(course.pins))
    most = max((count for _, count in course.viewers), default=0)
    points = [
        (across(minute + 30_000), round(GROUND - (GROUND - TOP) * count / max(1, most), 1))
        for minute, count in course.viewers
    ]
    if len(points) == 1:
        points = [(LEFT, points[0][1]), (WIDTH - RIGHT, points[0][1])]
    line = " ".join(f"{x},{y}" for x, y in points)
    area = f"{points[0][0]},{GROUND} {line} {points[-1][0]},{GROUND}" if points else ""
    anchors = ("start", "middle", "end")
    ticks = tuple(Tick(across(at_ms), at_ms, anchor) for at_ms, anchor in zip(
        (course.begun_ms + span * number // (TICKS - 1) for number in range(TICKS)), anchors, strict=True))
    return Chart(WIDTH, LANES_FROM + LANE * len(lanes) + FOOT, line, area, lanes, ticks, most, len(course.orders))


def _dots(places: list[float]) -> tuple[Dot, ...]:
    groups: list[list[float]] = []
    for x in sorted(places):
        if groups and x - groups[-1][0] < NEAR:
            groups[-1].append(x)
        else:
            groups.append([x])
    return tuple(
        Dot(round(sum(group) / len(group), 1), round(min(LANE / 2, DOT * math.sqrt(len(group))), 1), len(group))
        for group in groups
    )
