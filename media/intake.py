"""What the shop says about an uploaded photo, recording or piece of video: the bounds, the clean result, the refusals."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from media.spec import MediaFile

ACCEPTED = ("JPEG", "PNG", "WebP", "HEIC", "AVIF")
MAX_BYTES = 25 * 1024 * 1024
# By kind, as read from the header. Phones' "high resolution" modes give 48 to 64 MP, as JPEG or
# HEIC. JPEG is decoded at a half or a quarter of its size when it is that large; PNG and WebP are
# no camera's formats and take most memory by far. Cleaning the largest of each takes 550 MB at most.
MAX_PIXELS = {
    "jpeg": 80_000_000,
    "heic": 50_000_000,
    "avif": 50_000_000,
    "png": 30_000_000,
    "webp": 30_000_000,
}
MIN_SIDE_PX = 50
MAX_VOICE_BYTES = 15 * 1024 * 1024
"""A minute of WAV at 48 kHz in two channels has 12 MB; every phone's own format has far less."""
MAX_PIECE_BYTES = 120 * 1024 * 1024
"""Half a minute as phones record at 1080p, or ten seconds of 4K at its finest."""
LONGEST_PIECE_SECONDS = 8.0
"""What is kept of a piece of video: a clip never shows more of one."""


class PhotoFault(StrEnum):
    """Why a photo was refused; a key for the sentence that people read."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    TOO_MANY_PIXELS = "too_many_pixels"
    NOT_A_PHOTO = "not_a_photo"
    BROKEN = "broken"
    TOO_SMALL = "too_small"


class VoiceFault(StrEnum):
    """Why a recording was refused; a key for the sentence that people read."""

    NOT_A_RECORDING = "not_a_recording"
    TOO_SHORT = "too_short"
    SILENT = "silent"


class VideoFault(StrEnum):
    """Why a piece of video was refused or left out; a key for the sentence that people read."""

    NOT_A_VIDEO = "not_a_video"
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    TOO_SMALL = "too_small"
    TOO_SHORT = "too_short"


class Refused(Exception):
    """A file that is not kept. `found` names what it is instead, where that is known."""

    def __init__(self, reason: StrEnum, found: str = "") -> None:
        super().__init__(f"{reason}: {found}" if found else str(reason))
        self.reason = reason
        self.found = found


class UnsupportedPhoto(Refused):
    """A file that is not kept as a photo; its reason is a `PhotoFault`."""


class UnsupportedVoice(Refused):
    """A file that is not kept as a recording; its reason is a `VoiceFault`."""


class UnsupportedVideo(Refused):
    """A file that is not kept as a piece of video; its reason is a `VideoFault`."""


@dataclass(frozen=True, slots=True)
class CleanPhoto:
    """A photo made anew from pixels: upright, sRGB, JPEG, no metadata, named by its SHA-256.

    `sharpness` goes from 0 to 1 (below 0.3 it looks blurred); `fingerprint` is 16 hexadecimal digits of
    which two photos of one moment share nearly all bits.
    """

    path: Path
    width_px: int
    height_px: int
    sha256: str
    bytes: int
    sharpness: float = 0.0
    fingerprint: str = ""

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> CleanPhoto:
        """The photo that a worker's answer to `check_photo` describes."""
        return cls(**{**fields, "path": Path(fields["path"])})


@dataclass(frozen=True, slots=True)
class CleanVoice:
    """A recording made anew from samples: M4A, clean and even, no metadata, named by its SHA-256."""

    path: Path
    seconds: float
    sha256: str
    bytes: int
    sharpness: float = 0.0
    fingerprint: str = ""

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> CleanVoice:
        """The recording that a worker's answer to `check_voice` describes."""
        return cls(**{**fields, "path": Path(fields["path"])})


@dataclass(frozen=True, slots=True)
class CleanPiece:
    """A piece of video made anew from frames: upright, silent MP4, no metadata, named by its SHA-256."""

    path: Path
    width_px: int
    height_px: int
    seconds: float
    sha256: str
    bytes: int

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> CleanPiece:
        """The piece that a worker's answer to `check_video` describes."""
        return cls(**{**fields, "path": Path(fields["path"])})


def media_files(done: dict[str, Any]) -> list[MediaFile]:
    """The finished files that a worker's answer lists under `files`, in their order."""
    return [MediaFile(**{**fields, "path": Path(fields["path"])}) for fields in done["files"]]
