"""What the one who runs the shop may choose. Only server.py reads it from the environment."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """The shop's settings, each documented in docs/settings.md.

    `public_url` is what QR codes and links begin with, without a slash at its end.
    """

    data: Path = Path("data")
    database_url: str = "sqlite:data/cho-phien.db"
    public_url: str = "http://127.0.0.1:8000"
    limits: bool = True
    transfer_hold_seconds: int = 2 * 3600
    session_days: int = 180
    render_workers: int = 2
    buyer_days: int = 180

    @property
    def is_tls(self) -> bool:
        """Whether visitors come by HTTPS, so that cookies may be marked Secure."""
        return self.public_url.startswith("https://")
