"""What the one who runs the shop may choose. Only server.py reads it from the environment."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Networks:
    """Where the programs of the networks answer, without a slash at the end.

    `allow_loopback` lets calls go to this machine itself, and without TLS: for trials against a double.
    """

    facebook: str = "https://graph.facebook.com"
    facebook_video: str = "https://graph-video.facebook.com"
    facebook_upload: str = "https://rupload.facebook.com"
    facebook_stream: str = "https://streaming-graph.facebook.com"
    facebook_version: str = "v26.0"
    zalo: str = "https://openapi.zalo.me"
    zalo_sign_in: str = "https://oauth.zaloapp.com"
    youtube: str = "https://www.googleapis.com"
    allow_loopback: bool = False


@dataclass(frozen=True, slots=True)
class Rtmp:
    """The RTMP server beside the shop that takes in outside encoders. `address` is what encoders are told, `source`
    where the shop reads their streams, `secret` stands in the hook's address."""

    address: str = ""
    source: str = "rtmp://127.0.0.1:1935/live"
    secret: str = field(default="", repr=False)

    @property
    def is_on(self) -> bool:
        """Whether one is set up."""
        return bool(self.address and self.secret)


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
    secret_key: str = field(default="", repr=False)
    networks: Networks = Networks()
    rtmp: Rtmp = Rtmp()

    @property
    def is_tls(self) -> bool:
        """Whether visitors come by HTTPS, so that cookies may be marked Secure."""
        return self.public_url.startswith("https://")
