"""Fruit and dried meat drawn by code: shape, skin and the marks that make each one known."""

from __future__ import annotations

import numpy as np

from media.drawn.light import Pixels, Window, cast_shadow, lay_flat, lay_solid, noise, window


def pomelo(canvas: Pixels, dice: np.random.Generator, x: float, y: float, radius: float) -> None:
    """A pomelo: broad below, drawn out at the stalk, pored skin between green and gold."""
    place = window(x, y, radius, dice.uniform(-38, 38))
    neck = 1 + 0.16 * np.clip(-place.v, 0, 1) ** 2
    field = ((place.u * neck) ** 2 + (place.v * 0.96) ** 2).astype(np.float32)
    _shadow(canvas, place, field, radius)
    pores = noise(dice, *field.shape, max(radius * 0.020, 1.2))
    ripe = np.clip(0.5 + 0.55 * place.v + noise(dice, *field.shape, radius * 0.5) * 0.35, 0, 1)[..., None]
    skin = np.array([158, 172, 58], np.float32) * (1 - ripe) + np.array([232, 190, 62], np.float32) * ripe
    crown = np.exp(-((place.u / 0.13) ** 2 + ((place.v + 0.72) / 0.09) ** 2))[..., None]
    skin = skin * (1 - 0.45 * crown) * (1 + 0.035 * pores[..., None])
    lay_solid(canvas, place, field, skin, swelling_px=radius, bump=pores * radius * 0.0030, gloss=0.30, sharpness=26)


def pomelo_half(canvas: Pixels, dice: np.random.Generator, x: float, y: float, radius: float) -> None:
    """A cut half, its face up: rind, white pith, pink segments with their pulp."""
    place = window(x, y, radius, dice.uniform(0, 360))
    far = np.hypot(place.u, place.v)
    _shadow(canvas, place, (far ** 2).astype(np.float32), radius)
    rind = np.broadcast_to(np.array([206, 186, 66], np.float32), (*far.shape, 3))
    lay_solid(canvas, place, (far ** 2).astype(np.float32), rind, swelling_px=radius * 0.35, gloss=0.2)
    pith = np.array([247, 238, 214], np.float32) * (0.97 + 0.03 * noise(dice, *far.shape, radius * 0.03))[..., None]
    lay_flat(canvas, place, np.clip((0.93 - far) * radius / 1.5, 0, 1), pith)
    angle = (np.degrees(np.arctan2(place.v, place.u)) + 360) % 36
    wall = far * np.sin(np.radians(np.minimum(angle, 36 - angle)))
    inside = np.minimum(np.clip((0.80 - far) * radius / 3, 0, 1), np.clip((wall - 0.022) * radius / 3, 0, 1))
    inside = inside * np.clip((far - 0.10) * radius / 3, 0, 1)
    sacs = np.sin(angle * 1.9 + noise(dice, *far.shape, radius * 0.09) * 2.5)
    pulp = noise(dice, *far.shape, radius * 0.035) * 0.10 + sacs * 0.06
    flesh = np.array([226, 98, 88], np.float32) * (0.98 + pulp + 0.12 * (0.8 - far))[..., None]
    lay_flat(canvas, place, inside, np.clip(flesh + 30 * (pulp[..., None] > 0.13), 0, 255))


def mango(canvas: Pixels, dice: np.random.Generator, x: float, y: float, radius: float, turn: float) -> None:
    """A mango: an oval that bends towards its beak, yellow with a red cheek and a green shoulder."""
    place = window(x, y, radius, turn, reach=1.2)
    u = place.u
    v = (place.v - 0.16 * u ** 2 + 0.05) / (0.66 - 0.13 * u)
    field = ((u * 0.98) ** 2 + v ** 2).astype(np.float32)
    _shadow(canvas, place, field, radius * 0.8)
    mottle = noise(dice, *field.shape, radius * 0.35)[..., None]
    cheek = np.clip(0.75 - u * 0.9 - v * 0.5 + mottle[..., 0] * 0.25, 0, 1)[..., None] * dice.uniform(0.45, 1.0)
    green = np.clip(u * 0.9 - 0.25 + mottle[..., 0] * 0.2, 0, 1)[..., None] * dice.uniform(0.3, 1.0)
    skin = np.array([243, 182, 50], np.float32) + mottle * 6
    skin = skin * (1 - green) + np.array([136, 162, 60], np.float32) * green
    skin = skin * (1 - cheek) + np.array([212, 78, 42], np.float32) * cheek
    specks = np.clip(noise(dice, *field.shape, max(radius * 0.016, 1.2)) - 0.95, 0, 1)[..., None]
    stalk = np.exp(-(((u + 0.93) / 0.045) ** 2 + (v / 0.09) ** 2))[..., None]
    skin = skin * (1 - 0.55 * stalk) + specks * 38
    lay_solid(canvas, place, field, skin, swelling_px=radius * 0.72, gloss=0.42, sharpness=34)


