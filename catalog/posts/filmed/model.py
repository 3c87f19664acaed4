"""A clip that was filmed, as a draft: nothing of it goes out until somebody shares it."""

from __future__ import annotations

from dataclasses import dataclass, field

from catalog.words.lengths import show_length

NETWORKS = ("zalo", "facebook", "tiktok", "portal")
"""Where a clip can be posted: a text message carries none."""


@dataclass(frozen=True, slots=True)
class FilmedFile:
    """One of its files: the `source` that was cut, the `clip` or its `poster`."""

    role: str
    object_key: str
    bytes: int
    seconds: float


@dataclass(frozen=True, slots=True)
class FilmedClip:
    """A clip of one listing. `title` names what it was filmed in, at `shown_ms`; `lines` are its captions, or none for
    the listing's own facts; `price_vnd` is what it shows; `until_ms` is None where the household keeps it."""

    id: str
    household_id: str
    listing_id: str
    origin: str
    title: str
    shown_ms: int
    lines: tuple[str, ...]
    covered: float
    state: str
    price_vnd: int | None
    until_ms: int | None
    created_ms: int
    files: dict[str, FilmedFile] = field(default_factory=dict)

    @property
    def is_kept(self) -> bool:
        """Whether it stays until somebody gives it up."""
        return self.until_ms is None

    @property
    def length(self) -> str:
        """Minutes and seconds: `0:43`."""
        return show_length(self.files["clip"].seconds if "clip" in self.files else 0)
