"""The shade under a clip's words: as much as the words need to be read, and no more."""

from __future__ import annotations

from collections.abc import Iterable

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
# Above the words, so that the photo darkens without an edge.
_RUN_UP_PX = 420
_MARGIN_PX = 10
_LINEAR = np.array([v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in np.arange(256) / 255])
_WEIGHTS = np.array([0.2126, 0.7152, 0.0722])

Texts = list[tuple[Box, Colour]]
"""The box of each line's ink, and its colour."""


def shade_rows(top: int, words_top: int, bottom: int, strength: float) -> np.ndarray:
    """Opacity of each row from `top` to `bottom`: nothing, `strength` at the words, 0.94 at the foot."""
    rows = np.arange(top, bottom, dtype=np.float64) + 0.5
    rise = _smooth((rows - top) / (words_top - top)) * strength
    fall = strength + (max(FOOT_SHARE, strength) - strength) * _smooth((rows - words_top) / (bottom - words_top))
    return np.where(rows < words_top, rise, fall)


def shade_top(texts: Texts, *, least: int) -> int:
    """Where the shade begins: an even row a good way above the words, not above `least`."""
    return max(least, words_top(texts) - _RUN_UP_PX) & ~1


def words_top(texts: Texts) -> int:
    """The highest row that any of the words touches, with a margin."""
    return min(box.top for box, _ in texts) - _MARGIN_PX


def least_strength(frames: Iterable[Planes], texts: Texts, deep: Colour, *, top: int, bottom: int) -> float:
    """The least strength, in steps of 2 %, at which every word has its contrast on every frame.

    Judged at the 98th percentile of brightness under each line, as the words are light.
    """
    patches = [(box, colour, _patch(frame, box)) for frame in frames for box, colour in texts]
    low, high = 0, round(FOOT_SHARE / _STEP)
    while low < high:
        middle = (low + high) // 2
        rows = shade_rows(top, words_top(texts), bottom, middle * _STEP)
        enough = all(
            _contrast(patch, rows[box.top - top : box.bottom - top : 2], deep, colour) >= _AIM
            for box, colour, patch in patches
        )
        low, high = (low, middle) if enough else (middle + 1, high)
    return low * _STEP


def contrast_over(rgb: np.ndarray, colour: Colour) -> float:
    """Contrast of a light colour against the brightest 2 % of what lies under it."""
    bright = np.percentile(_LINEAR[np.clip(np.rint(rgb), 0, 255).astype(np.uint8)] @ _WEIGHTS, _BRIGHT_PERCENTILE)
    return (luminance(colour) + 0.05) / (float(bright) + 0.05)


def _patch(frame: Planes, box: Box) -> np.ndarray:
    """RGB under a box, every second pixel both ways."""
    left, top = box.left & ~1, box.top & ~1
    right, bottom = min(box.right + 1 & ~1, frame.y.shape[1]), min(box.bottom + 1 & ~1, frame.y.shape[0])
    return to_rgb(frame.window(left, top, right - left, bottom - top))[box.top - top :: 2, box.left - left :: 2]


def _contrast(patch: np.ndarray, rows: np.ndarray, deep: Colour, colour: Colour) -> float:
    share = rows[: len(patch), None, None]
    seen = patch[: len(share)] * (1 - share) + np.array(deep) * share
    return contrast_over(seen, colour)


def _smooth(share: np.ndarray) -> np.ndarray:
    held = np.clip(share, 0, 1)
    return held * held * (3 - 2 * held)
