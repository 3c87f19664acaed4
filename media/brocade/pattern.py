"""A household's brocade: its code picks the geometry, the product's kind the colours.

The SHA-256 of the household's code decides byte by byte: family, two guard stripes, dye order, ring order.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations

import numpy as np

from media.brocade.fields import LARGE_REACH, SMALL_REACH, families, field
from media.brocade.guards import guard, guard_names
from media.brocade.weave import weave
from media.palette import Colour, mix, palette

NARROW_ROWS, MID_ROWS, FULL_ROWS = 19, 37, 73
"""The three heights of a band, in cells."""

_REPEAT = 48  # every field and stripe repeats within this many columns
_DYE_ORDERS = tuple(permutations((2, 3, 4)))


@dataclass(frozen=True, slots=True)
class Design:
    """What a household's code picks."""

    family: str
    inner_guard: str
    outer_guard: str
    dyes: tuple[int, int, int]
    rings: int


def design(household_code: str) -> Design:
    """The design of a household, the same on every picture it ever shows."""
    digest = hashlib.sha256(household_code.encode()).digest()
    names = guard_names()
    inner = digest[1] % len(names)
    outer = (inner + 1 + digest[2] % (len(names) - 1)) % len(names)
    return Design(families()[digest[0] % len(families())], names[inner], names[outer],
                  _DYE_ORDERS[digest[3] % len(_DYE_ORDERS)], digest[4] % 4)


@lru_cache(maxsize=64)
def band(kind: str, household_code: str, *, rows: int, cell_px: int, length_px: int,
         vertical: bool = False) -> np.ndarray:
    """A band of cloth as RGB bytes, `rows · cell_px` thick and `length_px` long; read-only.

    `rows` is NARROW_ROWS, MID_ROWS or FULL_ROWS, `cell_px` 4, 5 or 6. A mirror axis lies on the
    middle of the length. A vertical band is the same cloth turned.
    """
    cells = repeat_cells(household_code, rows)
    columns = length_px // cell_px + 3 | 1
    run = _run(cells, columns)
    colours = np.array(palette(kind).threads)
    cloth = weave(run, colours, cell_px=cell_px, seed=_seed(household_code))
    start = (cloth.shape[1] - length_px) // 2
    cloth = cloth[:, start:start + length_px]
    if vertical:
        cloth = cloth.transpose(1, 0, 2)
    cloth = np.ascontiguousarray(cloth)
    cloth.setflags(write=False)
    return cloth


@lru_cache(maxsize=16)
def tonal_cloth(kind: str, household_code: str, *, width_px: int, height_px: int, cell_px: int,
                dark: bool) -> np.ndarray:
    """The household's cloth tone on tone, as RGB bytes: a quiet ground for text or a small photo."""
    cells = repeat_cells(household_code, FULL_ROWS)[2:-2]
    rows, columns = height_px // cell_px + 1, width_px // cell_px + 3 | 1
    run = _run(np.resize(cells, (rows, cells.shape[1])), columns)
    cloth = weave(run, _tones(kind, dark=dark), cell_px=cell_px, seed=_seed(household_code),
                  relief=1.0 if dark else 0.55)
    start = (cloth.shape[1] - width_px) // 2
    cloth = np.ascontiguousarray(cloth[:height_px, start:start + width_px])
    cloth.setflags(write=False)
    return cloth


@lru_cache(maxsize=32)
def repeat_cells(household_code: str, rows: int) -> np.ndarray:
    """One repeat of a band as thread numbers, `rows` × 48: 0 ground, 1 ivory, 2–4 dyes.

    A mirror axis lies on column 0. Raises ValueError for a height other than the three.
    """
    if rows not in (NARROW_ROWS, MID_ROWS, FULL_ROWS):
        raise ValueError(f"a band is {NARROW_ROWS}, {MID_ROWS} or {FULL_ROWS} cells high, not {rows}")
    drawn = design(household_code)
    reach = LARGE_REACH if rows == FULL_ROWS else SMALL_REACH
    middle = np.pad(_dyed(field(drawn.family, drawn.rings, reach), drawn.dyes), ((1, 1), (0, 0)))
    edge, line, _ = drawn.dyes
    outer, inner = guard(drawn.outer_guard, line), guard(drawn.inner_guard, edge)
    above: dict[int, list[np.ndarray | int]] = {
        NARROW_ROWS: [edge, 1],
        MID_ROWS: [edge, 1, outer, 1, edge],
        FULL_ROWS: [edge, edge, 1, outer, 1, line, 1, inner, 1, edge, 1],
    }
    top = np.vstack([_stripe(part) for part in above[rows]])
    return np.vstack([top, np.tile(middle, _REPEAT // middle.shape[1]), top[::-1]])


def _stripe(part: np.ndarray | int) -> np.ndarray:
    if isinstance(part, int):
        return np.full((1, _REPEAT), part, np.uint8)
    return np.tile(part, _REPEAT // part.shape[1])


def _dyed(cells: np.ndarray, dyes: tuple[int, int, int]) -> np.ndarray:
    return np.array([0, 1, *dyes], np.uint8)[cells]


def _run(repeat: np.ndarray, columns: int) -> np.ndarray:
    """An odd number of columns with a mirror axis in the middle: of the two axes the one whose ends cut least."""
    half = columns // 2
    runs = [repeat[:, (axis + np.arange(-half, half + 1)) % _REPEAT] for axis in (0, 6, 12, 24)
            if _mirrors(repeat, axis)]
    return min(runs, key=lambda run: int(np.count_nonzero(run[:, 1] != run[:, 0]) + np.count_nonzero(run[:, 0])))


def _mirrors(repeat: np.ndarray, axis: int) -> bool:
    turned = np.roll(repeat, -axis, axis=1)
    return bool((turned[:, 1:] == turned[:, :0:-1]).all())


def _tones(kind: str, *, dark: bool) -> np.ndarray:
    """Thread colours for tonal cloth: one hue, five steps so close that text over them stays readable."""
    colours = palette(kind)
    ground, light, steps = ((colours.deep, colours.pale, (0, 0.13, 0.10, 0.07, 0.085)) if dark
                            else (colours.pale, (255, 255, 255), (0, 0.55, 0.42, 0.30, 0.36)))
    tones: list[Colour] = [mix(ground, light, step) for step in steps]
    return np.array(tones)


def _seed(household_code: str) -> int:
    return int.from_bytes(hashlib.sha256(household_code.encode()).digest()[8:12])
