"""A clip's sound: the farmer's voice over quiet music, or the music alone."""

from __future__ import annotations

import numpy as np

from media.clips.timeline import VOICE_FROM_SECONDS, Timeline
from media.sounds.music import compose, fade_out
from media.sounds.sound import RATE_HZ, level

UNDER_VOICE_DB = -12.0
# After the voice the music comes back, but not as loud as someone who speaks.
_AFTER_VOICE_DB = -5.0
_SWELL_SECONDS = 0.8
# A show goes on where its clip ends.
_FADE_SECONDS = 0.4


def make_soundtrack(seed: str, timeline: Timeline, voice: np.ndarray | None) -> np.ndarray:
    """The samples for the whole clip at -16 LUFS, fading out at its end.

    `voice` is clean speech at the same loudness; it begins 0.3 s in, the music 12 dB under it.
    """
    music = compose(seed, seconds=timeline.seconds, home_at_seconds=timeline.cuts[-1])
    if voice is None:
        return level(music)
    start = round(VOICE_FROM_SECONDS * RATE_HZ)
    spoken = voice[: len(music) - start]
    mixed = level(music) * _ducking(len(music), start + len(spoken))
    mixed[start : start + len(spoken)] += spoken
    return level(mixed)


def _ducking(total: int, voice_end: int) -> np.ndarray:
    """The music's gain, sample by sample."""
    knots = [0, voice_end, voice_end + round(_SWELL_SECONDS * RATE_HZ)]
    levels_db = [UNDER_VOICE_DB, UNDER_VOICE_DB, _AFTER_VOICE_DB]
    gain_db = np.interp(np.arange(total, dtype=np.float32), knots, levels_db)
    return (10 ** (gain_db / 20)).astype(np.float32)


def make_aired_soundtrack(seed: str, timeline: Timeline, heard: np.ndarray) -> np.ndarray:
    """The samples for a clip with a sound of its own: that at -16 LUFS, and music from the end card on.

    Where nothing is heard, because the microphone was shut, the music plays throughout.
    """
    music = compose(seed, seconds=timeline.seconds, home_at_seconds=timeline.cuts[-1])
    own = level(heard[: round(timeline.cuts[-1] * RATE_HZ)])
    if not np.any(own):
        return level(music)
    end = len(own)
    knots = [0, end - round(_SWELL_SECONDS * RATE_HZ), end, end + 1]
    gain = np.interp(np.arange(len(music), dtype=np.float32), knots, [0.0, 0.0, 1.0, 1.0]).astype(np.float32)
    mixed = level(music) * gain * np.float32(10 ** (_AFTER_VOICE_DB / 20))
    mixed[:end] += own * fade_out(end, _FADE_SECONDS)
    return level(mixed)
