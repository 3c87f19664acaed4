"""Errors of reading: the Vietnamese sentence to show, untranslated, with the values it needs."""

from __future__ import annotations


def N_(key: str) -> str:
    """The key itself: marks a sentence for the translators without translating it here."""
    return key


class KeyedError(ValueError):
    """Something could not be read. `key` is the sentence with {placeholders}, `values` fill it.

    `str()` gives the key alone, so that a log line never holds what a person typed.
    """

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values

    @property
    def reason(self) -> str:
        """The whole sentence in Vietnamese."""
        return self.key.format(**self.values)
