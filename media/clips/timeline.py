"""When a clip shows what: shots, crossfades, words and the end card, in seconds."""

from __future__ import annotations

import math
from dataclasses import dataclass

CROSSFADE_SECONDS = 0.5
CARD_SECONDS = 3.0
WORDS_AFTER_SECONDS = 0.15
WORDS_IN_SECONDS = 0.35
WORDS_OUT_SECONDS = 0.25
WORDS_RISE_PX = 24.0
VOICE_FROM_SECONDS = 0.3
# Name, price and call take turns; the call is the shortest to read.
_TURN_SECONDS = (4.0, 4.0, 3.0)
_LEAST_SECONDS = 6.0
# The end card comes on the music's pulse, every cut at least between two of them, where its quick
# notes fall.
_PULSE_SECONDS, _BEAT_SECONDS = 0.5, 0.25


@dataclass(frozen=True, slots=True)
class Timeline:
    """`cuts` are the ends of the shots, the last of them the beginning of the end card."""

    cuts: tuple[float, ...]
    card_seconds: float = CARD_SECONDS

    @property
    def seconds(self) -> float:
        """The whole length."""
        return self.cuts[-1] + self.card_seconds

    def shot_at(self, seconds: float) -> tuple[int, float]:
        """The shot's number, the end card being `len(cuts)`, and how far the next has faded in."""
        shot = sum(seconds >= cut for cut in self.cuts)
        if shot == len(self.cuts):
            return shot, 0.0
        over = (seconds - (self.cuts[shot] - CROSSFADE_SECONDS)) / CROSSFADE_SECONDS
        return shot, max(0.0, over)

    def visible_seconds(self, shot: int) -> float:
        """From when a shot begins to fade in until it has faded out."""
        start, end = self._span(shot)
        return end - start + (CROSSFADE_SECONDS if shot else 0.0)

    def move_share(self, shot: int, seconds: float) -> float:
        """How far the camera has moved: from the shot's first to its last visible frame."""
        start, end = self._span(shot)
        begin = start - (CROSSFADE_SECONDS if shot else 0.0)
        return (seconds - begin) / (end - begin)

    def words_at(self, shot: int, seconds: float) -> tuple[float, float]:
        """Opacity of a shot's words, and how many pixels they still stand below their place."""
        start, end = self._span(shot)
        coming = (seconds - start - WORDS_AFTER_SECONDS) / WORDS_IN_SECONDS
        going = (end - CROSSFADE_SECONDS - seconds) / WORDS_OUT_SECONDS
        opacity = min(1.0, max(0.0, min(coming, going)))
        still_to_rise = (1 - min(1.0, max(0.0, coming))) ** 3
        return opacity, WORDS_RISE_PX * still_to_rise

    def _span(self, shot: int) -> tuple[float, float]:
        return (self.cuts[shot - 1] if shot else 0.0), self.cuts[shot]


def make_timeline(voice_seconds: float | None) -> Timeline:
    """Fourteen seconds, or with a voice as long as it speaks (at least 6 s) and the end card."""
    if voice_seconds is None:
        return share_out(sum(_TURN_SECONDS))
    spoken = VOICE_FROM_SECONDS + voice_seconds + 0.3
    return share_out(max(_LEAST_SECONDS, math.ceil(spoken / _PULSE_SECONDS) * _PULSE_SECONDS))


def share_out(seconds: float) -> Timeline:
    """The shots that take turns in so many seconds, before the end card; every cut on a beat."""
    turn_seconds = sum(_TURN_SECONDS)
    turns = max(1, round(seconds / (turn_seconds + 2)))
    stretch = seconds / (turns * turn_seconds)
    cuts, at = [], 0.0
    for shot_seconds in _TURN_SECONDS * turns:
        at += shot_seconds * stretch
        cuts.append(round(at / _BEAT_SECONDS) * _BEAT_SECONDS)
    return Timeline(tuple(cuts))
