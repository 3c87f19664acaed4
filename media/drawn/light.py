"""Light on drawn things: a solid is a field over a small window, shaded by the slope of its swelling."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

Pixels = np.ndarray

LIGHT = np.array([-0.52, -0.60, 0.61], np.float32)
"""Towards the light, which stands at the upper left: x to the right, y down, z to the eye."""
_HALFWAY = (LIGHT + np.array([0, 0, 1], np.float32)) / np.linalg.norm(LIGHT + np.array([0, 0, 1], np.float32))


@dataclass(frozen=True, slots=True)
class Window:
    """A square part of the picture and, for each of its pixels, where it lies in a turned frame of its own.

    `u` and `v` run from −reach to reach in parts of the solid's radius.
    """

    left: int
    top: int
    u: Pixels
    v: Pixels


def window(x: float, y: float, radius: float, turn_degrees: float, *, reach: float = 1.25) -> Window:
    """The window about a solid at (x, y), turned clockwise."""
    left, top = round(x - radius * reach), round(y - radius * reach)
    side = round(2 * radius * reach)
    rows, columns = np.mgrid[top:top + side, left:left + side].astype(np.float32)
    cos, sin = np.cos(np.radians(turn_degrees)), np.sin(np.radians(turn_degrees))
    across, down = (columns - x) / radius, (rows - y) / radius
    return Window(left, top, across * cos + down * sin, down * cos - across * sin)


def noise(dice: np.random.Generator, height: int, width: int, *grain_px: float) -> Pixels:
    """Soft noise of about −1..1, `grain_px` across (one number, or one down and one across)."""
    down, across = grain_px if len(grain_px) == 2 else (grain_px[0], grain_px[0])
    small = dice.standard_normal((max(2, round(height / down) + 2), max(2, round(width / across) + 2)))
    grown = cv2.resize(small.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    return np.clip(grown, -2, 2) / 1.4


def lay_solid(canvas: Pixels, place: Window, field: Pixels, skin: Pixels, *, swelling_px: float,
              bump: Pixels | float = 0.0, gloss: float = 0.35, sharpness: float = 38.0) -> None:
    """Shade a solid onto the canvas (floats 0..255) in place.

    `field` is 0 at its middle and 1 along its edge, `skin` its colour, `swelling_px` how far it rises
    towards the eye, `bump` a small relief in pixels.
    """
    height = np.sqrt(np.clip(1 - field, 0.0, 1)) * swelling_px + bump
    down, across = np.gradient(height.astype(np.float32))
    normal = np.dstack([-across, -down, np.ones_like(height)])
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
    facing = normal @ LIGHT
    lit = 0.44 + 0.80 * np.clip(facing, 0, 1) + 0.10 * np.clip(normal[..., 1], 0, 1)
    warm = np.clip(facing, 0, 1)[..., None] * np.array([0.05, 0.02, -0.05], np.float32)
    shine = gloss * 255 * np.clip(normal @ _HALFWAY, 0, 1) ** sharpness
    colour = np.clip(skin * (lit[..., None] + warm) + shine[..., None], 0, 255)
    slope = np.hypot(*np.gradient(field)) + 1e-4
    _blend(canvas, place.left, place.top, colour, np.clip((1 - field) / slope / 1.6 + 0.5, 0, 1) * (field < 1.5))


def lay_flat(canvas: Pixels, place: Window, inside: Pixels, colour: Pixels) -> None:
    """Lay a flat colour (h × w × 3) through a mask of 0..1, in place."""
    _blend(canvas, place.left, place.top, colour, inside)


def cast_shadow(canvas: Pixels, place: Window, field: Pixels, *, fall_px: tuple[float, float], blur_px: float,
                strength: float) -> None:
    """Darken what lies under a solid, away from the light, in place."""
    pad = round(3 * blur_px)
    shape = np.pad(np.clip((1.04 - field) * 12, 0, 1), pad).astype(np.float32)
    soft = cv2.GaussianBlur(shape, (0, 0), blur_px) * strength
    black = np.broadcast_to(np.array([26, 14, 6], np.float32), (*soft.shape, 3))
    _blend(canvas, place.left - pad + round(fall_px[0]), place.top - pad + round(fall_px[1]), black, soft)


def _blend(canvas: Pixels, left: int, top: int, colour: Pixels, alpha: Pixels) -> None:
    height, width = alpha.shape
    x0, y0 = max(left, 0), max(top, 0)
    x1, y1 = min(left + width, canvas.shape[1]), min(top + height, canvas.shape[0])
    if x0 >= x1 or y0 >= y1:
        return
    part = (slice(y0 - top, y1 - top), slice(x0 - left, x1 - left))
    under = canvas[y0:y1, x0:x1]
    under += (colour[part] - under) * alpha[part][..., None]
