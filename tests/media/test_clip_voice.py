"""A clip with the farmer's own voice: as long as it, and none the worse when it is broken."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from media.clips.clip import render_clip
from media.clips.timeline import make_timeline
from media.sounds.sound import RATE_HZ, decode, measure
from media.sounds.soundtrack import UNDER_VOICE_DB, make_soundtrack
from tests.media.clip_specs import POMELO, SHORT
from tests.media.test_clip import ignore
from tests.media.test_voice import record, speech_like


def test_the_clip_lasts_as_long_as_the_voice_and_the_end_card(tmp_path: Path) -> None:
    voice = record(tmp_path / "voice.m4a", speech_like(7))

    made = render_clip(replace(POMELO, voice=voice), tmp_path, ignore)

    loudness = measure(decode(made.path, formats="mov", seconds=60))
    assert made.seconds == pytest.approx(7.3 + 3, abs=0.8)
    assert loudness.lufs == pytest.approx(-16, abs=1)
    assert loudness.true_peak_db <= -1.5


@pytest.mark.parametrize("content", [b"", b"no voice at all", bytes(2000)])
def test_a_broken_voice_gives_the_clip_without_it(tmp_path: Path, content: bytes) -> None:
    voice = tmp_path / "voice.m4a"
    voice.write_bytes(content)

    made = render_clip(replace(POMELO, voice=voice), tmp_path, ignore, timeline=SHORT)

    assert made.seconds == pytest.approx(SHORT.seconds)


def test_the_music_stands_twelve_decibels_under_the_voice() -> None:
    timeline = make_timeline(8.0)
    silence = np.zeros(8 * RATE_HZ, np.float32)
    spoken = slice(RATE_HZ, 7 * RATE_HZ)

    alone = make_soundtrack("Q7WX", timeline, None)
    # Levelling would make up for a silent voice, so a steady tone stands for one.
    tone = (0.2 * np.sin(2 * np.pi * 3000 * np.arange(8 * RATE_HZ) / RATE_HZ)).astype(np.float32)
    with_tone = make_soundtrack("Q7WX", timeline, silence + tone)

    gain = level_of(with_tone[spoken], 2990, 3010) / 0.2
    ducked = level_of(with_tone[spoken], 100, 1200) / gain
    drop_db = 20 * np.log10(ducked / level_of(alone[spoken], 100, 1200))
    assert drop_db == pytest.approx(UNDER_VOICE_DB, abs=1.5)


def level_of(samples: np.ndarray, low_hz: float, high_hz: float) -> float:
    """Amplitude of a sine as strong as everything between two frequencies."""
    spectrum = np.fft.rfft(samples) / len(samples) * 2
    hertz = np.fft.rfftfreq(len(samples), 1 / RATE_HZ)
    return float(np.sqrt((np.abs(spectrum[(hertz >= low_hz) & (hertz <= high_hz)]) ** 2).sum()))


def test_without_a_voice_the_clip_is_as_drawn_up() -> None:
    timeline = make_timeline(None)

    assert timeline.cuts == (4.0, 8.0, 11.0)
    assert timeline.seconds == 14.0


@pytest.mark.parametrize("voice_seconds", [0.5, 5.0, 6.0, 17.3, 42.0, 60.0])
def test_shots_share_the_voices_time(voice_seconds: float) -> None:
    timeline = make_timeline(voice_seconds)
    lengths = np.diff([0.0, *timeline.cuts])

    assert timeline.cuts[-1] >= max(6.0, voice_seconds + 0.3)
    assert timeline.cuts[-1] <= max(6.0, voice_seconds + 1.1)
    assert len(timeline.cuts) % 3 == 0
    assert 1.6 <= lengths.min() and lengths.max() <= 7.5


def test_words_come_after_the_crossfade_and_are_gone_before_the_next() -> None:
    timeline = make_timeline(None)

    assert timeline.words_at(0, 0.1)[0] == 0.0
    assert timeline.words_at(0, 0.6) == (1.0, 0.0)
    assert timeline.words_at(0, 3.5)[0] == 0.0
    assert timeline.words_at(1, 4.1)[0] == 0.0
    assert timeline.words_at(1, 4.6) == (1.0, 0.0)
    assert timeline.shot_at(3.75) == (0, 0.5)
    assert timeline.shot_at(11.0) == (3, 0.0)
