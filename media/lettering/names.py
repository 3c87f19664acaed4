"""A product's name on one or two lines, broken where a Vietnamese reader would take breath."""

from __future__ import annotations

from dataclasses import dataclass

from media.lettering.text import EXTRA_BOLD, NAME_TRACKING, measure_em, nfc

LEADING = 1.2
_LEAST_KEPT_SHARE = 0.64  # below this share of the size, place names may part rather than shrink further

_SHORT_NAME = 3  # the goods and a place of two words: Xoài Tuần Giáo


@dataclass(frozen=True, slots=True)
class NameLines:
    """A name as it will be set; `size_px` is the size at which every line fits."""

    lines: tuple[str, ...]
    size_px: float


def fit_name(name: str, *, width_px: float, max_px: float, max_lines: int = 2,
             weight: str = EXTRA_BOLD, tracking: float = NAME_TRACKING) -> NameLines:
    """The name in at most `max_lines` (1 or 2) lines at the largest size, never cut.

    One line when it fits at `max_px`; then two lines as even as its words allow; smaller only after that.
    """
    text = nfc(name) or "?"
    whole = NameLines((text,), _size([text], width_px, max_px, weight, tracking))
    if whole.size_px >= max_px or max_lines == 1:
        return whole
    kept = _best(_groups(text), width_px, max_px, weight, tracking)
    if kept and kept.size_px >= max_px * _LEAST_KEPT_SHARE:
        return kept
    parted = _best(text.split(" "), width_px, max_px, weight, tracking)
    found = [lines for lines in (whole, kept, parted) if lines]
    return max(found, key=lambda lines: lines.size_px)


def _groups(text: str) -> list[str]:
    """Words that may be parted: capitalised neighbours after the first word stay together (Tuần Giáo),
    and so do a number and the word after it (2 kg), or before it when it ends the name (loại 1).

    Where every word of four and more is capitalised, capitals tell no names, and keep nothing together.
    """
    words = text.split(" ")
    telling = len(words) <= _SHORT_NAME or any(word[0].islower() for word in words)
    groups = [words[0]]
    for at in range(1, len(words)):
        before, word = words[at - 1], words[at]
        names = telling and at > 1 and before[0].isupper() and word[0].isupper()
        unit = before[0].isdigit() and not word[0].isdigit()
        last_number = word[0].isdigit() and at == len(words) - 1
        if names or unit or last_number:
            groups[-1] += " " + word
        else:
            groups.append(word)
    return groups


def _best(groups: list[str], width_px: float, max_px: float, weight: str, tracking: float) -> NameLines | None:
    """The two lines that keep the largest size; among equals the most even pair, the longer one first."""
    choices = []
    for cut in range(1, len(groups)):
        pair = [" ".join(groups[:cut]), " ".join(groups[cut:])]
        size = _size(pair, width_px, max_px, weight, tracking)
        first, second = (measure_em(line, weight, tracking) for line in pair)
        choices.append((round(size, 2), -abs(first - second) - (0.5 if second > first else 0.0), pair, size))
    if not choices:
        return None
    *_, pair, size = max(choices)
    return NameLines(tuple(pair), size)


def _size(lines: list[str], width_px: float, max_px: float, weight: str, tracking: float) -> float:
    widest = max(measure_em(line, weight, tracking) for line in lines)
    return min(max_px, (width_px - 1) / max(widest, 0.01))
