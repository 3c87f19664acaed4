"""A post on its way: how it stands, when it is due, how long until the next try."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from catalog.errors import FieldError
from catalog.posts.publishers.model import WITH_CLIP
from catalog.web.clock import VIETNAM
from catalog.words.keyed import N_

STATE_WORDS = {"waiting": N_("Chờ đăng"), "sending": N_("Đang đăng"), "done": N_("Đã lên"), "failed": N_("Chưa đăng được"),
               "cancelled": N_("Đã huỷ"), "unknown": N_("Chưa rõ")}
STATE_TAGS = {"waiting": "waiting", "sending": "waiting", "done": "done", "failed": "wrong", "cancelled": "info",
              "unknown": "waiting"}

WAITS_SECONDS = (60, 300, 1_200, 3_600, 10_800)
"""Until the second try, the third …: a line that is down in the hills is mostly back within the hour."""

LOOK_AGAIN_SECONDS = 60
MOST_LOOKS = 3

VISIBLE_STEPS = frozenset(("photo", "feed", "publish", "video", "article", "broadcast", "message", "post"))
"""Steps after which people can see something."""

LATEST_DAYS = 60
GRACE_MS = 60_000
DAY_MS = 24 * 3600_000


@dataclass(frozen=True, slots=True)
class Sending:
    """A listing's post, a show's announcement or a village's digest, for one account in one shape.

    `subject` is the listing's, the show's or the village's name; `price_vnd` the listing's price when it was asked for.
    """

    id: str
    household_id: str | None
    listing_id: str | None
    village_id: str | None
    show_id: str | None
    show_code: str | None
    listing_code: str | None
    subject: str
    account_id: str
    account_title: str
    account_link: str
    network: str
    shape: str
    state: str
    due_ms: int
    price_vnd: int
    tries: int
    looks: int
    begun: str
    kept: dict[str, str]
    text: str
    reason: str
    detail: str
    link: str
    created_ms: int
    changed_ms: int

    @property
    def has_begun(self) -> bool:
        """Whether people may see something of it already."""
        return bool(self.begun) or not VISIBLE_STEPS.isdisjoint(self.kept)

    @property
    def may_cancel(self) -> bool:
        """Whether it can still be stopped as if it had never been."""
        return self.state == "waiting" and not self.begun

    @property
    def may_repeat(self) -> bool:
        """Whether a person may let it be tried once more."""
        return self.state in ("failed", "unknown")

    @property
    def needs_clip(self) -> bool:
        """Whether its shape is a clip's."""
        return self.shape in WITH_CLIP

    @property
    def state_words(self) -> str:
        """How it stands, as a message key."""
        return STATE_WORDS[self.state]

    @property
    def tag_kind(self) -> str:
        """The colour of its tag."""
        return STATE_TAGS[self.state]


@dataclass(frozen=True, slots=True)
class About:
    """The columns of a post on its way that say what it is about. `price_vnd` is what it cost when it was asked for."""

    household_id: str | None = None
    listing_id: str | None = None
    village_id: str | None = None
    show_id: str | None = None
    price_vnd: int = 0

    def is_of(self, sending: Sending) -> bool:
        """Whether the post is about the same."""
        return ((sending.household_id, sending.listing_id, sending.village_id, sending.show_id)
                == (self.household_id, self.listing_id, self.village_id, self.show_id))


def next_wait_seconds(tries: int, wished: float | None) -> float | None:
    """How long until the try after `tries` of them; None where that was the last."""
    if tries > len(WAITS_SECONDS):
        return None
    return max(WAITS_SECONDS[tries - 1], wished or 0.0)


def read_time(typed: str, now_ms: int) -> int:
    """The chosen moment in milliseconds: `2026-11-27T19:00`, as fields of dates and times send it, in Vietnam's time.

    Raises `FieldError` for one that is past, too far, or none.
    """
    try:
        moment = datetime.strptime(typed[:16], "%Y-%m-%dT%H:%M").replace(tzinfo=VIETNAM)
    except ValueError:
        raise FieldError("Chọn ngày và giờ đăng.") from None
    due_ms = int(moment.timestamp() * 1000)
    if due_ms < now_ms - GRACE_MS:
        raise FieldError("Giờ này qua rồi. Chọn giờ khác.")
    if due_ms > now_ms + LATEST_DAYS * DAY_MS:
        raise FieldError("Xa quá. Nhiều nhất {days} ngày nữa.", days=LATEST_DAYS)
    return max(due_ms, now_ms)


def next_evening(now_ms: int) -> str:
    """Seven in the evening, today's or tomorrow's, as a field of date and time takes it: when people look at their phones."""
    local = datetime.fromtimestamp(now_ms / 1000, VIETNAM)
    evening = local.replace(hour=19, minute=0, second=0, microsecond=0)
    if evening.timestamp() * 1000 < now_ms + 30 * 60_000:
        evening = datetime.fromtimestamp(evening.timestamp() + 24 * 3600, VIETNAM)
    return evening.strftime("%Y-%m-%dT%H:%M")
