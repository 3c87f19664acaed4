"""A title on as few lines as its size allows: words of any number, none cut."""

from __future__ import annotations

from media.lettering.names import NameLines
from media.lettering.text import EXTRA_BOLD, NAME_TRACKING, measure_em, nfc

_STEP = 0.96


def fit_title(title: str, *, width_px: float, max_px: float, max_lines: int) -> NameLines:
    """The title at the largest size at which it takes at most `max_lines`, its lines as even as its words allow.

    A single word that is too wide for the measure shrinks until it fits.
    """
    words = nfc(title).split(" ") or ["?"]
    size = min(max_px, (width_px - 1) / max(_width(word) for word in words if word or len(words) == 1))
    while len(lines := _wrap(words, (width_px - 1) / size)) > max_lines:
        size *= _STEP
    return NameLines(tuple(_evened(words, len(lines), (width_px - 1) / size)), size)


def _wrap(words: list[str], width_em: float) -> list[str]:
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if _width(longer) <= width_em:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _evened(words: list[str], count: int, width_em: float) -> list[str]:
    """The same number of lines, wrapped at the narrowest measure that still gives it."""
    narrow, wide = max(_width(word) for word in words), width_em
    for _ in range(12):
        middle = (narrow + wide) / 2
        if len(_wrap(words, middle)) <= count:
            wide = middle
        else:
            narrow = middle
    return _wrap(words, wide)


def _width(text: str) -> float:
    return max(0.01, measure_em(text, EXTRA_BOLD, NAME_TRACKING))
