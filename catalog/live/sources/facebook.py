"""Comments below a Page's live video, asked for again and again, and the Page's videos that are live now.

Source: Meta, Live Video API, "Interacting with Viewers" (July 2026); Graph API, Live Video Comments. `filter`,
`live_filter` and `order` are those of the general comments edge; `broadcast_status` is what public clients send.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from catalog.live.shows.paste import LONGEST_AUTHOR, LONGEST_TEXT
from catalog.live.sources.model import LONGEST_ID, NAMELESS, Batch, Incoming, Pause, Stop
from catalog.posts.publishers.graph import Graph
from catalog.posts.publishers.model import (
    BAD_CONTENT,
    BAD_TOKEN,
    NO_RIGHT,
    TOO_OFTEN,
    NoAnswer,
    Refused,
    TryAgain,
    plain_text,
    safe_link,
)
from catalog.storage.database import now_ms

FIELDS = "id,message,created_time,from{id,name}"
MOST_A_PAGE = 100
MOST_VIDEOS = 10

_ADDRESS = re.compile(r"(?:[?&](?:v|video_id)=|/videos/(?:[^/?#]+/)?|/live/|/reel/|^)([0-9]{5,25})(?:[/?#&]|$)")


@dataclass(frozen=True, slots=True)
class Video:
    """A live video: its number as a broadcast, what it is called."""

    id: str
    title: str
    link: str = ""


def read_address(typed: str) -> str:
    """The video's number in an address or by itself, "" where there is none."""
    match = _ADDRESS.search(typed.strip())
    return match[1] if match else ""


async def live_videos(graph: Graph, page_id: str) -> list[Video]:
    """What the Page broadcasts now. Raises `Pause` and `Stop`."""
    return [video for video, _ in await _live(graph, page_id)]


async def find_video(graph: Graph, page_id: str, number: str) -> Video:
    """The broadcast of this number, which may be its own or that of its video. Raises `Pause` and `Stop`."""
    for video, video_id in await _live(graph, page_id):
        if number in (video.id, video_id):
            return video
    with as_reasons():
        found = await graph.get(number, fields="id")
    if plain_text(found.get("id")) != number:
        raise Stop("gone")
    return Video(number, "Facebook")


async def comments_after(graph: Graph, live_id: str, page_id: str, cursor: str) -> tuple[Batch, bool]:
    """The comments behind the cursor and the next cursor; whether more are at hand. Raises `Pause` and `Stop`."""
    params = {"fields": FIELDS, "filter": "stream", "live_filter": "no_filter", "order": "chronological",
              "limit": str(MOST_A_PAGE)}
    try:
        found = await _comments(graph, live_id, params | ({"after": cursor} if cursor else {}))
    except Refused as error:
        if not cursor or error.reason != BAD_CONTENT:
            with as_reasons():
                raise
        with as_reasons():  # A cursor that is taken no more: what was read before is known by its number.
            found = await _comments(graph, live_id, params)
    except (TryAgain, NoAnswer):
        with as_reasons():
            raise
    entries = found.get("data")
    if not isinstance(entries, list):
        raise Pause("silent")
    comments = tuple(comment for entry in entries[:MOST_A_PAGE] if (comment := to_comment(entry, page_id)))
    paging = found.get("paging")
    cursors = paging.get("cursors") if isinstance(paging, dict) else None
    after = cursors.get("after") if isinstance(cursors, dict) else None
    has_moved = isinstance(after, str) and 0 < len(after) <= 2_000 and after != cursor
    return (Batch(comments, after if has_moved else cursor),
            bool(has_moved and isinstance(paging, dict) and paging.get("next")))


def to_comment(entry: object, page_id: str) -> Incoming | None:
    """A comment from an entry of the list or the stream; None without a number or words (a sticker, a picture)."""
    if not isinstance(entry, dict):
        return None
    number, text = plain_text(entry.get("id")), plain_text(entry.get("message"))[:LONGEST_TEXT]
    if not number or len(number) > LONGEST_ID or not text:
        return None
    who = entry.get("from")
    who = who if isinstance(who, dict) else {}
    name = plain_text(who.get("name"))[:LONGEST_AUTHOR]
    # Two people without a name must not be read as one who repeats.
    return Incoming(number, name or f"{NAMELESS['facebook']} {number[-4:]}", text, _when(entry.get("created_time")),
                    is_seller=str(who.get("id", "")) == page_id)


@contextmanager
def as_reasons() -> Iterator[None]:
    """Troubles of the Graph API become `Pause` and `Stop`."""
    try:
        yield
    except Refused as error:
        raise Stop({BAD_TOKEN: "token", NO_RIGHT: "right"}.get(error.reason, "gone")) from None
    except TryAgain as error:
        raise Pause("busy" if error.reason == TOO_OFTEN else "silent", error.wait_seconds) from None
    except NoAnswer:
        raise Pause("silent") from None


async def _comments(graph: Graph, live_id: str, params: dict[str, str]) -> dict[str, Any]:
    return await graph.get(f"{live_id}/comments", **params)


async def _live(graph: Graph, page_id: str) -> list[tuple[Video, str]]:
    with as_reasons():
        found = await graph.get(f"{page_id}/live_videos", broadcast_status='["LIVE"]', limit=str(MOST_VIDEOS),
                                fields="id,title,status,permalink_url,video{id}")
    entries = found.get("data")
    videos = []
    for entry in entries[:MOST_VIDEOS] if isinstance(entries, list) else []:
        if isinstance(entry, dict) and entry.get("status") == "LIVE" and re.fullmatch(r"[0-9]{5,25}", str(entry.get("id"))):
            video = entry.get("video")
            videos.append((Video(str(entry["id"]), plain_text(entry.get("title"))[:80] or "Facebook",
                                 safe_link(entry.get("permalink_url"))),
                           str(video.get("id")) if isinstance(video, dict) else ""))
    return videos


def _when(created: object) -> int:
    try:
        written = datetime.strptime(str(created), "%Y-%m-%dT%H:%M:%S%z").astimezone(UTC)
    except ValueError:
        return now_ms()
    return min(now_ms(), int(written.timestamp() * 1000))
