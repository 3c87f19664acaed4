"""The chat of a live video on YouTube, asked for no oftener than YouTube wants and the day's units bear.

Source: Google, YouTube Live Streaming API, LiveChatMessages: list (5 units a call; `pollingIntervalMillis`,
`nextPageToken`, `offlineAt`), Videos: list (1 unit), YouTube Data API, Errors; the key goes in a header, since
addresses are written into logs.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from catalog.live.shows.paste import LONGEST_AUTHOR, LONGEST_TEXT
from catalog.live.sources.model import LONGEST_ID, NAMELESS, Batch, Incoming, Pace, Pause, Stop
from catalog.posts.publishers.model import NoAnswer, Refused, TryAgain, plain_text
from catalog.posts.publishers.wire import Wire
from catalog.storage.database import now_ms
from catalog.storage.settings import Networks

CALL_UNITS, VIDEO_UNITS = 5, 1
DAY_UNITS = 10_000
SPARE_FROM, HARDLY_FROM = 6_000, 8_500
"""A call every 5 s uses 3 600 units an hour: after so many of the day's units it asks every 10 s, then every 30 s."""

MOST_A_PAGE = 200
LONGEST_WAIT_SECONDS = 60.0
WORDS = ("textMessageEvent", "superChatEvent")
REASONS = {"quotaExceeded": "quota", "dailyLimitExceeded": "quota", "liveChatDisabled": "no_chat", "liveChatEnded": "over",
           "liveChatNotFound": "gone", "videoNotFound": "gone", "rateLimitExceeded": "busy", "userRateLimitExceeded": "busy",
           "RATE_LIMIT_EXCEEDED": "busy"}
BAD_PAGE = ("pageTokenInvalid", "invalidPageToken")

_ADDRESS = re.compile(r"(?:[?&]v=|youtu\.be/|/live/|/shorts/|/embed/|/video/|^)([0-9A-Za-z_-]{11})(?:[/?#&]|$)")


class BadPage(Exception):
    """The page token is taken no more."""


@dataclass(frozen=True, slots=True)
class Chat:
    """A live video's chat."""

    id: str
    title: str


def read_address(typed: str) -> str:
    """The video's id in an address or by itself, "" where there is none."""
    match = _ADDRESS.search(typed.strip())
    return match[1] if match else ""


def day_of(at_ms: int) -> str:
    """The day by which YouTube counts: Pacific time, without its hour of summer."""
    return (datetime.fromtimestamp(at_ms / 1000, UTC) - timedelta(hours=8)).date().isoformat()


class YouTube:
    """The API through a household's key, or a token of Google's sign-in (which begins with `ya29.`)."""

    def __init__(self, wire: Wire, networks: Networks, key: str) -> None:
        self._wire = wire
        self._base = f"{networks.youtube}/youtube/v3"
        self._headers = {"Authorization": f"Bearer {key}"} if key.startswith("ya29.") else {"X-Goog-Api-Key": key}

    async def chat_of(self, video_id: str) -> Chat:
        """The chat of a video that is live. Raises `Pause` and `Stop`."""
        found = await self._get("videos", part="snippet,liveStreamingDetails", id=video_id)
        items = found.get("items")
        if not isinstance(items, list) or not items or not isinstance(items[0], dict):
            raise Stop("gone")
        details = items[0].get("liveStreamingDetails")
        if not isinstance(details, dict):
            raise Stop("no_chat")
        chat = details.get("activeLiveChatId")
        if not isinstance(chat, str) or not 0 < len(chat) <= LONGEST_ID:
            raise Stop("over" if "actualEndTime" in details else "no_chat" if "actualStartTime" in details else "not_yet")
        snippet = items[0].get("snippet")
        title = plain_text(snippet.get("title"))[:80] if isinstance(snippet, dict) else ""
        return Chat(chat, title or "YouTube")

    async def messages(self, chat: str, cursor: str) -> tuple[Batch, float, bool]:
        """The messages behind the cursor, the seconds to wait, whether the broadcast is over."""
        params = {"liveChatId": chat, "part": "id,snippet,authorDetails", "maxResults": str(MOST_A_PAGE)}
        found = await self._get("liveChat/messages", **params, **({"pageToken": cursor} if cursor else {}))
        items, token, wait = found.get("items"), found.get("nextPageToken"), found.get("pollingIntervalMillis")
        if not isinstance(items, list):
            raise Pause("silent")
        comments = tuple(comment for item in items[:2_000] if (comment := to_comment(item)))
        has_token = isinstance(token, str) and 0 < len(token) <= 2_000
        seconds = wait / 1000 if isinstance(wait, int) and wait >= 0 else 0.0
        return Batch(comments, token if has_token else cursor, units=CALL_UNITS), seconds, "offlineAt" in found

    async def _get(self, path: str, **params: str) -> dict[str, Any]:
        try:
            answer = await self._wire.call("GET", f"{self._base}/{path}", params=params, headers=self._headers)
        except (TryAgain, NoAnswer):
            raise Pause("silent") from None
        except Refused:
            raise Pause("fault") from None
        if answer.status == 200 and answer.fields is not None:
            return answer.fields
        if answer.status >= 500 or answer.status == 200:
            raise Pause("silent")
        said = _reasons(answer.fields)
        if any(one in BAD_PAGE for one in said):
            raise BadPage
        reason = next((REASONS[one] for one in said if one in REASONS), "")
        if reason == "busy" or answer.status == 429:
            raise Pause("busy")
        raise Stop(reason or ("gone" if answer.status == 404 else "key"))


