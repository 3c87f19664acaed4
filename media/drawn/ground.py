"""What drawn products lie on: a wooden table, a round bamboo tray, a banana leaf."""

from __future__ import annotations

import cv2
import numpy as np

from media.drawn.light import Pixels, cast_shadow, lay_flat, lay_solid, noise, window


def wooden_table(dice: np.random.Generator, width: int, height: int) -> Pixels:
    """Planks seen from above, as floats 0..255: grain along them, dark joints, light from the upper left."""
    unit = max(width, height)
    plank = round(unit * 0.17)
    start = int(dice.integers(0, plank))
    canvas = np.empty((height, width, 3), np.float32)
    for top in range(-start, height, plank):
        y0, y1 = max(top, 0), min(top + plank, height)
        if y0 >= y1:
            continue
        rows = y1 - y0
        fibre = (noise(dice, rows, width, unit * 0.0035, unit * 0.35) * 0.55
                 + noise(dice, rows, width, unit * 0.0012, unit * 0.09) * 0.30
                 + noise(dice, rows, width, unit * 0.05, unit * 0.5) * 0.45)
        tone = np.array([168, 120, 76], np.float32) * dice.uniform(0.86, 1.10)
        canvas[y0:y1] = tone * (1 + 0.17 * fibre[..., None])
        edge = np.minimum(np.arange(rows) + y0 - top, top + plank - 1 - y0 - np.arange(rows)) / (unit * 0.0022)
        canvas[y0:y1] *= (0.30 + 0.70 * np.clip(edge, 0, 1))[:, None, None]
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    fall = 1.12 - 0.42 * ((columns / width) * 0.55 + (rows / height) * 0.45)
    return canvas * fall[..., None]


def bamboo_tray(canvas: Pixels, dice: np.random.Generator, x: float, y: float, radius: float) -> None:
    """A round tray of plaited bamboo with a bound rim, laid on the canvas in place."""
    place = window(x, y, radius, 0, reach=1.12)
    far = np.hypot(place.u, place.v)
    cast_shadow(canvas, place, far ** 2, fall_px=(radius * 0.05, radius * 0.07), blur_px=radius * 0.05, strength=0.62)
    strip = 0.052
    turned = (place.u + place.v) / np.sqrt(2) / strip, (place.u - place.v) / np.sqrt(2) / strip
    over = (np.floor(turned[0]) + 2 * np.floor(turned[1])) % 4 < 2
    side = np.where(over, turned[1] % 1, turned[0] % 1) - 0.5
    shade = 0.74 + 0.26 * (1 - (2 * np.abs(side)) ** 3) + np.where(over, 0.03, -0.05)
    grain = noise(dice, *far.shape, radius * 0.010) * 0.05 + noise(dice, *far.shape, radius * 0.25) * 0.06
    hue = np.where(over[..., None], np.array([218, 180, 118], np.float32), np.array([200, 158, 96], np.float32))
    cup = 1.0 - 0.30 * np.clip((far - 0.62) / 0.32, 0, 1) * np.clip(-(place.u + place.v) * 0.9 + 0.25, 0, 1)
    lay_flat(canvas, place, np.clip((0.95 - far) * radius, 0, 1), hue * (shade + grain)[..., None] * cup[..., None])
    ring = np.abs(far - 0.96) / 0.058
    angle = np.arctan2(place.v, place.u)
    bands = 0.5 + 0.5 * np.sin(angle * 84)
    rim = np.array([196, 148, 84], np.float32) * (0.80 + 0.22 * bands[..., None])
    lay_solid(canvas, place, ring ** 2, rim, swelling_px=radius * 0.055, gloss=0.16, sharpness=16)


def banana_leaf(canvas: Pixels, dice: np.random.Generator, x: float, y: float, length: float, turn: float, *,
                slim: float = 0.34) -> None:
    """A leaf with a rib and side veins, laid on the canvas in place; `slim` is its width by its length."""
    place = window(x, y, length, turn)
    half = slim * np.sqrt(np.clip(1 - place.u ** 2, 0, 1)) * (1 - 0.30 * place.u)
    field = np.where(half > 0.01, (place.v / np.maximum(half, 0.01)) ** 2, 4.0)
    field = np.where(np.abs(place.u) < 0.995, field, 4.0).astype(np.float32)
    cast_shadow(canvas, place, field, fall_px=(length * 0.02, length * 0.03), blur_px=max(length * 0.02, 1.0),
                strength=0.5)
    veins = np.sin((place.u - 0.55 * np.abs(place.v) / slim) * 95)
    rib = np.exp(-(place.v / (slim * 0.05)) ** 2)
    tone = 0.86 + 0.07 * veins + 0.10 * np.sign(-place.v) + noise(dice, *field.shape, length * 0.12) * 0.06
    green = np.array([66, 122, 48], np.float32) * tone[..., None]
    green += rib[..., None] * np.array([70, 62, 40], np.float32)
    lay_solid(canvas, place, field, green, swelling_px=length * 0.035,
              bump=veins * length * 0.0010, gloss=0.10, sharpness=14)


def finish(canvas: Pixels, dice: np.random.Generator, width: int, height: int) -> Pixels:
    """The picture at its final size as bytes, with the vignette and fine grain of a phone's camera."""
    rows, columns = np.mgrid[-1:1:canvas.shape[0] * 1j, -1:1:canvas.shape[1] * 1j].astype(np.float32)
    canvas = canvas * (1.03 - 0.16 * (rows ** 2 + columns ** 2))[..., None]
    # Bytes before scaling: twelve million pixels of floats would cost hundreds of megabytes.
    picture = cv2.resize(np.clip(canvas, 0, 255).astype(np.uint8), (width, height), interpolation=cv2.INTER_CUBIC)
    tile = np.clip(dice.standard_normal((512, 512)) * 2.2 + 8, 0, 16).astype(np.uint8)
    grain = np.tile(tile, (height // 512 + 1, width // 512 + 1))[:height, :width]
    return cv2.subtract(cv2.add(picture, cv2.merge([grain] * 3)), (8, 8, 8, 0))
