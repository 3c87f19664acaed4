"""Sound as arrays: read, measured and levelled. Mono float32 samples at 48 kHz throughout."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ffmpeg
import numpy as np

from media.sounds import ffmpeg as runner

RATE_HZ = 48_000
TARGET_LUFS = -16.0
# AAC at 96 kbit/s may lift peaks by about half a decibel, and the promise is -1.5 dB in the file.
CEILING_DB = -2.6
_LIMIT_SECONDS = 30.0
_LOUDNESS_SLACK_LU = 0.3
_MOST_TURNS = 5
# A peak between two samples shows only when they are closer together (ITU-R BS.1770, annex 2).
_OVERSAMPLED_HZ = 4 * RATE_HZ


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
    graph = (
        runner.sound_pipe(RATE_HZ)
        .filter("ebur128", peak="true", framelog="quiet")
        .output(runner.PIPE, format="null")
    )
    log = runner.run(graph, limit_seconds=_LIMIT_SECONDS, feed=_bytes(samples)).log
    summary = log[log.rindex("Summary:") :]
    lufs = re.search(r"I:\s+(\S+) LUFS", summary)
    peak = re.search(r"Peak:\s+(\S+) dBFS", summary)
    if lufs is None or peak is None:
        raise runner.FfmpegError("no loudness in the log", summary)
    return Loudness(max(-70.0, float(lufs[1])), float(peak[1]))


def level(samples: np.ndarray, *, lufs: float = TARGET_LUFS, peak_db: float = CEILING_DB) -> np.ndarray:
    """The samples at `lufs`, their true peaks under `peak_db`; silence stays silence.

    The limiter takes some loudness away where peaks are high, so what is missing is added and
    limited once more, as often as it takes, within reason.
    """
    heard = measure(samples)
    if heard.lufs <= -70.0:
        return samples
    gain_db = lufs - heard.lufs
    for _ in range(_MOST_TURNS):
        levelled = _limited(samples, gain_db, peak_db)
        missing_lu = lufs - measure(levelled).lufs
        if abs(missing_lu) <= _LOUDNESS_SLACK_LU:
            break
        gain_db += 1.3 * missing_lu
    return levelled


def _limited(samples: np.ndarray, gain_db: float, peak_db: float) -> np.ndarray:
    graph = (
        runner.sound_pipe(RATE_HZ)
        .filter("volume", volume=f"{gain_db:.3f}dB", precision="float")
        .filter("aresample", _OVERSAMPLED_HZ)
        .filter(
            "alimiter", limit=10 ** (peak_db / 20), attack=2, release=30, level=0, latency=1
        )
        .output(runner.PIPE, format="f32le", ac=1, ar=RATE_HZ)
    )
    ran = runner.run(graph, limit_seconds=_LIMIT_SECONDS, feed=_bytes(samples))
    limited = np.frombuffer(ran.output, np.float32)
    whole = np.zeros(len(samples), np.float32)
    whole[: len(limited)] = limited[: len(samples)]
    return whole


def _bytes(samples: np.ndarray) -> bytes:
    return np.ascontiguousarray(samples, np.float32).tobytes()
