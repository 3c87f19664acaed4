"""A whole frame in one block of memory as the encoder's frame."""

from __future__ import annotations

import av
import numpy as np

from media.clips.planes import in_planes

# PyAV takes the height of a block from its rows by fours (av.VideoFrame.from_numpy_buffer, 18.1):
# others would lose two rows, be scaled, and have their colours moved.
_TAKEN_HEIGHT = 4


def in_frame(block: np.ndarray) -> av.VideoFrame:
    """The planes of `block` (see media.clips.planes.frame_buffer) as a yuv420p frame of just that size.

    The frame is a view of the block where PyAV can make one, so the block must not change before
    the frame is encoded.
    """
    planes = in_planes(block)
    height, width = planes.y.shape
    if height % _TAKEN_HEIGHT == 0:
        return av.VideoFrame.from_numpy_buffer(block, "yuv420p")
    frame = av.VideoFrame(width, height, "yuv420p")
    for taken, plane in zip(frame.planes, planes.all(), strict=True):
        rows = np.frombuffer(taken, np.uint8).reshape(-1, taken.line_size)
        np.copyto(rows[: plane.shape[0], : plane.shape[1]], plane)
    return frame
