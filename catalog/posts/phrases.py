"""Finding phrases in what people typed: with their marks or without, composed or not, tones placed either way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from catalog.posts.claims import CLAIMS, Claim
from catalog.words.fold import fold, tidy

_TONES = {"oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe", "oẹ": "ọe",
          "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy"}
"""Two ways to place a tone at a syllable's end, both taught and typed: "hoá", "hóa"."""

_GAP = r"[\s._\-]+"
_OLD_PLACE = re.compile(f"({'|'.join(_TONES)})(?![a-zà-ỹ])")


def claims_in(text: str) -> Iterator[tuple[Claim, str]]:
    """Each claim that `text` makes, with the words that make it as they were typed, but in lower case."""
    plain = read(text)
    for claim in CLAIMS:
        bad, harmless = _compiled(claim.rule)
        spared = [found.span() for found in harmless.finditer(plain)] if harmless else []
        for found in bad.finditer(plain):
            if not any(start < found.end() and found.start() < end for start, end in spared):
                yield claim, found[0]


def read(text: str) -> str:
    """The text as phrases are looked for in it: links out, lower case, composed, single blanks, one way to place tones."""
    return _one_way(tidy(re.sub(r"https?://\S+", " ", text)))


def _one_way(text: str) -> str:
    return _OLD_PLACE.sub(lambda found: _TONES[found[0]], text)


@cache
def _compiled(rule: str) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    claim = next(one for one in CLAIMS if one.rule == rule)
    return _any(claim.phrases), _any(claim.harmless) if claim.harmless else None


def _any(phrases: Iterable[str]) -> re.Pattern[str]:
    # The longest first, so that what is told is the whole of it.
    forms = [rf"{_GAP}".join(_slot(slot) for slot in phrase.split(" + ")) for phrase in phrases]
    return re.compile(rf"(?<![\w])(?:{'|'.join(forms)})(?!\w)")


def _slot(slot: str) -> str:
    choices = sorted(slot.split("|"), key=lambda choice: -len(choice.lstrip("=")))
    return f"(?:{'|'.join(_choice(choice) for choice in choices)})"


def _choice(choice: str) -> str:
    marked = _one_way(choice.removeprefix("="))
    forms = [marked] if choice.startswith("=") else sorted({marked, fold(marked)}, reverse=True)
    return "|".join(rf"{_GAP}".join(map(re.escape, form.split())) for form in forms)
