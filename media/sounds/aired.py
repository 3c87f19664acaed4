"""The sound of a stretch of video, in time with its pictures, and where in it a speaker pauses."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np

from media.sounds.graph import filtered
from media.sounds.sound import RATE_HZ
from media.sounds.voice import speech_runs

_BREATH_SECONDS = 0.3
# Hands on the phone, wind and motorbikes, as for a voice that was recorded by itself. Nothing that
# would delay the sound against the lips.
_RUMBLE = (("highpass", "f=85:poles=2"),) * 2


def own_sound(path: Path, *, most_seconds: float) -> np.ndarray:
    """Mono samples at 48 kHz from the first picture on, rumble removed; silence where the file has no sound.

    Raises av.FFmpegError for what is no video.
    """
    samples = np.zeros(round(most_seconds * RATE_HZ), np.float32)
    with av.open(str(path), options={"protocol_whitelist": "file", "enable_drefs": "0"}) as video:
        if not video.streams.audio:
            return samples
        picture = video.streams.video[0]
        begin = float((picture.start_time or 0) * picture.time_base)
        resampler = av.AudioResampler(format="fltp", layout="mono", rate=RATE_HZ)
        for frame in video.decode(video.streams.audio[0]):
            for part in resampler.resample(frame):
                at = round((float(part.pts * part.time_base) - begin) * RATE_HZ)
                if at >= len(samples):
                    break
                heard = part.to_ndarray()[0][max(0, -at) :][: len(samples) - max(0, at)]
                samples[max(0, at) : max(0, at) + len(heard)] = heard
    return _cleaned(np.nan_to_num(samples))


def last_pause(samples: np.ndarray, *, least_seconds: float) -> float:
    """The middle of the last pause after `least_seconds`, or the end where nobody pauses any more."""
    end = len(samples) / RATE_HZ
    runs = speech_runs(samples)
    pauses = [(before[1] + after[0]) / 2 for before, after in zip(runs, runs[1:], strict=False)]
    if runs and end - runs[-1][1] > _BREATH_SECONDS:
        pauses.append(runs[-1][1] + _BREATH_SECONDS)
    return max((at for at in pauses if at >= least_seconds), default=end)


def _cleaned(samples: np.ndarray) -> np.ndarray:
    frames = [frame.to_ndarray().reshape(-1) for frame in filtered(samples, RATE_HZ, _RUMBLE)]
    return np.concatenate(frames)[: len(samples)] if frames else samples
