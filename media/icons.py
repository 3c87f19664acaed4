"""Small signs drawn as shapes: outlines for print, masks for pictures."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from PIL import Image

_FINE = 8  # a mask is drawn this many times larger and averaged down


@lru_cache(maxsize=8)
def pin_mask(height_px: int) -> Image.Image:
    """A map pin as a mask: a drop with a round hole."""
    side = height_px * _FINE
    width = round(side * 0.76)
    picture = np.zeros((side, width), np.uint8)
    radius = width / 2
    centre = (width // 2, round(radius))
    cv2.circle(picture, centre, round(radius) - 1, 255, -1)
    reach = radius * 0.88
    corners = [(centre[0] - reach, radius * 1.45), (centre[0] + reach, radius * 1.45), (centre[0], side - 1)]
    cv2.fillConvexPoly(picture, np.array(corners).round().astype(np.int32), 255)
    cv2.circle(picture, centre, round(radius * 0.40), 0, -1)
    return Image.fromarray(cv2.resize(picture, (round(height_px * 0.76), height_px), interpolation=cv2.INTER_AREA))
