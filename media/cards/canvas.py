"""The sheet a layout draws on; it remembers where every word, the photo and the code were placed."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
from PIL import Image

from media.lettering.text import Box, Ink, Style, draw_ink, ink
from media.palette import Colour
from media.qr import qr_image


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece of text on the sheet: what it says, the box of its ink, its colour."""

    text: str
    box: Box
    colour: Colour


@dataclass(slots=True)
class Canvas:
    """An RGB sheet under work."""

    image: Image.Image
    placed: list[Placed] = field(default_factory=list)
    photo_box: Box | None = None
    qr_box: Box | None = None
    badge_box: Box | None = None
    tab_box: Box | None = None

    @classmethod
    def blank(cls, width_px: int, height_px: int, ground: Colour) -> Canvas:
        """A sheet of one colour."""
        return cls(Image.new("RGB", (width_px, height_px), ground))

    def paste(self, pixels: np.ndarray, left: int, top: int) -> Box:
        """Lay RGB pixels on the sheet; the box they cover."""
        self.image.paste(Image.fromarray(pixels), (left, top))
        return Box(left, top, left + pixels.shape[1], top + pixels.shape[0])

    def fill(self, box: Box, colour: Colour) -> None:
        """Fill a rectangle."""
        self.image.paste(colour, (box.left, box.top, box.right, box.bottom))

    def text(self, words: str, style: Style, colour: Colour, *, x: int, baseline: int, align: str = "left") -> Box:
        """Set a line, its ink's left, right or centre at `x`; the box of the ink."""
        return self.ink(words, ink(words, style), colour, x=x, baseline=baseline, align=align)

    def ink(self, words: str, line: Ink, colour: Colour, *, x: int, baseline: int, align: str = "left") -> Box:
        """Set ink that was made before; `words` is what it says."""
        box = draw_ink(self.image, line, colour, x=x, baseline=baseline, align=align)
        self.placed.append(Placed(words, box, colour))
        return box

    def code(self, payload: str, *, left: int, top: int, side_px: int) -> Box:
        """Set a QR tile with its quiet zone; the box of the whole tile."""
        tile = qr_image(payload, side_px=side_px)
        self.image.paste(tile, (left, top))
        self.qr_box = Box(left, top, left + tile.width, top + tile.height)
        return self.qr_box

    def soft_shadow(self, mask: np.ndarray, left: int, top: int, *, blur_px: float, drop_px: int, strength: float,
                    colour: Colour) -> None:
        """A soft shadow of a shape (0..255) whose corner is at (left, top), fallen `drop_px` down."""
        pad = round(3 * blur_px)
        spread = cv2.GaussianBlur(np.pad(mask, pad), (0, 0), blur_px)
        shade = Image.fromarray((spread * strength).astype(np.uint8))
        self.image.paste(colour, (left - pad, top - pad + drop_px), shade)
