"""What else is made of a finished clip: a poster, a silent copy, a short moving preview."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import av
import ffmpeg
from PIL import Image

from media.clips.encode import FPS
from media.clips.timeline import CARD_SECONDS, WORDS_AFTER_SECONDS, WORDS_IN_SECONDS, Timeline, share_out
from media.files import write_whole
from media.sounds import ffmpeg as runner
from media.spec import MediaFile

PREVIEW_MAX_BYTES = 400_000
PREVIEW_WIDTH_PX = 360
_PREVIEW_FPS = 10
_PREVIEW_SCENES, _PREVIEW_SCENE_FRAMES = 3, 10
_PREVIEW_QUALITIES = (62, 48, 34, 20, 8)
_POSTER_QUALITY = 86
_COPY_LIMIT_SECONDS = 20.0
# A moment after the words have come.
_READ_FROM_SECONDS = WORDS_AFTER_SECONDS + WORDS_IN_SECONDS + 0.05


def render_clip_extras(
    clip: MediaFile, out_dir: Path, *, timeline: Timeline | None = None
) -> list[MediaFile]:
    """poster.jpg, clip-silent.mp4 and clip-preview.webp of a clip that render_clip made.

    The poster is the first scene with its words; the silent copy has the very same pictures; the
    preview is 360 px wide, 3 s, at most 400 kB, and runs for ever. `timeline` is what the clip was
    given, if any. Raises OSError where a file
    cannot be written, runner.FfmpegError where the clip is no whole one.
    """
    timeline = timeline or share_out(clip.seconds - CARD_SECONDS)
    starts = [0.0, *timeline.cuts[:-1]]
    wanted = [round((starts[0] + _READ_FROM_SECONDS) * FPS)]
    for start in starts[:_PREVIEW_SCENES]:
        first = round((start + _READ_FROM_SECONDS) * FPS)
        wanted += [first + at * FPS // _PREVIEW_FPS for at in range(_PREVIEW_SCENE_FRAMES)]
    poster: Image.Image | None = None
    small: list[Image.Image] = []
    size = PREVIEW_WIDTH_PX, round(PREVIEW_WIDTH_PX * clip.height / clip.width)
    for picture in _frames_at(clip.path, set(wanted)):
        poster = poster or picture
        small.append(picture.resize(size, Image.Resampling.BOX, reducing_gap=2.0))
    if poster is None:
        raise runner.FfmpegError("the clip has no pictures")
    return [_write_poster(poster, out_dir), _write_silent(clip, out_dir), _write_preview(small, out_dir)]


def render_poster(clip: MediaFile, out_dir: Path) -> MediaFile:
    """poster.jpg alone: the first scene with its words. Raises runner.FfmpegError where there is no picture."""
    picture = next(_frames_at(clip.path, {round(_READ_FROM_SECONDS * FPS)}), None)
    if picture is None:
        raise runner.FfmpegError("the clip has no pictures")
    return _write_poster(picture, out_dir)


def _frames_at(path: Path, numbers: set[int]) -> Iterator[Image.Image]:
    last = max(numbers)
    with av.open(str(path)) as opened:
        for number, frame in enumerate(opened.decode(video=0)):
            if number in numbers:
                yield frame.to_image()
            if number >= last:
                return


def _write_poster(picture: Image.Image, out_dir: Path) -> MediaFile:
    encoded = io.BytesIO()
    picture.save(encoded, "JPEG", quality=_POSTER_QUALITY, optimize=True, progressive=True)
    return _written(out_dir / "poster.jpg", encoded.getvalue(), picture.size, "image/jpeg")


def _write_silent(clip: MediaFile, out_dir: Path) -> MediaFile:
    path = out_dir / "clip-silent.mp4"
    part = out_dir / ".clip-silent.part"
    source = ffmpeg.input(str(clip.path), format_whitelist="mov")
    options = {"c": "copy", "movflags": "+faststart", "use_editlist": 0, "fflags": "+bitexact"}
    graph = source.video.output(str(part), format="mp4", **options).overwrite_output()
    try:
        runner.run(graph, limit_seconds=_COPY_LIMIT_SECONDS)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return MediaFile(
        path, path.stem, clip.width, clip.height, path.stat().st_size, "video/mp4", clip.seconds
    )


def _write_preview(pictures: list[Image.Image], out_dir: Path) -> MediaFile:
    seconds = len(pictures) / _PREVIEW_FPS
    for quality in _PREVIEW_QUALITIES:
        encoded = io.BytesIO()
        first, *others = pictures
        first.save(
            encoded, "WEBP", save_all=True, append_images=others, duration=1000 // _PREVIEW_FPS,
            loop=0, quality=quality, method=2,
        )
        if encoded.tell() <= PREVIEW_MAX_BYTES:
            break
    return _written(out_dir / "clip-preview.webp", encoded.getvalue(), first.size, "image/webp", seconds)


def _written(
    path: Path, data: bytes, size: tuple[int, int], content_type: str, seconds: float = 0.0
) -> MediaFile:
    write_whole(path, data)
    return MediaFile(path, path.stem, *size, len(data), content_type, seconds)
