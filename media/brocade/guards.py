"""The narrow guard stripes that run above and below a brocade's field: seven rows high."""

from __future__ import annotations

import numpy as np

# "." ground, "i" ivory, "a" the stripe's own dye. Each repeats sideways and mirrors about its first column.
_STRIPES = {
    "dashes": ("........", "........", "aa.....a", "........", "...aaa..", "........", "........"),
    "zigzag": ("......", "a.....", "aa...a", ".aa.aa", "..aaa.", "...a..", "......"),
    "flowers": ("........", "i.......", "ii.....i", "aii.a.ii", "ii.....i", "i.......", "........"),
    "crosses": ("........", "........", "i.......", "ai.aaa.i", "i.......", "........", "........"),
    "domes": ("........", "........", "aa.....a", "iaa...aa", "iiaa.aai", "........", "........"),
    "teeth": ("........", "aaa...aa", "aa.....a", "a...i...", "...iii..", "..iiiii.", "........"),
    "buds": ("........", "a.......", "aa.....a", "iaa.i.aa", "aa.....a", "a.......", "........"),
    "keys": ("........", "aaa...aa", "a.......", "a...i...", "....i...", "..iiiii.", "........"),
}


def guard_names() -> tuple[str, ...]:
    """The stripes' names, in the order in which a household's code picks them."""
    return tuple(_STRIPES)


def guard(name: str, dye: int) -> np.ndarray:
    """A stripe as thread numbers, 7 rows × 6 or 8 columns; `dye` (2..4) is its coloured thread."""
    thread = {".": 0, "i": 1, "a": dye}
    return np.array([[thread[letter] for letter in row] for row in _STRIPES[name]], np.uint8)
