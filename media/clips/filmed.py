"""A scene that is a piece of video: it plays under a shade that stands still, below the same band."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from media.clips.encode import FPS
from media.clips.footage import Footage, VideoError
from media.clips.overlay import Overlay, shade_overlay
from media.clips.planes import Planes, frame_buffer, in_planes
from media.clips.scrim import Shade, Texts, least_strength, shade_top, words_top
from media.lettering.text import Box
from media.palette import Colour

_log = logging.getLogger(__name__)
_JUDGED_SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
# Between two judged frames something bright may come by.
_SPARE_STRENGTH = 0.06
HALF_FRAME_SECONDS = 0.5 / FPS
"""Added to the time at which a video is looked at, so that rounded times drop and double no picture."""


@dataclass(frozen=True, slots=True)
class Filmed:
    """Drawn like a Shot; `seconds` is how long the scene is seen."""

    ground: np.ndarray
    words: Overlay
    window: Box
    footage: Footage
    seconds: float
    shade: Overlay | None = None
    is_staged: bool = False

    def draw(self, share: float, block: np.ndarray, planes: Planes) -> None:
        """Draw everything but the words at `share` (0 to 1) of the scene."""
        np.copyto(block, self.ground)
        box = self.window
        target = planes.window(box.left, box.top, box.width, box.height)
        shown = self.footage.at(share * self.seconds + HALF_FRAME_SECONDS)
        for out, plane in zip(target.all(), shown.all(), strict=True):
            np.copyto(out, plane)
        if self.shade is not None:
            self.shade.lay(planes)

    def turned(self) -> Filmed:
        """The same scene: time has one direction."""
        return self


def film(
    footage: Footage, ground: np.ndarray, words: Overlay, texts: Texts, deep: Colour, *, window: Box, seconds: float
) -> Filmed:
    """The scene with as much shade as its words need on five frames of it, and a little more."""
    bare = Filmed(ground, words, window, footage, seconds)
    block, planes = frame_buffer(ground.shape[1], ground.shape[0] * 2 // 3)
    shade = Shade(shade_top(texts, least=window.top), words_top(texts), window.bottom)
    strength = 0.0
    for share in _JUDGED_SHARES:
        bare.draw(share, block, planes)
        needed = least_strength([(in_planes(block), lambda rows: rows)], texts, deep, shade)
        strength = max(strength, needed)
    shade = replace(shade, strength=min(1.0, strength + _SPARE_STRENGTH))
    top = int(shade.top)
    rows = shade.at(np.arange(top, window.bottom) + 0.5)
    return replace(bare, shade=shade_overlay(top, rows, deep, width_px=ground.shape[1]))


def open_footage(
    videos: tuple[Path, ...], window: Box, warn: Callable[[str], None], *, most: int
) -> list[Footage]:
    """The videos that can be used, at most so many; `warn` hears of each other one, as "video 1 too_long"."""
    opened: list[Footage] = []
    for number, video in enumerate(videos, 1):
        if len(opened) == most:
            break
        try:
            opened.append(Footage(video, window.width, window.height))
        except VideoError as broken:
            _log.warning("the clip goes without a video: %s", broken)
            warn(f"video {number} {broken.fault}")
    return opened
