"""Plucked music made by code: strings summed from their partials, a wooden body, a small room."""

from __future__ import annotations

import numpy as np

from media.sounds.sound import RATE_HZ
from media.sounds.tunes import write_tune

FADE_OUT_SECONDS = 1.6
# Plucked a fifth of the way along: partials 5, 10, 15… are missing, as on a real string.
_PLUCK_POINT = 0.2
_HIGHEST_PARTIAL_HZ = 7500.0
_INAUDIBLE_DB = 54.0
_ROOM_SECONDS = 0.9
_ROOM_WET = 0.16
# (Hz, seconds to fade, strength): what a gourd body with a thin wooden lid adds.
_BODY = ((190.0, 0.05, 0.4), (430.0, 0.035, 0.5), (910.0, 0.02, 0.35))


def compose(seed: str, *, seconds: float, home_at_seconds: float) -> np.ndarray:
    """A piece for a clip of `seconds`, peak at 0.9, faded out at its end; the same for a seed.

    `home_at_seconds` is where the end card begins and the tune comes to rest.
    """
    total = round(seconds * RATE_HZ)
    dry = np.zeros(total + 3 * RATE_HZ, np.float32)
    strings: dict[int, np.ndarray] = {}
    for note in write_tune(seed, seconds=seconds, home_at_seconds=home_at_seconds):
        if note.pitch not in strings:
            strings[note.pitch] = pluck(440.0 * 2 ** ((note.pitch - 69) / 12))
        tone = strings[note.pitch]
        at = round(note.at_seconds * RATE_HZ)
        end = min(len(dry), at + len(tone))
        dry[at:end] += tone[: end - at] * note.force
    piece = _convolved(dry, _surroundings())[:total]
    piece *= fade_out(total, FADE_OUT_SECONDS)
    return (piece * (0.9 / max(1e-9, float(np.abs(piece).max())))).astype(np.float32)


def pluck(frequency_hz: float) -> np.ndarray:
    """One note of a soft string: partials that fade the quicker the higher they are."""
    tone = np.zeros(round(2.8 * RATE_HZ), np.float32)
    for partial in range(1, int(_HIGHEST_PARTIAL_HZ / frequency_hz) + 1):
        weight = abs(np.sin(np.pi * partial * _PLUCK_POINT)) / partial**1.45
        # Seconds until 60 dB down: low strings ring longer, high partials are gone at once.
        ring_seconds = 2.4 * (262.0 / frequency_hz) ** 0.5 / (1 + 0.22 * (partial - 1))
        heard_seconds = min(2.8, ring_seconds * _INAUDIBLE_DB / 60)
        time = np.arange(round(heard_seconds * RATE_HZ), dtype=np.float32) / RATE_HZ
        # A stiff string's partials lie a little above the harmonics.
        pitch_hz = frequency_hz * partial * (1 + 0.00012 * partial**2) ** 0.5
        # Partials that start together would lean the wave to one side and waste headroom.
        swing = np.sin((2 * np.pi * pitch_hz) * time + 1.9 * partial * partial)
        tone[: len(time)] += weight * swing * np.exp((-6.91 / ring_seconds) * time)
    attack = round(0.003 * RATE_HZ)
    tone[:attack] *= 0.5 - 0.5 * np.cos(np.linspace(0, np.pi, attack, dtype=np.float32))
    tail = round(0.05 * RATE_HZ)
    tone[-tail:] *= np.linspace(1, 0, tail, dtype=np.float32)
    finger = np.random.default_rng(7).standard_normal(round(0.012 * RATE_HZ)).astype(np.float32)
    finger = np.convolve(finger, np.hanning(24) / 12, mode="same").astype(np.float32)
    tone[: len(finger)] += 0.05 * finger * np.linspace(1, 0, len(finger), dtype=np.float32) ** 2
    return tone


def fade_out(total: int, seconds: float) -> np.ndarray:
    """A gain curve of `total` samples: 1, and over the last `seconds` down to nothing."""
    gain = np.ones(total, np.float32)
    length = min(total, round(seconds * RATE_HZ))
    if length:
        gain[-length:] = np.cos(np.linspace(0, np.pi / 2, length)) ** 2
    return gain


def _surroundings() -> np.ndarray:
    """The impulse answer of body and room: the direct sound first."""
    length = round(_ROOM_SECONDS * RATE_HZ)
    time = np.arange(length) / RATE_HZ
    answer = np.zeros(length)
    answer[0] = 1.0
    for pitch_hz, fade_seconds, strength in _BODY:
        fade = np.exp(-6.91 * time / fade_seconds)
        # Scaled so that a partial right on the resonance gains just `strength`.
        answer += strength * np.sin(2 * np.pi * pitch_hz * time) * fade * (2 / fade.sum())
    noise = np.random.default_rng(11).standard_normal(length)
    noise = np.convolve(noise, np.hanning(14) / 7, mode="same")
    room = noise * np.exp(-6.91 * time / _ROOM_SECONDS)
    room[: round(0.012 * RATE_HZ)] = 0.0
    return answer + _ROOM_WET * room / np.sqrt((room**2).sum())


def _convolved(sound: np.ndarray, answer: np.ndarray) -> np.ndarray:
    """Overlap-add in blocks, so that a minute of sound needs no more memory than a few seconds."""
    size = 1 << 17
    step = size - len(answer) + 1
    spectrum = np.fft.rfft(answer, size)
    out = np.zeros(len(sound) + size, np.float32)
    for start in range(0, len(sound), step):
        block = np.fft.irfft(np.fft.rfft(sound[start : start + step], size) * spectrum, size)
        out[start : start + size] += block
    return out[: len(sound)]
