"""A whole frame in one block of memory as the encoder's frame."""

from __future__ import annotations

import av
import numpy as np
from av.video.plane import VideoPlane

from media.clips.planes import Planes, in_planes

# PyAV takes the height of a block from its rows by fours (av.VideoFrame.from_numpy_buffer, 18.1):
# others would lose two rows, be scaled, and have their colours moved.
_TAKEN_HEIGHT = 4


def new_frame(width_px: int, height_px: int) -> tuple[av.VideoFrame, Planes]:
    """A yuv420p frame of even width and height, and its planes as views into it, to be drawn in."""
    frame = av.VideoFrame(width_px, height_px, "yuv420p")
    return frame, Planes(*(rows_of(plane) for plane in frame.planes))


def rows_of(plane: VideoPlane) -> np.ndarray:
    """A plane's bytes as rows and columns, a view without what its lines are padded with."""
    rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
    return rows[: plane.height, : plane.width]


def in_frame(block: np.ndarray) -> av.VideoFrame:
    """The planes of `block` (see media.clips.planes.frame_buffer) as a yuv420p frame of just that size.

    The frame is a view of the block where PyAV can make one, so the block must not change before
    the frame is encoded.
    """
    planes = in_planes(block)
    height, width = planes.y.shape
    if height % _TAKEN_HEIGHT == 0:
        return av.VideoFrame.from_numpy_buffer(block, "yuv420p")
    frame, taken = new_frame(width, height)
    for target, plane in zip(taken.all(), planes.all(), strict=True):
        np.copyto(target, plane)
    return frame
