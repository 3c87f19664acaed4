"""media.clips.frames: what is drawn in a block is what the encoder is given, at any even size."""

from __future__ import annotations

import numpy as np
import pytest

from media.clips.frames import in_frame
from media.clips.planes import frame_buffer


@pytest.mark.parametrize("size", [(1080, 1920), (480, 854), (66, 70), (640, 2)])
def test_every_row_and_colour_stays_where_it_was_drawn(size: tuple[int, int]) -> None:
    block, planes = frame_buffer(*size)
    for plane in planes.all():
        plane[:] = np.random.default_rng(plane.size).integers(0, 256, plane.shape)

    frame = in_frame(block)

    assert (frame.width, frame.height, frame.format.name) == (*size, "yuv420p")
    for given, plane in zip(frame.planes, planes.all(), strict=True):
        rows = np.frombuffer(given, np.uint8).reshape(-1, given.line_size)
        assert np.array_equal(rows[: plane.shape[0], : plane.shape[1]], plane)
