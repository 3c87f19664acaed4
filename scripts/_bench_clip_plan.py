"""Everything the peer is given: photos as our own base, words, band and end card as PNG, the music as WAV."""

from __future__ import annotations

import json
import wave
from pathlib import Path

import numpy as np
from PIL import Image

from media.clips.motion import BORDER_PX
from media.clips.overlay import Overlay
from media.clips.planes import Planes, in_planes, to_rgb
from media.clips.shots import Shot
from media.clips.timeline import WORDS_AFTER_SECONDS, Timeline
from media.sounds.sound import RATE_HZ


def write_plan(shots: list[Shot], timeline: Timeline, sound: np.ndarray, folder: Path) -> None:
    """plan.json and the files that it names."""
    listed = []
    for at, shot in enumerate(shots[:-1]):
        start = timeline.cuts[at - 1] if at else 0.0
        assert shot.base is not None and shot.move is not None and shot.window is not None and shot.words is not None
        _picture(_without_border(shot.base)).save(folder / f"photo-{at}.png", compress_level=1)
        _cut_out(shot.words).save(folder / f"words-{at}.png", compress_level=1)
        listed.append({
            "photo": f"photo-{at}.png", "words": f"words-{at}.png", "left": shot.window.left, "top": shot.window.top,
            "begin": max(0.0, start - 0.5), "end": timeline.cuts[at],
            "views": [[v.left, v.top, v.scale] for v in (shot.move.start, shot.move.end)],
            "words_left": shot.words.left, "words_top": shot.words.top,
            "words_begin": start + WORDS_AFTER_SECONDS, "words_end": timeline.cuts[at] - 0.5})
    window = shots[0].window
    assert window is not None
    _picture(in_planes(shots[0].ground).window(0, 0, window.width, window.top)).save(folder / "band.png")
    _picture(in_planes(shots[-1].ground)).save(folder / "card.png")
    with wave.open(str(folder / "music.wav"), "wb") as file:
        file.setparams((1, 2, RATE_HZ, 0, "NONE", ""))
        file.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())
    (folder / "plan.json").write_text(json.dumps(
        {"shots": listed, "card": timeline.cuts[-1], "seconds": timeline.seconds}))


def _without_border(base: Planes) -> Planes:
    height, width = base.y.shape[0] - BORDER_PX - 4, base.y.shape[1] - BORDER_PX - 4
    y = base.y[BORDER_PX:][:height, BORDER_PX:][:, :width]
    u, v = (plane[BORDER_PX:][: height // 2, BORDER_PX:][:, : width // 2] for plane in (base.u, base.v))
    return Planes(y, u, v)


def _picture(planes: Planes) -> Image.Image:
    return Image.fromarray(np.rint(to_rgb(planes)).astype(np.uint8))


def _cut_out(words: Overlay) -> Image.Image:
    """Words with their opacity; the colour of a pixel that is wholly open does not matter."""
    share = (255 - words.keep.y.astype(np.float32)) / 255
    half = (255 - words.keep.u.astype(np.float32)) / 255
    parts = [plane / np.maximum(part, 1 / 255) for plane, part in
             zip(words.colour.all(), (share, half, half), strict=True)]
    whole = Planes(*(np.clip(np.rint(part), 0, 255).astype(np.uint8) for part in parts))
    alpha = Image.fromarray(255 - words.keep.y)
    picture = _picture(whole)
    picture.putalpha(alpha)
    return picture
