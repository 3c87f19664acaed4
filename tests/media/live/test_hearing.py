"""Sound stays at its time."""

from __future__ import annotations

import numpy as np

from media.live.hearing import RATE_HZ, Hearing, bounded


def ones(seconds: float) -> np.ndarray:
    return np.ones(round(seconds * RATE_HZ), np.float32)


def test_pieces_that_nearly_join_are_joined() -> None:
    hearing = Hearing()
    hearing.write(1.0, ones(0.02))
    hearing.write(1.021, ones(0.02))

    heard = hearing.read(RATE_HZ, RATE_HZ // 10)

    assert heard[: RATE_HZ // 25].min() == 1
    assert heard[RATE_HZ // 25 :].max() == 0


def test_a_gap_is_silence_of_its_length() -> None:
    hearing = Hearing()
    hearing.write(0.0, ones(0.5))
    hearing.write(1.0, ones(0.5))

    heard = hearing.read(0, 2 * RATE_HZ)

    assert heard.sum() == RATE_HZ
    assert heard[RATE_HZ // 2 : RATE_HZ].max() == 0


def test_after_minutes_only_the_last_seconds_are_held() -> None:
    hearing = Hearing()
    for second in range(60):
        hearing.write(second, ones(1) * second / 60)

    assert hearing.read(59 * RATE_HZ, 10).tolist() == [np.float32(59 / 60)] * 10
    assert hearing.read(40 * RATE_HZ, 10).tolist() == [0.0] * 10
    assert hearing.end_seconds == 60


def test_a_source_that_begins_again_is_heard_from_there() -> None:
    hearing = Hearing()
    hearing.write(100.0, ones(1))
    hearing.write(2.0, ones(1) * 0.5)

    assert hearing.read(2 * RATE_HZ, 3).tolist() == [0.5] * 3
    assert hearing.end_seconds == 3


def test_a_stamp_that_steps_back_loses_nothing_of_what_was_heard_before() -> None:
    hearing = Hearing()
    for number in range(50):
        hearing.write(number * 0.06, ones(0.06) * 0.5)
    hearing.write(2.94, ones(0.06))
    hearing.write(3.0, ones(0.06) * 0.25)

    heard = hearing.read(round(2.0 * RATE_HZ), round(1.06 * RATE_HZ))

    assert heard[: round(0.94 * RATE_HZ)].min() == 0.5
    assert heard[round(0.94 * RATE_HZ) : RATE_HZ].tolist() == [1.0] * round(0.06 * RATE_HZ)
    assert heard[RATE_HZ:].tolist() == [0.25] * round(0.06 * RATE_HZ)


def test_what_is_no_number_becomes_one() -> None:
    hostile = np.array([np.nan, np.inf, -np.inf, 1e30, 0.25], np.float32)

    heard = bounded(hostile)

    assert heard.tolist() == [1.0, 1.0, -1.0, 1.0, 0.25]
