"""The farmer's own voice: any phone's recording in, clean speech at an even loudness out."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from media.intake import VoiceFault
from media.sounds.ffmpeg import FfmpegError
from media.sounds.music import fade_out
from media.sounds.sound import RATE_HZ, decode, level

LONGEST_SECONDS = 60.0
# Demuxers for m4a/mp4/3gp, mp3, ogg, wav, webm, amr, aac; none that opens another file or address.
FORMATS = "mov,mp3,ogg,wav,matroska,webm,amr,aac"
# Some speech to find: shorter than this is a slip of the thumb.
_SHORTEST_SECONDS = 0.4
_WINDOW_SECONDS = 0.02
# Quieter than the loudest word by this is room noise, not speech.
_SPEECH_BELOW_PEAK_DB = 32.0
_SILENCE_DB = -60.0
# Between two phrases a breath, and the room, are heard.
_PAUSE_BELOW_PEAK_DB, _PAUSE_SECONDS = 24.0, 0.22
_MARGIN_SECONDS = 0.15
# Room for silence before the first word and after the last.
_READ_SECONDS = LONGEST_SECONDS + 20.0
# Twice for 24 dB an octave: hands on the phone, wind and motorbikes lie below every voice.
_RUMBLE = (("highpass", {"f": 85, "poles": 2}),) * 2
# Every pulse of a throat peaks high and to one side, which costs loudness; all-pass filters round
# it off without changing how it sounds, as radio stations do.
_ROUNDED = (("allpass", {"f": 240, "width_type": "q", "width": 0.7}),) * 4
# Hiss and a running fan, a little: more would make the voice sound as if under water.
_HISS = (("afftdn", {"nr": 10, "nf": -40}),)
_FILTERS = _RUMBLE + _HISS + _ROUNDED


class VoiceError(Exception):
    """The recording cannot be used; `fault` is why, a key for the sentence that people read."""

    def __init__(self, message: str, fault: VoiceFault = VoiceFault.NOT_A_RECORDING) -> None:
        super().__init__(message)
        self.fault = fault


def clean_voice(path: Path) -> np.ndarray:
    """Speech as samples at 48 kHz: rumble removed, silent ends cut, -16 LUFS.

    At most 60 s, a longer one faded out there. Raises VoiceError.
    """
    try:
        heard = decode(path, formats=FORMATS, seconds=_READ_SECONDS, filters=_FILTERS)
        speech = trim_silence(np.nan_to_num(heard))
        longest = round(LONGEST_SECONDS * RATE_HZ)
        if len(speech) > longest:
            speech = speech[:longest] * fade_out(longest, 0.8)
        return level(speech)
    except FfmpegError as broken:
        raise VoiceError(str(broken)) from broken


def trim_silence(heard: np.ndarray) -> np.ndarray:
    """What lies between the first and the last word, with a breath of room around it.

    Loudness is judged against the recording itself, so a soft voice is not cut away. Raises
    VoiceError where no speech is left.
    """
    window = round(_WINDOW_SECONDS * RATE_HZ)
    windows = heard[: len(heard) // window * window].reshape(-1, window)
    if len(windows) == 0:
        raise VoiceError("nothing recorded", VoiceFault.TOO_SHORT)
    loudness_db = 20 * np.log10(np.sqrt((windows.astype(np.float64) ** 2).mean(axis=1)) + 1e-9)
    # One click must not set the measure: the loudest half second of windows does.
    peak_db = float(np.sort(loudness_db)[-25:].mean())
    if peak_db < _SILENCE_DB:
        raise VoiceError("only silence recorded", VoiceFault.SILENT)
    spoken = np.flatnonzero(loudness_db > peak_db - _SPEECH_BELOW_PEAK_DB)
    margin = round(_MARGIN_SECONDS * RATE_HZ)
    start = max(0, int(spoken[0]) * window - margin)
    end = min(len(heard), (int(spoken[-1]) + 1) * window + margin)
    if end - start < _SHORTEST_SECONDS * RATE_HZ:
        raise VoiceError("too short", VoiceFault.TOO_SHORT)
    return heard[start:end].copy()


def speech_runs(speech: np.ndarray) -> list[tuple[float, float]]:
    """From when to when someone speaks, in seconds, the pauses between being at least 0.22 s."""
    window = round(_WINDOW_SECONDS * RATE_HZ)
    windows = speech[: len(speech) // window * window].reshape(-1, window).astype(np.float64)
    if len(windows) == 0:
        return []
    loudness_db = 20 * np.log10(np.sqrt((windows**2).mean(axis=1)) + 1e-9)
    peak_db = float(np.sort(loudness_db)[-25:].mean())
    spoken = np.flatnonzero(loudness_db > max(peak_db - _PAUSE_BELOW_PEAK_DB, _SILENCE_DB))
    if len(spoken) == 0:
        return []
    gaps = np.flatnonzero(np.diff(spoken) * _WINDOW_SECONDS > _PAUSE_SECONDS)
    starts = [spoken[0], *spoken[gaps + 1]]
    ends = [*spoken[gaps], spoken[-1]]
    return [
        (float(start * _WINDOW_SECONDS), float((end + 1) * _WINDOW_SECONDS))
        for start, end in zip(starts, ends, strict=True)
    ]
