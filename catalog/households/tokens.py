"""Secrets that open doors: made here, shown once, kept only as digests."""

from __future__ import annotations

import hashlib
import secrets

TOKEN_BYTES = 20
"""160 bits: nothing that rate limits or time could find."""


def new_token() -> str:
    """A fresh secret of 32 lower-case letters and digits, safe in an address in any case.

    Base 32, so that a link survives a QR in alphanumeric mode and a person's retyping.
    """
    alphabet = "abcdefghijkmnpqrstuvwxyz23456789"
    return "".join(secrets.choice(alphabet) for _ in range(TOKEN_BYTES * 8 // 5))


def digest(token: str) -> str:
    """What is kept of a token. Plain SHA-256: the token itself is random, not a password."""
    return hashlib.sha256(token.strip().lower().encode()).hexdigest()
