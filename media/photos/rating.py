"""How good a photo is beside its neighbours, and whether it shows the same as one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np

from media.photos.care import level_at
from media.photos.decode import decode

# Sharpness is judged at the size of a phone's screen: what is soft only beyond it nobody sees.
_SIDE_PX, _TILES, _TOLD_TILES = 1024, 8, 16
# Energy of the Laplacian in each unit of variance, as powers of ten: a photo blurred by 4 px has 0.001, one
# that is sharp to the pixel 0.2. Noise of up to 5 steps has as much energy on its own as the second.
_BLURRED_LOG, _SHARP_LOG, _MOST_NOISE_ENERGY = -3.0, -0.7, 40.0
_LEAST_SHARPNESS = 0.3
# Levels of brightness between which half of a good photo lies, and where it is all but lost.
_LOST_DARK, _GOOD_DARK, _GOOD_LIGHT = 12, 70, 215
_GOOD_RANGE, _GOOD_SIDE_PX = 120, 1080
_SHARPNESS_WEIGHT = 0.6
_HASH_PX, _HASH_SIDE = 32, 8
_SAME_BITS = 6
"""Of 63: photos of one moment, saved again, smaller or lighter, differ in fewer, the same goods laid anew in about
10, other photos in about 30."""


@dataclass(frozen=True, slots=True)
class Rating:
    """Marks from 0 to 1: is it sharp where it has detail, well exposed, large enough for a card; and what it shows.

    `fingerprint` is 16 hexadecimal digits that hardly change when a photo is saved again or resized.
    """

    sharpness: float
    exposure: float
    size: float
    fingerprint: str

    @property
    def score(self) -> float:
        """All marks in one."""
        seen = _SHARPNESS_WEIGHT * self.sharpness + (1 - _SHARPNESS_WEIGHT) * self.exposure
        return float(seen * self.size ** 0.5)

    @property
    def is_blurred(self) -> bool:
        """Whether it looks out of focus or shaken on a phone's screen."""
        return self.sharpness < _LEAST_SHARPNESS


@dataclass(frozen=True, slots=True)
class Place:
    """A photo's place in the order: which it is, how good (None: unreadable), and of which it is a twin."""

    index: int
    rating: Rating | None
    twin_of: int | None = None


def rate(pixels: np.ndarray, *, width_px: int = 0, height_px: int = 0) -> Rating:
    """The rating of RGB pixels; `width_px` and `height_px` are the photo's own where it was decoded smaller."""
    height, width = pixels.shape[:2]
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    shrink = min(1.0, _SIDE_PX / max(width, height))
    if shrink < 1:
        grey = cv2.resize(grey, (max(1, round(width * shrink)), max(1, round(height * shrink))),
                          interpolation=cv2.INTER_AREA)
    size = min(1.0, min(width_px or width, height_px or height) / _GOOD_SIDE_PX)
    return Rating(_sharpness(grey), _exposure(grey), round(size, 4), _fingerprint(grey))


def order_photos(paths: Sequence[Path]) -> list[Place]:
    """The photos, the best one first; twins of better ones follow all others, unreadable ones come last.

    Equals keep the order in which they were given.
    """
    ratings = [_rated(path) for path in paths]
    ranked = sorted(((at, rating) for at, rating in enumerate(ratings) if rating),
                    key=lambda pair: -round(pair[1].score, 3))
    singles: list[Place] = []
    twins: list[Place] = []
    for at, rating in ranked:
        twin = next((one.index for one in singles if one.rating and is_same(one.rating, rating)), None)
        (singles if twin is None else twins).append(Place(at, rating, twin))
    return [*singles, *twins, *(Place(at, None) for at, rating in enumerate(ratings) if rating is None)]


def is_same(first: Rating, second: Rating) -> bool:
    """Whether two photos show the same from the same place."""
    return (int(first.fingerprint, 16) ^ int(second.fingerprint, 16)).bit_count() <= _SAME_BITS


def _rated(path: Path) -> Rating | None:
    try:
        pixels, (width, height) = decode(path, [(_SIDE_PX, _SIDE_PX)])
    except OSError:
        return None
    return rate(pixels, width_px=width, height_px=height)


def _sharpness(grey: np.ndarray) -> float:
    """Fine detail beside coarse, in those parts that have most of both: a soft background costs nothing."""
    calm = cv2.GaussianBlur(grey, (3, 3), 0.6)
    fine = cv2.Laplacian(calm, cv2.CV_16S)
    rows, columns = (np.linspace(0, side, min(_TILES, side) + 1).astype(int) for side in grey.shape)
    tiles = [(slice(top, bottom), slice(left, right)) for top, bottom in pairwise(rows)
             for left, right in pairwise(columns)]
    variance, energy = (np.array([float(cv2.meanStdDev(part[tile])[1][0, 0]) ** 2 for tile in tiles])
                        for part in (calm, fine))
    # The flattest part shows what noise there is.
    energy = np.maximum(energy - min(level_at(energy, 0.1), _MOST_NOISE_ENERGY), 0)
    told = np.argsort(variance, kind="stable")[-_TOLD_TILES:]
    share = float(energy[told].sum() / max(float(variance[told].sum()), 1.0))
    mark = (np.log10(max(share, 1e-6)) - _BLURRED_LOG) / (_SHARP_LOG - _BLURRED_LOG)
    return round(float(np.clip(mark, 0, 1)), 4)


def _exposure(grey: np.ndarray) -> float:
    below = np.cumsum(cv2.calcHist([grey], [0], None, [256], [0, 256]))
    dark, median, light = (int(np.searchsorted(below, share * grey.size)) for share in (0.01, 0.5, 0.99))
    mark = (median - _LOST_DARK) / (_GOOD_DARK - _LOST_DARK)
    if median > _GOOD_LIGHT:  # white goods on white are meant to be light
        mark = 1 - 0.5 * (median - _GOOD_LIGHT) / (255 - _GOOD_LIGHT)
    return round(float(np.clip(mark, 0, 1) * np.clip((light - dark) / _GOOD_RANGE, 0, 1)), 4)


def _fingerprint(grey: np.ndarray) -> str:
    """A bit for each of the 63 coarsest waves of a photo: whether it is stronger than most."""
    few = cv2.resize(grey, (_HASH_PX, _HASH_PX), interpolation=cv2.INTER_AREA).astype(np.float32)
    waves = cv2.dct(few)[:_HASH_SIDE, :_HASH_SIDE].ravel()[1:]
    bits = "".join("1" if wave > np.median(waves) else "0" for wave in waves)
    return f"{int(bits, 2):016x}"