def to_comment(item: object) -> Incoming | None:
    """A message of the chat, None where it has no words (a new member, a removed message)."""
    if not isinstance(item, dict):
        return None
    snippet, author = item.get("snippet"), item.get("authorDetails")
    if not isinstance(snippet, dict) or snippet.get("type") not in WORDS:
        return None
    paid = snippet.get("superChatDetails")
    words = paid.get("userComment") if isinstance(paid, dict) else snippet.get("displayMessage")
    number, text = plain_text(item.get("id")), plain_text(words)[:LONGEST_TEXT]
    if not number or len(number) > LONGEST_ID or not text:
        return None
    who = author if isinstance(author, dict) else {}
    name = plain_text(who.get("displayName"))[:LONGEST_AUTHOR]
    return Incoming(number, name or f"{NAMELESS['youtube']} {number[-4:]}", text, _when(snippet.get("publishedAt")),
                    is_seller=who.get("isChatOwner") is True)


async def follow_youtube(youtube: YouTube, *, video_id: str, chat: str, cursor: str, used_units: int,
                         pace: Pace) -> AsyncGenerator[tuple[Batch, str], None]:
    """Messages with the chat's id, for as long as somebody asks. Raises `Pause` and `Stop`."""
    if not chat:
        chat = (await youtube.chat_of(video_id)).id
        used_units += VIDEO_UNITS
        yield Batch((), "", units=VIDEO_UNITS), chat
    while True:
        try:
            batch, seconds, is_over = await youtube.messages(chat, cursor)
        except BadPage:
            if not cursor:
                raise Stop("gone") from None
            cursor = ""  # What was read before is known by its number.
            continue
        cursor, used_units = batch.cursor, used_units + CALL_UNITS
        reason = "slow" if used_units >= SPARE_FROM else ""
        yield Batch(batch.comments, cursor, reason, batch.units), chat
        if is_over:
            raise Stop("over")
        await asyncio.sleep(wait_seconds(pace, seconds, used_units))


def wait_seconds(pace: Pace, asked: float, used_units: int) -> float:
    """At least what YouTube asks for, and the longer the more of the day is used up."""
    own = pace.poll * (6 if used_units >= HARDLY_FROM else 2 if used_units >= SPARE_FROM else 1)
    return max(own, min(asked, LONGEST_WAIT_SECONDS))


def _reasons(fields: dict[str, Any] | None) -> list[str]:
    error = fields.get("error") if fields else None
    if not isinstance(error, dict):
        return []
    lists = [error.get("errors"), error.get("details")]
    return [str(one["reason"]) for entries in lists if isinstance(entries, list) for one in entries
            if isinstance(one, dict) and "reason" in one]


def _when(published: object) -> int:
    try:
        written = datetime.fromisoformat(str(published))
    except ValueError:
        return now_ms()
    return min(now_ms(), int(written.timestamp() * 1000)) if written.tzinfo else now_ms()
