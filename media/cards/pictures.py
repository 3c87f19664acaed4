"""The pictures of a product, drawn and written: share-ready JPEG files without metadata."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from pathlib import Path

from PIL import Image

from media.cards.card import LARGEST_PHOTOS, SIZES, draw_card
from media.files import write_whole
from media.photos.develop import Negative, open_negative
from media.spec import CardSpec, MediaFile

MOST_BYTES = {"square": 300_000, "portrait": 300_000, "story": 400_000, "preview": 300_000}
"""Weak uplinks carry these, and no network asks for more."""
_QUALITIES = ((88, 1.0), (82, 0.79), (76, 0.67), (70, 0.58), (62, 0.49), (52, 0.41), (40, 0.33), (25, 0.23), (12, 0.13))
"""JPEG qualities, and how large a file of each is beside the first: measured on market photos."""


def render_picture(spec: CardSpec, role: str, out_dir: Path) -> MediaFile:
    """One picture, written to `out_dir`/`role`.jpg. Raises OSError when the photo cannot be read."""
    return render_pictures(spec, [role], out_dir, lambda _: None)[0]


def render_pictures(spec: CardSpec, roles: Iterable[str], out_dir: Path,
                    progress: Callable[[float], None]) -> list[MediaFile]:
    """The pictures of `roles` in their order, the photo decoded once; `progress` is told 0..1.

    The same spec gives the same bytes. Raises OSError when the photo cannot be read.
    """
    wanted = list(roles)
    negative = _negative(spec, wanted)
    made = []
    for at, role in enumerate(wanted, 1):
        made.append(_write(draw_card(spec, role, negative).image, role, out_dir))
        progress(at / len(wanted))
    return made


def _negative(spec: CardSpec, roles: list[str]) -> Negative | None:
    if not spec.photos:
        return None
    return open_negative(spec.photos[0], [LARGEST_PHOTOS[role] for role in roles])


def _write(image: Image.Image, role: str, out_dir: Path) -> MediaFile:
    width, height = SIZES[role]
    path = out_dir / f"{role}.jpg"
    write_whole(path, encode_jpeg(image, most_bytes=MOST_BYTES[role]))
    return MediaFile(path, role, width, height, path.stat().st_size, "image/jpeg")


def encode_jpeg(image: Image.Image, *, most_bytes: int) -> bytes:
    """A progressive JPEG at the best quality of a fixed row that keeps within `most_bytes`.

    The first file's size tells which quality can do, so that two encodings are nearly always enough.
    """
    best = data = _encode(image, _QUALITIES[0][0])
    for quality, share in _QUALITIES[1:]:
        if len(data) <= most_bytes:
            break
        if len(best) * share <= 1.03 * most_bytes:
            data = _encode(image, quality)
    return data


def _encode(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True, progressive=True, subsampling="4:2:0")
    return out.getvalue()
