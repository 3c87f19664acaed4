"""The middle field of a brocade, six families of it, drawn on the grid of cells.

A field is a small array of thread numbers that repeats sideways: 0 ground, 1 ivory, 2, 3, 4 the dyes in
the household's order. It is symmetric about column 0. Large fields have 25 rows, small ones 13.
Diagonals are two cells wide or more, for single ones turn to noise on a phone.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

Cells = np.ndarray
LARGE_REACH, SMALL_REACH = 12, 6

Dyes = tuple[int, int, int]

# Thread by distance from the diamond's middle: d = |x| + |y|, from the heart to the corner triangles.
_DIAMOND_RINGS = (
    "aii.bb.aaaa.ii.bb.ii.cccc",
    "bii.ccccc.ii.aaa.ii.bbbbb",
    "iaa.ii.bbb.aa.iii.cc.iiaa",
    "ibb.aaa.ii.cc.bbb.ii.aaaa",
)
_SMALL_DIAMOND_RINGS = ("ib.aaii", "bi.bbii", "aiibbii", "icc.bii")
_MOUNTAIN_STRIPES = ("iiccc.aaaa..", "iiaa..bbb...", "aaaii..ccc..", "bb.iii.cccc.")
_SMALL_MOUNTAIN_STRIPES = ("iicc..", "aa.ii.", "iibb..", "ccii..")


def field(family: str, rings: int, reach: int) -> Cells:
    """The field of a family, (2 · reach + 1) rows high; `rings` (0..3) is the order of its rings."""
    return _FAMILIES[family](rings % 4, reach == LARGE_REACH)


def families() -> tuple[str, ...]:
    """The families' names: shuttle diamonds, stars, hooks, mountains, nets, flowers."""
    return tuple(_FAMILIES)


def _grid(repeat: int, reach: int) -> tuple[Cells, Cells]:
    """Distances |x| from the nearest axis at a multiple of `repeat`, and |y| from the middle row."""
    rows, columns = np.mgrid[-reach:reach + 1, 0:repeat]
    return np.minimum(columns, repeat - columns), np.abs(rows)


def _by_distance(rings: str, distance: Cells, dyes: Dyes = (2, 3, 4)) -> Cells:
    """Threads by distance: "." is the ground, "i" ivory, "a", "b" and "c" the three dyes."""
    thread = {".": 0, "i": 1, "a": dyes[0], "b": dyes[1], "c": dyes[2]}
    threads = np.array([thread[letter] for letter in rings], np.uint8)
    return np.where(distance < len(rings), threads[np.minimum(distance, len(rings) - 1)], 0).astype(np.uint8)


def _turn(rings: int) -> Dyes:
    """Three dye numbers, in one of the turns that the household's ring order gives."""
    return (2 + rings % 3, 2 + (rings + 1) % 3, 2 + (rings + 2) % 3)


def _corner(cells: Cells, x: Cells, y: Cells, at: int, reach: int, colour: int, *, chevron: int) -> None:
    """A triangle at the field's edge under an ivory chevron, between two figures."""
    near = np.abs(at - x) + (reach - y)
    cells[(near >= chevron) & (near <= chevron + 1)] = 1
    cells[near <= chevron - 3] = colour


def _thoi(rings: int, large: bool) -> Cells:
    if large:
        x, y = _grid(24, LARGE_REACH)
        return _by_distance(_DIAMOND_RINGS[rings], x + y)
    x, y = _grid(12, SMALL_REACH)
    cells = _by_distance(_SMALL_DIAMOND_RINGS[rings], x + y)
    cells[(6 - x) + (6 - y) <= 1] = 4
    return cells


def _sao(rings: int, large: bool) -> Cells:
    a, b, c = _turn(rings)
    if not large:
        x, y = _grid(24, SMALL_REACH)
        cells = np.zeros_like(x, np.uint8)
        u, v = np.minimum(x, y), np.maximum(x, y)
        cells[(v <= 6) & (u + v <= 9) & ~((v <= 5) & (u + v <= 7))] = b
        cells[(u >= 1) & (u <= 2) & (v >= u + 1) & (v <= u + 2)] = 1
        cells[x + y == 0] = b
        small = np.abs(12 - x) + y
        cells[small <= 3] = 1
        cells[small == 1] = c
        cells[small == 0] = b
        return cells
    x, y = _grid(48, LARGE_REACH)
    cells = np.zeros_like(x, np.uint8)
    u, v = np.minimum(x, y), np.maximum(x, y)
    cells[(v <= 12) & (u + v <= 19) & ~((v <= 11) & (u + v <= 17))] = b
    cells[(u >= 1) & (u <= 4) & (v >= u + 1) & (v <= u + 4)] = a
    cells[((u == 5) & (v >= 6) & (v <= 10)) | ((u >= 1) & (u <= 4) & (v == u + 5))] = 1
    cells[x + y == 0] = b
    across = np.abs(24 - x)
    small = across + y
    inner = small <= 5
    cells[inner] = _by_distance("bibiaa", small, (a, b, c))[inner]
    roof = (across <= 6) & (y >= 2)
    cells[roof & (small >= 7) & (small <= 8)] = c
    cells[roof & (small == 9)] = 1
    return cells


