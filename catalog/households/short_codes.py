"""Codes that people read: a village's by its name, a household's in order."""

from __future__ import annotations

import re
import secrets

from catalog.households.queries import SQL
from catalog.storage.sql import Connection
from catalog.words.fold import fold

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without 0, 1, i, l and o, which look alike on a sign."""

LENGTH = 5
LISTING_LENGTH = 4
CONSENT_LENGTH = 10
"""50 bits: a link to agree is a key, if a small one, and tries are counted."""


def village_code(name: str, taken: set[str]) -> str:
    """An address-safe form of the name ("Bản Lói" → "ban-loi"), numbered where it is taken."""
    plain = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-") or "ban"
    code, number = plain, 2
    while code in taken:
        code, number = f"{plain}-{number}", number + 1
    return code


async def new_household_code(connection: Connection) -> str:
    """A free random code: 28 million of them, so that a neighbour's can't be counted up to."""
    while True:
        code = _random(LENGTH)
        if await SQL.household_by_code(connection, code=code) is None:
            return code


def listing_code() -> str:
    """A code for a listing, in capitals as its QR carries it; the caller looks whether it is free."""
    return _random(LISTING_LENGTH).upper()


def consent_code() -> str:
    """A code for a link to agree, in capitals."""
    return _random(CONSENT_LENGTH).upper()


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
