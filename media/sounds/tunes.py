"""The tunes under a clip: pentatonic questions and answers, picked by the household's code."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass

# Half a second: the clip's cuts fall on whole pulses, so the music turns where the picture does.
PULSE_SECONDS = 0.5
PHRASE_PULSES = 8

Phrase = tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """One pluck: when, how high (MIDI number), how hard (0 to 1)."""

    at_seconds: float
    pitch: int
    force: float


# Semitones above the root. All three are five-note scales without a half step, so any two notes
# may ring together.
_SCALES = ((0, 2, 4, 7, 9), (0, 2, 5, 7, 9), (0, 3, 5, 7, 10))
_ROOTS = (60, 62, 64, 65, 67)
# (scale step, pulses): a question that stays open and an answer that comes home.
_TUNES: tuple[tuple[Phrase, Phrase], ...] = (
    (
        ((2, 1), (3, 1), (4, 2), (5, 1), (4, 1), (3, 2)),
        ((4, 1), (3, 1), (2, 2), (1, 0.5), (2, 0.5), (1, 1), (0, 2)),
    ),
    (
        ((0, 1), (2, 0.5), (3, 0.5), (4, 2), (4, 0.5), (5, 0.5), (4, 1), (3, 2)),
        ((3, 1), (4, 0.5), (3, 0.5), (2, 2), (1, 1), (2, 0.5), (1, 0.5), (0, 2)),
    ),
    (
        ((5, 1.5), (4, 0.5), (3, 1), (4, 1), (2, 1.5), (3, 0.5), (4, 2)),
        ((5, 1.5), (4, 0.5), (3, 1), (2, 1), (1, 1), (2, 0.5), (1, 0.5), (0, 2)),
    ),
    (
        ((0, 0.5), (1, 0.5), (2, 1), (4, 1), (3, 1), (2, 0.5), (3, 0.5), (2, 1), (1, 2)),
        ((1, 0.5), (2, 0.5), (3, 1), (4, 1), (3, 0.5), (2, 0.5), (1, 1), (2, 0.5), (1, 0.5), (0, 2)),
    ),
)
# What the low strings do in a phrase: (pulse, semitones above the low root).
_GROUNDS = (
    ((0, 0), (2, 7), (4, 0), (6, 7)),
    ((0, 0), (1, 7), (2, 12), (4, 0), (5, 7), (6, 12)),
    ((0, 0), (3, 7), (4, 12), (7, 7)),
)


def write_tune(seed: str, *, seconds: float, home_at_seconds: float) -> list[Note]:
    """The notes of a piece of `seconds`; from `home_at_seconds` on it comes to rest on the root.

    The same seed gives the same notes. Phrases alternate question and answer and are cut at the
    homecoming, however long that takes.
    """
    digest = hashlib.sha256(f"music:{seed}".encode()).digest()
    scale, root = _SCALES[digest[0] % len(_SCALES)], _ROOTS[digest[1] % len(_ROOTS)]
    question, answer = _TUNES[digest[2] % len(_TUNES)]
    ground = _GROUNDS[digest[3] % len(_GROUNDS)]
    hand = random.Random(digest)
    notes: list[Note] = []
    start, turn = 0.0, 0
    while start < home_at_seconds:
        phrase = answer if turn % 2 else question
        notes += _melody(phrase, start, scale, root, hand)
        notes += [
            Note(start + pulse * PULSE_SECONDS, root - 12 + rise, 0.42) for pulse, rise in ground
        ]
        start, turn = start + PHRASE_PULSES * PULSE_SECONDS, turn + 1
    played = [note for note in notes if note.at_seconds < home_at_seconds - 0.05]
    return played + _homecoming(home_at_seconds, seconds, scale, root)


def _melody(
    phrase: Phrase, start: float, scale: tuple[int, ...], root: int, hand: random.Random
) -> list[Note]:
    """The phrase as a hand plays it: strong beats stronger, now and then a grace note."""
    notes: list[Note] = []
    pulse = 0.0
    for step, length in phrase:
        at_seconds = max(0.0, start + pulse * PULSE_SECONDS + hand.uniform(-0.006, 0.006))
        force = (0.95 if pulse % 4 == 0 else 0.78) + hand.uniform(-0.05, 0.05)
        if length >= 2 and at_seconds > 0.1 and hand.random() < 0.5:
            notes.append(Note(at_seconds - 0.085, _pitch(step + 1, scale, root), 0.45))
        notes.append(Note(at_seconds, _pitch(step, scale, root), force))
        pulse += length
    return notes


def _homecoming(at_seconds: float, seconds: float, scale: tuple[int, ...], root: int) -> list[Note]:
    """A rolled open chord, three falling notes and the low root, as far as there is time."""
    chord = [
        Note(at_seconds + 0.07 * index, pitch, 0.5)
        for index, pitch in enumerate((root - 12, root - 5, root, root + 12))
    ]
    steps = ((2, 2.0), (1, 3.0), (0, 4.0))
    fall = [
        Note(at_seconds + pulse * PULSE_SECONDS, _pitch(step, scale, root), 0.62)
        for step, pulse in steps
    ]
    fall.append(Note(at_seconds + 4.0 * PULSE_SECONDS, root - 12, 0.5))
    return [note for note in chord + fall if note.at_seconds < seconds - 0.5]


def _pitch(step: int, scale: tuple[int, ...], root: int) -> int:
    octave, degree = divmod(step, len(scale))
    return root + 12 * octave + scale[degree]
