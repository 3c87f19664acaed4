"""The shade under a clip's words: as much as the words need to be read, and no more."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np

from media.clips.planes import Planes, to_rgb
from media.lettering.text import Box
from media.palette import Colour, luminance

# WCAG 2.2, success criterion 1.4.3, with a little kept back for what the encoder changes.
LEAST_CONTRAST = 4.5
_AIM = 4.8
_STEP = 0.02
FOOT_SHARE = 0.94
_BRIGHT_PERCENTILE = 98
# One pixel of so many, both ways, tells the brightest hundredths of a line's ground.
_JUDGED_STEP = 4
# Above the words, so that the photo darkens without an edge.
_RUN_UP_PX = 420
_MARGIN_PX = 10
_LINEAR = np.array([v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in np.arange(256) / 255])
_WEIGHTS = np.array([0.2126, 0.7152, 0.0722])

Texts = list[tuple[Box, Colour]]
"""The box of each line's ink, and its colour."""
Unmoved = Callable[[np.ndarray], np.ndarray]
"""From heights in a frame to heights before the camera moved."""


@dataclass(frozen=True, slots=True)
class Shade:
    """A shade's course down a frame: nothing at `top`, `strength` at the words, 0.94 at the `bottom`.

    Where `gone_by` is given, the picture has sunk wholly into the shade at that height.
    """

    top: float
    words_top: float
    bottom: float
    strength: float = 0.0
    gone_by: float | None = None

    def at(self, rows: np.ndarray) -> np.ndarray:
        """Opacity, 0 to 1, at heights that need not be whole."""
        course = self._course(rows, self.words_top, self.bottom, self.strength)
        if self.gone_by is None:
            return course
        return np.maximum(course, self._course(rows, self.gone_by, self.bottom, 1.0))

    def _course(self, rows: np.ndarray, full: float, bottom: float, strength: float) -> np.ndarray:
        rise = _smooth((rows - self.top) / (full - self.top)) * strength
        fall = strength + (max(FOOT_SHARE, strength) - strength) * _smooth((rows - full) / max(1.0, bottom - full))
        return np.where(rows < full, rise, fall)


def shade_top(texts: Texts, *, least: int) -> int:
    """Where the shade begins: an even row a good way above the words, not above `least`."""
    return max(least, words_top(texts) - _RUN_UP_PX) & ~1


def words_top(texts: Texts) -> int:
    """The highest row that any of the words touches, with a margin."""
    return min(box.top for box, _ in texts) - _MARGIN_PX


def least_strength(seen: Iterable[tuple[Planes, Unmoved]], texts: Texts, deep: Colour, shade: Shade) -> float:
    """The least strength, in steps of 2 %, at which every word has its contrast in every frame.

    The shade lies on the photo and moves with it, so each frame comes with what tells where its
    rows stood before the camera moved. Judged at the 98th percentile of brightness under each line,
    as the words are light.
    """
    patches = [
        (colour, _patch(frame, box), unmoved(np.arange(box.top, box.bottom, _JUDGED_STEP) + 0.5))
        for frame, unmoved in seen
        for box, colour in texts
    ]
    low, high = 0, round(FOOT_SHARE / _STEP)
    while low < high:
        middle = (low + high) // 2
        tried = replace(shade, strength=middle * _STEP)
        enough = all(_contrast(patch, tried.at(rows), deep, colour) >= _AIM for colour, patch, rows in patches)
        low, high = (low, middle) if enough else (middle + 1, high)
    return low * _STEP


def contrast_over(rgb: np.ndarray, colour: Colour) -> float:
    """Contrast of a light colour against the brightest 2 % of what lies under it."""
    bright = np.percentile(_LINEAR[np.clip(np.rint(rgb), 0, 255).astype(np.uint8)] @ _WEIGHTS, _BRIGHT_PERCENTILE)
    return (luminance(colour) + 0.05) / (float(bright) + 0.05)


def _patch(frame: Planes, box: Box) -> np.ndarray:
    """RGB under a box, every fourth pixel both ways."""
    left, top = box.left & ~1, box.top & ~1
    right, bottom = min(box.right + 1 & ~1, frame.y.shape[1]), min(box.bottom + 1 & ~1, frame.y.shape[0])
    part = frame.window(left, top, right - left, bottom - top)
    step, half = _JUDGED_STEP, _JUDGED_STEP // 2
    return to_rgb(Planes(part.y[::step, ::step], part.u[::half, ::half], part.v[::half, ::half]))


def _contrast(patch: np.ndarray, rows: np.ndarray, deep: Colour, colour: Colour) -> float:
    share = rows[: len(patch), None, None]
    seen = patch[: len(share)] * (1 - share) + np.array(deep) * share
    return contrast_over(seen, colour)


def _smooth(share: np.ndarray) -> np.ndarray:
    held = np.clip(share, 0, 1)
    return held * held * (3 - 2 * held)
