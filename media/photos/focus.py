"""Which part of a photo to keep when its shape must change."""

from __future__ import annotations

import cv2
import numpy as np

_LOOK_PX = 72
_CENTRE_PULL = 0.55  # how strongly the middle is preferred: photos are mostly framed by hand


def crop_window(pixels: np.ndarray, small: np.ndarray, *, aspect: float) -> tuple[int, int, int, int]:
    """Left, top, width and height of the largest window of `aspect` (width ÷ height) over what stands out.

    `pixels` is RGB, `small` the same photo on a few pixels. Colour and detail count, weighted towards
    the middle; nothing is ever stretched.
    """
    height, width = pixels.shape[:2]
    kept_width = min(width, round(height * aspect))
    kept_height = min(height, round(width / aspect))
    weight = _standing_out(cv2.resize(small, (_LOOK_PX, _LOOK_PX), interpolation=cv2.INTER_AREA))
    left = _best_start(weight.sum(axis=0), kept_width / width)
    top = _best_start(weight.sum(axis=1), kept_height / height)
    return (min(round(left * width), width - kept_width), min(round(top * height), height - kept_height),
            kept_width, kept_height)


def _standing_out(small: np.ndarray) -> np.ndarray:
    lab = cv2.cvtColor(small, cv2.COLOR_RGB2LAB).astype(np.float32)
    colour = np.linalg.norm(lab[..., 1:] - np.median(lab[..., 1:], axis=(0, 1)), axis=-1)
    detail = np.abs(cv2.Laplacian(lab[..., 0], cv2.CV_32F, ksize=3))
    weight = cv2.GaussianBlur(colour / (colour.mean() + 1) + 0.5 * detail / (detail.mean() + 1), (0, 0), 3)
    along = np.linspace(-1, 1, _LOOK_PX, dtype=np.float32)
    pull = np.exp(-_CENTRE_PULL * 2 * along ** 2)
    return weight * pull * pull[:, None]


def _best_start(profile: np.ndarray, share: float) -> float:
    """Start (0..1) of the window of `share` of the length that holds the most weight."""
    span = max(1, round(share * len(profile)))
    if span >= len(profile):
        return 0.0
    held = np.convolve(profile, np.ones(span), mode="valid")
    middle = (len(held) - 1) / 2
    # Among windows as good as the best, the one nearest the middle.
    good = np.flatnonzero(held >= held.max() * 0.985)
    start = good[np.argmin(np.abs(good - middle))]
    return float(start) / len(profile)
