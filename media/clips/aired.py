"""The clip of a stretch of a show: its picture and sound under the product's words, captions, and the end card.

The live's picture may be upright, nearly square or lying between black bars, and at its foot may lie a card whose
price is over by now: what is shown is the picture alone, as large as fits above the words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import av
import numpy as np

from media.brocade.pattern import tonal_cloth
from media.cards.canvas import Canvas
from media.clips.captions import caption_overlay, caption_top, spread_captions
from media.clips.clip import write_clip
from media.clips.end_card import draw_end_card
from media.clips.filmed import HALF_FRAME_SECONDS
from media.clips.footage import Footage, VideoError
from media.clips.overlay import Overlay, shade_overlay
from media.clips.planes import Planes, frame_buffer, in_planes
from media.clips.scrim import Shade, least_strength, words_top
from media.clips.shots import (BAND_PX, STAGE_END_PX, SUNK_PX, Shot, as_block, drawn_ground, laid_words, narrow_band)
from media.clips.timeline import CROSSFADE_SECONDS, Timeline, share_out
from media.clips.words import HEIGHT_PX, TALL, WIDTH_PX, Line, shot_words
from media.intake import VideoFault
from media.lettering.text import Box
from media.palette import palette
from media.sounds.aired import last_pause, own_sound
from media.sounds.soundtrack import make_aired_soundtrack
from media.spec import CardSpec, MediaFile, Take

LEAST_SECONDS, MOST_SECONDS = 20.0, 40.0
"""The stretch that is shown ends in the last pause between the two; a shorter one is shown whole."""

# Two strips of captions and a little more.
_CAPTIONS_PX = 164
# Below this nothing is told that a picture would not tell better.
_TOO_SHORT_SECONDS = 3.0
# The name at the beginning and the call at the end take so long; between them name and price stand.
_TURN_SECONDS = 4.0
# A picture wider than this stands on cloth above the words, its sides cut to at most 4:3.
_WIDE, _WIDEST = 1.15, 4 / 3
_STAGE_CELL_PX = 6
# Bars are black (16 in limited range) but for what the encoder leaves in them.
_BLACK, _SURELY = 32, 99
# Looked at to find the picture and to judge its light.
_JUDGED = 12
_ODD_PX = 4
_SPARE_STRENGTH = 0.06
# Shorter than over a photo: whoever speaks shows the goods lower down.
_RUN_UP_PX = 260
_SCENES = 3


@dataclass(frozen=True, slots=True)
class Aired:
    """A scene of the stretch, drawn like a Shot, from `begin` seconds of the clip on; the video goes on through all."""

    ground: np.ndarray
    words: Overlay
    window: Box
    footage: Footage
    begin: float
    seconds: float
    shade: Overlay | None
    is_staged: bool

    def draw(self, share: float, block: np.ndarray, planes: Planes) -> None:
        """Draw everything but the words at `share` (0 to 1) of the scene."""
        np.copyto(block, self.ground)
        box = self.window
        target = planes.window(box.left, box.top, box.width, box.height)
        shown = self.footage.at(self.begin + share * self.seconds + HALF_FRAME_SECONDS)
        for out, plane in zip(target.all(), shown.all(), strict=True):
            np.copyto(out, plane)
        if self.shade is not None:
            self.shade.lay(planes)


def render_aired(spec: CardSpec, take: Take, out_dir: Path, progress: Callable[[float], None]) -> MediaFile:
    """Write `out_dir`/clip.mp4 as render_clip does, of a stretch of a show instead of photos.

    Raises VideoError for what is no video of at least three seconds, OSError where the file can't be
    written and ValueError where the order link is too long for a code.
    """
    progress(0.0)
    timeline, heard = plan_aired(take)
    shots = make_aired_shots(spec, take, timeline)
    top = _captions_top(shots[0])
    captions = [(caption, caption_overlay(caption, spec.kind, top))
                for caption in spread_captions(take.lines, begin=1.0, end=timeline.cuts[-1] - CROSSFADE_SECONDS)]
    sound = make_aired_soundtrack(spec.household_code, timeline, heard)
    return write_clip(out_dir, progress, shots=shots, timeline=timeline, sound=sound, captions=captions)


def _captions_top(first: Aired | Shot) -> int:
    """On the picture: below apps' own words, or of a lying one at its foot."""
    if first.is_staged and first.window is not None:
        return first.window.bottom - _CAPTIONS_PX & ~1
    return caption_top(TALL, is_staged=False)


def plan_aired(take: Take) -> tuple[Timeline, np.ndarray]:
    """What of the take is shown, and its sound."""
    try:
        with av.open(str(take.path)) as video:
            length = (video.duration or 0) / 1e6
        heard = own_sound(take.path, most_seconds=min(length, MOST_SECONDS))
    except (av.FFmpegError, IndexError) as broken:
        raise VideoError(VideoFault.NOT_A_VIDEO) from broken
    if length < _TOO_SHORT_SECONDS:
        raise VideoError(VideoFault.TOO_SHORT)
    seconds = min(length, MOST_SECONDS)
    if length > LEAST_SECONDS:
        seconds = last_pause(heard, least_seconds=LEAST_SECONDS)
    seconds = int(seconds * 2) / 2
    if seconds < 3 * _TURN_SECONDS:
        return share_out(seconds), heard
    return Timeline((_TURN_SECONDS, seconds - _TURN_SECONDS, seconds)), heard


