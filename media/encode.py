"""Frames and samples into an MP4 that every phone and network takes."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import numpy as np
from av.video.frame import PictureType

from media.sound import RATE_HZ

FPS = 30
SOUND_BITS_PER_SECOND = 96_000
# One reference, a small diamond search and a short look-ahead cost little and lose little on
# slow moves. 23 keeps the photo's grain, and the cap keeps the busiest photo's clip at 2 MB, which
# a weak uplink carries. A closed group every 2 s is what networks ask for.
_X264 = {
    "preset": "veryfast",
    "crf": "23",
    "profile": "high",
    "level": "4.0",
    "forced-idr": "1",
    "x264-params": ":".join(
        (
            "ref=1:me=dia:subme=1:b-adapt=0:rc-lookahead=10:sync-lookahead=0",
            "vbv-maxrate=1000:vbv-bufsize=2000",
            f"keyint={2 * FPS}:min-keyint={2 * FPS}:scenecut=0:open-gop=0",
            "colorprim=bt709:transfer=bt709:colormatrix=bt709:range=tv",
        )
    ),
}
# The index before the data, so that playing starts at once, and no edit list: Instagram refuses it.
_CONTAINER = {"movflags": "+faststart", "use_editlist": "0"}
# With a capped bit rate several encoder threads give other bytes each time. One keeps a clip the
# same for the same product, and the frames are drawn on another (see media.clip).
_THREADS = 1
_AAC_FRAME = 1024
_BT709, _LIMITED = 1, 1


class ClipWriter:
    """Writes a clip under a temporary name and puts it in place when the block ends well.

    Inside `with`, `show` each frame in turn; the sound is woven in as the pictures reach it. When
    the block raises, nothing is left behind.
    """

    def __init__(self, path: Path, *, width_px: int, height_px: int, sound: np.ndarray) -> None:
        self.path = path
        self._size = width_px, height_px
        self._sound = np.ascontiguousarray(sound, np.float32)
        self._shown = 0
        self._sounded = 0

    def __enter__(self) -> Self:
        handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=".clip-", suffix=".part")
        os.close(handle)
        self._part = Path(name)
        try:
            self._container = av.open(name, "w", format="mp4", options=_CONTAINER)
            self._video = self._container.add_stream("libx264", rate=FPS, options=_X264)
            self._video.width, self._video.height = self._size
            self._video.pix_fmt = "yuv420p"
            coder = self._video.codec_context
            coder.thread_count = _THREADS
            coder.color_primaries = coder.color_trc = coder.colorspace = _BT709
            coder.color_range = _LIMITED
            self._audio = self._container.add_stream("aac", rate=RATE_HZ, layout="mono")
            self._audio.codec_context.bit_rate = SOUND_BITS_PER_SECOND
        except BaseException:
            self._part.unlink()
            raise
        return self

    def show(self, block: np.ndarray, *, afresh: bool = False) -> None:
        """Encode one frame, planes in one block of memory (see media.planes.frame_buffer).

        `afresh` makes it a key frame: a still picture that begins so never flickers, as what a
        crossfade left inexact is not carried on.
        """
        frame = av.VideoFrame.from_numpy_buffer(block, "yuv420p")
        frame.pts, frame.time_base = self._shown, Fraction(1, FPS)
        frame.pict_type = PictureType.I if afresh else PictureType.NONE
        frame.color_range, frame.colorspace = _LIMITED, _BT709
        self._container.mux(self._video.encode(frame))
        self._shown += 1
        self._sing(until=self._shown * RATE_HZ // FPS)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            with suppress(Exception):
                self._container.close()
            self._part.unlink(missing_ok=True)
            return
        try:
            self._container.mux(self._video.encode(None))
            self._sing(until=len(self._sound))
            self._container.mux(self._audio.encode(None))
            self._container.close()
            self._part.chmod(0o644)
            os.replace(self._part, self.path)
        except BaseException:
            self._part.unlink(missing_ok=True)
            raise

    def _sing(self, *, until: int) -> None:
        """Encode the whole sound frames that begin before sample `until`."""
        while self._sounded < min(until, len(self._sound)):
            piece = self._sound[self._sounded : self._sounded + _AAC_FRAME]
            frame = av.AudioFrame.from_ndarray(piece[None], format="fltp", layout="mono")
            frame.sample_rate = RATE_HZ
            frame.pts, frame.time_base = self._sounded, Fraction(1, RATE_HZ)
            self._container.mux(self._audio.encode(frame))
            self._sounded += len(piece)
