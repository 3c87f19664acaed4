"""Things that lie over moving pictures: words that fade and rise.

An overlay is kept as the encoder's planes, its colour already multiplied by its opacity, and is
blended in bytes and in its own box only.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from media.clips.planes import Planes, halved, to_yuv
from media.clips.words import Line


@dataclass(frozen=True, slots=True)
class Overlay:
    """`colour` is what is added, `keep` (255 for all) how much of the picture below stays."""

    left: int
    top: int
    colour: Planes
    keep: Planes

    def lay(self, frame: Planes) -> None:
        """Blend at full strength, in place."""
        height, width = self.colour.y.shape
        under = frame.window(self.left, self.top, width, height)
        for target, added, kept in zip(under.all(), self.colour.all(), self.keep.all(), strict=True):
            cv2.multiply(target, kept, dst=target, scale=1 / 255)
            cv2.add(target, added, dst=target)

    def faded(self, opacity: float, *, drop_px: float = 0.0) -> Overlay:
        """The same overlay weaker, and lower by a number of pixels that need not be whole."""
        colours, keeps = [], []
        for colour, keep, drop in zip(
            self.colour.all(), self.keep.all(), (drop_px, drop_px / 2, drop_px / 2), strict=True
        ):
            lowered = _lowered(colour, drop, 0)
            colours.append(cv2.convertScaleAbs(lowered, alpha=opacity))
            shade = cv2.convertScaleAbs(255 - _lowered(keep, drop, 255), alpha=opacity)
            keeps.append(255 - shade)
        return Overlay(self.left, self.top, Planes(*colours), Planes(*keeps))


def make_overlay(left: int, top: int, rgb: np.ndarray, alpha: np.ndarray) -> Overlay:
    """An overlay of RGB bytes with an opacity (0 to 255) a pixel; all sizes and places even."""
    share = alpha.astype(np.float32) / 255
    y, u, v = (part * share for part in to_yuv(rgb))
    kept = 255 - alpha
    half_kept = halved(kept)
    colour = Planes(_bytes(y), _bytes(halved(u)), _bytes(halved(v)))
    return Overlay(left, top, colour, Planes(kept, half_kept, half_kept))


def text_overlay(lines: list[Line], *, spare_px: int) -> Overlay:
    """Lines of ink as one overlay; `spare_px` is the room below, for words that rise into place."""
    boxes = [line.box for line in lines]
    left, top = min(box.left for box in boxes) & ~1, min(box.top for box in boxes) & ~1
    width = max(box.right for box in boxes) - left
    height = max(box.bottom for box in boxes) + spare_px - top
    size = height + height % 2, width + width % 2
    rgb, alpha = np.zeros((*size, 3), np.uint8), np.zeros(size, np.uint8)
    for line, box in zip(lines, boxes, strict=True):
        mask = np.asarray(line.ink.mask)
        across = slice(box.left - left, box.left - left + mask.shape[1])
        part = slice(box.top - top, box.top - top + mask.shape[0]), across
        rgb[part][mask > alpha[part]] = line.colour
        alpha[part] = np.maximum(alpha[part], mask)
    return make_overlay(left, top, rgb, alpha)


def shade_overlay(top: int, share: np.ndarray, colour: tuple[int, int, int], *, width_px: int) -> Overlay:
    """A shade of one colour over the full width, its opacity (0 to 1) changing row by row."""
    rgb = np.full((len(share), width_px, 3), colour, np.uint8)
    alpha = np.repeat(_bytes(share * 255)[:, None], width_px, axis=1)
    return make_overlay(0, top, rgb, alpha)


def _lowered(plane: np.ndarray, drop_px: float, outside: int) -> np.ndarray:
    whole, part = int(drop_px), drop_px - int(drop_px)
    if drop_px == 0:
        return plane
    lowered = np.full_like(plane, outside)
    above = cv2.copyMakeBorder(plane[: len(plane) - whole], 1, 0, 0, 0, cv2.BORDER_CONSTANT, value=outside)
    cv2.addWeighted(above[1:], 1 - part, above[:-1], part, 0, dst=lowered[whole:])
    return lowered


def _bytes(plane: np.ndarray) -> np.ndarray:
    return np.clip(np.rint(plane), 0, 255).astype(np.uint8)
