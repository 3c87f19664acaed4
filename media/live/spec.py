"""What a broadcast is told before it begins, and what it says while it runs. Standard library only."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

LONGEST_MINUTES = 999
"""What `Stats` calls plenty of room."""

LEAVE_BYTES = 256 << 20
"""Of the disk, for the shop's orders."""

PRESETS = ("ultrafast", "superfast", "veryfast", "faster")
COVERED_FOOT = 0.185
"""Of the picture's height: at its foot, with its margin, lies the card of a pinned product."""

_RECORDER = re.compile(r"[A-Za-z0-9_-]{1,40}")


def is_recorder(name: str) -> bool:
    """Whether a recorder may be called so: it becomes part of a file's name."""
    return _RECORDER.fullmatch(name) is not None


@dataclass(frozen=True, slots=True)
class LiveSpec:
    """One live: its picture, its sound, where its files go, and how much it takes.

    `folder` holds the playlists `live.m3u8` (the last half minute) and `full.m3u8` (all of it), the
    recording's parts and the phone's original slices; a broadcast opened on a folder that was
    used before goes on where that one stopped. Rates are bits per second. With fewer than `leave_bytes`
    free on its disk nothing more is recorded, while the show goes on.
    """

    folder: Path
    width_px: int = 720
    height_px: int = 1280
    fps: int = 30
    video_rate: int = 1_500_000
    audio_rate: int = 96_000
    preset: str = "veryfast"
    slate_text: str = "Chờ chút, mạng yếu"
    begin_text: str = "Sắp bắt đầu"
    slice_bytes: int = 1 << 20
    backlog_bytes: int = 8 << 20
    total_bytes: int = 12 << 30
    memory_bytes: int = 768 << 20
    leave_bytes: int = LEAVE_BYTES

    def __post_init__(self) -> None:
        if self.width_px % 2 or self.height_px % 2 or not 160 <= min(self.width_px, self.height_px):
            raise ValueError("width and height are even and at least 160")
        if max(self.width_px, self.height_px) > 1920 or not 5 <= self.fps <= 60:
            raise ValueError("at most 1920 pixels a side and 5 to 60 pictures a second")
        if self.preset not in PRESETS:
            raise ValueError(f"the preset is one of {', '.join(PRESETS)}")

    def to_wire(self) -> dict[str, Any]:
        """The spec as JSON takes it."""
        return {**asdict(self), "folder": str(self.folder)}

    @classmethod
    def from_wire(cls, values: dict[str, Any]) -> LiveSpec:
        """The spec that `to_wire` told."""
        return cls(**{**values, "folder": Path(values["folder"])})


class Refused(Exception):
    """A slice that is not taken; `key` says why.

    "noise": no recording in WebM or MP4; "codec": one in a form that is not decoded; "too_large":
    a slice over the limit; "too_big_picture": pictures over 3840×2160; "too_much": over the live's
    total; "too_fast": more waits than may; "no_beginning": its recorder's first slice is not known;
    "order": a number that can't be; "broken": too much of it could not be decoded; "ended": the
    broadcast is over.
    """

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, slots=True)
class Acked:
    """The slice is on disk; the phone may forget it."""

    connection: str
    number: int


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """A connection whose slices are refused from now on, and why (a key of `Refused`)."""

    connection: str
    reason: str


@dataclass(frozen=True, slots=True)
class OnAir:
    """The camera's picture shows since this second of the output clock."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Slate:
    """No picture comes; the slate shows since this second of the output clock."""

    since: float


@dataclass(frozen=True, slots=True)
class Stats:
    """Each second: pictures put out so far, of them late ones, bytes taken in, the sound's level
    (dB below full scale, -90 for silence), pictures of the camera shown, seconds on the clock, and how
    many more minutes can be recorded as things go now: at most 999, 0 when no more is recorded."""

    frames: int
    late: int
    bytes_in: int
    level_db: float
    shown: int
    seconds: float
    minutes_left: int


@dataclass(frozen=True, slots=True)
class DestinationState:
    """One destination: state "connecting", "live", "waiting" (to try again) or "removed"; the
    reason is a key ("refused", "unreachable",
    "certificate", "closed", "slow", "stuck") or empty. `tries` counts
    the connections since it was last live."""

    id: str
    state: str
    reason: str
    tries: int


@dataclass(frozen=True, slots=True)
class Restarted:
    """The worker died and a new one carries on."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The broadcast is over: "asked", or "worker" when no worker would stay alive."""

    reason: str


Event = Acked | TurnedAway | OnAir | Slate | Stats | DestinationState | Restarted | Ended
