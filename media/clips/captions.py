"""What the seller typed, shown a phrase at a time while the voice says it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from media.clips.overlay import Overlay, make_overlay
from media.clips.words import WIDTH_PX, Sheet
from media.lettering.text import BOLD, Style, ink, measure_em
from media.palette import palette
from media.sounds.voice import speech_runs

_SIZE_PX = 48
_MEASURE_PX = 860
_MOST_LINES = 2
# The strip behind a line reaches so far beside and around its letters; strips of two lines meet.
_BESIDE_PX, _STRIP_PX, _BASELINE_PX = 24, 70, 51
_STRIP_SHARE = 0.86
_TOP_PX, _LOW_TOP_PX = 230, 866
_CLAUSE = re.compile(r"[^.,;:!?…\n]+[.,;:!?…]*")
# A change of caption moves to a pause of the voice that is no further away than this.
_REACH_SECONDS = 0.8
# For who reads slowly: two words a second and a look at the picture before.
_LOOK_SECONDS, _WORD_SECONDS = 1.5, 0.5
_SHORTEST_SECONDS, _APART_SECONDS = 1.5, 0.3


@dataclass(frozen=True, slots=True)
class Caption:
    """One or two lines, from `start` until before `end`, in seconds of the clip."""

    lines: tuple[str, ...]
    start: float
    end: float


def time_captions(text: str, voice: np.ndarray, *, voice_from: float) -> list[Caption]:
    """The text in captions that change in the voice's pauses, each for as long as its words take.

    Vietnamese words are syllables and take about the same time each, so a caption's share of the
    words is its share of the speaking.
    """
    cards = split_captions(text)
    runs = speech_runs(voice)
    if not cards or not runs:
        return []
    counts = np.array([sum(len(line.split()) for line in card) for card in cards], float)
    shares = np.cumsum(counts)[:-1] / counts.sum()
    changes = [_change(runs, float(share)) for share in shares]
    marks = np.maximum.accumulate([runs[0][0], *changes, runs[-1][1]]) + voice_from
    spans = zip(cards, marks[:-1], marks[1:], strict=True)
    return [Caption(card, float(start), float(end)) for card, start, end in spans if end > start]


def spread_captions(lines: Sequence[str], *, begin: float, end: float) -> list[Caption]:
    """Each line's captions in turn, spread evenly between two moments, each for as long as it takes to read."""
    cards = [card for line in lines for card in split_captions(line)]
    slot = (end - begin) / max(1, len(cards))
    return [Caption(card, begin + at * slot, begin + at * slot + min(_reading_seconds(card), slot - _APART_SECONDS))
            for at, card in enumerate(cards)] if slot > _SHORTEST_SECONDS + _APART_SECONDS else []


def _reading_seconds(card: tuple[str, ...]) -> float:
    return max(_SHORTEST_SECONDS, _LOOK_SECONDS + _WORD_SECONDS * sum(len(line.split()) for line in card))


def split_captions(text: str) -> list[tuple[str, ...]]:
    """The text as captions of at most two lines, broken after its marks where that can be."""
    cards: list[tuple[str, ...]] = []
    waiting: tuple[str, ...] = ()
    for clause in (part.strip() for part in _CLAUSE.findall(text)):
        if not clause:
            continue
        joined = _lines(" ".join((*waiting, clause)))
        if len(joined) <= _MOST_LINES:
            waiting = joined
            continue
        if waiting:
            cards.append(waiting)
        lines = _lines(clause)
        while len(lines) > _MOST_LINES:
            cards.append(lines[:_MOST_LINES])
            lines = _lines(" ".join(lines[_MOST_LINES:]))
        waiting = lines
    return [*cards, waiting] if waiting else cards


def caption_top(sheet: Sheet, *, is_staged: bool) -> int:
    """Where captions begin: on the photos' upper part, or where any photo stands mounted on cloth,
    and the strips would lie on it, at the cloth's foot."""
    return _LOW_TOP_PX if is_staged else max(_TOP_PX, sheet.top + _TOP_PX // 2) & ~1


def caption_overlay(caption: Caption, kind: str, top: int) -> Overlay:
    """The lines on strips of the kind's deep colour, in the middle."""
    colours = palette(kind)
    inks = [ink(line, Style(BOLD, _SIZE_PX)) for line in caption.lines]
    wide = max(line.width_px for line in inks) + 2 * _BESIDE_PX
    wide += wide % 2
    size = _STRIP_PX * len(inks), wide
    strip, letters = np.zeros(size, np.float32), np.zeros(size, np.float32)
    for at, line in enumerate(inks):
        row, column = at * _STRIP_PX, (wide - line.width_px) // 2
        strip[row : row + _STRIP_PX, column - _BESIDE_PX : column + line.width_px + _BESIDE_PX] = _STRIP_SHARE
        mask = np.asarray(line.mask, np.float32) / 255
        first = max(0, row + _BASELINE_PX - line.rise_px)
        part = letters[first : first + mask.shape[0], column : column + mask.shape[1]]
        np.maximum(part, mask[: part.shape[0]], out=part)
    covered = 1 - (1 - strip) * (1 - letters)
    deep, paper = (np.array(colour, np.float32) for colour in (colours.deep, colours.paper))
    mixed = deep * (strip * (1 - letters))[..., None] + paper * letters[..., None]
    rgb = mixed / np.maximum(covered, 1e-6)[..., None]
    left = (WIDTH_PX - wide) // 2 & ~1
    return make_overlay(left, top, np.rint(rgb).astype(np.uint8), np.rint(covered * 255).astype(np.uint8))


def _lines(words: str) -> tuple[str, ...]:
    """As few lines as hold the words, as even as they can be."""
    room = _MEASURE_PX / _SIZE_PX
    least = max(1, int(np.ceil(measure_em(words, BOLD) / room)))
    for narrowed in (0.55, 0.65, 0.75, 0.85, 0.95, 1.0):
        lines = _filled(words, room * narrowed)
        if len(lines) <= least:
            return lines
    return _filled(words, room)


def _filled(words: str, room_em: float) -> tuple[str, ...]:
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure_em(longer, BOLD) <= room_em:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _change(runs: list[tuple[float, float]], share: float) -> float:
    """When so much of the speaking is over, moved into a pause that is near."""
    left = share * sum(end - start for start, end in runs)
    at = runs[-1][1]
    for start, end in runs:
        if left <= end - start:
            at = start + left
            break
        left -= end - start
    pauses = [(before[1] + after[0]) / 2 for before, after in zip(runs, runs[1:], strict=False)]
    near = min(pauses, key=lambda pause: abs(pause - at), default=at)
    return near if abs(near - at) <= _REACH_SECONDS else at
