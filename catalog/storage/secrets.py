"""Secrets that must be read again (networks' tokens, stream keys): kept encrypted, opened only where they are used.

Fernet of the package `cryptography`: AES-128 in CBC mode with HMAC-SHA256. The key lies in `secret.key` of the data folder, readable by its owner alone,
or comes from the settings; without it nothing that was sealed can be opened any more.
"""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

FILE_NAME = "secret.key"


class SecretLost(Exception):
    """What was sealed can't be opened: another key, another row, or damaged."""


class SecretBox:
    """Seals texts for the tables. `keys` are from the settings, split by commas: the first seals, all open."""

    def __init__(self, folder: Path, keys: str = "") -> None:
        self._path = folder / FILE_NAME
        self._keys = keys
        self._fernet: MultiFernet

    def __repr__(self) -> str:
        return f"SecretBox({str(self._path)!r})"

    def open(self) -> None:
        """Read the key; make its file at the first start. Raises ValueError for what is no key."""
        given = [key.strip() for key in self._keys.split(",") if key.strip()] or [self._own_key()]
        try:
            self._fernet = MultiFernet([Fernet(key) for key in given])
        except ValueError:
            where = "CHO_PHIEN_SECRET_KEY" if self._keys else str(self._path)
            # Without a cause: the original error may quote the key.
            raise ValueError(f"{where} holds no key: 32 bytes in URL-safe base64 are needed") from None

    def seal(self, text: str, *, place: str) -> str:
        """The text, encrypted for one place (`account:<id>`): in another row it can't be opened."""
        return self._fernet.encrypt(f"{place}\n{text}".encode()).decode()

    def unseal(self, sealed: str, *, place: str) -> str:
        """The text that was sealed for this place. Raises `SecretLost`."""
        try:
            found, _, text = self._fernet.decrypt(sealed.encode()).decode().partition("\n")
        except InvalidToken:
            raise SecretLost(place) from None
        if found != place:
            raise SecretLost(place)
        return text

    def _own_key(self) -> str:
        if not self._path.exists():
            self._make_key()
        self._path.chmod(0o600)
        return self._path.read_text(encoding="ascii").strip()

    def _make_key(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        beside = self._path.with_name(f"{FILE_NAME}.{os.getpid()}")
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(Fernet.generate_key())
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(beside, self._path)  # Whole or not at all, and never over another process's key.
        except FileExistsError:
            pass
        except OSError:  # A disk without hard links (exFAT): whole at least.
            os.replace(beside, self._path)
        beside.unlink(missing_ok=True)
