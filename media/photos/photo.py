"""Checks an uploaded photo and makes a clean one from its pixels."""

from __future__ import annotations

import hashlib
import io
import warnings
from pathlib import Path

import numpy as np
from PIL import Image

from media.files import write_whole
from media.intake import (
    MAX_BYTES,
    MAX_PIXELS,
    MIN_SIDE_PX,
    CleanPhoto,
    PhotoFault,
    UnsupportedPhoto,
)
from media.photos import jpeg
from media.photos.colour import to_srgb
from media.photos.rating import rate
from media.photos.sniff import boxes_are_whole, other_kind, photo_kind

# What Pillow itself refuses comes after our own check of the header; it holds for every decoder.
Image.MAX_IMAGE_PIXELS = max(MAX_PIXELS.values())
_FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "heic": "HEIF", "avif": "AVIF"}
# At 90 a phone photo keeps its size and no eye finds a difference at the sizes we draw.
_QUALITY = 90
# Below this, pictures are drawn near the photo's own size, where halved colour would show.
_FULL_COLOUR_BELOW_PX = 2000
_ORIENTATION_TAG = 0x0112
# Photos are rated at the size of a phone's screen.
_RATED_PX = 1024


def check_and_clean(source: Path, out_dir: Path, *, max_side_px: int = 4096) -> CleanPhoto:
    """A clean copy of the photo at `source`, written to `out_dir` as `<sha256>.jpg`.

    Upright by its EXIF, in sRGB, at most `max_side_px` on its longer side, JPEG at quality 90.
    It is made from pixels alone: no metadata, and nothing that was hidden in or behind the
    photo, comes along. The same bytes give the same file. The first frame stands for a moving
    picture. Raises UnsupportedPhoto for whatever is not a whole photo within the bounds.
    """
    data = _read(source)
    image = _decode(data, max_side_px)
    encoded = _encode(image)
    sha256 = hashlib.sha256(encoded).hexdigest()
    path = out_dir / f"{sha256}.jpg"
    write_whole(path, encoded)
    rating = rate(_about(image, _RATED_PX))
    return CleanPhoto(path, image.width, image.height, sha256, len(encoded), rating.sharpness, rating.fingerprint)


def _about(image: Image.Image, side_px: int) -> np.ndarray:
    """The pixels, averaged to not much more than `side_px` on the longer side."""
    times = max(1, max(image.size) // side_px)
    return np.asarray(image.reduce(times) if times > 1 else image)


def _read(source: Path) -> bytes:
    with source.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if not data:
        raise UnsupportedPhoto(PhotoFault.EMPTY)
    if len(data) > MAX_BYTES:
        raise UnsupportedPhoto(PhotoFault.TOO_BIG)
    return data


def _decode(data: bytes, max_side_px: int) -> Image.Image:
    kind = photo_kind(data)
    if kind is None:
        raise UnsupportedPhoto(PhotoFault.NOT_A_PHOTO, other_kind(data))
    if kind == "heic" and not boxes_are_whole(data):
        raise UnsupportedPhoto(PhotoFault.BROKEN)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd metadata, which is dropped anyway
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _pixels(data, kind, max_side_px)
    except (UnsupportedPhoto, MemoryError):
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise UnsupportedPhoto(PhotoFault.TOO_MANY_PIXELS) from bomb
    except Exception as fault:
        # Decoders raise whatever their parsing stumbled on, from struct.error to KeyError;
        # to the person who sent the photo all of it means the same.
        raise UnsupportedPhoto(PhotoFault.BROKEN) from fault


def _pixels(data: bytes, kind: str, max_side_px: int) -> Image.Image:
    if kind == "heic":
        # Loaded here alone: it costs 30 ms and most photos are JPEG.
        import pillow_heif

        pillow_heif.register_heif_opener()
    with Image.open(io.BytesIO(data), formats=[_FORMATS[kind]]) as image:
        _check_size(image.size, MAX_PIXELS[kind])
        if kind == "jpeg":
            # Lets libjpeg halve huge photos while decoding; three quarters of the bound suffice.
            side_px = max_side_px * 3 // 4
            image.draft(None, _fit(image.size, side_px))
        image.load()
        if kind == "jpeg" and jpeg.has_missing_end(data, image):
            raise UnsupportedPhoto(PhotoFault.BROKEN)
        orientation = _orientation(image)
        small = _shrunk(image, max_side_px)
    return _turned(to_srgb(small), orientation)


def _check_size(size: tuple[int, int], max_pixels: int) -> None:
    if size[0] * size[1] > max_pixels:
        raise UnsupportedPhoto(PhotoFault.TOO_MANY_PIXELS)
    if min(size) < MIN_SIDE_PX:
        raise UnsupportedPhoto(PhotoFault.TOO_SMALL)


def _fit(size: tuple[int, int], side_px: int) -> tuple[int, int]:
    scale = min(1.0, side_px / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _shrunk(image: Image.Image, max_side_px: int) -> Image.Image:
    target = _fit(image.size, max_side_px)
    if target == image.size:
        return image
    if image.mode in ("P", "1", "PA"):  # colour numbers cannot be averaged
        see_through = image.mode == "PA" or "transparency" in image.info
        image = image.convert("RGBA" if see_through else "RGB")
    # Half the time of Lanczos, and at this size, far above what is drawn, as good to look at.
    small = image.resize(target, Image.Resampling.HAMMING, reducing_gap=2.0)
    small.info = image.info
    return small


def _orientation(image: Image.Image) -> int:
    """1 to 8 as in EXIF 2.32, 4.6.4; 1 where the tag is missing, odd or unreadable.

    The HEIC and AVIF decoders have set it to what is still to be done.
    """
    try:
        found = image.getexif().get(_ORIENTATION_TAG, 1)
    except Exception:  # a damaged EXIF block must not cost the photo; parsers raise anything
        return 1
    return found if isinstance(found, int) and 1 <= found <= 8 else 1


_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def _turned(image: Image.Image, orientation: int) -> Image.Image:
    turn = _TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)


def _encode(image: Image.Image) -> bytes:
    subsampling = "4:4:4" if max(image.size) < _FULL_COLOUR_BELOW_PX else "4:2:0"
    image.info = {}  # else Pillow writes the comment and the resolution that it read
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=_QUALITY, subsampling=subsampling)
    return buffer.getvalue()
