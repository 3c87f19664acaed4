"""What goes out to a network, what comes of it, and every way in which it can fail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from catalog.words.keyed import N_

NETWORKS = ("facebook", "zalo", "webhook")
NETWORK_TITLES = {"facebook": N_("Trang Facebook"), "zalo": "Zalo OA", "webhook": N_("Trang web khác")}

SHAPES = {"facebook": ("pictures", "reel", "video"), "zalo": ("article", "group", "broadcast"), "webhook": ("pictures",)}
SHAPE_TITLES = {"pictures": N_("Ảnh và lời"), "reel": N_("Clip dọc (thước phim)"), "video": N_("Clip (video)"),
                "article": N_("Bài viết trên OA"), "group": N_("Tin vào nhóm của OA"),
                "broadcast": N_("Bài viết, gửi cả người quan tâm")}
WITH_CLIP = ("reel", "video")

LONGEST_LINK = 500
LONGEST_DETAIL = 200

UNREACHED = N_("Không nối được tới mạng xã hội.")
SILENT = N_("Mạng xã hội không trả lời.")
ODD_ANSWER = N_("Mạng xã hội trả lời không rõ.")
NETWORK_DOWN = N_("Mạng xã hội đang trục trặc.")
TOO_OFTEN = N_("Mạng xã hội bảo chờ vì đăng nhiều quá.")
BAD_TOKEN = N_("Mã kết nối hết hạn hoặc đã bị thu lại. Người trong nhà nối lại.")
NO_RIGHT = N_("Mã kết nối thiếu quyền đăng bài. Người trong nhà nối lại, cho đủ quyền.")
BAD_CONTENT = N_("Mạng xã hội không nhận bài này.")
NOT_SURE = N_("Chưa rõ bài đã lên chưa. Mở trang xem trước, chưa có hãy bấm đăng lại.")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A finished file: where it lies, and the address at which anybody may fetch it."""

    role: str
    path: Path
    url: str
    content_type: str
    width: int
    height: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Package:
    """One post, ready to go. `key` is the same at every try; `facts` are for programs that want more than a text.

    `about` says what they are of.
    """

    key: str
    title: str
    author: str
    text: str
    link: str
    since_ms: int
    pictures: tuple[Attachment, ...] = ()
    clip: Attachment | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    about: str = "listing"


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom a token belongs to: the network's id, the name that people know, an address."""

    id: str
    title: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """What came of it: the network's id, and where people see it ("" where the network doesn't say)."""

    id: str
    link: str = ""


class Trouble(Exception):
    """Something went wrong. `reason` is a message key for people; `detail` the network's own words, no secret in them."""

    def __init__(self, reason: str, *, detail: str = "") -> None:
        self.reason = reason
        self.detail = plain_text(detail)[:LONGEST_DETAIL]
        super().__init__(f"{reason} {self.detail}".strip())


class TryAgain(Trouble):
    """It was not done, and may be later. `wait_seconds`, where the network says how long."""

    def __init__(self, reason: str, *, detail: str = "", wait_seconds: float | None = None) -> None:
        super().__init__(reason, detail=detail)
        self.wait_seconds = wait_seconds


class Failed(TryAgain):
    """The network says that it broke (5xx): mostly nothing was done, but that is to be looked at."""


class Refused(Trouble):
    """It was not done, and would not be a second time.

    `ends_account`: nothing more goes through this token. `undoes_all`: nothing is left of the steps before either.
    """

    def __init__(self, reason: str, *, detail: str = "", ends_account: bool = False, undoes_all: bool = False) -> None:
        super().__init__(reason, detail=detail)
        self.ends_account = ends_account
        self.undoes_all = undoes_all


class NoAnswer(Trouble):
    """Asked, and no answer that could be read: it may have been done."""


class NotSure(Trouble):
    """It may have been done, and nobody but a person can tell. `can_look`: the network might tell later."""

    def __init__(self, *, can_look: bool) -> None:
        super().__init__(NOT_SURE)
        self.can_look = can_look


def plain_text(value: object) -> str:
    """What a network says, without what no database keeps (NUL, halves of surrogate pairs) and without line ends."""
    text = value if isinstance(value, str) else ""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def safe_link(value: object) -> str:
    """The value if it is a web address that may be shown as a link, else ""."""
    if not isinstance(value, str) or len(value) > LONGEST_LINK or not value.isprintable():
        return ""
    try:
        parts = urlsplit(value)
    except ValueError:
        return ""
    return value if parts.scheme in ("http", "https") and parts.hostname else ""
