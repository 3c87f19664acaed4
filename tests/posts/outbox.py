"""A post ready to go and a record in memory, for trying a network's publisher by itself."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from catalog.posts.publishers.model import Attachment, Package, Posted
from catalog.posts.publishers.registry import Door, Secrets, publish
from catalog.posts.publishers.steps import Steps
from catalog.posts.publishers.wire import Wire
from catalog.storage.settings import Networks

TEXT = "Bưởi da xanh nhà Lò Thị Xuân.\n\nGiá 25.000đ/kg\nĐặt ở đây: http://testserver/o/k7m2/f"
QUIET_SECONDS = 0.4


class Killed(BaseException):
    """The process died here."""


@dataclass
class MemoryRecord:
    """Outcomes as the table keeps them. `dies_after` is the outcome after whose writing the process dies."""

    kept: dict[str, str] = field(default_factory=dict)
    begun: str = ""
    dies_after: str = ""
    dies_in: str = ""

    async def keep(self, name: str, value: str) -> None:
        self.kept[name], self.begun = value, ""
        if name == self.dies_after:
            self.dies_after = ""
            raise Killed

    async def begin(self, name: str) -> None:
        self.begun = name
        if name == self.dies_in:
            self.dies_in = ""
            raise Killed

    async def undo(self) -> None:
        self.begun = ""


def attachment(folder: Path, role: str, *, size: tuple[int, int] = (90, 90), url: str = "http://testserver/m/a.jpg",
               padding: int = 0) -> Attachment:
    """A small JPEG, made heavier by `padding` bytes behind its end."""
    path = folder / f"{role}.jpg"
    Image.new("RGB", size, "green").save(path)
    with path.open("ab") as file:
        file.write(b"\0" * padding)
    return Attachment(role, path, url, "image/jpeg", *size, path.stat().st_size)


def clip(folder: Path, *, size: int = 50_000) -> Attachment:
    """Bytes in the place of a clip: the networks' doubles look at their number alone."""
    path = folder / "clip.mp4"
    path.write_bytes(bytes(index % 251 for index in range(size)))
    return Attachment("clip", path, "http://testserver/m/c.mp4", "video/mp4", 1080, 1920, size)


def package(folder: Path, *, pictures: int = 2, **changes: object) -> Package:
    """A post of two pictures and a clip."""
    made = {"key": "sending-1", "title": "Bưởi da xanh", "author": "Lò Thị Xuân", "text": TEXT,
            "link": "http://testserver/o/k7m2/f", "since_ms": int(time.time() * 1000), "clip": clip(folder),
            "pictures": tuple(attachment(folder, role) for role in ("square", "portrait")[:pictures]),
            "facts": {"code": "K7M2", "price_vnd": 25_000}} | changes
    return Package(**made)  # type: ignore[arg-type]


async def forget(secrets: Secrets) -> None:
    """For accounts whose secrets don't change."""


async def send(url: str, network: str, address: str, secrets: Secrets, shape: str, post: Package, record: MemoryRecord, *,
               keep: Callable[[Secrets], Awaitable[None]] = forget) -> Posted:
    """One run of a post against a double at `url`."""
    networks = Networks(facebook=url, facebook_video=url, facebook_upload=url, zalo=url, zalo_sign_in=url,
                        allow_loopback=True)
    async with Wire(allow_loopback=True, quiet_seconds=QUIET_SECONDS, whole_seconds=4) as wire:
        return await publish(Door(wire, networks, network, address, secrets, keep), shape, post,
                             Steps(record, look_after_seconds=0))
