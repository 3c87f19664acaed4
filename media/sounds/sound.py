"""Sound as arrays: read, measured and levelled. Mono float32 samples at 48 kHz throughout."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ffmpeg
import numpy as np

from media.sounds import ffmpeg as runner
from media.sounds.graph import filtered
from media.sounds.limiter import limit

RATE_HZ = 48_000
TARGET_LUFS = -16.0
# AAC at 96 kbit/s may lift peaks by about half a decibel, and the promise is -1.5 dB in the file.
CEILING_DB = -2.6
_LIMIT_SECONDS = 30.0
_LOUDNESS_SLACK_LU = 0.3
_MOST_TURNS = 5
# What EBU R 128 leaves out as silence.
SILENT_LUFS = -70.0
_LOUDNESS_ALONE = "metadata=1:framelog=quiet"


@dataclass(frozen=True, slots=True)
class Loudness:
    """Integrated loudness in LUFS and true peak in dB, after EBU R 128."""

    lufs: float
    true_peak_db: float


def decode(path: Path, *, formats: str, seconds: float, filters: tuple[Any, ...] = ()) -> np.ndarray:
    """The first `seconds` of a sound file, each filter (name, options) applied in turn.

    `formats` lists the demuxers that may open it. Raises runner.FfmpegError.
    """
    stream = ffmpeg.input(str(path), t=seconds, format_whitelist=formats).audio
    for name, options in filters:
        stream = stream.filter(name, **options)
    output = stream.output(runner.PIPE, format="f32le", ac=1, ar=RATE_HZ)
    ran = runner.run(output, limit_seconds=_LIMIT_SECONDS)
    return np.frombuffer(ran.output, np.float32)


def measure(samples: np.ndarray) -> Loudness:
    """The loudness of the samples; -70 LUFS where there is nothing to hear."""
    told = _told(samples, "metadata=1:framelog=quiet:peak=true")
    peak = float(told.get("lavfi.r128.true_peak", 0.0))
    return Loudness(_lufs(told), 20 * math.log10(max(peak, 1e-6)))


def level(samples: np.ndarray, *, lufs: float = TARGET_LUFS, peak_db: float = CEILING_DB) -> np.ndarray:
    """The samples at `lufs`, their true peaks under `peak_db`; silence stays silence.

    The limiter takes some loudness away where peaks are high, so what is missing is added and
    limited once more, as often as it takes, within reason.
    """
    heard = _lufs(_told(samples, _LOUDNESS_ALONE))
    if heard <= SILENT_LUFS:
        return samples
    gain_db = lufs - heard
    for _ in range(_MOST_TURNS):
        louder = samples * np.float32(10 ** (gain_db / 20))
        levelled = limit(louder, 10 ** (peak_db / 20), rate_hz=RATE_HZ)
        missing_lu = lufs - _lufs(_told(levelled, _LOUDNESS_ALONE))
        if abs(missing_lu) <= _LOUDNESS_SLACK_LU:
            break
        gain_db += 1.3 * missing_lu
    return levelled


def _told(samples: np.ndarray, options: str) -> dict[str, str]:
    """What the loudness filter says at the end of the samples; it speaks every tenth of a second."""
    told: dict[str, str] = {}
    whole = np.pad(samples, (0, -len(samples) % (RATE_HZ // 10)))
    for frame in filtered(whole, RATE_HZ, (("ebur128", options),)):
        told = frame.metadata
    return told


def _lufs(told: dict[str, str]) -> float:
    return max(SILENT_LUFS, float(told.get("lavfi.r128.I", SILENT_LUFS)))
