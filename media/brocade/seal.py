"""Woven things that lie on a photo or on cloth: the eight-pointed seal, plain or with the product in it."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from media.brocade.emblem import emblem_cells
from media.brocade.pattern import design
from media.brocade.weave import weave
from media.palette import palette

SEAL_REACH = 32
"""Cells from a plain seal's middle to its points: it is 65 cells wide."""
EMBLEM_REACH = 56
SQUARE_SHARE = 0.72  # the square's reach in parts of the diamond's: an even eight-pointed star


@lru_cache(maxsize=16)
def woven_seal(kind: str, household_code: str, *, cell_px: int, reach: int = SEAL_REACH,
               emblem: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """The seal as RGB pixels and its shape (255 inside): a square over a diamond, with two ivory lines
    and one of the household's dye along the edge. With `emblem` the product stands in it, woven too."""
    rows, columns = np.abs(np.mgrid[-reach:reach + 1, -reach:reach + 1])
    depth = np.maximum(round(reach * SQUARE_SHARE) - np.maximum(rows, columns), reach - (rows + columns))
    cells = np.zeros(depth.shape, np.uint8)
    cells[(depth == 1) | (depth == 3)] = 1
    cells[depth == 2] = design(household_code).dyes[0]
    if emblem:
        figure = emblem_cells(kind)
        start = reach - figure.shape[0] // 2
        cells[start:start + figure.shape[0], start:start + figure.shape[1]] = figure
    cloth = weave(cells, np.array(palette(kind).threads), cell_px=cell_px, seed=reach)
    shape = np.where(depth >= 0, 255, 0).astype(np.uint8)
    return cloth, shape.repeat(cell_px, 0).repeat(cell_px, 1)
