"""Slow camera moves over a still photo, smooth to a hundredth of a pixel.

A frame is an integer window of the base, scaled by `cv2.resize`, which costs a quarter of
`warpAffine`. Scaling alone can only start on whole pixels of the base; but when the window is
scaled by a factor other than 1, every pixel of the outcome starts at another fraction. So the
window begins a few pixels early, and the outcome is read from the pixel whose fraction is the one
wanted: off by a hundredth of a pixel on average, with second differences of 0.02 px.
"""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass

import cv2
import numpy as np

from media.clips.planes import Planes

ZOOM = 1.06
# The base is this much larger than the frame at its closest: nearer to 1, too few fractions.
BASE_SCALE = 1.05
# Its multiples leave fractions that lie evenly, so that one near the wanted one is always found.
_PAN_SCALE = 1.0575
# Found by trial: nearest to Lanczos, by SSIM and by VMAF.
_CRISP_PX, _CRISP_SHARE = 0.6, 0.4
_desk = threading.local()
_SEARCHED_MIDDLES = np.arange(32) + 0.5
BORDER_PX = math.ceil(len(_SEARCHED_MIDDLES) * ZOOM * BASE_SCALE) + 2

_Start = tuple[int, int, float]
"""How many scaled pixels to skip, the whole source pixel to begin at, and the scale to use."""


@dataclass(frozen=True, slots=True)
class View:
    """The part of a base that a frame shows: its corner and the base pixels a frame pixel spans."""

    left: float
    top: float
    scale: float


@dataclass(frozen=True, slots=True)
class Move:
    """A camera move from one view to another, at rest at both ends."""

    start: View
    end: View

    def at(self, share: float) -> View:
        """The view at `share` (0 to 1) of the move, eased by a cosine."""
        eased = 0.5 - 0.5 * math.cos(math.pi * min(1.0, max(0.0, share)))
        first, last = self.start, self.end
        return View(
            first.left + (last.left - first.left) * eased,
            first.top + (last.top - first.top) * eased,
            first.scale + (last.scale - first.scale) * eased,
        )


def base_size(width_px: int, height_px: int) -> tuple[int, int]:
    """Width and height of the base for a frame of this size: even, and large enough to zoom in."""
    grown = (math.ceil(side * ZOOM * BASE_SCALE / 2) * 2 for side in (width_px, height_px))
    return next(grown), next(grown)


def zoom(width_px: int, height_px: int, *, inward: bool, focus: tuple[float, float]) -> Move:
    """The move of one shot: the whole base to 1.06 times as close, or back out.

    `focus` is where the camera looks, as shares of width and height: that point stays at rest.
    """
    base_width, base_height = base_size(width_px, height_px)
    wide = min(base_width / width_px, base_height / height_px)
    near = wide / ZOOM
    views = []
    for scale in (wide, near):
        spare = base_width - width_px * scale, base_height - height_px * scale
        views.append(View(spare[0] * focus[0], spare[1] * focus[1], scale))
    return Move(*(views if inward else views[::-1]))


def pan(width_px: int, height_px: int, *, focus: tuple[float, float]) -> Move:
    """A move along the base at one distance, ending at the side where the focus is."""
    base_width, base_height = base_size(width_px, height_px)
    spare = base_width - width_px * _PAN_SCALE, base_height - height_px * _PAN_SCALE
    left, right = (View(at, spare[1] * focus[1], _PAN_SCALE) for at in (0.0, spare[0]))
    return Move(right, left) if focus[0] < 0.5 else Move(left, right)


def make_base(planes: Planes, *, crisp: bool = True) -> Planes:
    """Planes of `base_size` as `show` reads them, with a border to begin early in.

    Brightness is made crisper by what reading between its pixels will soften it again,
    unless `crisp` is false.
    """
    edges = (BORDER_PX, 4, BORDER_PX, 4)
    share = _CRISP_SHARE if crisp else 0.0
    # Three pixels hold a bell as narrow as this, and are summed four times as fast as five.
    soft = cv2.GaussianBlur(planes.y, (3, 3), _CRISP_PX)
    sharpened = (cv2.addWeighted(planes.y, 1 + share, soft, -share, 0), planes.u, planes.v)
    return Planes(*(cv2.copyMakeBorder(p, *edges, cv2.BORDER_REPLICATE) for p in sharpened))


def show(base: Planes, view: View, out: Planes) -> None:
    """Draw the view of a base from `make_base` into `out`.

    Positions of pixel centres follow from the corners: a brightness pixel i lies at i + 1/2; a
    colour sample i at 2i + 1/2 across and 2i + 1 down (see media.clips.planes).
    """
    x = view.left + 0.5 * view.scale - 0.5
    y = view.top + 0.5 * view.scale - 0.5
    height, width = out.y.shape
    _plane(base.y, _start(x, view.scale, width), _start(y, view.scale, height), out.y)
    colour_y = (view.top + view.scale - 1) / 2
    across, down = _start(x / 2, view.scale, width // 2), _start(colour_y, view.scale, height // 2)
    _plane(base.u, across, down, out.u)
    _plane(base.v, across, down, out.v)


def _plane(source: np.ndarray, across: _Start, down: _Start, out: np.ndarray) -> None:
    """Read `out` from `source`, from where `across` and `down` say."""
    height, width = out.shape
    (skip_x, from_x, scale_x), (skip_y, from_y, scale_y) = across, down
    window = source[
        from_y : from_y + math.ceil((height + skip_y) * scale_y) + 2,
        from_x : from_x + math.ceil((width + skip_x) * scale_x) + 2,
    ]
    # As OpenCV rounds; a view of the size it expects is drawn into, a larger one would be replaced.
    rows, columns = round(window.shape[0] / scale_y), round(window.shape[1] / scale_x)
    scaled = cv2.resize(
        window,
        None,
        dst=_sheet(rows * columns).reshape(rows, columns),
        fx=1 / scale_x,
        fy=1 / scale_y,
        interpolation=cv2.INTER_LINEAR,
    )
    np.copyto(out, scaled[skip_y : skip_y + height, skip_x : skip_x + width])


def _sheet(size: int) -> np.ndarray:
    """Memory that this thread draws on again and again: fresh memory would cost a third more."""
    if getattr(_desk, "sheet", None) is None or len(_desk.sheet) < size:
        _desk.sheet = np.empty(size, np.uint8)
    return _desk.sheet[:size]


def _start(at: float, scale: float, length: int) -> _Start:
    """How to begin at place `at`, for `length` pixels `scale` apart.

    What is left of the error is spread by a scale so little off that the middle stands exact.
    """
    at += BORDER_PX
    begin = at + 0.5 - _SEARCHED_MIDDLES * scale
    near = np.rint(begin)
    skip = int(np.abs(begin - near).argmin())
    start = int(near[skip])
    middle = length / 2
    return skip, start, (at + middle * scale + 0.5 - start) / (skip + middle + 0.5)
