"""A short piece of video from a phone, made anew: nothing but its pictures is kept, no sound, place, date or name."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import closing
from fractions import Fraction
from itertools import islice
from pathlib import Path

import av
import numpy as np

from media.clips.encode import FPS
from media.clips.footage import LEAST_SIDE_PX, VideoError, decoded, scaled, turns_of
from media.clips.frames import in_frame
from media.clips.planes import frame_buffer
from media.intake import LONGEST_PIECE_SECONDS, CleanPiece, UnsupportedVideo, VideoFault

LONGER_SIDE_PX, SHORTER_SIDE_PX = 1920, 1080
SHORTEST_SECONDS = 0.5
# Eight seconds of slow motion at 240 a second; a file that claims more is no phone's.
_MOST_DECODED = 2000
# For a last frame whose time on screen nobody tells.
_LONGEST_FRAME_SECONDS = 1.0
# As good as the clip, which encodes it once more, can show; the cap keeps 8 s under 9 MB. No B-frames
# and no look-ahead: x264 would hold 100 MB more of frames, and save a hundredth of the bytes.
_OPTIONS = {
    "preset": "superfast", "crf": "21", "profile": "high", "g": str(FPS),
    "x264-params": "vbv-maxrate=8000:vbv-bufsize=8000:rc-lookahead=0:sync-lookahead=0:bframes=0:weightp=0:ref=1",
}
_CONTAINER = {"movflags": "+faststart", "fflags": "+bitexact"}
_BT709, _LIMITED = 1, 1
_HASHED_BYTES = 1 << 20


def check_and_clean(source: Path, out_dir: Path) -> CleanPiece:
    """The first LONGEST_PIECE_SECONDS of `source` as an upright, silent MP4 of 30 even frames a second in `out_dir`.

    At most 1920 × 1080 or 1080 × 1920, never enlarged; a file that breaks off is kept as far as it
    goes. Raises UnsupportedVideo for what is no video within the bounds, and OSError where the folder
    cannot be written.
    """
    handle, name = tempfile.mkstemp(dir=out_dir, prefix=".piece-", suffix=".mp4")
    os.close(handle)
    written = Path(name)
    try:
        width, height, frames = _write(source, written)
        if frames < SHORTEST_SECONDS * FPS:
            raise VideoError(VideoFault.TOO_SHORT)
        digest = _digest(written)
        size = written.stat().st_size
        kept = out_dir / f"{digest}.mp4"
        written.replace(kept)
    except VideoError as broken:
        raise UnsupportedVideo(broken.fault) from broken
    finally:
        written.unlink(missing_ok=True)
    return CleanPiece(kept, width, height, round(frames / FPS, 3), digest, size)


def upright_size(frame: av.VideoFrame) -> tuple[int, int]:
    """Width and height of the frame as people see it, even and within the bounds.

    Raises VideoError where so little is left of a narrow strip that no clip could show it.
    """
    wide, high = (frame.width, frame.height) if turns_of(frame) % 2 == 0 else (frame.height, frame.width)
    scale = min(1.0, LONGER_SIDE_PX / max(wide, high), SHORTER_SIDE_PX / min(wide, high))
    size = int(wide * scale) // 2 * 2, int(high * scale) // 2 * 2
    if min(size) < LEAST_SIDE_PX:
        raise VideoError(VideoFault.TOO_SMALL)
    return size


def _write(source: Path, target: Path) -> tuple[int, int, int]:
    """Width, height and the number of frames."""
    with closing(decoded(source)) as frames:
        first = next(frames, None)
        if first is None:
            raise VideoError(VideoFault.NOT_A_VIDEO)
        width, height = upright_size(first[1])
        block, planes = frame_buffer(width, height)
        count = 0
        with av.open(str(target), "w", format="mp4", options=_CONTAINER) as container:
            stream = container.add_stream("libx264", rate=FPS, options=_OPTIONS)
            stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
            coder = stream.codec_context
            # One thread, so that the same piece is always the same bytes.
            coder.thread_count = 1
            coder.color_primaries = coder.color_trc = coder.colorspace = _BT709
            coder.color_range = _LIMITED
            for shown in _even(first, frames):
                if shown is not None:
                    _draw(shown, planes.all())
                    del shown
                frame = in_frame(block.copy())
                frame.pts, frame.time_base = count, Fraction(1, FPS)
                frame.color_range, frame.colorspace = _LIMITED, _BT709
                container.mux(stream.encode(frame))
                count += 1
            container.mux(stream.encode(None))
    return width, height, count


def _even(first: tuple[float, av.VideoFrame], rest: Iterator[tuple[float, av.VideoFrame]]
          ) -> Iterator[av.VideoFrame | None]:
    """What is seen at each thirtieth of a second; None where it is the frame before."""
    rest = islice(rest, _MOST_DECODED)
    at, shown = first
    del first  # each frame of 4K has 25 MB: none is held longer than it is needed
    lasted = 1 / FPS
    coming = next(rest, None)
    for number in range(round(LONGEST_PIECE_SECONDS * FPS)):
        now = (number + 0.5) / FPS  # halfway, so that rounded times of 30 a second drop and double none
        while coming is not None and coming[0] <= now:
            lasted = min(_LONGEST_FRAME_SECONDS, max(1 / FPS, coming[0] - at))
            at, shown = coming
            coming = next(rest, None)
        if coming is None and now > at + lasted:
            return
        yield shown
        shown = None


def _draw(frame: av.VideoFrame, planes: tuple[np.ndarray, ...]) -> None:
    """The frame upright into planes of any even size."""
    turns = turns_of(frame)
    high, wide = planes[0].shape if turns % 2 == 0 else planes[0].shape[::-1]
    for plane, lying in zip(planes, scaled(frame, wide, high).all(), strict=True):
        np.copyto(plane, np.rot90(lying, turns))


def _digest(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(_HASHED_BYTES):
            found.update(part)
    return found.hexdigest()
