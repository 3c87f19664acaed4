"""A clip's shots, ready to be drawn frame by frame: still ground, moving photo, shade and words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import cv2
import numpy as np

from media.brocade.pattern import NARROW_ROWS, band, tonal_cloth
from media.cards.canvas import Canvas
from media.cards.mount import draw_mount
from media.cards.stage import draw_stage
from media.clips.end_card import draw_end_card, draw_square_card
from media.clips.filmed import Filmed, film, open_footage
from media.clips.framing import Framed, frame_photos
from media.clips.motion import Move, View, base_size, make_base, pan, show, zoom
from media.clips.overlay import Overlay, text_overlay
from media.clips.planes import Planes, frame_buffer, in_planes, sink, to_planes
from media.clips.scrim import Shade, Unmoved, least_strength, shade_top, words_top
from media.clips.timeline import WORDS_RISE_PX
from media.clips.words import HEIGHT_PX, TALL, WIDTH_PX, Line, Sheet, shot_words
from media.lettering.text import Box
from media.palette import palette
from media.photos.develop import Negative, fill
from media.spec import CardSpec

CELL_PX = 4
BAND_PX = NARROW_ROWS * CELL_PX
# A photo too small for the whole picture fills this much of it and sinks into the ground below.
UPPER_PX = 1164
# Mounted photos and the woven product stand on pale cloth that ends above the words.
STAGE_END_PX = 1024
# Below the words of a shot that the photo does not fill, where apps lay their bars.
_FOOT_CLOTH_PX, _FOOT_CELL_PX = 1710, 5
# The camera looks at the goods, but never so far out that an edge of the photo would race by, and
# above the words.
_CAMERA_ACROSS, _CAMERA_DOWN = (0.2, 0.8), (0.2, 0.6)
# Name, price and call.
SCENES = 3
_JUDGED_SHARES = (0.0, 0.5, 1.0)
SUNK_PX = 110
_USUAL_SECONDS = 4.5


def _unheard(warning: str) -> None:
    """A warning that nobody asked for."""


@dataclass(frozen=True, slots=True)
class Shot:
    """`ground` is a whole frame; where `base` is given the photo moves inside `window`."""

    ground: np.ndarray
    words: Overlay | None = None
    window: Box | None = None
    base: Planes | None = None
    move: Move | None = None

    @property
    def is_staged(self) -> bool:
        """Whether it shows a mounted photo, or none, on cloth instead of a photo from side to side."""
        return self.window is None or self.window.width < WIDTH_PX

    def draw(self, share: float, block: np.ndarray, planes: Planes) -> None:
        """Draw everything but the words at `share` (0 to 1) of the camera's move."""
        box = self.window
        if self.base is None or self.move is None or box is None:
            np.copyto(block, self.ground)
            return
        if box.width == planes.y.shape[1]:
            self._copy_around(box, planes)
        else:
            np.copyto(block, self.ground)
        show(self.base, self.move.at(share), planes.window(box.left, box.top, box.width, box.height))

    def _copy_around(self, box: Box, planes: Planes) -> None:
        """The ground above and below a window of full width: what is drawn over needs no copying."""
        height, width = planes.y.shape
        ground = in_planes(self.ground)
        for top, bottom in ((0, box.top), (box.bottom, height)):
            if bottom > top:
                strips = (part.window(0, top, width, bottom - top) for part in (planes, ground))
                for target, source in zip(*(strip.all() for strip in strips), strict=True):
                    np.copyto(target, source)

    def turned(self) -> Shot:
        """The same shot with the camera going the other way."""
        move = None if self.move is None else Move(self.move.end, self.move.start)
        return replace(self, move=move)


def make_shots(
    spec: CardSpec,
    count: int,
    *,
    sheet: Sheet = TALL,
    crisp: bool = True,
    seconds: Sequence[float] = (),
    warn: Callable[[str], None] = _unheard,
) -> Iterator[Shot | Filmed]:
    """The shots of a clip in order, each made when asked for, and last the still end card.

    From the fourth on they are the first three again, the camera going the other way: what stays
    in memory does not grow with the voice. The best photo opens, and videos follow it. `crisp` is
    for make_base, `seconds` how long each shot is seen; `warn` hears of what cannot be used.
    """
    top = sheet.top + BAND_PX
    full = Box(0, top, WIDTH_PX, sheet.bottom)
    upper = Box(0, top, WIDTH_PX, min(top + UPPER_PX, sheet.bottom))
    scenes = min(count, SCENES)
    films = open_footage(spec.videos, full, warn, most=scenes - bool(spec.photos))
    first_film = 1 if spec.photos else 0
    framed = frame_photos(
        spec.photos, spec.focus, scenes - len(films), full=full, upper=upper, warn=warn
    )
    made: list[Shot | Filmed] = []
    ground = cache(lambda: as_block(drawn_ground(spec, sheet)))
    for at in range(count):
        words = shot_words(spec, at)
        inward = at % 2 == 0
        if at >= SCENES:
            shot: Shot | Filmed = made[at - SCENES].turned()
        elif 0 <= at - first_film < len(films):
            texts = [(line.box, line.colour) for line in words]
            shot = film(
                films[at - first_film], ground(), laid_words(words), texts,
                palette(spec.kind).deep, window=full, seconds=seconds[at] if seconds else _USUAL_SECONDS,
            )
        elif not framed:
            shot = _woven(spec, words, sheet)
        elif isinstance(photo := framed.pop(0), Framed):
            shot = _moving(
                spec, photo, words, _move(photo, inward=at == 0, along=at == 1), sheet, ground(), crisp=crisp
            )
        else:
            shot = _mounted(spec, photo, words, sheet, inward=inward)
        made.append(shot)
        yield shot
    yield Shot(as_block(draw_end_card(spec) if sheet == TALL else draw_square_card(spec, sheet)))


