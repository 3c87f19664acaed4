"""Small signs drawn as shapes: outlines for print, a mask for pictures."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

Outline = tuple[tuple[float, float], ...]

_FINE = 8  # a mask is drawn this many times larger and averaged down


def _bar(left: float, top: float, right: float, bottom: float) -> Outline:
    return ((left, top), (right, top), (right, bottom), (left, bottom))


# Outlines in a box of 100 × 100: first what is filled, then what is cut out of it.
BASKET: tuple[tuple[Outline, ...], tuple[Outline, ...]] = (
    (_bar(0, 36, 100, 50), ((7, 50), (93, 50), (83, 98), (17, 98)),
     ((20, 37), (40, 3), (50, 9), (33, 37)), ((80, 37), (60, 3), (50, 9), (67, 37))),
    (_bar(29, 59, 36, 87), _bar(46.5, 59, 53.5, 87), _bar(64, 59, 71, 87)),
)
BANK: tuple[tuple[Outline, ...], tuple[Outline, ...]] = (
    (((50, 2), (100, 28), (100, 36), (0, 36), (0, 28)), _bar(13, 43, 24, 73), _bar(34, 43, 45, 73),
     _bar(55, 43, 66, 73), _bar(76, 43, 87, 73), _bar(6, 79, 94, 86), _bar(0, 90, 100, 98)),
    (),
)


@lru_cache(maxsize=8)
def pin_mask(height_px: int) -> Image.Image:
    """A map pin as a mask: a drop with a round hole."""
    from PIL import Image, ImageDraw

    side, width = height_px * _FINE, round(height_px * _FINE * 0.76)
    picture = Image.new("L", (width, side))
    pen, radius = ImageDraw.Draw(picture), width / 2
    pen.ellipse((0, 0, width - 1, width - 1), fill=255)
    reach = radius * 0.88
    pen.polygon(((radius - reach, radius * 1.45), (radius + reach, radius * 1.45), (radius, side - 1)), fill=255)
    hole = radius * 0.4
    pen.ellipse((radius - hole, radius - hole, radius + hole, radius + hole), fill=0)
    return picture.resize((round(height_px * 0.76), height_px), Image.Resampling.BOX)


@lru_cache(maxsize=8)
def star_mask(side_px: int) -> Image.Image:
    """A five-pointed star as a mask, its box filled from point to point."""
    from math import cos, pi, sin

    # The middle lies below the box's: the lower points reach less far down than the upper one up.
    reach = [1.0 if corner % 2 == 0 else 0.45 for corner in range(10)]
    points = [(far * sin(pi * corner / 5), -far * cos(pi * corner / 5)) for corner, far in enumerate(reach)]
    return _mask([points], side_px, (-1.0, -1.0, 2.0))


@lru_cache(maxsize=8)
def leaf_mask(side_px: int) -> Image.Image:
    """Two leaves on a stalk as a mask: what grows by good practice."""
    left = ((50, 74), (24, 70), (8, 52), (4, 28), (28, 31), (44, 46))
    right = ((50, 62), (54, 34), (70, 14), (96, 6), (97, 32), (82, 52))
    return _mask([left, right, _bar(46.5, 58, 53.5, 98)], side_px, (0.0, 0.0, 100.0))


def _mask(outlines: list[list[tuple[float, float]] | Outline], side_px: int,
          box: tuple[float, float, float]) -> Image.Image:
    """Outlines filled on a square of `side_px`; `box` is the left, the top and the side that they were drawn in."""
    from PIL import Image, ImageDraw

    left, top, side = box
    scale = side_px * _FINE / side
    picture = Image.new("L", (side_px * _FINE,) * 2)
    pen = ImageDraw.Draw(picture)
    for outline in outlines:
        pen.polygon([((x - left) * scale, (y - top) * scale) for x, y in outline], fill=255)
    return picture.resize((side_px, side_px), Image.Resampling.BOX)
