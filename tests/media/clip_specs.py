"""Products to make clips of, a short timeline, and a look into the finished file."""

from __future__ import annotations

import struct
from pathlib import Path

import av
import numpy as np

from media.clips.timeline import Timeline
from media.drawn.product import draw_product
from media.spec import CardSpec

SHORT = Timeline((1.4, 2.8, 4.2), card_seconds=0.6)
LONG_NAME = "Măng khô nứa tép rừng già Tủa Chùa nhà làm phơi nắng sạch không chất bảo quản nhé"


POMELO = CardSpec(
    kind="grapefruit",
    name="Bưởi da xanh Mường Ảng",
    price_vnd=25_000,
    unit="kg",
    household="Nhà ông bà Lả",
    household_code="Q7WX",
    order_link="https://chophien.example/o/K7M2",
    short_link="chophien.example/o/K7M2",
    place="Búng Lao",
    stock_text="Còn 40 kg",
)


def drawn_photo(folder: Path, width_px: int, height_px: int, kind: str = "grapefruit") -> Path:
    """A still life drawn by code, as a cleaned photo would lie there."""
    path = folder / f"{kind}-{width_px}x{height_px}.jpg"
    draw_product(kind, width_px, height_px).save(path, quality=92)
    return path


def frames_of(path: Path, wanted: set[int]) -> dict[int, np.ndarray]:
    """The decoded frames of these numbers, RGB."""
    with av.open(str(path)) as clip:
        numbered = enumerate(clip.decode(video=0))
        return {at: frame.to_ndarray(format="rgb24") for at, frame in numbered if at in wanted}


def boxes_of(path: Path) -> list[str]:
    """The names of the top-level boxes of an MP4 file, in order (ISO/IEC 14496-12, 4.2)."""
    data, at, names = path.read_bytes(), 0, []
    while at < len(data):
        size, name = struct.unpack(">I4s", data[at : at + 8])
        names.append(name.decode("ascii"))
        at += size
    return names