def _move(photo: Framed, *, inward: bool, along: bool) -> Move:
    bounds = zip(photo.focus, (_CAMERA_ACROSS, _CAMERA_DOWN), strict=True)
    across, down = (min(max(at, least), most) for at, (least, most) in bounds)
    width, height = photo.window.width, photo.window.height
    if along:
        return pan(width, height, focus=(across, down))
    return zoom(width, height, inward=inward, focus=(across, down))


def _moving(
    spec: CardSpec, photo: Framed, words: list[Line], move: Move, sheet: Sheet, ground: np.ndarray,
    *, crisp: bool,
) -> Shot:
    window = photo.window
    bare = to_planes(photo.pixels)
    texts = [(line.box, line.colour) for line in words]
    # Where the photo ends above the frame's foot it is gone before its edge, however far it moved.
    gone_by = None if window.bottom == sheet.bottom else window.bottom - SUNK_PX
    shade = Shade(shade_top(texts, least=window.top), words_top(texts), sheet.bottom, gone_by=gone_by)
    rows = bare.y.shape[0] / window.height
    seen = (
        (_bare(ground, bare, view, window), _unmoved(view, window, rows))
        for view in (move.at(share) for share in _JUDGED_SHARES)
    )
    deep = palette(spec.kind).deep
    shade = replace(shade, strength=least_strength(seen, texts, deep, shade))
    sink(bare, shade.at(window.top + (np.arange(len(bare.y)) + 0.5) / rows), deep)
    return Shot(ground, laid_words(words), window, make_base(bare, crisp=crisp), move)


def _unmoved(view: View, window: Box, rows: float) -> Unmoved:
    """`rows` is how many of the base's go into one of the unmoved frame's."""
    return lambda heights: window.top + (view.top + (heights - window.top) * view.scale) / rows


def _mounted(
    spec: CardSpec, negative: Negative, words: list[Line], sheet: Sheet, *, inward: bool
) -> Shot:
    """A tiny photo on its mount: only the photo moves."""
    canvas = drawn_ground(spec, sheet)
    stage = Box(0, sheet.top + BAND_PX, WIDTH_PX, STAGE_END_PX)
    window = draw_mount(canvas, spec, negative, stage)
    canvas.paste(narrow_band(spec), 0, stage.bottom)
    pixels = fill(negative, *base_size(window.width, window.height))
    move = zoom(window.width, window.height, inward=inward, focus=(0.5, 0.5))
    return Shot(as_block(canvas), laid_words(words), window, make_base(to_planes(pixels)), move)


def _woven(spec: CardSpec, words: list[Line], sheet: Sheet) -> Shot:
    """Without a photo: the product as a weaver shows it. Brocade never moves."""
    canvas = drawn_ground(spec, sheet)
    stage = Box(0, sheet.top + BAND_PX, WIDTH_PX, STAGE_END_PX)
    draw_stage(canvas, spec, None, stage)
    canvas.paste(narrow_band(spec), 0, stage.bottom)
    return Shot(as_block(canvas), laid_words(words))


def drawn_ground(spec: CardSpec, sheet: Sheet) -> Canvas:
    """What stands still behind a scene: the deep colour, the band on top, cloth at the foot."""
    canvas = Canvas.blank(WIDTH_PX, HEIGHT_PX, palette(spec.kind).deep)
    canvas.paste(narrow_band(spec), 0, sheet.top)
    if sheet.bottom <= _FOOT_CLOTH_PX:
        return canvas
    cloth = tonal_cloth(
        spec.kind,
        spec.household_code,
        width_px=WIDTH_PX,
        height_px=HEIGHT_PX - _FOOT_CLOTH_PX,
        cell_px=_FOOT_CELL_PX,
        dark=True,
    )
    canvas.paste(cloth, 0, _FOOT_CLOTH_PX)
    return canvas


def narrow_band(spec: CardSpec) -> np.ndarray:
    """The household's band, as wide as the picture."""
    return band(spec.kind, spec.household_code, rows=NARROW_ROWS, cell_px=CELL_PX, length_px=WIDTH_PX)


def laid_words(words: list[Line]) -> Overlay:
    """The lines of a scene, with room to rise into place."""
    return text_overlay(words, spare_px=round(WORDS_RISE_PX))


def _bare(ground: np.ndarray, photo: Planes, view: View, window: Box) -> Planes:
    """The frame as it is before any shade, from the nearest pixels: enough to judge its light."""
    planes = in_planes(ground.copy())
    shown = planes.window(window.left, window.top, window.width, window.height)
    for plane, out, step in zip(photo.all(), shown.all(), (1, 2, 2), strict=True):
        left, top = round(view.left / step), round(view.top / step)
        height, width = (round(side * view.scale) for side in out.shape)
        part = plane[top : top + height, left : left + width]
        np.copyto(out, cv2.resize(part, out.shape[::-1], interpolation=cv2.INTER_NEAREST))
    return planes


def as_block(canvas: Canvas) -> np.ndarray:
    """A drawn sheet as one block of planes."""
    block, planes = frame_buffer(WIDTH_PX, HEIGHT_PX)
    drawn = to_planes(np.asarray(canvas.image))
    for target, plane in zip(planes.all(), drawn.all(), strict=True):
        np.copyto(target, plane)
    return block
