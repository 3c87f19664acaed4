"""The small pictures of a photo that pages show: few bytes, one shape."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from media.spec import MediaFile

# 4:3, so that a grid of products is even; twice the 360 px of a phone's page, and once.
_PAGE_SIZES = {"page_720": (720, 540), "page_360": (360, 270)}
# The first view of a buyer's page is to be 90 kB in all, with HTML, CSS and fonts: 24 kB are
# left for its picture as AVIF. Browsers too old for AVIF are let off with more.
_MAX_BYTES = {
    "page_720.avif": 24_000,
    "page_720.jpg": 60_000,
    "page_360.avif": 10_000,
    "page_360.jpg": 20_000,
    "thumb.jpg": 3_000,
}
_THUMB_PX = 96
# The range in which a picture neither wastes bytes nor falls apart into blocks.
_AVIF_QUALITIES = (30, 65)
_JPEG_QUALITIES = (40, 80)
# 9 of 10: a fifth of the time of 8, and a seventeenth of the default 6, for 4 % more bytes.
_AVIF_SPEED = 9


def make_page_pictures(clean: Path, out_dir: Path) -> list[MediaFile]:
    """Pictures of a cleaned photo for pages, written to `out_dir`, the largest first.

    `page_720` and `page_360` at 4:3, each as AVIF (at most 24 kB and 10 kB where that can be
    had at a decent quality) and as JPEG for browsers without it, and `thumb`, a square JPEG of
    96 px and 3 kB. Nothing is enlarged: a small photo gives smaller pictures, the sizes
    returned are true. Raises OSError for a file that is not a picture.
    """
    with Image.open(clean) as photo:
        photo.draft("RGB", (1440, 1440))
        whole = photo.convert("RGB")
    files = []
    for role, size in _PAGE_SIZES.items():
        picture = cropped(whole, size)
        files.append(_save(picture, out_dir / f"{role}.avif"))
        files.append(_save(picture, out_dir / f"{role}.jpg"))
    thumb = cropped(whole, (_THUMB_PX, _THUMB_PX))
    files.append(_save(thumb, out_dir / "thumb.jpg"))
    return files


def cropped(photo: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The middle of `photo` in the shape of `size`, scaled down to it but never up.

    Of a tall photo a little more is cut below than above: what people photograph stands in the
    middle or higher, the table before it is of no use.
    """
    ratio = size[0] / size[1]
    width = min(photo.width, round(photo.height * ratio))
    height = min(photo.height, round(photo.width / ratio))
    left = (photo.width - width) // 2
    top = round((photo.height - height) * 0.45)
    box = (left, top, left + max(1, width), top + max(1, height))
    if width <= size[0]:
        return photo.crop(box)
    return photo.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)


def _save(picture: Image.Image, path: Path) -> MediaFile:
    is_avif = path.suffix == ".avif"
    data = _smallest_decent(picture, is_avif, _MAX_BYTES[path.name])
    path.write_bytes(data)  # made again from the photo if lost, so no waiting for the disk
    kind = "image/avif" if is_avif else "image/jpeg"
    return MediaFile(path, path.stem, picture.width, picture.height, len(data), kind)


def _smallest_decent(picture: Image.Image, is_avif: bool, max_bytes: int) -> bytes:
    """The picture at the highest quality of its range that fits `max_bytes`, else the lowest."""
    low, high = _AVIF_QUALITIES if is_avif else _JPEG_QUALITIES
    encode = _avif if is_avif else _jpeg
    best = encode(picture, high)
    if len(best) <= max_bytes:
        return best
    best = encode(picture, low)
    while high - low > 2 and len(best) <= max_bytes:  # finer steps are not to be seen
        middle = (low + high) // 2
        data = encode(picture, middle)
        if len(data) <= max_bytes:
            low, best = middle, data
        else:
            high = middle
    return best


def _avif(picture: Image.Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    picture.save(
        buffer, "AVIF", quality=quality, speed=_AVIF_SPEED, subsampling="4:2:0", max_threads=1
    )
    return buffer.getvalue()


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=quality, optimize=True, progressive=True)
    return buffer.getvalue()
