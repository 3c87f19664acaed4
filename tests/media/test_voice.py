"""media.sounds.voice: recordings of every kind of phone, and recordings that are none."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from media.intake import VoiceFault
from media.sounds import ffmpeg as runner
from media.sounds.sound import RATE_HZ, measure
from media.sounds.voice import LONGEST_SECONDS, VoiceError, clean_voice

CODECS = {
    "m4a": {"acodec": "aac"},
    "mp3": {"acodec": "libmp3lame"},
    "ogg": {"acodec": "libopus"},
    "wav": {"acodec": "pcm_s16le"},
    "webm": {"acodec": "libopus"},
    "3gp": {"acodec": "libopencore_amrnb", "ar": 8000, "b:a": "12.2k"},
    "amr": {"acodec": "libopencore_amrnb", "ar": 8000, "b:a": "12.2k"},
}


def speech_like(seconds: float, *, loudest: float = 0.3) -> np.ndarray:
    """A voiced buzz in syllables, four a second."""
    time = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    buzz = sum(np.sin(2 * np.pi * 140 * partial * time) / partial for partial in range(1, 20))
    syllables = np.clip(np.sin(2 * np.pi * 4 * time) + 0.6, 0, 1)
    voiced = buzz * syllables
    return (voiced / np.abs(voiced).max() * loudest).astype(np.float32)


def record(path: Path, samples: np.ndarray) -> Path:
    options = CODECS[path.suffix[1:]]
    graph = runner.sound_pipe(RATE_HZ).output(str(path), **options)
    runner.run(graph, limit_seconds=30, feed=samples.tobytes())
    return path


@pytest.mark.parametrize("suffix", sorted(CODECS))
def test_any_phones_recording_comes_out_at_an_even_loudness(tmp_path: Path, suffix: str) -> None:
    quiet_room = np.zeros(RATE_HZ, np.float32)
    path = record(
        tmp_path / f"voice.{suffix}", np.concatenate([quiet_room, speech_like(5, loudest=0.05), quiet_room])
    )

    speech = clean_voice(path)

    assert len(speech) / RATE_HZ == pytest.approx(5.2, abs=0.4)
    assert measure(speech).lufs == pytest.approx(-16, abs=1)
    assert measure(speech).true_peak_db <= -2


def test_rumble_below_the_voice_is_removed(tmp_path: Path) -> None:
    time = np.arange(4 * RATE_HZ) / RATE_HZ
    rumble = 0.3 * np.sin(2 * np.pi * 30 * time).astype(np.float32)
    path = record(tmp_path / "voice.wav", speech_like(4) + rumble)

    speech = clean_voice(path)

    spectrum = np.abs(np.fft.rfft(speech))
    rumble_bin, voice_bin = (round(hertz * len(speech) / RATE_HZ) for hertz in (30, 140))
    peak = [spectrum[at - 30 : at + 30].max() for at in (rumble_bin, voice_bin)]
    assert peak[0] < peak[1] / 4


def test_hiss_between_the_words_becomes_softer(tmp_path: Path) -> None:
    hiss = 0.004 * np.random.default_rng(1).standard_normal(6 * RATE_HZ).astype(np.float32)
    silence = np.zeros(2 * RATE_HZ, np.float32)
    path = record(tmp_path / "voice.wav", np.concatenate([speech_like(2), silence, speech_like(2)]) + hiss)

    speech = clean_voice(path)

    pause, words = speech[int(2.8 * RATE_HZ) : int(3.6 * RATE_HZ)], speech[: 2 * RATE_HZ]
    before = 20 * np.log10(hiss.std() / speech_like(2).std())
    assert 20 * np.log10(pause.std() / words.std()) < before - 6


def hours_long(path: Path, hours: int) -> Path:
    """A WAV of so many hours: someone speaks for a minute and a half and then leaves it running."""
    size = hours * 3600 * 8000 * 2
    spoken = (speech_like(90)[::6] * 32767).astype("<i2").tobytes()
    header = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + size, b"WAVE", b"fmt ", 16, 1, 1, 8000, 16000, 2, 16, b"data", size)
    with path.open("wb") as file:
        file.write(header + spoken)
        file.truncate(len(header) + size)
    return path


def test_of_a_recording_of_four_hours_the_first_minute_is_taken(tmp_path: Path) -> None:
    speech = clean_voice(hours_long(tmp_path / "forgotten.wav", 4))

    assert len(speech) == LONGEST_SECONDS * RATE_HZ


@pytest.mark.parametrize("suffix", ["wav", "mp3", "amr", "webm"])
def test_the_name_of_a_recording_does_not_matter(tmp_path: Path, suffix: str) -> None:
    recorded = record(tmp_path / "voice.m4a", speech_like(3))
    misnamed = recorded.rename(tmp_path / f"voice.{suffix}")

    assert len(clean_voice(misnamed)) / RATE_HZ == pytest.approx(3, abs=0.4)


def test_a_truncated_m4a_is_refused_with_its_reason(tmp_path: Path) -> None:
    recorded = record(tmp_path / "voice.m4a", speech_like(4))
    recorded.write_bytes(recorded.read_bytes()[: recorded.stat().st_size // 2])

    with pytest.raises(VoiceError) as refused:
        clean_voice(recorded)

    assert refused.value.fault == VoiceFault.NOT_A_RECORDING


def test_a_long_recording_ends_after_a_minute_with_a_fade(tmp_path: Path) -> None:
    path = record(tmp_path / "voice.ogg", speech_like(75))

    speech = clean_voice(path)

    assert len(speech) == LONGEST_SECONDS * RATE_HZ
    assert np.abs(speech[-RATE_HZ // 50 :]).max() < 0.02


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.m4a", b""),
        ("noise.mp3", bytes(range(256)) * 40),
        ("page.ogg", b"<html><body>not a voice</body></html>"),
        ("header-only.wav", b"RIFF\x24\x00\x00\x00WAVEfmt "),
        ("playlist.m4a", b"#EXTM3U\n#EXTINF:5,\nhttp://127.0.0.1:9/a.ts\n"),
    ],
)
def test_a_file_that_is_no_recording_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(VoiceError):
        clean_voice(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VoiceError):
        clean_voice(tmp_path / "gone.m4a")


def test_silence_and_a_slip_of_the_thumb_are_refused(tmp_path: Path) -> None:
    silence = record(tmp_path / "silence.wav", np.zeros(3 * RATE_HZ, np.float32))
    slip = record(tmp_path / "slip.wav", speech_like(0.09))

    with pytest.raises(VoiceError, match="silence"):
        clean_voice(silence)
    with pytest.raises(VoiceError, match="too short"):
        clean_voice(slip)


def test_a_recording_cut_off_in_the_middle_gives_what_was_said(tmp_path: Path) -> None:
    whole = record(tmp_path / "whole.ogg", speech_like(6))
    cut = tmp_path / "cut.ogg"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])

    speech = clean_voice(cut)

    assert 1 < len(speech) / RATE_HZ < 5
