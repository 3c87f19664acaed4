"""Tells whether the pixels of a JPEG are all there."""

from __future__ import annotations

import io
import random
import re

from PIL import Image, ImageChops

_START_OF_SCAN = b"\xff\xda"
# What ends a scan: any marker but an escaped 0xFF and the restarts (ITU-T T.81, B.1.1).
_END_OF_SCAN = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
_GREY = (128, 128, 128)
_BLOCK_PX = 8
# Far more than the last block needs; every block is at most 64 codes of at most 26 bits.
_NOISE_BYTES = 4096


def has_missing_end(data: bytes, decoded: Image.Image) -> bool:
    """Whether a JPEG that decoded without complaint was cut and then closed by an end marker.

    libjpeg paints what is missing in exact middle grey and only warns, which Pillow hides. So a
    photo whose last block is that grey is decoded once more with noise put in at the end of each
    scan: bytes after the last block are ignored, but missing blocks would take the noise as
    theirs. `decoded` is the picture as it came from `data`, at any scale, not turned.
    """
    if not _ends_grey(decoded):
        return False
    with Image.open(io.BytesIO(_with_noise(data)), formats=["JPEG"]) as again:
        # The same scale as before; one pixel less, for sizes that halve with a rest round up.
        again.draft(None, (decoded.width - 1, decoded.height - 1))
        again.load()
        return ImageChops.difference(again, decoded).getbbox() is not None


def _with_noise(data: bytes) -> bytes:
    # Bytes of 0xFF would read as markers, hence 0 to 254; seeded so that answers never vary.
    noise = bytes(random.Random(7).choices(range(255), k=_NOISE_BYTES))
    parts, done = [], 0
    scan = data.find(_START_OF_SCAN)
    while scan >= 0 and (end := _END_OF_SCAN.search(data, scan + len(_START_OF_SCAN))):
        parts += [data[done : end.start()], noise]
        done = end.start()
        scan = data.find(_START_OF_SCAN, done)
    return b"".join([*parts, data[done:]])


def _ends_grey(image: Image.Image) -> bool:
    corner = image.crop(
        (max(0, image.width - _BLOCK_PX), max(0, image.height - _BLOCK_PX), *image.size)
    )
    return corner.convert("RGB").getextrema() == tuple((value, value) for value in _GREY)
