"""From a cleaned photo to the pixels of one picture: decoded once, mended, cut to shape, gently toned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import cv2
import numpy as np

from media.photos.care import GREY, assess, level_at
from media.photos.decode import decode
from media.photos.focus import crop_window
from media.photos.scale import noise_of, resize

CONTRAST_SHARE = 1 / 3
SATURATION = 1.05
WARMTH = (0.024, 0.0, -0.030)
"""How far red, green and blue are lifted in the middle tones; black stays black and white stays white."""
TINY_PX = 300
"""A photo whose short side is below this is shown small on a mount, not spread over the card."""
TINY_ENLARGEMENT, MOST_ENLARGEMENT = 2.3, 3.7

_SMALL_PX = 160  # enough to judge tone and where to look
# Every n-th pixel of a large photo judges its light as well as all do, in a tenth of the time.
_JUDGED_PX, _LIGHT_STEP = 480, 2
_SATURATE = (SATURATION * np.eye(3) + (1 - SATURATION) * GREY).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Negative:
    """A decoded photo: RGB pixels, perhaps at a half or a quarter of the file's size, and its tone curve.

    `focus` is the point that the seller wants in sight, as shares of width and height; `noise` is in
    8-bit steps as the curve will show it.
    """

    pixels: np.ndarray
    small: np.ndarray
    width_px: int
    height_px: int
    curve: np.ndarray
    focus: tuple[float, float] | None = None
    noise: float = 0.0

    @property
    def is_tiny(self) -> bool:
        """Whether it is too small to fill a card."""
        return min(self.width_px, self.height_px) < TINY_PX


def open_negative(file: Path | BinaryIO, boxes: Iterable[tuple[int, int]], *,
                  focus: tuple[float, float] | None = None) -> Negative:
    """The photo decoded once, no larger than needed to cover every (width, height) of `boxes`.

    Raises OSError when the file is not a readable picture.
    """
    pixels, (width, height) = decode(file, boxes)
    small = judged(pixels)
    curve, lift = _tone_curve(small)
    return Negative(pixels, small, width, height, curve, focus, noise_of(pixels) * lift)


def fill(negative: Negative, width_px: int, height_px: int, *, focus: tuple[float, float] | None = None) -> np.ndarray:
    """The photo cut and scaled to cover the box exactly, toned; RGB bytes.

    `focus`, or else the negative's own, stays in sight; without either what stands out does.
    """
    left, top, width, height = crop_window(negative.pixels, negative.small, aspect=width_px / height_px,
                                           focus=focus or negative.focus)
    return _print(negative, negative.pixels[top:top + height, left:left + width], width_px, height_px)


def whole(negative: Negative, width_px: int, height_px: int) -> np.ndarray:
    """The whole photo at a size of its own shape, toned; RGB bytes."""
    return _print(negative, negative.pixels, width_px, height_px)


def enlargement(negative: Negative, width_px: int, height_px: int) -> float:
    """How many times the photo must be enlarged to cover the box."""
    return max(width_px / negative.width_px, height_px / negative.height_px)


def judged(pixels: np.ndarray) -> np.ndarray:
    """The photo on 160 × 160 pixels, whatever its shape: enough to judge its light and where to look."""
    step = max(1, min(pixels.shape[:2]) // _JUDGED_PX)
    few = np.ascontiguousarray(pixels[step // 2::step, step // 2::step])
    return np.asarray(cv2.resize(few, (_SMALL_PX, _SMALL_PX), interpolation=cv2.INTER_AREA))


def _print(negative: Negative, cut: np.ndarray, width_px: int, height_px: int) -> np.ndarray:
    scaled = resize(cut, width_px, height_px, noise=negative.noise)
    return np.asarray(cv2.transform(cv2.LUT(scaled, negative.curve), _SATURATE))


def _tone_curve(small: np.ndarray) -> tuple[np.ndarray, float]:
    """The photo's care, a third of the way to full contrast and a slight warmth, as a 256 × 1 × 3 table.

    Beside it how many times the dark parts, and their noise with them, are lifted.
    """
    care = assess(small[::_LIGHT_STEP, ::_LIGHT_STEP])
    levels = care.levels()
    if not care.is_off:
        small = cv2.LUT(small, levels.round().astype(np.uint8)[:, None, :])
    dark, light = (level_at(small @ GREY, share) for share in (0.01, 0.99))
    dark, light = min(dark, 60.0) * CONTRAST_SHARE, 255 - (255 - max(light, 180.0)) * CONTRAST_SHARE
    levels = np.clip((levels - dark) * 255 / (light - dark), 0, 255)
    warm = levels + levels * (1 - levels / 255) * 2 * np.array(WARMTH, np.float32)
    return np.clip(warm, 0, 255).round().astype(np.uint8)[:, None, :], care.lift
