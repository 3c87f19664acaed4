"""The pictures of a product, drawn and written: share-ready JPEG files without metadata."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from PIL import Image

from media.cards.card import FURTHER_PHOTO, LARGEST_PHOTOS, MOST_PHOTOS, SIZES, draw_card
from media.files import write_whole
from media.photos.develop import Negative, open_negative
from media.spec import CardSpec, MediaFile

MOST_BYTES = {"square": 300_000, "portrait": 300_000, "story": 400_000, "preview": 300_000}
"""Weak uplinks carry these, and no network asks for more."""
_QUALITIES = (88, 76, 60, 40, 22, 10)
"""Best and worst JPEG quality, and the steps between which a size is reckoned; 88 is as good as an eye can tell."""
# A ninth of a picture, encoded the quick way, foretells its size: of each row of blocks one piece, never
# two above each other. On cards with market photos one standard deviation of the forecast is 2.7 %.
_BLOCK_PX, _PIECES, _STEP = 16, 9, 4
_BIAS, _ROOM, _HEADER_BYTES = 1.055, 0.95, 620


def render_picture(spec: CardSpec, role: str, out_dir: Path) -> MediaFile:
    """One picture, written to `out_dir`/`role`.jpg. Raises OSError when the photo cannot be read."""
    return render_pictures(spec, [role], out_dir, lambda _: None)[0]


def render_pictures(spec: CardSpec, roles: Iterable[str], out_dir: Path,
                    progress: Callable[[float], None]) -> list[MediaFile]:
    """The pictures of `roles` in their order, each photo decoded once; `progress` is told 0..1.

    The same spec gives the same bytes. Raises OSError when the first photo cannot be read.
    """
    wanted = list(roles)
    negative = _negative(spec, wanted)
    more = _further(spec) if set(wanted) - {"preview"} else ()
    made = []
    for at, role in enumerate(wanted, 1):
        made.append(_write(draw_card(spec, role, negative, more).image, role, out_dir))
        progress(at / len(wanted))
    return made


def _negative(spec: CardSpec, roles: list[str]) -> Negative | None:
    if not spec.photos:
        return None
    return open_negative(spec.photos[0], [LARGEST_PHOTOS[role] for role in roles],
                         focus=spec.focus[0] if spec.focus else None)


def _further(spec: CardSpec) -> tuple[Negative, ...]:
    """The photos after the first that a card may show beside it, opened small; an unreadable one is left out."""
    further = spec.photos[1:MOST_PHOTOS]
    found = []
    for at, path in enumerate(further, 1):
        with suppress(OSError):
            found.append(open_negative(path, FURTHER_PHOTO[len(further) + 1],
                                       focus=spec.focus[at] if at < len(spec.focus) else None))
    return tuple(found)


def _write(image: Image.Image, role: str, out_dir: Path) -> MediaFile:
    width, height = SIZES[role]
    path = out_dir / f"{role}.jpg"
    write_whole(path, encode_jpeg(image, most_bytes=MOST_BYTES[role]))
    return MediaFile(path, role, width, height, path.stat().st_size, "image/jpeg")


def encode_jpeg(image: Image.Image, *, most_bytes: int) -> bytes:
    """A progressive JPEG at the best quality, 88 at most, that keeps within `most_bytes`.

    The quality is reckoned from a ninth of the picture, so that one encoding is nearly always enough.
    """
    quality = _likely_quality(image, most_bytes)
    data = encode(image, quality)
    while len(data) > most_bytes and quality > _QUALITIES[-1]:
        quality = max(_QUALITIES[-1], quality - 3)
        data = encode(image, quality)
    return data


def _likely_quality(image: Image.Image, most_bytes: int) -> int:
    """The best quality whose forecast leaves some room within `most_bytes`."""
    few, times = _few_pieces(image)
    target = _ROOM * most_bytes
    better, better_bytes = _QUALITIES[0], 0.0
    for quality in _QUALITIES:
        forecast = (len(encode(few, quality, is_final=False)) - _HEADER_BYTES) * times / _BIAS + _HEADER_BYTES
        if forecast <= target:
            if quality == _QUALITIES[0]:
                return quality
            # Between two steps the logarithm of the size grows evenly with the quality.
            share = math.log(target / forecast) / math.log(better_bytes / forecast)
            return quality + int(share * (better - quality))
        better, better_bytes = quality, forecast
    return _QUALITIES[-1]


def _few_pieces(image: Image.Image) -> tuple[Image.Image, float]:
    """Pieces from all over the picture, one above the other, and how many times the picture is larger."""
    rows, width = image.height // _BLOCK_PX, image.width // _BLOCK_PX // _PIECES * _BLOCK_PX
    if rows == 0 or width == 0:
        return image, 1.0
    few = Image.new("RGB", (width, rows * _BLOCK_PX))
    for row in range(rows):
        left, top = row * _STEP % _PIECES * width, row * _BLOCK_PX
        few.paste(image.crop((left, top, left + width, top + _BLOCK_PX)), (0, top))
    return few, image.width * image.height / (few.width * few.height)


def encode(image: Image.Image, quality: int, *, is_final: bool = True) -> bytes:
    """A JPEG of that quality without metadata: progressive, which is a twentieth smaller, when it is final."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True, progressive=is_final, subsampling="4:2:0")
    return out.getvalue()
