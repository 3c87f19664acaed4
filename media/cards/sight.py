"""What a photo looks like at a glance: enough to choose a layout, and a calm corner for a badge."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image

from media.lettering.text import Box
from media.photos.develop import Negative

# Of 255, on market photos: a photo in shade, and one of bright goods on a bright ground.
_DARK_LUMA, _BRIGHT_LUMA = 84, 178
# Mean change from one pixel to the next on the small picture: leaves and nets lie above, a plain table below.
_BUSY_CHANGE = 24.0
_TALL, _WIDE = 0.85, 1.6
_SAME_DIFFERENCE = 5.0


@dataclass(frozen=True, slots=True)
class Sight:
    """What matters of a photo for its layout."""

    is_dark: bool
    is_bright: bool
    is_busy: bool
    is_tall: bool
    is_wide: bool


def sight(negative: Negative) -> Sight:
    """The photo at a glance, judged on its small picture."""
    grey = cv2.cvtColor(negative.small, cv2.COLOR_RGB2GRAY).astype(np.float32)
    change = float(np.abs(np.diff(grey, axis=0)).mean() + np.abs(np.diff(grey, axis=1)).mean())
    luma, shape = float(np.median(grey)), negative.width_px / negative.height_px
    return Sight(luma < _DARK_LUMA, luma > _BRIGHT_LUMA, change > _BUSY_CHANGE, shape < _TALL, shape > _WIDE)


def same_shot(first: Negative, second: Negative) -> bool:
    """Whether two photos are so alike that a card need not show both."""
    return float(cv2.absdiff(first.small, second.small).mean()) < _SAME_DIFFERENCE


def calmest(image: Image.Image, boxes: list[Box]) -> Box:
    """Of several places on a drawn photo the one where least happens; the first among equals."""
    return min(boxes, key=lambda box: round(_unrest(image, box)))


def _unrest(image: Image.Image, box: Box) -> float:
    cut = image.crop((box.left, box.top, box.right, box.bottom)).resize((32, 32), Image.Resampling.BOX)
    lab = cv2.cvtColor(np.asarray(cut), cv2.COLOR_RGB2LAB).astype(np.float32)
    return float(lab.std(axis=(0, 1)).sum())
