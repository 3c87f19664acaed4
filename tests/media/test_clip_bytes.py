"""media.clips.encode: the same pictures give the same bytes, whatever memory held before."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_WRITE = """
import sys
from pathlib import Path

import cv2
import numpy as np

from media.clips.encode import ClipWriter, Quality
from media.clips.planes import frame_buffer

dice = np.random.default_rng(3)
cloth = cv2.GaussianBlur(dice.integers(0, 256, (1960, 1120), dtype=np.uint8), (0, 0), 2)
silence = np.zeros(24000, np.float32)
with ClipWriter(
    Path(sys.argv[1]), width_px=1080, height_px=1920, sound=silence, quality=Quality(24.0)
) as writer:
    for number in range(12):
        block, planes = frame_buffer(1080, 1920)
        planes.y[:] = cloth[number : number + 1920, number : number + 1080]
        writer.show(block)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="MALLOC_PERTURB_ is glibc's")
def test_what_memory_held_before_leaves_no_trace(tmp_path: Path) -> None:
    clips = []
    for filling in ("85", "170"):
        clips.append(tmp_path / f"{filling}.mp4")
        subprocess.run(
            [sys.executable, "-c", _WRITE, str(clips[-1])],
            check=True,
            env={**os.environ, "MALLOC_PERTURB_": filling},
        )

    first, second = (clip.read_bytes() for clip in clips)

    assert first == second
