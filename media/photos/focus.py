"""Which part of a photo to keep when its shape must change."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np

from media.photos.care import level_at

_LOOK_PX = 64
_CENTRE_PULL = 0.5  # how strongly the middle is preferred: photos are mostly framed by hand
# Lightness, red against green, yellow against blue: as evenly spread as CIELAB's, but its tables cost 80 ms
# at first use. Lightness counts less (shadows are no things); differences below the floor are noise.
_OPPONENTS = np.array([[0.18, 0.35, 0.07], [0.4, -0.4, 0.0], [0.2, 0.2, -0.4]], np.float32)
_FLOOR, _EVEN = 7.0, 0.02
_DETAIL_WEIGHT = 0.35
# The photo's edge is looked at in so many pieces a side; one that fewer than two others are like is a
# thing that reaches over the edge and no ground.
_PIECES, _PIECE_PX, _ALIKE = 4, 4, 24.0
# What a whole cut through the tallest part costs, in shares of what the window holds; and a subject off its middle.
_CUT_COST, _OFF_MIDDLE_COST, _OFF_CENTRE_COST = 1.8, 0.12, 0.02


def crop_window(pixels: np.ndarray, small: np.ndarray, *, aspect: float,
                focus: tuple[float, float] | None = None) -> tuple[int, int, int, int]:
    """Left, top, width and height of the largest window of `aspect` (width ÷ height) over what stands out.

    `pixels` is RGB, `small` the same photo on a few pixels. A thing counts by how it differs from the
    ground that lies along the photo's edges and by its detail; a window that cuts through things costs.
    `focus`, a point as shares of width and height, is kept in the middle as far as the photo allows,
    and nothing else then counts. Nothing is ever stretched.
    """
    height, width = pixels.shape[:2]
    kept_width = max(1, min(width, round(height * aspect)))
    kept_height = max(1, min(height, round(width / aspect)))
    if focus is not None:
        left, top = focus[0] * width - kept_width / 2, focus[1] * height - kept_height / 2
    else:
        weight = standing_out(small)
        left = _best_start(weight.sum(axis=0), kept_width / width) * (width - kept_width)
        top = _best_start(weight.sum(axis=1), kept_height / height) * (height - kept_height)
    return (min(max(0, round(left)), width - kept_width), min(max(0, round(top)), height - kept_height),
            kept_width, kept_height)


def standing_out(small: np.ndarray) -> np.ndarray:
    """How much each part of a photo stands out: 64 × 64 weights that sum to 1."""
    return _weights(small.tobytes(), small.shape)


@lru_cache(maxsize=8)  # each picture of a set asks for the same photo
def _weights(data: bytes, shape: tuple[int, ...]) -> np.ndarray:
    small = np.frombuffer(data, np.uint8).reshape(shape)
    small = cv2.resize(small, (_LOOK_PX, _LOOK_PX), interpolation=cv2.INTER_AREA)
    seen = cv2.transform(small.astype(np.float32), _OPPONENTS)
    away = np.sqrt(((seen[:, :, None] - np.array(_grounds(seen))) ** 2).sum(axis=-1).min(axis=-1))
    thing = np.clip(away / max(level_at(away, 0.92), _FLOOR) - 0.15, 0, 1)
    detail = np.abs(cv2.Laplacian(seen[..., 0], cv2.CV_32F, ksize=3))
    detail = cv2.GaussianBlur(detail, (0, 0), 2)
    weight = cv2.GaussianBlur(thing, (0, 0), 1.5) + _DETAIL_WEIGHT * detail / max(float(detail.max()), _FLOOR)
    along = np.linspace(-1, 1, _LOOK_PX, dtype=np.float32)
    pull = np.exp(-_CENTRE_PULL * 2 * along ** 2)
    weight = (weight + _EVEN) * pull * pull[:, None]
    return np.asarray(weight / weight.sum())


def _grounds(seen: np.ndarray) -> list[np.ndarray]:
    """The colours of what lies along the edges, without things that reach over them."""
    size = _LOOK_PX // _PIECES
    across = seen.swapaxes(0, 1)
    strips = [seen[:_PIECE_PX], seen[-_PIECE_PX:], across[:_PIECE_PX], across[-_PIECE_PX:]]
    pieces = [np.median(strip[:, at:at + size].reshape(-1, 3), axis=0)
              for strip in strips for at in range(0, _LOOK_PX, size)]
    alike = (np.linalg.norm(np.array(pieces)[:, None] - np.array(pieces), axis=-1) < _ALIKE).sum(axis=1)
    return [piece for piece, number in zip(pieces, alike, strict=True) if number > 2] or pieces


def _best_start(profile: np.ndarray, share: float) -> float:
    """Where (0 first, 1 last) lies the window of `share` of the length that holds the most and cuts the least."""
    length = len(profile)
    span = max(1, round(share * length))
    if span >= length:
        return 0.0
    starts = np.arange(length - span + 1)
    held = np.convolve(profile, np.ones(span), mode="valid")
    # What stands at the two cuts, beside the profile's highest; the photo's own edges cut nothing.
    height = profile / profile.max()
    cuts = np.where(starts > 0, height[starts], 0.0) + np.where(starts + span < length, height[starts + span - 1], 0.0)
    moments = np.convolve(profile * np.arange(length), np.ones(span), mode="valid")
    off_middle = np.abs(moments / held - (starts + (span - 1) / 2)) / span
    off_centre = np.abs(starts - (length - span) / 2) / length
    score = (held - _CUT_COST * cuts * profile.max() - _OFF_MIDDLE_COST * off_middle
             - _OFF_CENTRE_COST * off_centre)
    return float(np.argmax(score)) / (length - span)
