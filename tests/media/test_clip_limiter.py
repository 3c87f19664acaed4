"""media.sounds.limiter: peaks come down, also those between two samples, and nothing else changes."""

from __future__ import annotations

import numpy as np

from media.sounds.limiter import limit
from media.sounds.sound import RATE_HZ, measure


def test_a_peak_between_two_samples_is_held_under_the_ceiling() -> None:
    # A quarter of the rate, an eighth of a turn on: every sample at 0.71 of the wave's height. It swells
    # and fades, as an edge would ring.
    wave = np.sin(np.pi / 2 * np.arange(RATE_HZ) + np.pi / 4)
    tone = (wave * np.hanning(RATE_HZ)).astype(np.float32)

    held = limit(tone, 0.5, rate_hz=RATE_HZ)

    assert np.abs(held).max() < 0.4
    assert measure(held).true_peak_db <= -6.0


def test_what_is_quiet_enough_stays_as_it_is() -> None:
    murmur = np.random.default_rng(4).uniform(-0.2, 0.2, RATE_HZ + 7).astype(np.float32)

    assert np.array_equal(limit(murmur, 0.9, rate_hz=RATE_HZ), murmur)


def test_a_clap_lowers_its_surroundings_only() -> None:
    sound = np.full(RATE_HZ, 0.1, np.float32)
    sound[24_000] = 1.0

    held = limit(sound, 0.5, rate_hz=RATE_HZ)

    assert held[24_000] <= 0.5
    assert np.array_equal(held[:23_000], sound[:23_000])
    assert np.array_equal(held[25_000:], sound[25_000:])
