"""A cut of a photo brought to the size it is drawn at: reduced crisply, or enlarged without stairs or mush."""

from __future__ import annotations

import cv2
import numpy as np

from media.photos.care import level_at

# Far reductions average whole areas, which takes twice the time. Near ones soften first what would leave
# stairs on slanting edges; about a half, cubic steps give back by themselves what the softening took.
_FAR_BELOW, _CUBIC_BELOW, _SOFTEN_BELOW, _LARGEST_PLAIN = 0.4, 0.5, 0.7, 1.15
_CUBIC_SOFTENING = 0.75
# Unsharp masking (sigma 0.8 px, amount 0.4) within the nearest pixels, as one filter.
_BELL = np.outer(*2 * [np.exp(-np.array([-1, 0, 1]) ** 2 / (2 * 0.8 ** 2))])
_SHARPENER = (1.4 * (_BELL == _BELL.max()) - 0.4 * _BELL / _BELL.sum()).astype(np.float32)
# 8-bit steps of noise, as seen at the size drawn, that an eye notices on a flat wall.
_VISIBLE_NOISE = 3.0
_PATCH_PX, _TILE_PX = 576, 48
# Immerkaer 1996, "Fast noise variance estimation": blind to edges and to even slopes.
_NOISE_KERNEL = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)


def resize(cut: np.ndarray, width_px: int, height_px: int, *, noise: float = 0.0) -> np.ndarray:
    """RGB bytes of that size, mildly sharpened by how far the size changed; `noise` is that of `cut` in steps.

    A reduction is as good as one by Lanczos (SSIM above 0.985, measured by `scripts/bench.py pictures`)
    at a quarter of its time.
    """
    scale = width_px / cut.shape[1]
    if scale > _LARGEST_PLAIN:
        return _enlarge(cut, width_px, height_px)
    small = _reduce(cut, width_px, height_px, scale)
    seen = noise * min(1.0, scale)
    if seen > _VISIBLE_NOISE:  # sharpening would bring out what was just smoothed
        return cv2.bilateralFilter(small, 5, min(2.5 * seen, 30.0), 2.0)
    return small if _FAR_BELOW <= scale < _CUBIC_BELOW else np.asarray(cv2.filter2D(small, -1, _SHARPENER))


def noise_of(pixels: np.ndarray) -> float:
    """Noise of a photo in 8-bit steps, measured where the middle of it is flattest."""
    height, width = pixels.shape[:2]
    top, left = max(0, (height - _PATCH_PX) // 2), max(0, (width - _PATCH_PX) // 2)
    grey = cv2.cvtColor(pixels[top:top + _PATCH_PX, left:left + _PATCH_PX], cv2.COLOR_RGB2GRAY)
    if min(grey.shape) < 2 * _TILE_PX:
        return 0.0
    rough = np.abs(cv2.filter2D(grey, cv2.CV_16S, _NOISE_KERNEL))
    tiles = cv2.resize(rough, (grey.shape[1] // _TILE_PX, grey.shape[0] // _TILE_PX), interpolation=cv2.INTER_AREA)
    light = cv2.resize(grey, tiles.shape[::-1], interpolation=cv2.INTER_AREA)
    # White and black that were cut off hide their noise.
    told = tiles[(light > 24) & (light < 236)]
    return level_at(told, 0.15) * (np.pi / 2) ** 0.5 / 6 if told.size else 0.0


def _reduce(cut: np.ndarray, width_px: int, height_px: int, scale: float) -> np.ndarray:
    if scale < _FAR_BELOW:
        return cv2.resize(cut, (width_px, height_px), interpolation=cv2.INTER_AREA)
    if scale < _SOFTEN_BELOW:
        is_cubic = scale < _CUBIC_BELOW
        cut = cv2.GaussianBlur(cut, (3, 3), _CUBIC_SOFTENING if is_cubic else 0.38 * (1 / scale ** 2 - 1) ** 0.5)
    else:
        is_cubic = scale >= 1
    return cv2.resize(cut, (width_px, height_px), interpolation=cv2.INTER_CUBIC if is_cubic else cv2.INTER_LINEAR)


def _enlarge(cut: np.ndarray, width_px: int, height_px: int) -> np.ndarray:
    """Few pixels made into many: smooth flats, keep edges, then a film of fine grain."""
    calm = cv2.bilateralFilter(cut, 5, 18, 3)
    double = cv2.resize(calm, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    final = cv2.resize(cv2.medianBlur(double, 3), (width_px, height_px), interpolation=cv2.INTER_CUBIC)
    smooth = cv2.bilateralFilter(cv2.medianBlur(final, 5), 5, 14, 3)
    sharp = cv2.addWeighted(smooth, 1.7, cv2.GaussianBlur(smooth, (0, 0), 2.2), -0.7, 0)
    grain = np.random.default_rng(5).normal(0, 5, (height_px, width_px)).astype(np.float32)
    grain = cv2.GaussianBlur(grain, (0, 0), 0.7) * 1.6
    grain *= np.clip((250 - sharp.min(axis=2).astype(np.float32)) / 20, 0, 1)  # none on a white ground
    return np.clip(sharp + grain[..., None], 0, 255).astype(np.uint8)

