"""How finely a clip is encoded: as well as its photos allow within what a weak uplink carries.

A busy photo in slow motion costs five times a plain one. A cap on the bit rate would starve
whatever comes after a costly frame, the end card above all, so a few frames of each shot are
encoded beforehand, and one quality is chosen for all that moves.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction

import av
import numpy as np

from media.clips.encode import FPS, GROUP_SECONDS, Quality, x264_options
from media.clips.frames import in_frame
from media.clips.planes import frame_buffer, in_planes

BEST_CRF, WORST_CRF = 22.0, 31.0
# 14 s then stay under 2 MB with sound and end card.
MOVING_BYTES_PER_SECOND = 131_000
# Measured on plain and busy photos: bytes halve for so many steps of quality (4.7 to 5.8), and a
# whole clip, words and crossfades included, takes so many times what its probes did.
_HALVING_CRF = 5.3
_CLIP_TO_PROBE = 2.5
PROBE_FRAMES = 3
# A probe looks at the middle half of a frame, both ways: a quarter of the work.
_PROBED = 4


def choose_crf(shots: Iterable[list[np.ndarray]]) -> float:
    """The x264 quality at which shots, each told by PROBE_FRAMES frames in a row, fit the budget."""
    rates = [_bytes_per_second(frames) for frames in shots]
    over = _CLIP_TO_PROBE * sum(rates) / len(rates) / MOVING_BYTES_PER_SECOND
    return min(WORST_CRF, max(BEST_CRF, BEST_CRF + _HALVING_CRF * math.log2(over)))


def _bytes_per_second(frames: list[np.ndarray]) -> float:
    """What the shot would take at the best quality: one key frame a group, the rest like these."""
    frames = [_middle(block) for block in frames]
    coder = av.CodecContext.create("libx264", "w")
    coder.height, coder.width = frames[0].shape[0] * 2 // 3, frames[0].shape[1]
    coder.pix_fmt, coder.time_base, coder.framerate = "yuv420p", Fraction(1, FPS), Fraction(FPS)
    coder.thread_count = 1
    coder.options = x264_options(Quality(BEST_CRF))
    sizes = []
    for number, block in enumerate(frames):
        frame = in_frame(block)
        frame.pts, frame.time_base = number, Fraction(1, FPS)
        sizes += [packet.size for packet in coder.encode(frame)]
    sizes += [packet.size for packet in coder.encode(None)]
    key, *others = sizes
    following = sum(others) / len(others) * (GROUP_SECONDS * FPS - 1)
    return _PROBED * (key + following) / GROUP_SECONDS


def _middle(block: np.ndarray) -> np.ndarray:
    height, width = block.shape[0] * 2 // 3, block.shape[1]
    small, planes = frame_buffer(width // 4 * 2, height // 4 * 2)
    part = in_planes(block).window(width // 8 * 2, height // 8 * 2, width // 4 * 2, height // 4 * 2)
    for target, source in zip(planes.all(), part.all(), strict=True):
        np.copyto(target, source)
    return small
