"""What the bench's clip would be with unlimited time: each frame by Lanczos from the toned photo."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PIL import Image

from media.clips.encode import FPS
from media.clips.motion import BORDER_PX, View
from media.clips.overlay import Overlay
from media.clips.planes import Planes, in_planes
from media.clips.shots import Shot
from media.clips.timeline import Timeline


def reference_frames(shots: list[Shot], timeline: Timeline) -> Iterator[np.ndarray]:
    """Each frame as one block of planes in float32.

    Nothing of how the engine draws is used: Pillow scales, floats blend.
    """
    for number in range(round(timeline.seconds * FPS)):
        now = number / FPS
        at, over = timeline.shot_at(now)
        frame = _drawn(shots, at, timeline, now)
        if over > 0:
            frame = (1 - over) * frame + over * _drawn(shots, at + 1, timeline, now)
        yield frame


def _drawn(shots: list[Shot], at: int, timeline: Timeline, now: float) -> np.ndarray:
    shot = shots[at]
    block = shot.ground.astype(np.float32)
    if shot.base is None or shot.move is None or shot.window is None:
        return block
    box = shot.window
    target = in_planes(block).window(box.left, box.top, box.width, box.height)
    scale_all(shot.base, shot.move.at(timeline.move_share(at, now)), target)
    opacity, drop_px = timeline.words_at(at, now)
    if shot.words is not None and opacity > 0:
        _blend(shot.words, in_planes(block), opacity, drop_px)
    return block


def scale_all(base: Planes, view: View, target: Planes) -> None:
    """The view of all three planes. A colour sample lies on the left of its two pixels, between its two rows."""
    _scaled(base.y, view.left, view.top, view.scale, target.y)
    # Pillow counts from corners; the half pixels of both grids leave a quarter of the scale's change.
    left = view.left / 2 + 0.25 * (1 - view.scale)
    for plane, out in ((base.u, target.u), (base.v, target.v)):
        _scaled(plane, left, view.top / 2, view.scale, out)


def _scaled(plane: np.ndarray, left: float, top: float, scale: float, out: np.ndarray) -> None:
    height, width = out.shape
    left, top = left + BORDER_PX, top + BORDER_PX
    image = Image.fromarray(plane.astype(np.float32), "F")
    box = (left, top, left + width * scale, top + height * scale)
    out[:] = np.asarray(image.resize((width, height), Image.Resampling.LANCZOS, box))


def _blend(words: Overlay, frame: Planes, opacity: float, drop_px: float) -> None:
    height, width = words.colour.y.shape
    under = frame.window(words.left, words.top, width, height)
    for target, added, kept, drop in zip(
        under.all(), words.colour.all(), words.keep.all(), (drop_px, drop_px / 2, drop_px / 2), strict=True
    ):
        colour = _lowered(added.astype(np.float32), drop)
        cover = _lowered(1 - kept.astype(np.float32) / 255, drop)
        target[:] = target * (1 - opacity * cover) + opacity * colour


def _lowered(plane: np.ndarray, drop: float) -> np.ndarray:
    whole, part = int(drop), drop - int(drop)
    padded = np.pad(plane, ((whole + 1, 0), (0, 0)))
    return (1 - part) * padded[1 : 1 + len(plane)] + part * padded[: len(plane)]
