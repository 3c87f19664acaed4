"""What fills a card's photo area: the photo, a tiny photo on a mount over cloth, or the woven product."""

from __future__ import annotations

import numpy as np
from PIL import Image

from media.brocade.emblem import EMBLEM_CELLS
from media.brocade.pattern import tonal_cloth
from media.brocade.seal import EMBLEM_REACH, SEAL_REACH, SQUARE_SHARE, woven_seal
from media.cards.canvas import Canvas
from media.lettering.text import CAP_HEIGHT_EM, EXTRA_BOLD, MEDIUM, Box, Style, fit_size
from media.palette import palette
from media.photos.develop import MOST_ENLARGEMENT, TINY_ENLARGEMENT, Negative, enlargement, fill, whole
from media.spec import CardSpec

MOUNT_PX = 22
"""The white border of a mounted photo."""
_MARGIN_PX = 64
_TAB_ROOM_PX = 96  # a household's tab may hang over the upper edge, and would hide a star's point
_CLOTH_CELL_PX, _SEAL_CELL_PX = 6, 5
SEAL_PX = (2 * SEAL_REACH + 1) * _SEAL_CELL_PX
"""The seal from point to point."""


def fills(negative: Negative | None, box: Box) -> bool:
    """Whether the photo is large enough to cover the box by itself."""
    return (negative is not None and not negative.is_tiny
            and enlargement(negative, box.width, box.height) <= MOST_ENLARGEMENT)


def seal_reads(words: str | None) -> bool:
    """Whether words can stand in a seal: a small one over two or so that stay large enough."""
    if words is None or " " not in words:
        return False
    return fit_size(words.partition(" ")[2], EXTRA_BOLD, width_px=SEAL_PX * 0.50, max_px=58) >= 34


def seal_fits(words: str | None, negative: Negative | None, box: Box) -> bool:
    """Whether a mounted photo leaves room beside it for a seal with two words or more."""
    if negative is None or fills(negative, box) or not seal_reads(words):
        return False
    return _mounted_size(negative, box)[0] + 2 * MOUNT_PX + SEAL_PX + 40 <= box.width - 2 * _MARGIN_PX


def draw_stage(canvas: Canvas, spec: CardSpec, negative: Negative | None, box: Box, *, sealed: bool = False) -> None:
    """Fill `box`; with `sealed` the stock stands in a woven seal beside a mounted photo."""
    canvas.photo_box = box
    if negative is not None and fills(negative, box):
        canvas.paste(fill(negative, box.width, box.height), box.left, box.top)
        return
    canvas.paste(tonal_cloth(spec.kind, spec.household_code, width_px=box.width, height_px=box.height,
                             cell_px=_CLOTH_CELL_PX, dark=False), box.left, box.top)
    if negative is None:
        _draw_emblem(canvas, spec, box)
        return
    if not sealed:
        _draw_star(canvas, spec, negative, box)
    right = _draw_mount(canvas, spec, negative, box, sealed=sealed)
    if sealed and spec.stock_text:
        draw_seal(canvas, spec, spec.stock_text, (right + box.right) // 2, (box.top + box.bottom) // 2)


def _draw_emblem(canvas: Canvas, spec: CardSpec, box: Box) -> None:
    cell = 5 if min(box.width, box.height) >= (2 * EMBLEM_REACH + 1) * 5 + 40 else 4
    if box.height < EMBLEM_CELLS * 4 + 24:
        cell = 3  # the star is cut, the figure must not be
    cloth, shape = woven_seal(spec.kind, spec.household_code, cell_px=cell, reach=EMBLEM_REACH, emblem=True)
    _lay(canvas, spec, cloth, shape, box.left + (box.width - cloth.shape[1]) // 2,
         box.top + (box.height - cloth.shape[0]) // 2)


def _draw_star(canvas: Canvas, spec: CardSpec, negative: Negative, box: Box) -> None:
    """A woven star behind a mount that stands alone, where the box has room for one about it."""
    mount_px = max(_mounted_size(negative, box)) + 2 * MOUNT_PX
    reach = round(mount_px * 0.62 / _SEAL_CELL_PX / SQUARE_SHARE)
    size = (2 * reach + 1) * _SEAL_CELL_PX
    if size + 40 > box.width or size + 2 * _TAB_ROOM_PX > box.height:
        return
    cloth, shape = woven_seal(spec.kind, spec.household_code, cell_px=_SEAL_CELL_PX, reach=reach)
    _lay(canvas, spec, cloth, shape, box.left + (box.width - cloth.shape[1]) // 2,
         box.top + (box.height - cloth.shape[0]) // 2)


def _draw_mount(canvas: Canvas, spec: CardSpec, negative: Negative, box: Box, *, sealed: bool) -> int:
    """The mounted photo at the left margin, or in the middle where nothing stands beside it; its right edge."""
    width, height = _mounted_size(negative, box)
    sheet = np.full((height + 2 * MOUNT_PX, width + 2 * MOUNT_PX, 3), 255, np.uint8)
    sheet[MOUNT_PX:MOUNT_PX + height, MOUNT_PX:MOUNT_PX + width] = whole(negative, width, height)
    left = box.left + (_MARGIN_PX if sealed else (box.width - sheet.shape[1]) // 2)
    top = box.top + (box.height - sheet.shape[0]) // 2
    _lay(canvas, spec, sheet, np.full(sheet.shape[:2], 255, np.uint8), left, top)
    return left + int(sheet.shape[1])


def _mounted_size(negative: Negative, box: Box) -> tuple[int, int]:
    room_width = box.width - 2 * _MARGIN_PX - 2 * MOUNT_PX
    room_height = box.height - _MARGIN_PX - 2 * MOUNT_PX
    scale = min(room_width / negative.width_px, room_height / negative.height_px, TINY_ENLARGEMENT)
    return max(1, round(negative.width_px * scale)), max(1, round(negative.height_px * scale))


def draw_seal(canvas: Canvas, spec: CardSpec, words: str, x: int, y: int) -> None:
    """A woven seal about (x, y) with the first word small over the rest: "còn" over "40 kg"."""
    cloth, shape = woven_seal(spec.kind, spec.household_code, cell_px=_SEAL_CELL_PX)
    _lay(canvas, spec, cloth, shape, x - cloth.shape[1] // 2, y - cloth.shape[0] // 2)
    first, _, rest = words.partition(" ")
    colour = palette(spec.kind).paper
    small = fit_size(first.lower(), MEDIUM, width_px=SEAL_PX * 0.4, max_px=42)
    large = fit_size(rest, EXTRA_BOLD, width_px=SEAL_PX * 0.50, max_px=58)
    canvas.text(first.lower(), Style(MEDIUM, small), colour, x=x, baseline=y - 18, align="centre")
    canvas.text(rest, Style(EXTRA_BOLD, large), colour, x=x, baseline=y - 6 + round(large * CAP_HEIGHT_EM),
                align="centre")


def _lay(canvas: Canvas, spec: CardSpec, pixels: np.ndarray, shape: np.ndarray, left: int, top: int) -> None:
    """Lay a shape on the cloth, with the shadow of a thing that lies there."""
    canvas.soft_shadow(shape, left, top, blur_px=14, drop_px=14, strength=0.42, colour=palette(spec.kind).deep)
    canvas.image.paste(Image.fromarray(pixels), (left, top), Image.fromarray(shape))
