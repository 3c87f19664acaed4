"""Where comments come from: a live video on Facebook or YouTube, how its reading goes, and why it waits or stopped."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.words.keyed import N_

NETWORK_TITLES = {"facebook": "Facebook", "youtube": "YouTube"}
NAMELESS = {"facebook": "Khách Facebook", "youtube": "Khách YouTube"}
"""Facebook keeps the name back where the token isn't the Page's, or the person hasn't let the app know it."""

NOT_AGREED = N_("Nhà có Trang này chưa đồng ý.")
LONGEST_ID = 200
MOST_SOURCES = 4

GOES_ON = N_("Sạp tự đọc tiếp, không cần làm gì.")
WHY: dict[str, tuple[str, str]] = {
    "busy": (N_("Mạng xã hội bảo chờ."), GOES_ON),
    "silent": (N_("Mạng xã hội không trả lời."), GOES_ON),
    "slow": (N_("Gần hết lượt đọc nên đọc thưa hơn."), GOES_ON),
    "fault": (N_("Sạp gặp trục trặc khi đọc."), GOES_ON),
    "token": (N_("Mã kết nối hết hạn hoặc đã bị thu lại."), N_("Nối lại Trang, rồi bấm “Đọc tiếp”.")),
    "right": (N_("Mã kết nối thiếu quyền đọc bình luận."), N_("Nối lại Trang, cho đủ quyền, rồi bấm “Đọc tiếp”.")),
    "gone": (N_("Không thấy video này."), N_("Xem lại đường dẫn, hoặc chọn video đang phát.")),
    "over": (N_("Video này đã phát xong."), N_("Phát lại thì nối video mới.")),
    "not_yet": (N_("Video này chưa phát. Bấm phát trên YouTube trước."), N_("Phát rồi thì bấm “Đọc tiếp”.")),
    "no_chat": (N_("Video này không bật trò chuyện."), N_("Bật trò chuyện trực tiếp trên YouTube, rồi bấm “Đọc tiếp”.")),
    "key": (N_("YouTube không nhận mã đã dán."), N_("Dán mã mới, rồi bấm “Đọc tiếp”.")),
    "quota": (N_("Hết lượt đọc YouTube của hôm nay."), N_("Khoảng 3 giờ chiều có lượt mới. Trong lúc ấy dán bình luận bằng tay.")),
}
"""For each reason: what happened, what to do. YouTube counts its days in California (15:00 here in winter)."""


@dataclass(frozen=True, slots=True)
class Source:
    """A live video whose comments are read. `taken` counts those that came, `wait_until_ms` ends a pause."""

    id: str
    show_id: str
    network: str
    account_id: str | None
    address: str
    chat: str
    title: str
    cursor: str
    state: str
    reason: str
    wait_until_ms: int | None
    taken: int
    last_ms: int | None
    is_removed: bool

    @property
    def network_title(self) -> str:
        """`Facebook` or `YouTube`."""
        return NETWORK_TITLES[self.network]

    @property
    def why(self) -> tuple[str, str]:
        """What happened and what to do, as message keys; empty where nothing is to be said."""
        return WHY.get(self.reason, ("", ""))


@dataclass(frozen=True, slots=True)
class Incoming:
    """A comment as the network gives it. `id` is the network's; `at_ms` when it was written."""

    id: str
    author: str
    text: str
    at_ms: int
    is_seller: bool = False


@dataclass(frozen=True, slots=True)
class Batch:
    """Comments that came together, the oldest first, and where to go on. `units` of the day's quota were used."""

    comments: tuple[Incoming, ...]
    cursor: str
    reason: str = ""
    units: int = 0


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds between looks. Facebook sends at once through its stream: polling beside it only fills gaps."""

    poll: float = 5.0
    poll_beside_stream: float = 45.0
    again: float = 2.0
    longest: float = 300.0
    quiet: float = 90.0
    """So long may an open stream say nothing before it is opened anew."""


class Pause(Exception):
    """Nothing can be read now. `seconds`, where the network says how long."""

    def __init__(self, reason: str, seconds: float | None = None) -> None:
        super().__init__(reason)
        self.reason, self.seconds = reason, seconds


class Stop(Exception):
    """Nothing will come any more until somebody does something."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
