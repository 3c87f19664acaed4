"""The card that lies over a live picture while a product is pinned: code, name, price, what is left, the order's QR."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from media.lettering.names import fit_name
from media.lettering.price import fit_price, price_ink
from media.lettering.text import BOLD, EXTRA_BOLD, MEDIUM, Style, draw_ink, fit_size, ink
from media.palette import palette
from media.qr import qr_image

WIDTH_PX, HEIGHT_PX = 676, 208
"""The picture's 720 pixels without the margins that a broadcast leaves on both sides."""

_PAD, _CORNER, _CODE_PX = 20, 24, 168
_PAPER, _INK, _SOFT, _GONE = (255, 248, 236), (36, 28, 21), (101, 89, 76), (173, 37, 29)
_NAME_PX, _PRICE_PX, _LEFT_PX = 36, 58, 27


@dataclass(frozen=True, slots=True)
class PinnedSpec:
    """What the card says. `payload` is the order link as its QR carries it; `left` a tag such as "Còn 15 túi"."""

    pin: str
    name: str
    kind: str
    price_vnd: int
    unit: str
    left: str
    payload: str
    is_sold_out: bool = False


def draw_pinned(spec: PinnedSpec) -> Image.Image:
    """The card as RGBA, `WIDTH_PX` × `HEIGHT_PX`, its corners clear."""
    card = Image.new("RGB", (WIDTH_PX, HEIGHT_PX), _PAPER)
    tile = qr_image(spec.payload, side_px=_CODE_PX)
    card.paste(tile, (WIDTH_PX - _PAD - tile.width, (HEIGHT_PX - tile.height) // 2))
    room = WIDTH_PX - 3 * _PAD - tile.width
    name = fit_name(f"{spec.pin} {spec.name}", width_px=room, max_px=_NAME_PX, max_lines=2)
    colour = _GONE if spec.is_sold_out else palette(spec.kind).price_on_paper
    baseline = _PAD
    for line in name.lines:
        baseline += round(name.size_px * 1.12)
        draw_ink(card, ink(line, Style(EXTRA_BOLD, name.size_px)), _INK, x=_PAD, baseline=baseline - round(name.size_px * 0.2))
    foot = HEIGHT_PX - _PAD - 4
    left_px = fit_size(spec.left, MEDIUM, width_px=room, max_px=_LEFT_PX)
    draw_ink(card, ink(spec.left, Style(BOLD if spec.is_sold_out else MEDIUM, left_px)), _GONE if spec.is_sold_out else _SOFT,
             x=_PAD, baseline=foot)
    size = fit_price(spec.price_vnd, spec.unit, width_px=room, max_px=_PRICE_PX if len(name.lines) == 1 else 48)
    draw_ink(card, price_ink(spec.price_vnd, spec.unit, size), colour, x=_PAD, baseline=foot - round(left_px * 1.35))
    mask = Image.new("L", card.size, 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, WIDTH_PX - 1, HEIGHT_PX - 1), _CORNER, fill=255)
    card.putalpha(mask)
    return card


def write_pinned(spec: PinnedSpec, path: Path) -> None:
    """The card as a PNG at `path`."""
    draw_pinned(spec).save(path, "PNG", compress_level=3)
