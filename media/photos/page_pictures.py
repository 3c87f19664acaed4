"""The small pictures of a photo that pages show: few bytes, one shape."""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from media.photos.care import assess
from media.photos.decode import decode
from media.photos.develop import judged
from media.photos.focus import crop_window
from media.photos.scale import resize
from media.spec import MediaFile

# 4:3, so that a grid of products is even. 360 and 720 are a phone's page once and twice; 480 and 960 are
# a column of a wide page once and twice, and WebP is for phones that are too old for AVIF.
_PAGE_SIZES = {"page_720": (720, 540), "page_360": (360, 270), "thumb": (96, 96), "page_960": (960, 720),
               "page_480": (480, 360)}
# The first view of a buyer's page is to be 90 kB in all, with HTML, CSS and fonts: 24 kB are
# left for its picture as AVIF. Browsers too old for AVIF are let off with more.
_MAX_BYTES = {
    "page_720.avif": 24_000,
    "page_720.jpg": 60_000,
    "page_360.avif": 10_000,
    "page_360.jpg": 20_000,
    "thumb.jpg": 3_000,
    "page_960.avif": 40_000,
    "page_960.webp": 75_000,
    "page_480.avif": 14_000,
    "page_480.webp": 26_000,
    "whole.jpg": 60_000,
    "feed.jpg": 180_000,
}
_WHOLE_PX = 560
"""The whole photo twice as wide as a seller taps on it to say where to look."""

_FEED_PX = 1280
"""Other shops advise 1024 (Meta's catalogue); more than was decoded for the pages is not worth a second decoding."""

# 9 of 10: a fifth of the time of 8, and a seventeenth of the default 6, for 4 % more bytes.
_AVIF_SPEED = 9
# Good enough when so much of the room is used: the rest is not to be seen.
_USED_SHARE, _MOST_TRIES = 0.93, 4


@dataclass(frozen=True, slots=True)
class _Format:
    """A kind of file: the qualities at which it neither wastes bytes nor falls apart into blocks.

    `growth` is by how much the logarithm of its size grows with each step of quality, about.
    """

    content_type: str
    low: int
    high: int
    growth: float
    encode: Callable[[Image.Image, int], bytes]


def make_page_pictures(clean: Path, out_dir: Path, *, focus: tuple[float, float] | None = None) -> list[MediaFile]:
    """Pictures of a cleaned photo for pages, written to `out_dir`, those that every page needs first.

    `page_720` and `page_360` at 4:3, each as AVIF (at most 24 kB and 10 kB where that can be
    had at a decent quality) and as JPEG for browsers without it; `thumb`, a square JPEG of
    96 px and 3 kB; `page_960` and `page_480`, each as AVIF and WebP. All show the part with the goods, or with
    `focus` in it; `whole`, a JPEG 560 px wide, and `feed`, one of at most 1280 px and 180 kB
    for other shops, are not cut. Poor light is mended. Nothing is enlarged: a small photo gives smaller pictures, the
    sizes returned are true. Raises OSError for a file that is not a picture.
    """
    pixels, _ = decode(clean, [_PAGE_SIZES["page_960"]])
    small = judged(pixels)
    care = assess(small)
    if not care.is_off:
        table = care.levels().round().astype(np.uint8)[:, None, :]
        pixels, small = cv2.LUT(pixels, table), cv2.LUT(small, table)
    cut = {role: Image.fromarray(cropped(pixels, size, small, focus)) for role, size in _PAGE_SIZES.items()}
    cut["whole"] = Image.fromarray(_reduced(pixels, _WHOLE_PX / pixels.shape[1]))
    cut["feed"] = Image.fromarray(_reduced(pixels, _FEED_PX / max(pixels.shape[:2])))
    return [_save(cut[name.partition(".")[0]], out_dir / name) for name in _MAX_BYTES]


def _reduced(pixels: np.ndarray, scale: float) -> np.ndarray:
    """The whole photo, made smaller by `scale` but never larger; RGB bytes."""
    height, width = pixels.shape[:2]
    if scale >= 1:
        return np.ascontiguousarray(pixels)
    return resize(pixels, max(1, round(width * scale)), max(1, round(height * scale)))


def cropped(pixels: np.ndarray, size: tuple[int, int], small: np.ndarray | None = None,
            focus: tuple[float, float] | None = None) -> np.ndarray:
    """The best part of a photo in the shape of `size`, scaled down to it but never up; RGB bytes."""
    left, top, width, height = crop_window(pixels, judged(pixels) if small is None else small,
                                           aspect=size[0] / size[1], focus=focus)
    cut = pixels[top:top + height, left:left + width]
    return np.ascontiguousarray(cut) if width <= size[0] else resize(cut, *size)


def _save(picture: Image.Image, path: Path) -> MediaFile:
    kind = _FORMATS[path.suffix]
    data = _smallest_decent(picture, kind, _MAX_BYTES[path.name])
    path.write_bytes(data)  # made again from the photo if lost, so no waiting for the disk
    return MediaFile(path, path.stem, picture.width, picture.height, len(data), kind.content_type)


def _smallest_decent(picture: Image.Image, kind: _Format, max_bytes: int) -> bytes:
    """The picture at about the highest quality of its range that fits `max_bytes`, else the lowest."""
    low, high, quality = kind.low, kind.high, (3 * kind.low + 2 * kind.high) // 5
    best: bytes | None = None
    for _ in range(_MOST_TRIES):
        data = kind.encode(picture, quality)
        if len(data) <= max_bytes:
            low, best = quality, data
        else:
            high = quality - 1
        if (best and len(best) >= _USED_SHARE * max_bytes) or low >= high:
            break
        # Aimed into the middle of what is good enough.
        steps = math.log((1 + _USED_SHARE) / 2 * max_bytes / len(data)) / kind.growth
        quality = min(max(quality + round(steps), low + 1), high)
    return best if best is not None else kind.encode(picture, kind.low)


def _avif(picture: Image.Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    picture.save(
        buffer, "AVIF", quality=quality, speed=_AVIF_SPEED, subsampling="4:2:0", max_threads=1
    )
    return buffer.getvalue()


def _webp(picture: Image.Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=quality, method=3)
    return buffer.getvalue()


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=quality, optimize=True, progressive=True)
    return buffer.getvalue()


_FORMATS = {
    ".avif": _Format("image/avif", 30, 65, 0.037, _avif),
    ".webp": _Format("image/webp", 25, 80, 0.0145, _webp),
    ".jpg": _Format("image/jpeg", 36, 80, 0.016, _jpeg),
}
