"""A photo file as upright RGB pixels, decoded no larger than its pictures need."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import cv2
import numpy as np
from PIL import Image

_ORIENTATION_TAG = 0x0112  # Exif 2.32, table 4: values from 5 swap width and height
_END_OF_IMAGE = b"\xff\xd9"  # ITU-T T.81, B.1.1.3
# libjpeg can decode at a half, a quarter or an eighth; in OpenCV's flags with RGB order.
_REDUCED_RGB = {
    1: cv2.IMREAD_COLOR_RGB,
    2: cv2.IMREAD_REDUCED_GRAYSCALE_2 | cv2.IMREAD_COLOR_RGB,
    4: cv2.IMREAD_REDUCED_GRAYSCALE_4 | cv2.IMREAD_COLOR_RGB,
    8: cv2.IMREAD_REDUCED_GRAYSCALE_8 | cv2.IMREAD_COLOR_RGB,
}


def decode(file: Path | BinaryIO, boxes: Iterable[tuple[int, int]]) -> tuple[np.ndarray, tuple[int, int]]:
    """Pixels that cover every (width, height) of `boxes`, and the upright size of the whole photo.

    Raises OSError when the file is not a readable picture.
    """
    with Image.open(file) as photo:
        orientation = photo.getexif().get(_ORIENTATION_TAG, 1)
        turned = orientation >= 5
        width, height = photo.size[::-1] if turned else photo.size
        scale = max(max(w / width, h / height) for w, h in boxes)
        need = (math.ceil(width * scale), math.ceil(height * scale))
        pixels = _whole_jpeg(photo, max(1, math.floor(1 / scale)))
        if pixels is None:
            photo.draft("RGB", need[::-1] if turned else need)
            pixels = np.asarray(photo if photo.mode == "RGB" else photo.convert("RGB"))
    return _upright(pixels, orientation), (width, height)


def _whole_jpeg(photo: Image.Image, most_reduction: int) -> np.ndarray | None:
    """The stored pixels of a colour JPEG that ends as it should, else None.

    OpenCV hands on libjpeg's pixels without the copies that Pillow makes, a quarter of the time of it
    all; but it fills what a cut file lacks with grey and says nothing.
    """
    if photo.format != "JPEG" or photo.mode != "RGB" or photo.fp is None:
        return None
    photo.fp.seek(0)
    data = photo.fp.read()
    photo.fp.seek(0)
    if not data.endswith(_END_OF_IMAGE):
        return None
    reduction = max(step for step in _REDUCED_RGB if step <= most_reduction)
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), _REDUCED_RGB[reduction] | cv2.IMREAD_IGNORE_ORIENTATION)
    return None if pixels is None else np.asarray(pixels)


def _upright(pixels: np.ndarray, orientation: int) -> np.ndarray:
    if orientation in (5, 7):
        pixels = cv2.transpose(pixels)
    turn = {3: cv2.ROTATE_180, 6: cv2.ROTATE_90_CLOCKWISE, 7: cv2.ROTATE_180, 8: cv2.ROTATE_90_COUNTERCLOCKWISE}
    if orientation in turn:
        return np.asarray(cv2.rotate(pixels, turn[orientation]))
    return np.asarray(cv2.flip(pixels, 1 if orientation == 2 else 0)) if orientation in (2, 4) else pixels
