"""Codes that people read aloud, type and copy: no look-alike letters, and one that checks itself."""

from __future__ import annotations

import secrets

# Without 0 O, 1 I L. Thirty-one is prime, which is what lets one check character notice so much.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
PREFIX = "CP"
_FREE_CHARACTERS = 6
_VALUE = {char: value for value, char in enumerate(ALPHABET)}


def new_order_code() -> str:
    """A fresh order code: "CP", six random characters (887 million of them), a check character."""
    free = new_short_code(_FREE_CHARACTERS)
    return PREFIX + free + _check_character(free)


def is_order_code(text: str) -> bool:
    """Whether `text` is an order code in its one written form, check character included.

    Any one changed character and any two swapped ones are noticed.
    """
    free, check = text[len(PREFIX):-1], text[-1:]
    return (text.startswith(PREFIX) and len(free) == _FREE_CHARACTERS and all(char in _VALUE for char in free)
            and check == _check_character(free))


def new_short_code(length: int) -> str:
    """`length` random characters of the alphabet: listings, links to agree, sign-in cards."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def _check_character(free: str) -> str:
    """The sum of values times place (1 to 6), modulo 31.

    The places' factors, and 30 for the check character itself, are all different and none is 0
    modulo the prime 31: a changed character always changes the sum, and so do two swapped ones.
    """
    return ALPHABET[sum(place * _VALUE[char] for place, char in enumerate(free, 1)) % len(ALPHABET)]
