"""Products drawn by code, for the demo village and for tests: no photograph of anyone's goods is needed."""

from __future__ import annotations

import numpy as np
from PIL import Image

from media.drawn.ground import bamboo_tray, banana_leaf, finish, wooden_table
from media.drawn.light import Pixels
from media.drawn.products import mango, meat_strip, plum, pomelo, pomelo_half

_WORK_PX = 1400  # long side at which a scene is drawn; larger pictures are scaled up from it


def draw_product(kind: str, width_px: int, height_px: int, seed: int = 0) -> Image.Image:
    """A still life of a kind of product (an unknown kind shows plums), RGB, the same for the same arguments."""
    scale = min(1.0, _WORK_PX / max(width_px, height_px))
    width, height = round(width_px * scale), round(height_px * scale)
    dice = np.random.default_rng((sum(kind.encode()), seed))
    canvas = wooden_table(dice, width, height)
    scene = {"grapefruit": _pomelos, "mango": _mangoes, "dried_meat": _meat}.get(kind, _plums)
    scene(canvas, dice, width / 2, height / 2, min(width, height) * 0.545)
    return Image.fromarray(finish(canvas, dice, width_px, height_px))


def _pomelos(canvas: Pixels, dice: np.random.Generator, x: float, y: float, half: float) -> None:
    bamboo_tray(canvas, dice, x, y, half * 0.96)
    _leaves(canvas, dice, x, y, half, ((-0.66, -0.30, 20), (0.66, -0.32, 160), (-0.60, 0.42, -30), (0.10, -0.72, 75)))
    for across, down, size in ((-0.34, -0.30, 0.37), (0.36, -0.28, 0.36), (-0.36, 0.36, 0.37)):
        pomelo(canvas, dice, x + (across + dice.uniform(-0.03, 0.03)) * half, y + down * half,
               size * half * dice.uniform(0.96, 1.04))
    pomelo_half(canvas, dice, x + 0.37 * half, y + 0.38 * half, 0.34 * half)
    _leaves(canvas, dice, x, y, half, ((0.02, 0.04, 40), (0.07, 0.72, 8)))


def _mangoes(canvas: Pixels, dice: np.random.Generator, x: float, y: float, half: float) -> None:
    bamboo_tray(canvas, dice, x, y, half * 0.96)
    _leaves(canvas, dice, x, y, half, ((-0.62, 0.34, 115), (0.64, -0.26, 120), (0.60, 0.46, 35), (-0.30, -0.70, 10)))
    spots = ((-0.36, -0.42, -28), (0.20, -0.50, 14), (0.50, 0.02, 80), (-0.52, 0.12, 96), (0.18, 0.52, -16),
             (-0.28, 0.46, 30), (-0.06, -0.02, -42), (0.26, 0.14, 22))
    for across, down, turn in spots:
        mango(canvas, dice, x + across * half, y + down * half, 0.32 * half * dice.uniform(0.92, 1.06),
              turn + dice.uniform(-14, 14))
    _leaves(canvas, dice, x, y, half, ((-0.10, 0.24, 150),))


def _meat(canvas: Pixels, dice: np.random.Generator, x: float, y: float, half: float) -> None:
    bamboo_tray(canvas, dice, x, y, half * 0.96)
    banana_leaf(canvas, dice, x - 0.10 * half, y - 0.16 * half, 0.92 * half, -18)
    banana_leaf(canvas, dice, x + 0.08 * half, y + 0.22 * half, 0.90 * half, 14)
    for at in range(19):
        ring = (1 - at / 19) ** 0.8
        angle = at * 2.4 + dice.uniform(-0.25, 0.25)
        meat_strip(canvas, dice, x + np.cos(angle) * 0.50 * half * ring, y + np.sin(angle) * 0.42 * half * ring,
                   0.42 * half * dice.uniform(0.85, 1.12), np.degrees(angle) + 90 + dice.uniform(-60, 60))


def _plums(canvas: Pixels, dice: np.random.Generator, x: float, y: float, half: float) -> None:
    bamboo_tray(canvas, dice, x, y, half * 0.96)
    _leaves(canvas, dice, x, y, half, ((-0.66, -0.22, 20), (0.64, -0.34, 150), (0.56, 0.50, 35), (-0.50, 0.52, -40)))
    for ring, count in ((0.60, 13), (0.36, 8), (0.13, 3)):
        for at in range(count):
            angle = 2 * np.pi * (at / count) + ring * 5 + dice.uniform(-0.06, 0.06)
            plum(canvas, dice, x + np.cos(angle) * ring * half, y + np.sin(angle) * ring * half,
                 0.155 * half * dice.uniform(0.93, 1.08))
    _leaves(canvas, dice, x, y, half, ((0.05, -0.26, 25),))


def _leaves(canvas: Pixels, dice: np.random.Generator, x: float, y: float, half: float,
            spots: tuple[tuple[float, float, float], ...]) -> None:
    for across, down, turn in spots:
        banana_leaf(canvas, dice, x + across * half, y + down * half, 0.21 * half, turn + dice.uniform(-12, 12),
                    slim=0.42)