def make_aired_shots(spec: CardSpec, take: Take, timeline: Timeline) -> list[Aired | Shot]:
    """The scenes, all of one video, and last the end card."""
    frames = list(islice(_key_frames(take.path), _JUDGED))
    if not frames:
        raise VideoError(VideoFault.NOT_A_VIDEO)
    part = picture_in(frames, covered=take.covered)
    is_staged = part.width > _WIDE * part.height
    if is_staged:
        part = _narrowed(part)
    window = window_of(part, is_staged=is_staged)
    ground = as_block(_staged(spec) if is_staged else drawn_ground(spec, TALL))
    footage = Footage(take.path, window.width, window.height, part=part)
    scenes = [shot_words(spec, scene) for scene in range(_SCENES)]
    laid = [laid_words(words) for words in scenes]
    shades = [None] * _SCENES if is_staged else _shades(spec, footage, ground, window, scenes, timeline.cuts[-1])
    made: list[Aired | Shot] = []
    for at in range(len(timeline.cuts)):
        begin = timeline.cuts[at - 1] - CROSSFADE_SECONDS if at else 0.0
        made.append(Aired(ground, laid[at % _SCENES], window, footage, begin, timeline.visible_seconds(at),
                          shades[at % _SCENES], is_staged))
    return [*made, Shot(as_block(draw_end_card(spec)))]


def picture_in(frames: Sequence[np.ndarray], *, covered: float) -> Box:
    """Where the picture lies in brightness planes of a live: without black bars, which are alike on both sides,
    and without the foot that is covered."""
    height, width = frames[0].shape
    foot = int(height * (1 - covered)) & ~1
    brightest = np.maximum.reduce(list(frames))
    rows = np.percentile(brightest[:foot], _SURELY, axis=1) > _BLACK
    top = _past(rows) if rows.any() else 0
    columns = np.percentile(brightest[top:foot], _SURELY, axis=0) > _BLACK
    left = _past(columns) if columns.any() else 0
    # Where a picture's sides don't halve evenly, the right bar is wider by some pixels.
    odd = min(_ODD_PX, int(np.argmax(columns[::-1][left:]))) if columns.any() else 0
    # More than half of it in bars is a night, not a bar.
    top, left = top if top < height // 2 - 60 else 0, left if left < width // 2 - 60 else 0
    return Box(left, top, (width - left - odd) & ~1, min(height - top, foot))


def _past(is_picture: np.ndarray) -> int:
    """The first even place behind a bar and behind the edge that is blended with it; 0 without a bar."""
    first = int(np.argmax(is_picture))
    return (first + 3) & ~1 if first else 0


def window_of(part: Box, *, is_staged: bool) -> Box:
    """Where the picture stands in the clip: as wide as that, from the band down, or in the middle of its stage."""
    if is_staged:
        height = round(WIDTH_PX * part.height / part.width) & ~1
        top = (BAND_PX + STAGE_END_PX - height) // 2 & ~1
        return Box(0, top, WIDTH_PX, top + height)
    height = round(WIDTH_PX * part.height / part.width) & ~1
    return Box(0, BAND_PX, WIDTH_PX, min(HEIGHT_PX, BAND_PX + height))


def _narrowed(part: Box) -> Box:
    over = max(0, part.width - int(part.height * _WIDEST))
    return Box(part.left + over // 2 & ~1, part.top, part.right - over // 2 & ~1, part.bottom)


def _staged(spec: CardSpec) -> Canvas:
    """The ground of a lying picture: pale cloth around it, the band below, then the words' deep colour."""
    canvas = drawn_ground(spec, TALL)
    cloth = tonal_cloth(spec.kind, spec.household_code, width_px=WIDTH_PX, height_px=STAGE_END_PX - BAND_PX,
                        cell_px=_STAGE_CELL_PX, dark=False)
    canvas.paste(cloth, 0, BAND_PX)
    canvas.paste(narrow_band(spec), 0, STAGE_END_PX)
    return canvas


def _shades(
    spec: CardSpec, footage: Footage, ground: np.ndarray, window: Box, scenes: list[list[Line]], seconds: float
) -> list[Overlay]:
    """For each scene as much as its words need on frames of the whole stretch, and a little more."""
    gone_by = None if window.bottom == HEIGHT_PX else window.bottom - SUNK_PX
    texts = [[(line.box, line.colour) for line in words] for words in scenes]
    shades = [Shade(max(window.top, words_top(one) - _RUN_UP_PX) & ~1, words_top(one), window.bottom, gone_by=gone_by)
              for one in texts]
    deep = palette(spec.kind).deep
    strengths = [0.0] * len(scenes)
    block, planes = frame_buffer(WIDTH_PX, HEIGHT_PX)
    for at in range(_JUDGED):
        np.copyto(block, ground)
        target = planes.window(window.left, window.top, window.width, window.height)
        for out, plane in zip(target.all(), footage.at(seconds * at / _JUDGED).all(), strict=True):
            np.copyto(out, plane)
        for scene, (shade, one) in enumerate(zip(shades, texts, strict=True)):
            needed = least_strength([(in_planes(block), lambda rows: rows)], one, deep, shade)
            strengths[scene] = max(strengths[scene], needed)
    laid = []
    for shade, strength in zip(shades, strengths, strict=True):
        shade = replace(shade, strength=min(1.0, strength + _SPARE_STRENGTH))
        rows = shade.at(np.arange(int(shade.top), window.bottom) + 0.5)
        laid.append(shade_overlay(int(shade.top), rows, deep, width_px=WIDTH_PX))
    return laid


def _key_frames(path: Path) -> Iterator[np.ndarray]:
    """The brightness of key pictures, which are a group apart."""
    try:
        with av.open(str(path), options={"protocol_whitelist": "file", "enable_drefs": "0"}) as video:
            video.streams.video[0].codec_context.skip_frame = "NONKEY"
            for frame in video.decode(video=0):
                plane = frame.planes[0]
                yield np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size)[:, : plane.width].copy()
    except (av.FFmpegError, IndexError) as broken:
        raise VideoError(VideoFault.NOT_A_VIDEO) from broken
