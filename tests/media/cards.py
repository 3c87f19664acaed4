"""Products that the picture tests draw, with photos drawn by code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from media.cards import canvas
from media.cards.canvas import Canvas
from media.cards.card import LARGEST_PHOTOS, draw_card
from media.drawn.product import draw_product
from media.lettering.text import Box, Ink, draw_ink
from media.palette import Colour, contrast
from media.photos.develop import Negative, open_negative
from media.spec import CardSpec

LONG_NAME = "Thịt trâu gác bếp mắc khén đặc biệt nhà Lường Thị Hoa bản Lói xã Mường Ảng"
LINK = "https://chophien.example/o/K7M2"


_MANGO = CardSpec(kind="mango", name="Xoài Tuần Giáo ngọt lịm", price_vnd=25_000, unit="kg",
                  household="Nhà Lò Thị Xuân", household_code="DB-004", order_link=LINK,
                  short_link=LINK.removeprefix("https://"), place="xã Búng Lao", stock_text="Còn 40 kg")
_LONGEST = replace(_MANGO, kind="dried_meat", name=LONG_NAME, price_vnd=1_250_000, unit="chục",
                   household="Nhà Lường Thị Hoa Phương", place="bản Lói, xã Mường Ảng", stock_text="Còn 120 chục")


def spec(**changes: Any) -> CardSpec:
    """A mango as most are: short name, price by the kilogram, some left."""
    return replace(_MANGO, **changes)


def longest(**changes: Any) -> CardSpec:
    """The hardest product to set: eighty letters with stacked marks, a long price, a long household."""
    return replace(_LONGEST, **changes)


@lru_cache(maxsize=8)
def _drawn_jpeg(kind: str, width_px: int, height_px: int) -> bytes:
    out, scale = BytesIO(), min(1.0, 600 / width_px)
    small = draw_product(kind, round(width_px * scale), round(height_px * scale), seed=2)
    small.resize((width_px, height_px), Image.Resampling.BICUBIC).save(out, "JPEG", quality=90)
    return out.getvalue()


def drawn_photo(folder: Path, kind: str = "mango", width_px: int = 1200, height_px: int = 900) -> Path:
    """A JPEG of a drawn product in the folder."""
    path = folder / f"{kind}-{width_px}x{height_px}.jpg"
    path.write_bytes(_drawn_jpeg(kind, width_px, height_px))
    return path


def card(product: CardSpec, role: str) -> Canvas:
    """The finished card of a product, its first photo opened when it has one."""
    negative: Negative | None = None
    if product.photos:
        negative = open_negative(product.photos[0], [LARGEST_PHOTOS[role]])
    return draw_card(product, role, negative)


@dataclass(frozen=True)
class Seen:
    """A card with its words left out, where each would stand, and how many lines put ink on any one pixel."""

    product: CardSpec
    bare: Canvas
    most_ink_layers: int


def see(product: CardSpec, draw: Callable[[], Canvas]) -> Seen:
    """The card drawn while every line is noted instead of set."""
    layers: np.ndarray | None = None
    scratch: Image.Image | None = None

    def note(image: Image.Image, line: Ink, colour: Colour, **where: Any) -> Box:
        nonlocal layers, scratch
        if layers is None or scratch is None:
            layers, scratch = np.zeros(image.size[::-1], np.uint8), Image.new("RGB", image.size)
        box = draw_ink(scratch, line, colour, **where)
        # One pixel all around: ink must not even meet.
        layers[box.top - 1:box.bottom + 1, box.left - 1:box.right + 1] += np.pad(np.asarray(line.mask) > 60, 1)
        return box

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(canvas, "draw_ink", note)
        bare = draw()
    return Seen(product, bare, 0 if layers is None else int(layers.max()))


def least_contrast(seen: Seen) -> tuple[float, str]:
    """The lowest contrast ratio of any line with any pixel that lies behind its box, and the line's words."""
    found = []
    for placed in seen.bare.placed:
        box = placed.box
        behind = np.asarray(seen.bare.image.crop((box.left, box.top, box.right, box.bottom))).astype(np.int64)
        packed = np.unique(behind @ np.array([65536, 256, 1]))
        colours = [(int(value) >> 16, int(value) >> 8 & 255, int(value) & 255) for value in packed]
        found.append((min(contrast(placed.colour, colour) for colour in colours), placed.text))
    return min(found)


def overlap(first: Box, second: Box) -> bool:
    """Whether two boxes share a pixel."""
    return (first.left < second.right and second.left < first.right
            and first.top < second.bottom and second.top < first.bottom)
