"""The optional PIN of a person: 4 to 6 digits, hashed slowly, tries limited."""

from __future__ import annotations

import asyncio
import re

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from catalog.errors import FieldError, TooManyTries
from catalog.households.queries import SQL
from catalog.storage.database import Database, now_ms

TRIES = 5
LOCKED_MS = 15 * 60_000

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""19 MiB and two passes (OWASP Password Storage Cheat Sheet, Argon2id)."""


async def set_pin(db: Database, person_id: str, pin: str | None) -> None:
    """Set the PIN, or take it away with None. Raises `FieldError` for what is not 4–6 digits."""
    hashed = None
    if pin is not None:
        if not re.fullmatch(r"[0-9]{4,6}", pin):
            raise FieldError("Mã PIN gồm 4 đến 6 chữ số.")
        hashed = await asyncio.to_thread(HASHER.hash, pin)
    async with db.write() as connection:
        await SQL.set_pin(connection, id=person_id, pin_hash=hashed)


async def check_pin(db: Database, person_id: str, pin: str) -> None:
    """Return if the PIN is right or none is set; raises `FieldError` or, after too many, `TooManyTries`.

    The failure is counted before the answer is known to be wrong, so that a hundred tries at once
    count as a hundred.
    """
    async with db.write() as connection:
        kept = await SQL.pin_of(connection, id=person_id)
        if kept is None or kept["pin_hash"] is None:
            return
        counted = await SQL.count_pin_failure(connection, id=person_id, tries=TRIES, now_ms=now_ms(),
                                              locked_until_ms=now_ms() + LOCKED_MS)
    if counted is None:
        wait_ms = kept["pin_locked_until_ms"] - now_ms()
        raise TooManyTries("Nhập sai nhiều lần. Chờ {retry_minutes} phút rồi thử lại, hoặc nhờ tổ số của bản.",
                           retry_seconds=max(1, wait_ms // 1000), retry_minutes=max(1, -(-wait_ms // 60_000)))
    try:
        await asyncio.to_thread(HASHER.verify, kept["pin_hash"], pin)
    except VerifyMismatchError as wrong:
        left = TRIES - counted["pin_failures"] if counted["pin_failures"] else 0
        raise FieldError("Mã PIN chưa đúng. Còn thử được {left} lần.", left=left) from wrong
    async with db.write() as connection:
        await SQL.clear_pin_failures(connection, id=person_id)
