"""The products as weavers would show them: figures on a grid of cells, for a card that has no photo."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np

_REACH = 33
EMBLEM_CELLS = 2 * _REACH + 1
"""A figure's width and height."""
_IVORY = 1
_FIRST, _SECOND, _THIRD = 2, 3, 4  # the kind's dyes in the palette's order

Mask = np.ndarray


@lru_cache(maxsize=8)
def emblem_cells(kind: str) -> np.ndarray:
    """The figure of a kind of product as thread numbers, 67 × 67 cells; an unknown kind has the basket."""
    y, x = np.mgrid[-_REACH:_REACH + 1, -_REACH:_REACH + 1].astype(np.float32)
    draw = {"grapefruit": _grapefruit, "mango": _mango, "dried_meat": _dried_meat}.get(kind, _basket)
    return draw(x, y)


def _ellipse(x: Mask, y: Mask, cx: float, cy: float, rx: float, ry: float, turn: float = 0.0) -> Mask:
    cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    u, v = (x - cx) * cos + (y - cy) * sin, (y - cy) * cos - (x - cx) * sin
    return (u / rx) ** 2 + (v / ry) ** 2 <= 1


def _leaf(x: Mask, y: Mask, cx: float, cy: float, length: float, turn: float) -> Mask:
    """A pointed leaf: where two discs overlap, with its rib left open."""
    cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    u, v = (x - cx) * cos + (y - cy) * sin, (y - cy) * cos - (x - cx) * sin
    bow = length * 0.72
    inside = (u ** 2 + (v - bow * 0.75) ** 2 <= length ** 2) & (u ** 2 + (v + bow * 0.75) ** 2 <= length ** 2)
    return inside & ~((np.abs(v) < 0.6) & (u < length * 0.3))


def _outlined(cells: np.ndarray, figure: Mask, thread: int) -> None:
    """Lay a figure with an ivory line about it, over what is there."""
    grown = cv2.dilate(figure.astype(np.uint8), cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3)))
    cells[grown > 0] = _IVORY
    cells[figure] = thread


def _grapefruit(x: Mask, y: Mask) -> np.ndarray:
    cells = np.zeros(x.shape, np.uint8)
    _outlined(cells, _leaf(x, y, 8, -25, 12, -28), _SECOND)
    _outlined(cells, _leaf(x, y, -12, -24, 9, 205), _SECOND)
    body = _ellipse(x, y, -4, 0, 22.4, 22.4) | _ellipse(x, y, -4, -11, 14.4, 13.4)
    _outlined(cells, body, _FIRST)
    cells[_ellipse(x, y, -13, -8, 3.2, 6.4, 30)] = _IVORY
    cut = (x - 12, y - 14)
    distance = np.hypot(*cut)
    _outlined(cells, distance <= 17.4, _FIRST)
    cells[distance <= 15] = _IVORY
    angle = (np.degrees(np.arctan2(cut[1], cut[0])) + 360) % 40
    across = distance * np.sin(np.radians(np.minimum(angle, 40 - angle)))
    cells[(distance <= 13) & (distance >= 3) & (across >= 0.9)] = _THIRD
    return cells


def _mango(x: Mask, y: Mask) -> np.ndarray:
    cells = np.zeros(x.shape, np.uint8)
    _outlined(cells, _leaf(x, y, 14, -23, 14, -14), _THIRD)
    _outlined(cells, _leaf(x, y, -9, -26, 10, 195), _THIRD)
    _outlined(cells, (np.abs(x - 1 - 0.2 * (y + 22)) <= 1.2) & (y >= -26) & (y <= -14), _THIRD)
    # A mango leans: a broad shoulder under the stalk, and a belly that ends in a beak at one side.
    body = (_ellipse(x, y, 3.5, -4, 18.4, 17.4) | _ellipse(x, y, -1, 5, 22.4, 19.4, -38)
            | _ellipse(x, y, -10, 14, 13.4, 11.4, -30))
    _outlined(cells, body, _FIRST)
    cheek = np.hypot((x - 16) / 15, (y + 6) / 20)
    cells[body & (cheek <= 1) & ((x + y) % 2 == 0)] = _SECOND
    cells[body & (cheek <= 0.66)] = _SECOND
    cells[_ellipse(x, y, -10, 0, 2.6, 7.4, 28)] = _IVORY
    return cells


def _dried_meat(x: Mask, y: Mask) -> np.ndarray:
    """Strips hanging from a rod over the hearth, and the fire under them."""
    cells = np.zeros(x.shape, np.uint8)
    for at, (middle, foot) in enumerate(((-21, 5), (-7, 9), (7, 7), (21, 4))):
        off = x - middle - 1.6 * np.sin((y + 5 * at) / 5.5)
        strip = (np.abs(off) <= 4.6 - 0.05 * (y + 20)) & (y >= -28) & (y <= foot - np.abs(off) * 0.7)
        _outlined(cells, strip, _FIRST)
        cells[strip & (np.abs(off + 1) < 0.8) & ((y + 2 * at) % 6 < 4)] = _SECOND
    _outlined(cells, (np.abs(y + 28) <= 1.5) & (np.abs(x) <= 31), _THIRD)
    for middle, height in ((-14, 12), (14, 12), (0, 18)):
        _outlined(cells, _flame(x, y, middle, height, 7.5), _SECOND)
        cells[_flame(x, y, middle, height * 0.55, 4)] = _IVORY
    _outlined(cells, (np.abs(y - 31) <= 1) & (np.abs(x) <= 25), _THIRD)
    return cells


def _flame(x: Mask, y: Mask, middle: float, height: float, half_width: float) -> Mask:
    rise = (29 - y) / height
    belly = np.sin(np.pi * (0.2 + 0.8 * np.clip(rise, 0, 1)))
    return (rise >= 0) & (rise <= 1) & (np.abs(x - middle) <= half_width * belly)


def _basket(x: Mask, y: Mask) -> np.ndarray:
    """A back basket with greens and fruit looking out of it."""
    cells = np.zeros(x.shape, np.uint8)
    for cx, cy, length, turn in ((-18, -14, 12, 235), (18, -14, 12, -55), (-7, -20, 13, 260), (8, -20, 13, -80)):
        _outlined(cells, _leaf(x, y, cx, cy, length, turn), _THIRD)
    for cx, cy, thread in ((-13, -5, _FIRST), (13, -5, _FIRST), (0, -8, _SECOND)):
        _outlined(cells, _ellipse(x, y, cx, cy, 8.4, 8.4), thread)
    wall = (y >= -1) & (y <= 29) & (np.abs(x) <= 24 - 0.30 * y)
    _outlined(cells, wall, _SECOND)
    weft = wall & ((np.floor((x + 60) / 4) + np.floor((y + 1) / 3)) % 2 == 0)
    cells[weft] = 0
    _outlined(cells, (np.abs(y - 0) <= 2) & (np.abs(x) <= 27), _FIRST)
    return cells
