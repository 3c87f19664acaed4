"""The clock's place in a phone's recording: close behind it, whatever the phone's own clock does."""

from __future__ import annotations

import threading
from typing import Any, cast

import numpy as np
import pytest

from media.live.hearing import RATE_HZ, Hearing
from media.live.ingest import Ingest
from media.live.source import Source

TICK = RATE_HZ // 30
SLICE_SECONDS = 0.1


class Fed:
    """What a phone has delivered so far: pictures numbered by their time, sound whose samples say theirs."""

    def __init__(self) -> None:
        self.lock, self.hearing = threading.Lock(), Hearing()
        self.newest, self.has_sound, self.form = -1.0, True, "webm"
        self.pictures: list[float] = []

    def deliver(self, until: float) -> None:
        begin = max(self.newest, 0.0)
        first, last = round(begin * RATE_HZ), round(until * RATE_HZ)
        self.hearing.write(begin, np.arange(first, last, dtype=np.float32) / RATE_HZ)
        self.pictures += [number / 30 for number in range(round(begin * 30), round(until * 30))]
        self.newest = until

    def picture_at(self, position: float) -> Any:
        found = None
        while self.pictures and self.pictures[0] <= position:
            found = self.pictures.pop(0)
        return found


@pytest.mark.parametrize("speed", [0.999, 1.0, 1.001])
def test_picture_and_sound_stay_together_and_close_behind_a_phone_of_any_speed(speed: float) -> None:
    fed = Fed()
    source = Source(cast(Ingest, fed))
    apart, behind = [], []

    for tick in range(30 * 300):
        now = tick / 30
        if (arrived := now * speed // SLICE_SECONDS * SLICE_SECONDS) > fed.newest:
            fed.deliver(arrived)
        if fed.newest < 0.1:
            continue
        picture, sound = source.tick(TICK)
        middle = float(sound[TICK // 2])
        if picture is not None and middle > 0:
            apart.append(abs(middle - picture))
            behind.append(now * speed - middle)

    assert max(apart) < 0.035
    assert 0 < np.median(behind) < 0.5
    assert max(behind) < 0.8
    assert len(apart) > 30 * 290


def test_a_backlog_that_comes_at_once_is_skipped() -> None:
    fed = Fed()
    source = Source(cast(Ingest, fed))
    fed.deliver(1.0)
    source.tick(TICK)

    fed.deliver(9.0)
    picture, sound = source.tick(TICK)

    assert picture > 8.5
    assert float(sound[TICK // 2]) > 8.5


@pytest.mark.parametrize("burst", [1.0, 1.3, 2.0, 3.0])
@pytest.mark.parametrize("form", ["mp4", "webm"])
def test_a_phone_that_sends_whole_fragments_at_once_is_shown_whole(form: str, burst: float) -> None:
    fed = Fed()
    fed.form = form
    source = Source(cast(Ingest, fed))
    shown = []

    for tick in range(30 * 60):
        if (arrived := tick / 30 // burst * burst) > fed.newest:
            fed.deliver(arrived)
        if fed.newest > 0.1 and (picture := source.tick(TICK)[0]) is not None:
            shown.append((tick / 30, picture))

    steady = [now for now, _ in shown if now > 4 * burst]
    assert np.diff(steady).max() < 0.07
    assert max(now - at for now, at in shown) < burst + 0.1


def test_a_source_without_news_stands_still_and_is_silent() -> None:
    fed = Fed()
    source = Source(cast(Ingest, fed))
    fed.deliver(1.0)
    for _ in range(60):
        source.tick(TICK)

    picture, sound = source.tick(TICK)

    assert picture is None
    assert not sound.any()
