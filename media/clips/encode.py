"""Frames and samples into an MP4 that every phone and network takes."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import cv2
import numpy as np
from av.video.frame import PictureType

from media.clips.frames import in_frame
from media.sounds.sound import RATE_HZ

FPS = 30
# For what stands still and must be sharp: the end card.
FINE_CRF = 19.0
# Of x264's spending, in a crossfade.
PASSING_SHARE = 0.65
SOUND_BITS_PER_SECOND = 96_000
# Networks ask for a closed group of pictures every 2 s.
GROUP_SECONDS = 2
# The index before the data, so that playing starts at once, and no edit list: Instagram refuses it.
_CONTAINER = {"movflags": "+faststart", "use_editlist": "0"}
# One: more change the bytes from run to run when the machine is busy, and the frames are drawn on
# a thread of their own meanwhile, which keeps the second core of a small server busy.
_THREADS = 1
_AAC_FRAME = 1024
# What x264 has for AVX-512 reads memory that it never wrote when it weighs macroblocks by those to
# come, so that bytes differed from run to run (x264 165, seen with MALLOC_PERTURB_); AVX2 is as fast.
_AVX_512F = 13  # of cv::CpuFeatures, which has no names in Python
_WITHOUT_AVX512 = "asm=SSE2,SSSE3,SSE4.2,AVX,FMA3,BMI2,AVX2"
# The default search costs a tenth of the whole clip's work and is not heard in one voice or strings.
_AAC = {"aac_coder": "fast"}
_BT709, _LIMITED = 1, 1


@dataclass(frozen=True, slots=True)
class Quality:
    """x264's constant rate factor for what moves, and the frames that are treated otherwise.

    `still_from` begins the end that stands still and is encoded at FINE_CRF; `passing` are (first,
    last) frames of crossfades, where the eye sees little and bytes are dear.
    """

    crf: float
    still_from: int | None = None
    passing: tuple[tuple[int, int], ...] = ()


def x264_options(quality: Quality) -> dict[str, str]:
    """x264's settings: one reference, a small diamond search and a short look-ahead cost
    little and lose little on slow moves, long runs of B-frames cost least; trellis and a weak
    deblocking filter keep fine texture for as little."""
    group = GROUP_SECONDS * FPS
    settings = [
        "ref=1:me=dia:subme=1:trellis=1:deblock=-2,-2:bframes=7:b-adapt=0:rc-lookahead=8:sync-lookahead=0",
        f"keyint={group}:min-keyint={group}:scenecut=0:open-gop=0",
        "colorprim=bt709:transfer=bt709:colormatrix=bt709:range=tv",
    ]
    if cv2.checkHardwareSupport(_AVX_512F):
        settings.append(_WITHOUT_AVX512)
    zones = [f"{first},{last},b={PASSING_SHARE}" for first, last in quality.passing]
    if quality.still_from is not None:
        # Six steps of the rate factor double what x264 spends.
        spent = 2 ** (max(0.0, quality.crf - FINE_CRF) / 6)
        zones.append(f"{quality.still_from},{10**6},b={spent:.3f}")
    if zones:
        settings.append("zones=" + "/".join(zones))
    return {
        "preset": "veryfast",
        "crf": f"{quality.crf:.2f}",
        "profile": "high",
        "level": "4.0",
        "forced-idr": "1",
        "x264-params": ":".join(settings),
    }


class ClipWriter:
    """Writes a clip under a temporary name and puts it in place when the block ends well.

    Inside `with`, `show` each frame in turn; the sound is woven in as the pictures reach it. When
    the block raises, nothing is left behind.
    """

    def __init__(
        self, path: Path, *, width_px: int, height_px: int, sound: np.ndarray, quality: Quality
    ) -> None:
        self.path = path
        self._quality = quality
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
            self._video = self._container.add_stream("libx264", rate=FPS, options=x264_options(self._quality))
            self._video.width, self._video.height = self._size
            self._video.pix_fmt = "yuv420p"
            coder = self._video.codec_context
            coder.thread_type, coder.thread_count = "FRAME", _THREADS
            coder.color_primaries = coder.color_trc = coder.colorspace = _BT709
            coder.color_range = _LIMITED
            self._audio = self._container.add_stream("aac", rate=RATE_HZ, layout="mono", options=_AAC)
            self._audio.codec_context.bit_rate = SOUND_BITS_PER_SECOND
        except BaseException:
            self._part.unlink()
            raise
        return self

    def show(self, block: np.ndarray) -> None:
        """Encode one frame, planes in one block of memory (see media.clips.planes.frame_buffer)."""
        frame = in_frame(block)
        frame.pts, frame.time_base = self._shown, Fraction(1, FPS)
        # The still end begins with a key frame, so that it does not carry on what a crossfade left.
        afresh = self._shown == self._quality.still_from
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
