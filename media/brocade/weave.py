"""Thread on the loom: turns a grid of coloured cells into cloth with rounded rows and warp ticks."""

from __future__ import annotations

import numpy as np

ROW_JITTER, CELL_JITTER = 0.018, 0.022
TICK_SHADE, CHANGE_SHADE = 0.92, 0.86

# How light falls on one weft row, from its upper edge to its lower: a row is a rounded thread.
_ROW_LIGHT = {
    3: (0.97, 1.02, 0.94),
    4: (0.965, 1.02, 1.01, 0.93),
    5: (0.955, 1.01, 1.025, 1.0, 0.925),
    6: (0.945, 1.0, 1.025, 1.02, 0.985, 0.915),
}


def weave(cells: np.ndarray, colours: np.ndarray, *, cell_px: int, seed: int, relief: float = 1.0) -> np.ndarray:
    """Cloth as RGB bytes, (rows · cell_px) × (columns · cell_px) × 3.

    `cells` are thread numbers, `colours` their RGB values (threads × 3). `relief` is the strength of
    the texture. The cloth must never be scaled afterwards: its ticks and edges are whole pixels.
    Raises KeyError for a cell size other than 3, which is for figures alone, 4, 5 or 6.
    """
    rows, columns = cells.shape
    dice = np.random.default_rng(seed)
    light = 1 + relief * (ROW_JITTER * (2 * dice.random((rows, 1), np.float32) - 1)
                          + CELL_JITTER * (2 * dice.random((rows, columns), np.float32) - 1))
    thread = colours.astype(np.float32)[cells] * light[..., None]
    profile = 1 + relief * (np.array(_ROW_LIGHT[cell_px], np.float32) - 1)
    left = np.ones((rows, columns), np.float32)
    brick = (np.arange(columns) + np.arange(rows)[:, None]) % 2 == 0
    left[brick] = 1 + relief * (TICK_SHADE - 1)
    left[:, 1:][cells[:, 1:] != cells[:, :-1]] = 1 + relief * (CHANGE_SHADE - 1)
    cloth = np.empty((rows, cell_px, columns, cell_px, 3), np.uint8)
    for line, shade in enumerate(profile):
        lit = thread * shade
        cloth[:, line, :, 1:, :] = np.minimum(lit, 255)[:, :, None, :].astype(np.uint8)
        cloth[:, line, :, 0, :] = np.minimum(lit * left[..., None], 255).astype(np.uint8)
    return cloth.reshape(rows * cell_px, columns * cell_px, 3)
