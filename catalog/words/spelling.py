"""Vietnamese words as people spell them: the tone on either vowel, letters held down, marks left out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Generic, TypeVar

_TONES = {"\u0300": "2", "\u0301": "1", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_HELD_DOWN = re.compile(r"([^\W\d_])\1{2,}|([^\W\d_])\2+$")
_PLAIN_LETTERS = str.maketrans(
    "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ",
    "aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyyd")

Meaning = TypeVar("Meaning")


def plain_letters(lowered: str) -> str:
    """Lower-case, composed Vietnamese without its marks, letter for letter: offsets stay true."""
    return lowered.translate(_PLAIN_LETTERS)


@lru_cache(maxsize=30_000)
def spelling(word: str) -> str:
    """One key for all ways to write a lower-case word with its marks: "huỷ", "hủy" and "hủyyy" are "huy3".

    The tone stands at the end as a digit, because people put its mark over either vowel.
    """
    held = _HELD_DOWN.sub(r"\1\2", word)
    if held.isascii():
        return held
    tone, letters = "", []
    for char in unicodedata.normalize("NFD", held):
        if char in _TONES:
            tone = _TONES[char]
        else:
            letters.append(char)
    return unicodedata.normalize("NFC", "".join(letters)) + tone


class Lexicon(Generic[Meaning]):
    """Words with what they mean, found with their marks, and without any where `plain` allows it.

    A word that carries marks must have the right ones: "tá" is a dozen and not "tạ". A word without
    marks may be any word of the same letters, so only those that are given as `plain` are found.
    """

    def __init__(self, words: dict[str, Meaning], *, plain: Iterable[str] | None = None) -> None:
        self._by_spelling = {spelling(word): meaning for word, meaning in words.items()}
        # Of two words with the same letters the first counts: "ta" is tạ before tá.
        bare = {plain_letters(word): meaning for word, meaning in reversed(words.items())}
        self._by_letters = bare if plain is None else {word: bare[word] for word in plain}

    def get(self, word: str) -> Meaning | None:
        """What the lower-case `word` means here, or None."""
        key = spelling(word)
        found = self._by_spelling.get(key)
        return self._by_letters.get(key) if found is None and key.isascii() else found
