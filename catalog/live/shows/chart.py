"""Viewers and orders over a show's time as a drawing: points of an SVG, computed here so that templates only place them."""

from __future__ import annotations

from dataclasses import dataclass

WIDTH, HEIGHT = 320, 120
LEFT, BOTTOM = 4, 100
MOST_MARKS = 12


@dataclass(frozen=True, slots=True)
class Mark:
    """A pin or a flash price at `x`, with its code."""

    x: float
    pin: str
    is_flash: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """`line` is an SVG polyline's points, "" where nobody was counted; `orders` are the x of each order."""

    width: int
    height: int
    line: str
    orders: tuple[float, ...]
    marks: tuple[Mark, ...]
    most: int


def draw(begun_ms: int, ended_ms: int, viewers: list[tuple[int, int]], orders: list[int],
         marks: list[tuple[int, str, str]]) -> Chart:
    """The drawing. `viewers` are pairs of a minute's begin and the most viewers in it, `marks` (at, what, pin)."""
    span = max(1, ended_ms - begun_ms)

    def across(at_ms: int) -> float:
        return round(LEFT + (WIDTH - 2 * LEFT) * min(1.0, max(0.0, (at_ms - begun_ms) / span)), 1)

    most = max((count for _, count in viewers), default=0)
    points = [f"{across(minute + 30_000)},{round(BOTTOM - (BOTTOM - 12) * count / max(1, most), 1)}" for minute, count in viewers]
    if len(points) == 1:
        points = [f"{LEFT},{points[0].split(',')[1]}", f"{WIDTH - LEFT},{points[0].split(',')[1]}"]
    shown = [Mark(across(at_ms), pin, what == "flash") for at_ms, what, pin in marks][:MOST_MARKS]
    return Chart(WIDTH, HEIGHT, " ".join(points), tuple(across(at_ms) for at_ms in orders), tuple(shown), most)
