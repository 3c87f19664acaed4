"""Short pieces of video from phones, as the planes of a scene."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.video.reformatter import Colorspace, ColorRange

from media.clips.planes import Planes
from media.intake import VideoFault
from media.lettering.text import Box

MAX_BYTES = 300 * 1024 * 1024
# 4K, as phones record it at most.
MAX_PIXELS = 4096 * 2304
LONGEST_SECONDS = 600.0
LEAST_SIDE_PX = 120
# Containers and codecs of phones' cameras and of apps that pass videos on.
_FORMATS = "mov,matroska,webm"
_CODECS = {"h264", "hevc", "h263", "mpeg4", "vp8", "vp9", "av1", "libdav1d", "libvpx", "libvpx-vp9"}
_OPTIONS = {"format_whitelist": _FORMATS, "protocol_whitelist": "file", "enable_drefs": "0"}


class VideoError(Exception):
    """A piece of video that cannot be used."""

    def __init__(self, fault: VideoFault) -> None:
        super().__init__(str(fault))
        self.fault = fault


class Footage:
    """A video, upright and cut to cover a window; asked for by time, best from earlier to later.

    Its own frame rate may be anything and may change. Behind its end, and behind a place where it is
    broken, the last whole frame stands. With `part` only that of each frame, as it lies, is shown.
    Raises VideoError for what is no video within the bounds.
    """

    def __init__(self, path: Path, width_px: int, height_px: int, *, part: Box | None = None) -> None:
        self._path = path
        self._size = width_px, height_px
        self._part = part
        if not path.is_file() or path.stat().st_size == 0:
            raise VideoError(VideoFault.NOT_A_VIDEO)
        if path.stat().st_size > MAX_BYTES:
            raise VideoError(VideoFault.TOO_LARGE)
        self._restart()

    def at(self, seconds: float) -> Planes:
        """The frame that is seen `seconds` after the first one, in planes of the window's size."""
        if seconds < self._shown_from:
            self._restart()
        while self._coming is not None and self._coming[0] <= seconds:
            self._shown_from, self._shown = self._coming
            self._coming = next(self._frames, None)
        if self._drawn_from != self._shown_from:
            self._drawn, self._drawn_from = self._fitted(self._shown), self._shown_from
        return self._drawn

    def _restart(self) -> None:
        self._frames = decoded(self._path)
        first = next(self._frames, None)
        if first is None:
            raise VideoError(VideoFault.NOT_A_VIDEO)
        self._shown_from, self._shown = first
        self._coming = next(self._frames, None)
        self._drawn, self._drawn_from = self._fitted(self._shown), self._shown_from

    def _fitted(self, frame: av.VideoFrame) -> Planes:
        """Scaled to cover the window, turned by the camera's mark, the middle cut out."""
        turns = turns_of(frame)
        wide, high = self._size if turns % 2 == 0 else self._size[::-1]
        part = self._part or Box(0, 0, frame.width, frame.height)
        scale = max(wide / part.width, high / part.height)
        size = [2 * -(-round(side * scale) // 2) for side in (frame.width, frame.height)]
        size = [max(size[0], wide), max(size[1], high)]
        left, top = _begin(part.left, part.right, wide, size[0] / frame.width), _begin(part.top, part.bottom, high, size[1] / frame.height)
        cut = scaled(frame, size[0], size[1]).window(left, top, wide, high)
        return Planes(*(np.ascontiguousarray(np.rot90(plane, turns)) for plane in cut.all()))


def _begin(first: int, last: int, shown: int, scale: float) -> int:
    """Where the middle `shown` pixels of a part begin in the scaled frame, at an even place."""
    return max(0, (round((first + last) * scale) - shown) // 4 * 2)


def turns_of(frame: av.VideoFrame) -> int:
    """How many quarter turns to the left make the frame upright, by the camera's mark."""
    return round(frame.rotation / 90) % 4


def scaled(frame: av.VideoFrame, width_px: int, height_px: int) -> Planes:
    """The frame as it lies, at an even size."""
    sized = frame.reformat(
        width_px, height_px, "yuv420p", dst_colorspace=Colorspace.ITU709, dst_color_range=ColorRange.MPEG
    )
    return Planes(*(_plane(sized, number) for number in range(3)))


def _plane(frame: av.VideoFrame, number: int) -> np.ndarray:
    plane = frame.planes[number]
    return np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size)[:, : plane.width]


def decoded(path: Path) -> Iterator[tuple[float, av.VideoFrame]]:
    """Frames with their times from the first one on, in order; ends where the file breaks off."""
    try:
        container = av.open(str(path), options=_OPTIONS)
    except (av.FFmpegError, ValueError) as broken:
        raise VideoError(VideoFault.NOT_A_VIDEO) from broken
    with container:
        stream = _checked(container)
        first: float | None = None
        try:
            for frame in container.decode(stream):
                if frame.time is None or frame.width * frame.height > MAX_PIXELS:
                    continue
                first = frame.time if first is None else first
                yield frame.time - first, frame
        except av.FFmpegError:
            return


def _checked(container: Any) -> Any:
    if not container.streams.video:
        raise VideoError(VideoFault.NOT_A_VIDEO)
    stream = container.streams.video[0]
    coder = stream.codec_context
    if coder is None or coder.name not in _CODECS:
        raise VideoError(VideoFault.NOT_A_VIDEO)
    if coder.width * coder.height > MAX_PIXELS:
        raise VideoError(VideoFault.TOO_LARGE)
    if min(coder.width, coder.height) < LEAST_SIDE_PX:
        raise VideoError(VideoFault.TOO_SMALL)
    if container.duration is not None and container.duration / 1e6 > LONGEST_SECONDS:
        raise VideoError(VideoFault.TOO_LONG)
    coder.thread_type, coder.thread_count = "SLICE", 1
    return stream
