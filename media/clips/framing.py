"""How a clip's shots frame its photos: which photo, which part of it, how close."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from media.clips.motion import ZOOM, base_size
from media.lettering.text import Box
from media.photos.develop import MOST_ENLARGEMENT, Negative, enlargement, fill, open_negative
from media.photos.focus import crop_window

Focus = tuple[tuple[float, float] | None, ...]
_log = logging.getLogger(__name__)
# A photo may be enlarged this much and still stand over the whole picture.
_MOST_FULL_ENLARGEMENT = 2.2
# Shots of one photo: how much of the widest crop is kept, and where its focus then stands, as
# shares of the shot. The words cover the lower third, so the goods stand above the middle.
_CLOSENESS = ((1.0, 0.5, 0.5), (0.72, 0.5, 0.42), (0.84, 0.42, 0.5))


@dataclass(frozen=True, slots=True)
class Framed:
    """A photo's part for one shot, at the size of a camera move's base; `window` is where it shows.

    `focus` is what the camera looks at, as shares of the part.
    """

    pixels: np.ndarray
    window: Box
    focus: tuple[float, float]


def frame_photos(
    photos: tuple[Path, ...],
    focus: Focus,
    shots: int,
    *,
    full: Box,
    upper: Box,
    warn: Callable[[str], None],
) -> list[Framed | Negative]:
    """One framing for each of `shots` shots, the photos taking turns, the first one opening.

    `focus` holds for each photo the point that must stay in sight, or None, and may be shorter. A
    photo with pixels enough fills `full`, a smaller one `upper`; one that is too small for that
    comes back as it is, to be mounted. Photos that cannot be read are left out and `warn` is told
    ("photo 2 broken"), so the list is empty where none can be. Each is decoded once.
    """
    points = (*focus, *(None,) * len(photos))
    sources = [(number, photo, points[number - 1]) for number, photo in enumerate(photos, 1)]
    while sources:
        framed: dict[int, Framed | Negative] = {}
        sources = sources[:shots]
        for at, source in enumerate(sources):
            number, photo, point = source
            turns = range(at, shots, len(sources))
            try:
                negative = open_negative(photo, [_largest_need(len(turns), full)], focus=point)
            except OSError as broken:
                _log.warning("a photo of the clip cannot be read: %s", broken)
                warn(f"photo {number} broken")
                sources.remove(source)
                break
            for take, shot in enumerate(turns):
                framed[shot] = _frame(negative, take, full=full, upper=upper)
        else:
            return [framed[shot] for shot in sorted(framed)]
    return []


def _frame(negative: Negative, take: int, *, full: Box, upper: Box) -> Framed | Negative:
    if enlargement(negative, full.width, full.height) <= _MOST_FULL_ENLARGEMENT:
        window, most = full, _MOST_FULL_ENLARGEMENT
    elif not negative.is_tiny and enlargement(negative, upper.width, upper.height) <= MOST_ENLARGEMENT:
        window, most = upper, MOST_ENLARGEMENT
    else:
        return negative
    kept, across, down = _CLOSENESS[take % len(_CLOSENESS)]
    kept = min(1.0, max(kept, enlargement(negative, window.width, window.height) / most))
    part, focus = _part(negative, window.width / window.height, kept, across, down)
    return Framed(fill(part, *base_size(window.width, window.height)), window, focus)


def _part(
    negative: Negative, aspect: float, kept: float, across: float, down: float
) -> tuple[Negative, tuple[float, float]]:
    """The photo cut to the shot's shape: `kept` of the widest crop, the focus at (across, down).

    Beside it where the focus then is, as shares of the part.
    """
    left, top, width, height = crop_window(
        negative.pixels, negative.small, aspect=aspect, focus=negative.focus
    )
    rows, columns = negative.pixels.shape[:2]
    x, y = negative.focus or _focus(negative)
    if kept < 1.0:
        width, height = round(width * kept), round(height * kept)
        left = min(max(0, round(x * columns - across * width)), columns - width)
        top = min(max(0, round(y * rows - down * height)), rows - height)
    pixels = negative.pixels[top : top + height, left : left + width]
    # The file may have been decoded at a half or a quarter; sizes count in its own pixels.
    grown = negative.width_px / negative.pixels.shape[1]
    size = round(width * grown), round(height * grown)
    seen = (x * columns - left) / width, (y * rows - top) / height
    return replace(negative, pixels=pixels, focus=None, width_px=size[0], height_px=size[1]), seen


def _focus(negative: Negative) -> tuple[float, float]:
    """What stands out most, as shares of width and height: the middle of the best narrow windows."""
    rows, columns = negative.pixels.shape[:2]
    narrow = 0.5
    left, _, width, _ = crop_window(negative.pixels, negative.small, aspect=narrow * columns / rows)
    _, top, _, height = crop_window(negative.pixels, negative.small, aspect=columns / rows / narrow)
    return (left + width / 2) / columns, (top + height / 2) / rows


def _largest_need(takes: int, full: Box) -> tuple[int, int]:
    """What a photo is decoded for: its own pixels one to one in the closest frame of the closest shot.

    The base is a little larger, but what it has more is never seen.
    """
    closest = ZOOM / min(kept for kept, _, _ in _CLOSENESS[:takes])
    return round(full.width * closest), round(full.height * closest)
