"""Two or three photos side by side in a card's photo area, thin gaps of the ground between them."""

from __future__ import annotations

from media.cards.canvas import Canvas
from media.cards.sight import same_shot
from media.cards.stage import fills
from media.lettering.text import Box
from media.photos.develop import Negative, fill

GAP_PX = 8
_TALL_SHARE = 0.625
"""What the opening photo takes of the width."""
_LEAST_KEPT_HEIGHT, _LEAST_KEPT_WIDTH = 0.65, 0.48  # heads cut off look worse than sides

Photos = tuple[Negative, ...]


def mosaic(photos: Photos, box: Box) -> list[tuple[int, Box]]:
    """Which photos (by their number) a mosaic over `box` shows and where; empty when fewer than two can be.

    The first photo always opens it. One that is tiny, or looks like one before it, is passed over.
    """
    if not photos or photos[0].is_tiny:
        return []
    shown = [0]
    for at in range(1, len(photos)):
        if len(shown) < 3 and not photos[at].is_tiny and not any(same_shot(photos[at], photos[n]) for n in shown):
            shown.append(at)
    for count in (3, 2):
        boxes = _boxes([photos[at] for at in shown[:count]], box)
        if len(shown) >= count and all(_suits(photos[at], part) for at, part in zip(shown, boxes, strict=False)):
            return list(zip(shown, boxes, strict=False))
    return []


def draw_mosaic(canvas: Canvas, photos: Photos, box: Box) -> None:
    """Fill `box` with the mosaic; `mosaic` was asked before."""
    canvas.photo_box = box
    for at, part in mosaic(photos, box):
        canvas.paste(fill(photos[at], part.width, part.height), part.left, part.top)


def _suits(photo: Negative, box: Box) -> bool:
    """Whether a photo fills a part without losing too much of what it shows."""
    shape, wanted = photo.width_px / photo.height_px, box.width / box.height
    least = _LEAST_KEPT_HEIGHT if wanted > shape else _LEAST_KEPT_WIDTH
    return fills(photo, box) and min(shape, wanted) / max(shape, wanted) >= least


def _boxes(photos: list[Negative], box: Box) -> list[Box]:
    """One tall and two stacked; of two, halves beside or above each other, as their shapes want it."""
    half_gap = GAP_PX // 2
    if len(photos) >= 3:
        cut = box.left + round(box.width * _TALL_SHARE)
        middle = (box.top + box.bottom) // 2
        return [Box(box.left, box.top, cut - half_gap, box.bottom),
                Box(cut + half_gap, box.top, box.right, middle - half_gap),
                Box(cut + half_gap, middle + half_gap, box.right, box.bottom)]
    shape = sum(photo.width_px / photo.height_px for photo in photos) / max(1, len(photos))
    beside, above = box.width / 2 / box.height, box.width / (box.height / 2)
    if max(shape, beside) / min(shape, beside) <= max(shape, above) / min(shape, above):
        cut = (box.left + box.right) // 2
        return [Box(box.left, box.top, cut - half_gap, box.bottom), Box(cut + half_gap, box.top, box.right, box.bottom)]
    cut = (box.top + box.bottom) // 2
    return [Box(box.left, box.top, box.right, cut - half_gap), Box(box.left, cut + half_gap, box.right, box.bottom)]
