"""Nothing grows with the length of a live, but a few bytes a slice: its parts are run faster than the clock."""

from __future__ import annotations

import gc
import itertools
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from media.live.compositor import Compositor
from media.live.hearing import RATE_HZ
from media.live.hls import Playlists
from media.live.intake import Intake
from media.live.originals import Log
from media.live.output import Output
from media.live.recording import Fragment
from media.live.space import Space
from media.live.spec import LiveSpec
from media.live.zero import kept_zero
from tests.media.live.phone import recorded

AMPLE = 20.0
FPS, SIZE = 20, (320, 240)
SLICES_AN_HOUR = 36_000


def resident_mb() -> float:
    """What this process holds in memory (proc(5), statm)."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


def kept(run: Iterator[object], count: int) -> int:
    """Bytes of Python's that are held after so many more steps than after the first half of them."""
    for _ in itertools.islice(run, count // 2):
        pass
    tracemalloc.start()
    try:
        for _ in itertools.islice(run, count // 2):
            pass
        gc.collect()
        return tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()


def test_an_hour_of_slices_is_remembered_in_a_megabyte(tmp_path: Path) -> None:
    log = Log.open(tmp_path, "phone")

    held = kept((log.keep(number, b"slice") for number in itertools.count()), 2000)

    assert held / 2000 * SLICES_AN_HOUR < 1e6
    assert len(log.places) == 2000


def test_playlists_hold_nothing_of_what_has_left_them(tmp_path: Path) -> None:
    lists = Playlists(tmp_path, part=1, head=b"head", zero=1_800_000_000.0)

    held = kept((lists.add(Fragment(bytes(1000), at * 2.0, at * 2.0 + 2), at) for at in itertools.count()), 400)

    assert held < 40_000
    assert len(list(tmp_path.glob("segment-*"))) < 60


def test_hundreds_of_pictures_leave_nothing_behind(tmp_path: Path) -> None:
    spec = LiveSpec(tmp_path, width_px=SIZE[0], height_px=SIZE[1], fps=FPS, video_rate=200_000, preset="ultrafast")
    intake, compositor = Intake(tmp_path, Space(tmp_path, 0), lambda recorder, key: None), Compositor(spec)
    output = Output(spec, kept_zero(tmp_path), lambda head, body: None)
    slices = recorded(30, size=SIZE, fps=FPS)
    memory: list[float] = []

    for tick in range(1, 29 * FPS):
        if tick % 2:
            intake.take("phone", tick // 2, slices[tick // 2])
        deadline = time.monotonic() + AMPLE
        while not (source := intake.source()) or (tick % 10 == 0 and source.ingest.newest < tick / FPS - 0.5):
            assert time.monotonic() < deadline
            if tick < FPS:
                break
            time.sleep(0.001)
        picture, sound = source.tick(RATE_HZ // FPS) if source else (None, np.zeros(RATE_HZ // FPS, np.float32))
        if picture is not None:
            compositor.show(picture)
        output.put(compositor.frame, tick, False, sound, tick * RATE_HZ // FPS)
        if tick in (14 * FPS, 28 * FPS):
            memory.append(resident_mb())
    output.close()

    # Pictures that were held would be 32 MB by then.
    assert memory[1] - memory[0] < 12
