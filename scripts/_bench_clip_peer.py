"""The same clip as MoviePy users make it; runs in the peer's own environment: `… _bench_clip_peer.py FOLDER`.

FOLDER holds plan.json and the pictures that it names. Photos come cut, toned, shaded and at the size
of our own base, words and end card drawn, music composed: all that is left to MoviePy is to move,
blend and encode. Prints CPU seconds of itself and of the ffmpeg that it starts.
"""

from __future__ import annotations

import json
import math
import resource
import sys
from pathlib import Path
from typing import Any

from moviepy import AudioFileClip, CompositeVideoClip, ImageClip, vfx

FPS = 30
# The colours as ours: without this the peer would be judged by another matrix than it was made with.
_BT709 = ["-vf", "scale=out_color_matrix=bt709:out_range=tv", "-colorspace", "bt709", "-color_range", "tv"]


def photo(folder: Path, shot: dict[str, Any]) -> Any:
    """One moving photo, from its first to its last visible frame."""
    begin, length = shot["begin"], shot["end"] - shot["begin"]
    views, left, top = shot["views"], shot["left"], shot["top"]

    def view(at: float) -> list[float]:
        eased = 0.5 - 0.5 * math.cos(math.pi * min(1.0, at / length))
        return [first + (last - first) * eased for first, last in zip(*views, strict=True)]

    moved = ImageClip(str(folder / shot["photo"])).resized(lambda at: 1 / view(at)[2])
    placed = moved.with_position(lambda at: (left - view(at)[0] / view(at)[2], top - view(at)[1] / view(at)[2]))
    clip = placed.with_duration(length).with_start(begin)
    return clip if begin == 0 else clip.with_effects([vfx.CrossFadeIn(0.5)])


def words(folder: Path, shot: dict[str, Any]) -> Any:
    """The words of a shot: they rise while they fade in."""
    begin, end, left, top = shot["words_begin"], shot["words_end"], shot["words_left"], shot["words_top"]

    def place(at: float) -> tuple[float, float]:
        return left, top + 24 * (1 - min(1.0, at / 0.35)) ** 3

    clip = ImageClip(str(folder / shot["words"])).with_duration(end - begin).with_start(begin)
    return clip.with_position(place).with_effects([vfx.CrossFadeIn(0.35), vfx.CrossFadeOut(0.25)])


def main() -> None:
    """Make FOLDER/peer.mp4."""
    folder = Path(sys.argv[1])
    plan = json.loads((folder / "plan.json").read_text())
    before = cpu_seconds()
    layers = [photo(folder, shot) for shot in plan["shots"]]
    layers += [ImageClip(str(folder / "band.png")).with_duration(plan["card"])]
    layers += [words(folder, shot) for shot in plan["shots"]]
    card = ImageClip(str(folder / "card.png")).with_start(plan["card"] - 0.5).with_duration(plan["seconds"] - plan["card"] + 0.5)
    layers.append(card.with_effects([vfx.CrossFadeIn(0.5)]))
    clip = CompositeVideoClip(layers, size=(1080, 1920)).with_duration(plan["seconds"])
    clip = clip.with_audio(AudioFileClip(str(folder / "music.wav")))
    clip.write_videofile(
        str(folder / "peer.mp4"), fps=FPS, codec="libx264", preset="medium", audio_codec="aac", audio_bitrate="96k",
        ffmpeg_params=["-crf", "23", *_BT709], logger=None, pixel_format="yuv420p")
    print(json.dumps({"cpu": cpu_seconds() - before}))


def cpu_seconds() -> float:
    """User and system time of this process and its ended children."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    main()
