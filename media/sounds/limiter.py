"""Holds the peaks of a sound under a ceiling, between the samples too, without a click."""

from __future__ import annotations

import cv2
import numpy as np

# The gain goes down and up over this long around a peak: shorter would roughen low notes, longer
# would be heard as a breath.
_GLIDE_SECONDS = 0.012
# Samples to one step of the gain.
_STEP = 16
# A peak between two samples shows at every quarter (ITU-R BS.1770-5, annex 2), read by a sinc of
# so many samples under a Hann window.
_TAPS = 16
_QUARTERS = (0.25, 0.5, 0.75)


def limit(samples: np.ndarray, ceiling: float, *, rate_hz: int) -> np.ndarray:
    """The samples with their true peaks at or under `ceiling` (1 is full scale), as long as before."""
    spare = -len(samples) % _STEP
    peaks = np.pad(_peaks(samples), (0, spare)).reshape(-1, _STEP).max(axis=1)
    gain = np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9)).reshape(1, -1)
    width = round(_GLIDE_SECONDS * rate_hz / _STEP) | 1
    # The lowest gain wanted within a glide, then its mean over as much: never above what is wanted,
    # nor between two steps, as the first reaches one step further on both sides.
    lowest = cv2.erode(gain, np.ones((1, width + 2), np.uint8), borderValue=1.0)
    glide = cv2.blur(lowest, (width, 1), borderType=cv2.BORDER_REPLICATE)
    smooth = cv2.resize(glide, (len(samples) + spare, 1), interpolation=cv2.INTER_LINEAR)
    return np.asarray(samples * smooth[0, : len(samples)])


def _peaks(samples: np.ndarray) -> np.ndarray:
    """For each sample, the highest level at it and at three points before the next."""
    row = samples.reshape(1, -1)
    highest = np.abs(row)
    at = np.arange(_TAPS) - (_TAPS // 2 - 1)
    for quarter in _QUARTERS:
        window = 0.5 + 0.5 * np.cos(2 * np.pi * (at - quarter) / _TAPS)
        kernel = (np.sinc(at - quarter) * window).astype(np.float32).reshape(1, -1)
        between = cv2.filter2D(row, -1, kernel, anchor=(_TAPS // 2 - 1, 0), borderType=cv2.BORDER_REPLICATE)
        np.maximum(highest, np.abs(between, out=between), out=highest)
    return highest[0]