def _moc(rings: int, large: bool) -> Cells:
    a, b, c = _turn(rings)
    if not large:
        x, y = _grid(12, SMALL_REACH)
        cells = np.zeros_like(x, np.uint8)
        d = x + y
        cells[d == 4] = 1
        cells[d <= 3] = a
        cells[d <= 1] = 1
        cells[d == 0] = b
        cells[((y == 4) & (x <= 3)) | ((y == 5) & (x == 3)) | ((y == 0) & (x >= 4)) | ((y <= 1) & (x == 6))] = 1
        cells[(y == 6) & (x >= 5)] = c
        return cells
    x, y = _grid(24, LARGE_REACH)
    d = x + y
    cells = np.zeros_like(x, np.uint8)
    inner = d <= 8
    cells[inner] = _by_distance("ai.bb.aai", d, (a, b, c))[inner]
    hooks = (((y == 7) & (x >= 1) & (x <= 4)) | ((y == 8) & (x == 4))
             | ((y == 4) & (x >= 4) & (x <= 7)) | ((y == 5) & (x == 7))
             | ((y == 1) & (x >= 7) & (x <= 10)) | ((y == 0) & (x >= 8) & (x <= 10)) | ((y == 2) & (x == 10)))
    cells[hooks] = 1
    _corner(cells, x, y, 12, LARGE_REACH, c, chevron=5)
    return cells


def _nui(rings: int, large: bool) -> Cells:
    repeat, reach = (24, LARGE_REACH) if large else (12, SMALL_REACH)
    stripes = (_MOUNTAIN_STRIPES if large else _SMALL_MOUNTAIN_STRIPES)[rings]
    rows, columns = np.mgrid[0:2 * reach + 1, 0:repeat]
    slope = rows + np.minimum(columns, repeat - columns)
    return _by_distance(stripes, slope % len(stripes))


def _luoi(rings: int, large: bool) -> Cells:
    a, c, b = _turn(rings)
    repeat, reach = (24, LARGE_REACH) if large else (12, SMALL_REACH)
    x, y = _grid(repeat, reach)
    d = x + y
    cells = np.zeros_like(x, np.uint8)
    cells[(d == reach) | (d == reach - 1)] = a
    if not large:
        cells[d <= 2] = 1
        cells[d == 0] = b
        cells[(6 - x) + (6 - y) <= 1] = c
        return cells
    u, v = np.minimum(x, y), np.maximum(x, y)
    cells[d == 10] = 1
    cells[(u >= 1) & (u <= 2) & (v >= u + 1) & (v <= u + 3)] = b
    cells[((u == 3) & (v >= 3) & (v <= 6)) | ((u >= 1) & (u <= 2) & (v == u + 4))] = 1
    cells[d == 0] = 1
    _corner(cells, x, y, 12, reach, c, chevron=5)
    return cells


def _hoa(rings: int, large: bool) -> Cells:
    a, b, c = _turn(rings)
    if not large:
        x, y = _grid(24, SMALL_REACH)
        cells = np.zeros_like(x, np.uint8)
        d = x + y
        cells[(d >= 7) & (d <= 8)] = c
        for petal in (np.abs(x - 3) + y, x + np.abs(y - 3)):
            cells[petal <= 1] = b
        cells[d <= 1] = 1
        small = np.abs(12 - x) + y
        cells[small <= 2] = a
        cells[small == 0] = 1
        cells[np.abs(12 - x) + (6 - y) <= 1] = b
        return cells
    x, y = _grid(48, LARGE_REACH)
    cells = np.zeros_like(x, np.uint8)
    d = x + y
    cells[(d >= 13) & (d <= 15)] = c
    cells[(d >= 16) & (d <= 17)] = 1
    cells[np.abs(x - 9) + y <= 2] = a
    for petal in (np.abs(x - 5) + y, x + np.abs(y - 5)):
        cells[petal <= 3] = b
    cells[d <= 2] = 0
    cells[(d <= 2) & (x * y == 0)] = 1
    cells[d == 0] = b
    small = np.abs(24 - x) + y
    cells[small <= 3] = b
    cells[small <= 1] = 1
    _corner(cells, x, y, 24, LARGE_REACH, a, chevron=5)
    return cells


_FAMILIES: dict[str, Callable[[int, bool], Cells]] = {
    "thoi": _thoi, "sao": _sao, "moc": _moc, "nui": _nui, "luoi": _luoi, "hoa": _hoa,
}
