"""A photo too small to spread out, as a print on a white mount before a woven star on pale cloth."""

from __future__ import annotations

import numpy as np
from PIL import Image

from media.brocade.pattern import tonal_cloth
from media.brocade.seal import SQUARE_SHARE, woven_seal
from media.cards.canvas import Canvas
from media.cards.stage import MOUNT_PX
from media.lettering.text import Box
from media.palette import palette
from media.photos.develop import TINY_ENLARGEMENT, Negative
from media.spec import CardSpec

_CLOTH_CELL_PX, _STAR_CELL_PX = 6, 5
# Of the box's shorter side: what the print may take, so that the star's points still show.
_MOST_SHARE = 0.66
# The star's square stands out around the mount by this share of it.
_STAR_SHARE = 0.62


def draw_mount(canvas: Canvas, spec: CardSpec, negative: Negative, box: Box) -> Box:
    """Fill `box` with cloth, star and an empty mount in its middle; the even box for the photo."""
    cloth = tonal_cloth(
        spec.kind,
        spec.household_code,
        width_px=box.width,
        height_px=box.height,
        cell_px=_CLOTH_CELL_PX,
        dark=False,
    )
    canvas.paste(cloth, box.left, box.top)
    window = _window(negative, box)
    side = max(window.width, window.height) + 2 * MOUNT_PX
    reach = round(side * _STAR_SHARE / _STAR_CELL_PX / SQUARE_SHARE)
    most_reach = (min(box.width, box.height) - 40) // _STAR_CELL_PX // 2
    star, shape = woven_seal(
        spec.kind, spec.household_code, cell_px=_STAR_CELL_PX, reach=min(reach, most_reach)
    )
    _lay(canvas, spec, star, shape, box)
    sheet = np.full((window.height + 2 * MOUNT_PX, window.width + 2 * MOUNT_PX, 3), 255, np.uint8)
    _lay(canvas, spec, sheet, np.full(sheet.shape[:2], 255, np.uint8), box)
    return window


def _window(negative: Negative, box: Box) -> Box:
    most = min(box.width, box.height) * _MOST_SHARE
    longest = max(negative.width_px, negative.height_px)
    scale = min(TINY_ENLARGEMENT, most / longest)
    width, height = (max(2, round(side * scale / 2) * 2) for side in (negative.width_px, negative.height_px))
    left, top = _centred(box, width, height)
    return Box(left, top, left + width, top + height)


def _centred(box: Box, width: int, height: int) -> tuple[int, int]:
    """Left and top, on even pixels, of a thing in the middle of the box."""
    left, top = box.left + (box.width - width) // 2, box.top + (box.height - height) // 2
    return left & ~1, top & ~1


def _lay(canvas: Canvas, spec: CardSpec, pixels: np.ndarray, shape: np.ndarray, box: Box) -> None:
    """Lay a thing in the middle of the box, with its shadow on what lies below."""
    left, top = _centred(box, shape.shape[1], shape.shape[0])
    deep = palette(spec.kind).deep
    canvas.soft_shadow(shape, left, top, blur_px=14, drop_px=14, strength=0.42, colour=deep)
    canvas.image.paste(Image.fromarray(pixels), (left, top), Image.fromarray(shape))
