"""media.sounds.music and media.sounds.tunes: in tune, in time, at the right loudness, the same for a household."""

from __future__ import annotations

import numpy as np
import pytest

from media.sounds.music import compose, pluck
from media.sounds.sound import RATE_HZ, level, measure
from media.sounds.tunes import write_tune

SEEDS = ["H3K9", "Q7WX", "M2PA", "T8RD"]


@pytest.mark.parametrize("seed", SEEDS)
def test_levelled_music_is_as_loud_as_networks_ask(seed: str) -> None:
    piece = compose(seed, seconds=14, home_at_seconds=11)

    loudness = measure(level(piece))

    assert loudness.lufs == pytest.approx(-16, abs=0.6)
    assert loudness.true_peak_db <= -2.4


def test_the_same_household_always_hears_the_same_piece() -> None:
    first = compose("H3K9", seconds=6, home_at_seconds=4)

    second = compose("H3K9", seconds=6, home_at_seconds=4)

    assert np.array_equal(first, second)


def test_households_hear_different_tunes() -> None:
    tunes = {tuple(write_tune(f"household-{n}", seconds=14, home_at_seconds=11)) for n in range(24)}

    assert len(tunes) >= 20


def test_music_starts_at_once_and_ends_in_silence() -> None:
    piece = compose("H3K9", seconds=14, home_at_seconds=11)

    assert len(piece) == 14 * RATE_HZ
    assert np.abs(piece[: RATE_HZ // 10]).max() > 0.1
    assert np.abs(piece[-RATE_HZ // 100 :]).max() < 0.002


@pytest.mark.parametrize("seed", SEEDS)
def test_every_note_belongs_to_one_five_note_scale(seed: str) -> None:
    notes = write_tune(seed, seconds=14, home_at_seconds=11)

    degrees = {note.pitch % 12 for note in notes}

    assert 4 <= len(degrees) <= 5
    assert not any((degree + 1) % 12 in degrees for degree in degrees)


def test_the_tune_comes_home_with_the_end_card() -> None:
    notes = write_tune("H3K9", seconds=14, home_at_seconds=11)
    root = min(note.pitch for note in notes) % 12

    at_home = [note for note in notes if 10.99 <= note.at_seconds <= 11.01]

    assert [note.pitch % 12 for note in at_home] == [root]
    assert max(notes, key=lambda note: note.at_seconds).pitch % 12 == root


@pytest.mark.parametrize("frequency_hz", [130.81, 261.63, 440.0, 659.26])
def test_a_plucked_string_sounds_at_its_pitch_and_fades(frequency_hz: float) -> None:
    tone = pluck(frequency_hz)
    spectrum = np.abs(np.fft.rfft(tone[: 2 * RATE_HZ] * np.hanning(2 * RATE_HZ)))

    heard_hz = float(np.argmax(spectrum)) / 2

    assert heard_hz == pytest.approx(frequency_hz, abs=1.0)
    assert np.abs(tone[-2000:]).max() < 0.02 * np.abs(tone).max()


def test_silence_stays_silence() -> None:
    silence = np.zeros(2 * RATE_HZ, np.float32)

    assert np.array_equal(level(silence), silence)
