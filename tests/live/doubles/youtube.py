"""YouTube's double for one live video with its chat, as Google's pages on LiveChatMessages: list and Errors tell."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request

from tests.posts.doubles.double import Double, Wrong

KEY, VIDEO, CHAT = "AIzaSyA-household-key", "dQw4w9WgXcQ", "Cg0KC2RRdzR3OVdnWGNRKicKGFVD"
MOST_RESULTS = 2000


def error(status: int, reason: str, message: str = "Refused.") -> Wrong:
    return Wrong(status, {"error": {"code": status, "message": message,
                                    "errors": [{"message": message, "domain": "youtube.liveChat", "reason": reason}]}})


class LiveYouTube(Double):
    """The chat. `refusal` is what it says from now on; `interval_ms` what it asks to wait, `hasty` who did not."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[dict[str, Any]] = []
        self.key = KEY
        self.interval_ms = 50
        self.refusal: Wrong | None = None
        self.is_over = False
        self.has_chat = True
        self.has_begun = True
        self.units = 0
        self.hasty = 0
        self.bad_tokens = False
        self._last = 0.0

    def say(self, text: str, name: str = "@lanhuong", *, is_owner: bool = False, kind: str = "textMessageEvent") -> str:
        """A message's id."""
        number = f"LCC.{len(self.messages) + 1:04d}"
        snippet: dict[str, Any] = {"type": kind, "liveChatId": CHAT, "hasDisplayContent": True,
                                   "publishedAt": datetime.fromtimestamp(time.time(), UTC).isoformat(timespec="microseconds"),
                                   "displayMessage": text}
        if kind == "superChatEvent":
            snippet |= {"displayMessage": f'20.000 ₫ from {name}: "{text}"', "superChatDetails": {"userComment": text}}
        self.messages.append({"kind": "youtube#liveChatMessage", "id": number, "snippet": snippet, "authorDetails": {
            "channelId": f"UC{name}", "displayName": name, "isChatOwner": is_owner, "isChatModerator": False}})
        return number

    def name_of(self, request: Request) -> str:
        return f"{request.method} {request.url.path.rsplit('/', 1)[-1]}"

    def rate_answer(self) -> Wrong:
        return error(403, "rateLimitExceeded", "The request was sent too soon after the previous request.")

    async def answer(self, request: Request, name: str) -> dict[str, Any]:
        query = dict(request.query_params)
        if "key" in query or request.headers.get("x-goog-api-key") != self.key:
            raise Wrong(400, {"error": {"code": 400, "message": "API key not valid.", "status": "INVALID_ARGUMENT",
                                        "errors": [{"reason": "badRequest"}], "details": [{"reason": "API_KEY_INVALID"}]}})
        if self.refusal:
            raise self.refusal
        if request.url.path == "/youtube/v3/videos":
            self._only(query, "part", "id")
            self.units += 1
            details: dict[str, Any] = {"scheduledStartTime": "2026-11-26T12:00:00Z"}
            if self.has_begun:
                details |= {"actualStartTime": "2026-11-26T12:00:09Z"} | (
                    {"actualEndTime": "2026-11-26T13:00:00Z"} if self.is_over else
                    {"activeLiveChatId": CHAT} if self.has_chat else {})
            items = [{"id": VIDEO, "snippet": {"title": "Chợ phiên tối nay"}, "liveStreamingDetails": details}]
            return {"kind": "youtube#videoListResponse", "items": items if query.get("id") == VIDEO else []}
        if request.url.path == "/youtube/v3/liveChat/messages":
            return self._list(query)
        raise error(404, "notFound")

    def _list(self, query: dict[str, str]) -> dict[str, Any]:
        self._only(query, "part", "liveChatId", "maxResults", "pageToken")
        if not set(query.get("part", "").split(",")) <= {"id", "snippet", "authorDetails"} or not query.get("part"):
            raise error(400, "missingRequiredParameter")
        if not 200 <= int(query.get("maxResults", "500")) <= MOST_RESULTS:
            raise error(400, "invalidParameter")
        if query.get("liveChatId") != CHAT:
            raise error(404, "liveChatNotFound")
        if self.bad_tokens and "pageToken" in query:
            self.bad_tokens = False
            raise error(400, "pageTokenInvalid")
        self.units += 5
        now = time.monotonic()
        self.hasty += now - self._last < self.interval_ms / 1000 * 0.9
        self._last = now
        start = int(query["pageToken"].removeprefix("at.")) if "pageToken" in query else 0
        found = self.messages[start:]
        return {"kind": "youtube#liveChatMessageListResponse", "nextPageToken": f"at.{start + len(found)}",
                "pollingIntervalMillis": self.interval_ms, "items": found, "pageInfo": {"totalResults": len(found)},
                **({"offlineAt": "2026-11-26T13:00:00Z"} if self.is_over else {})}

    @staticmethod
    def _only(fields: dict[str, str], *names: str) -> None:
        if unknown := [name for name in fields if name not in names]:
            raise error(400, "unexpectedParameter", ", ".join(unknown))
