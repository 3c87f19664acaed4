"""From a cleaned photo to the pixels of one picture: decoded once, cut to shape, gently toned."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import cv2
import numpy as np
from PIL import Image, ImageOps

from media.photos.focus import crop_window

CONTRAST_SHARE = 1 / 3
SATURATION = 1.05
WARMTH = (0.024, 0.0, -0.030)
"""How far red, green and blue are lifted in the middle tones; black stays black and white stays white."""
TINY_PX = 300
"""A photo whose short side is below this is shown small on a mount, not spread over the card."""
TINY_ENLARGEMENT, MOST_ENLARGEMENT = 2.3, 3.7

_ORIENTATION_TAG = 0x0112  # Exif 2.32, table 4: values from 5 swap width and height
_SMALL_PX = 160  # enough to judge tone and where to look
_GREY = np.array([0.299, 0.587, 0.114], np.float32)
_SATURATE = (SATURATION * np.eye(3) + (1 - SATURATION) * _GREY).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Negative:
    """A decoded photo: RGB pixels, perhaps at a half or a quarter of the file's size, and its tone curve."""

    pixels: np.ndarray
    small: np.ndarray
    width_px: int
    height_px: int
    curve: np.ndarray

    @property
    def is_tiny(self) -> bool:
        """Whether it is too small to fill a card."""
        return min(self.width_px, self.height_px) < TINY_PX


def open_negative(file: Path | BinaryIO, boxes: Iterable[tuple[int, int]]) -> Negative:
    """The photo decoded once, no larger than needed to cover every (width, height) of `boxes`.

    Raises OSError when the file is not a readable picture.
    """
    with Image.open(file) as photo:
        turned = photo.getexif().get(_ORIENTATION_TAG, 1) >= 5
        width, height = photo.size[::-1] if turned else photo.size
        scale = max(max(w / width, h / height) for w, h in boxes)
        need = (math.ceil(width * scale), math.ceil(height * scale))
        photo.draft("RGB", need[::-1] if turned else need)
        upright = ImageOps.exif_transpose(photo)
        pixels = np.asarray(upright.convert("RGB"))
    small = cv2.resize(pixels, (_SMALL_PX, _SMALL_PX), interpolation=cv2.INTER_AREA)
    return Negative(pixels, small, width, height, _tone_curve(small))


def fill(negative: Negative, width_px: int, height_px: int) -> np.ndarray:
    """The photo cut and scaled to cover the box exactly, toned; RGB bytes."""
    left, top, width, height = crop_window(negative.pixels, negative.small, aspect=width_px / height_px)
    return _print(negative, negative.pixels[top:top + height, left:left + width], width_px, height_px)


def whole(negative: Negative, width_px: int, height_px: int) -> np.ndarray:
    """The whole photo at a size of its own shape, toned; RGB bytes."""
    return _print(negative, negative.pixels, width_px, height_px)


def enlargement(negative: Negative, width_px: int, height_px: int) -> float:
    """How many times the photo must be enlarged to cover the box."""
    return max(width_px / negative.width_px, height_px / negative.height_px)


def _print(negative: Negative, cut: np.ndarray, width_px: int, height_px: int) -> np.ndarray:
    scale = width_px / cut.shape[1]
    if scale > 1.15:
        scaled = _enlarge(cut, width_px, height_px)
    else:
        method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        scaled = cv2.resize(cut, (width_px, height_px), interpolation=method)
        scaled = _unsharp(scaled, sigma=0.8, amount=0.35)
    return np.asarray(cv2.transform(cv2.LUT(scaled, negative.curve), _SATURATE))


def _enlarge(cut: np.ndarray, width_px: int, height_px: int) -> np.ndarray:
    """Few pixels made into many without stairs or mush: smooth flats, keep edges, then a film of fine grain."""
    calm = cv2.bilateralFilter(cut, 5, 18, 3)
    double = cv2.resize(calm, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    final = cv2.resize(cv2.medianBlur(double, 3), (width_px, height_px), interpolation=cv2.INTER_CUBIC)
    smooth = cv2.bilateralFilter(cv2.medianBlur(final, 5), 5, 14, 3)
    sharp = _unsharp(smooth, sigma=2.2, amount=0.7)
    grain = np.random.default_rng(5).normal(0, 5, (height_px, width_px)).astype(np.float32)
    grain = cv2.GaussianBlur(grain, (0, 0), 0.7) * 1.6
    grain *= np.clip((250 - sharp.min(axis=2).astype(np.float32)) / 20, 0, 1)  # none on a white ground
    return np.clip(sharp + grain[..., None], 0, 255).astype(np.uint8)


def _unsharp(pixels: np.ndarray, *, sigma: float, amount: float) -> np.ndarray:
    return cv2.addWeighted(pixels, 1 + amount, cv2.GaussianBlur(pixels, (0, 0), sigma), -amount, 0)


def _tone_curve(small: np.ndarray) -> np.ndarray:
    """A third of the way to full contrast, and a slight warmth, as a 256 × 1 × 3 table."""
    dark, light = np.percentile(small @ _GREY, (1, 99))
    dark, light = min(dark, 60.0) * CONTRAST_SHARE, 255 - (255 - max(light, 180.0)) * CONTRAST_SHARE
    levels = (np.arange(256, dtype=np.float32) - dark) * 255 / (light - dark)
    levels = np.clip(levels, 0, 255)[:, None]
    warm = levels + levels * (1 - levels / 255) * 2 * np.array(WARMTH, np.float32)
    return np.clip(warm, 0, 255).round().astype(np.uint8)[:, None, :]