def plum(canvas: Pixels, dice: np.random.Generator, x: float, y: float, radius: float) -> None:
    """A highland plum: dark red with a cleft and a bloom of wax."""
    place = window(x, y, radius, dice.uniform(0, 360))
    field = (place.u ** 2 + (place.v * 0.97) ** 2).astype(np.float32)
    _shadow(canvas, place, field, radius)
    bloom = np.clip(noise(dice, *field.shape, radius * 0.35) * 0.4 + 0.25, 0, 0.6)[..., None]
    tone = dice.uniform(0.85, 1.15)
    skin = np.array([150, 34, 44], np.float32) * tone * (1 - bloom) + np.array([158, 92, 118], np.float32) * bloom
    cleft = np.exp(-((place.u - 0.25 * (1 - place.v ** 2)) / 0.035) ** 2) * (place.v < 0.5)
    lay_solid(canvas, place, field, skin * (1 - 0.30 * cleft)[..., None], swelling_px=radius, gloss=0.40)


def meat_strip(canvas: Pixels, dice: np.random.Generator, x: float, y: float, length: float, turn: float) -> None:
    """A strip of smoked buffalo: torn edges, fibres along it, a dark gloss, crushed pepper and chilli on it."""
    place = window(x, y, length, turn, reach=1.15)
    shape = place.u.shape
    bend = 0.09 * np.sin(place.u * dice.uniform(1.5, 2.6) + dice.uniform(0, 6))
    torn = noise(dice, *shape, length * 0.22) * 0.030 + noise(dice, *shape, length * 0.06) * 0.012
    half = dice.uniform(0.19, 0.27) * (1 - 0.22 * place.u ** 2)
    across = (place.v - bend + torn) / half
    field = (np.abs(across) ** 2.6 + np.clip((np.abs(place.u) + torn * 2.5) / 0.97, 0, 2) ** 12).astype(np.float32)
    _shadow(canvas, place, field, length * 0.26)
    wave = noise(dice, *shape, length * 0.20) * 2.2
    fibre = np.sin(across * 13 + wave) * 0.6 + np.sin(across * 31 + wave * 2) * 0.4
    lumps = noise(dice, *shape, length * 0.14)
    tone = dice.uniform(0.80, 1.15)
    skin = np.array([96, 42, 27], np.float32) * tone * (1 + 0.13 * fibre + 0.24 * lumps)[..., None]
    smoked = np.clip(field * 1.1 - 0.35, 0, 0.75)[..., None]
    skin = skin * (1 - smoked) + np.array([44, 22, 16], np.float32) * smoked
    spice = noise(dice, *shape, max(length * 0.013, 1.4))
    skin = np.where((spice > 1.18)[..., None], np.array([214, 96, 40], np.float32), skin)
    skin = np.where((spice < -1.22)[..., None], np.array([196, 168, 120], np.float32), skin)
    lay_solid(canvas, place, field, skin, swelling_px=length * 0.055,
              bump=fibre * length * 0.0016 + lumps * length * 0.008, gloss=0.38, sharpness=20)


def _shadow(canvas: Pixels, place: Window, field: Pixels, size: float) -> None:
    """The shadow of a thing of `size`, and the dark line where it touches its ground."""
    cast_shadow(canvas, place, field, fall_px=(size * 0.20, size * 0.26), blur_px=max(size * 0.15, 1.0), strength=0.50)
    cast_shadow(canvas, place, field, fall_px=(size * 0.05, size * 0.06), blur_px=max(size * 0.04, 1.0), strength=0.45)
