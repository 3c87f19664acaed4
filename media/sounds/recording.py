"""A seller's recording, made anew so that nothing of the phone's own is kept: no place, no date, no name."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

import av
import numpy as np

from media.intake import CleanVoice, UnsupportedVoice
from media.sounds.sound import RATE_HZ
from media.sounds.voice import VoiceError, clean_voice

BITS_PER_SECOND = 128_000
"""Twice what one voice needs: the clip encodes it once more."""

_AAC_FRAME = 1024


def check_and_clean(source: Path, out_dir: Path) -> CleanVoice:
    """The speech in `source` as an M4A in `out_dir`, at most a minute of it.

    Raises UnsupportedVoice where there is no speech, and OSError where the folder cannot be written.
    """
    try:
        speech = clean_voice(source)
    except VoiceError as broken:
        raise UnsupportedVoice(broken.fault) from broken
    handle, name = tempfile.mkstemp(dir=out_dir, prefix=".voice-", suffix=".m4a")
    os.close(handle)
    written = Path(name)
    try:
        _write(speech, written)
        content = written.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        kept = out_dir / f"{digest}.m4a"
        written.replace(kept)
    finally:
        written.unlink(missing_ok=True)
    return CleanVoice(kept, round(len(speech) / RATE_HZ, 3), digest, len(content))


def _write(speech: np.ndarray, path: Path) -> None:
    options = {"movflags": "+faststart", "fflags": "+bitexact"}
    with av.open(str(path), "w", format="ipod", options=options) as container:
        stream = container.add_stream("aac", rate=RATE_HZ, layout="mono")
        stream.codec_context.bit_rate = BITS_PER_SECOND
        samples = np.ascontiguousarray(speech, np.float32)
        for start in range(0, len(samples), _AAC_FRAME):
            frame = av.AudioFrame.from_ndarray(samples[None, start : start + _AAC_FRAME], format="fltp", layout="mono")
            frame.sample_rate, frame.pts = RATE_HZ, start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
