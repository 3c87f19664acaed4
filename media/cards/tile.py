"""One product among several on a sheet: its photo over a plate of its kind, a hem of its threads between them."""

from __future__ import annotations

from contextlib import suppress

from media.cards.canvas import Canvas
from media.cards.stage import draw_stage
from media.lettering.text import Box
from media.palette import palette, plate
from media.photos.develop import Negative, open_negative
from media.spec import CardSpec

_HEM_PX = (4, 2, 4)
HEM_HEIGHT_PX = sum(_HEM_PX)


def draw_picture(canvas: Canvas, spec: CardSpec, box: Box, hem: int) -> None:
    """Fill `box`: the photo down to the row `hem`, the hem, and the deep plate below it, without words."""
    colours = plate(spec.kind, dark=True)
    stage = Canvas.blank(box.width, (hem - box.top) // 2 * 2 or 2, colours.ground)
    draw_stage(stage, spec, _negative(spec, stage.image.size), Box(0, 0, *stage.image.size))
    canvas.image.paste(stage.image, (box.left, box.top))
    canvas.fill(Box(box.left, hem, box.right, box.bottom), colours.ground)
    _, ivory, first, second, _ = palette(spec.kind).threads
    for thickness, colour in zip(_HEM_PX, (first, ivory, second), strict=True):
        canvas.fill(Box(box.left, hem, box.right, hem + thickness), colour)
        hem += thickness


def _negative(spec: CardSpec, size: tuple[int, int]) -> Negative | None:
    """The first photo, opened for this size; None where there is none that can be read."""
    if spec.photos:
        with suppress(OSError):
            return open_negative(spec.photos[0], [size], focus=spec.focus[0] if spec.focus else None)
    return None
