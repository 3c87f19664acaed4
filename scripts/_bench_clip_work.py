"""One measured piece of the clip bench, in a process of its own: `python _bench_clip_work.py PIECE FOLDER PHOTOS`.

Prints a line of JSON. CPU is user and system time of this process and all that it started, counted
from when the libraries are loaded.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import cv2
import numpy as np
from _bench_clip_inputs import CUTS, make_spec
from _bench_clip_plan import write_plan
from _bench_clip_reference import reference_frames

from media.clips import clip
from media.clips.encode import ClipWriter
from media.clips.planes import frame_buffer
from media.clips.shots import Shot, make_shots
from media.clips.timeline import Timeline
from media.sounds.soundtrack import make_soundtrack

TIMELINE = Timeline(CUTS)
FRAMES = round(TIMELINE.seconds * 30)
_PATCH_PX = 320
# Left and top of the places where movement is measured: off the middle and clear of the words.
_PLACES = ((60, 140), (700, 140), (60, 700), (700, 700))


def ours(folder: Path, photos: str) -> dict[str, float]:
    """The whole clip, from the photos' files to the finished one."""
    spec, before = make_spec(folder, photos), cpu_seconds()
    made = clip.render_clip(spec, folder, lambda done: None, timeline=TIMELINE)
    used = cpu_seconds() - before
    return {"cpu": used, "bytes": made.bytes}


def limit(folder: Path, photos: str) -> dict[str, float]:
    """The very same frames and samples, ready in memory, through the same encoder."""
    spec = make_spec(folder, photos)
    shots = list(make_shots(spec, len(CUTS)))
    sound = make_soundtrack(spec.household_code, TIMELINE, None)
    frames = np.empty((FRAMES, *shots[-1].ground.shape), np.uint8)
    for number, block in enumerate(clip.draw_frames(shots, TIMELINE, FRAMES)):
        frames[number] = block
    quality = clip.choose_quality(shots, TIMELINE)
    before = cpu_seconds()
    with ClipWriter(folder / "limit.mp4", width_px=1080, height_px=1920, sound=sound, quality=quality) as writer:
        for block in frames:
            writer.show(block)
    return {"cpu": cpu_seconds() - before, "bytes": (folder / "limit.mp4").stat().st_size}


def reference(folder: Path, photos: str) -> dict[str, float]:
    """Write reference.yuv and all that the peer is given; how smoothly the shots move, raw."""
    spec = make_spec(folder, photos)
    shots = list(make_shots(spec, len(CUTS)))
    write_plan(shots, TIMELINE, make_soundtrack(spec.household_code, TIMELINE, None), folder)
    with (folder / "reference.yuv").open("wb") as file:
        for frame in reference_frames(list(make_shots(spec, len(CUTS), crisp=False)), TIMELINE):
            file.write(np.clip(np.rint(frame), 0, 255).astype(np.uint8).tobytes())
    return {"zoom": trembling(shots[0]), "pan": trembling(shots[1])}


def trembling(shot: Shot) -> float:
    """Root mean square of the second difference of place, in px/f², beside the path that was meant."""
    assert shot.move is not None and shot.window is not None
    seen: list[list[np.ndarray]] = []
    window = cv2.createHanningWindow((_PATCH_PX, _PATCH_PX), cv2.CV_32F)
    block, planes = frame_buffer(1080, 1920)
    for number in range(90):
        shot.draw(number / 89, block, planes)
        seen.append([planes.y[y:, x:][:_PATCH_PX, :_PATCH_PX].astype(np.float32) for x, y in _PLACES])
    steps = []
    for number in range(89):
        views = [shot.move.at((number + more) / 89) for more in (0, 1)]
        for (x, y), first, second in zip(_PLACES, seen[number], seen[number + 1], strict=True):
            found, _ = cv2.phaseCorrelate(first, second, window)
            middle = [x + _PATCH_PX / 2 - shot.window.left, y + _PATCH_PX / 2 - shot.window.top]
            corners = [(view.left, view.top) for view in views]
            meant = [(corners[0][axis] + middle[axis] * views[0].scale - corners[1][axis]) / views[1].scale - middle[axis]
                     for axis in (0, 1)]
            steps.append(np.subtract(found, meant))
    residual = np.array(steps).reshape(89, len(_PLACES), 2)
    return float(np.sqrt((np.diff(residual, axis=0) ** 2).mean()))


def cpu_seconds() -> float:
    """User and system time of this process and its ended children."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    pieces: dict[str, Any] = {piece.__name__: piece for piece in (ours, limit, reference)}
    print(json.dumps(pieces[sys.argv[1]](Path(sys.argv[2]), sys.argv[3])))
