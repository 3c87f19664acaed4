"""Facebook's double for one live video of a Page: list of live videos, comments, event stream, private replies.

Written after Meta's pages "Interacting with Viewers", "Live Comments", "Private Replies", "Rate limits".
"""

from __future__ import annotations

import asyncio
import base64
import json
import time
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from tests.posts.doubles.double import Double, Wrong

TOKEN, PAGE, LIVE, VIDEO, VERSION = "EAAB-page-token", "1090001", "55500011", "55500022", "v26.0"
RATES = ("one_per_two_seconds", "ten_per_second", "one_hundred_per_second")
COMMENT_FIELDS = {"id", "message", "created_time", "from"}


def error(code: int, message: str, *, status: int = 400) -> Wrong:
    return Wrong(status, {"error": {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "AbC"}})


class LiveFacebook(Double):
    """What is said below the video. `say` is a viewer; `stream` tells how the event stream behaves."""

    def __init__(self) -> None:
        super().__init__()
        self.token = TOKEN
        self.comments: list[dict[str, Any]] = []
        self.sent: list[tuple[str, str]] = []
        self.usage: dict[str, str] = {}
        self.rate_code = 32
        self.is_live = True
        self.other_lives: list[dict[str, Any]] = []
        self.stream = "ok"
        self.streams_opened = 0
        self.page_size = 100
        self.bad_cursors = False
        self._listening: set[asyncio.Queue[bytes | None]] = set()

    @property
    def listeners(self) -> int:
        """How many event streams are open."""
        return len(self._listening)

    def say(self, text: str, name: str | None = "Ngọc Bùi", *, who: str = "900", ago: float = 0.0, number: str = "",
            is_streamed: bool = True, is_listed: bool = True) -> str:
        """A comment's id. Without a name the answer has no `from`, as where the app isn't known to the person."""
        written = datetime.fromtimestamp(time.time() - ago, UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")
        comment: dict[str, Any] = {"created_time": written, "message": text, "id": number or f"{VIDEO}_{len(self.comments) + 7001}"}
        if name is not None:
            comment["from"] = {"name": name, "id": who}
        if is_listed:
            self.comments.append(comment)
        if is_streamed:
            self.push(f"data: {json.dumps(comment)}\n\n".encode())
        return str(comment["id"])

    def push(self, raw: bytes | None) -> None:
        """Raw bytes to every open stream; None closes them."""
        for queue in self._listening:
            queue.put_nowait(raw)

    def name_of(self, request: Request) -> str:
        return f"{request.method} {request.url.path.rsplit('/', 1)[-1]}"

    def rate_answer(self) -> Wrong:
        return error(self.rate_code, f"(#{self.rate_code}) request limit reached", status=403)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].endswith("/live_comments"):
            self.calls.append("GET live_comments")
            await self._stream(scope, receive, send)
        else:
            await super().__call__(scope, receive, self._with_usage(send))

    async def answer(self, request: Request, name: str) -> dict[str, Any]:
        path, query = request.url.path.removeprefix("/"), dict(request.query_params)
        if request.headers.get("authorization") != f"Bearer {self.token}" or "access_token" in query:
            raise error(190, "Error validating access token: The session was invalidated.")
        if not path.startswith(f"{VERSION}/"):
            raise error(2635, "You are calling an unknown version of the Graph API")
        path = path.removeprefix(f"{VERSION}/")
        if (request.method, path) == ("POST", f"{PAGE}/messages"):
            return self._reply({key: str(value) for key, value in (await request.form()).items()})
        if request.method != "GET":
            raise error(100, "Unsupported post request.")
        if path == "me":
            return {"id": PAGE, "name": "Nhà Lò Thị Xuân", "link": f"https://www.facebook.com/{PAGE}", "category": "Farm"}
        if path == f"{PAGE}/live_videos":
            self._only(query, "broadcast_status", "fields", "limit")
            states = json.loads(query.get("broadcast_status", "[]"))
            live = [{"id": LIVE, "title": "Thịt gác bếp mới", "status": "LIVE", "video": {"id": VIDEO},
                     "permalink_url": f"/{PAGE}/videos/{VIDEO}/"}] if self.is_live and "LIVE" in states else []
            return {"data": [*live, *self.other_lives]}
        if path == f"{LIVE}/comments":
            return self._comments(query)
        if path in (LIVE, VIDEO):
            return {"id": path}
        raise error(100, f"Unsupported get request. Object with ID '{path}' does not exist")

    def _comments(self, query: dict[str, str]) -> dict[str, Any]:
        self._only(query, "fields", "filter", "live_filter", "order", "limit", "after")
        if query.get("filter") not in (None, "stream", "toplevel") or query.get("order") != "chronological":
            raise error(100, "(#100) Invalid parameter")
        asked = set(query.get("fields", "").replace("{id,name}", "").replace("{name,id}", "").split(","))
        if not asked <= COMMENT_FIELDS or not 0 < int(query.get("limit", "25")) <= 100:
            raise error(100, "(#100) Tried accessing nonexisting field")
        start = self._place(query["after"]) if "after" in query else 0
        size = min(self.page_size, int(query.get("limit", "25")))
        page = [{key: value for key, value in one.items() if key in asked} for one in self.comments[start:start + size]]
        if not page:
            return {"data": []}
        answer: dict[str, Any] = {"data": page, "paging": {"cursors": {"before": self._cursor(start), "after": self._cursor(start + len(page))}}}
        if start + len(page) < len(self.comments):
            answer["paging"]["next"] = f"https://graph.facebook.com/{VERSION}/{LIVE}/comments?access_token=secret"
        return answer

    def _reply(self, fields: dict[str, str]) -> dict[str, Any]:
        self._only(fields, "recipient", "message", "messaging_type")
        recipient, message = json.loads(fields["recipient"]), json.loads(fields["message"])
        if set(recipient) != {"comment_id"} or set(message) != {"text"} or not 0 < len(message["text"]) <= 2000:
            raise error(100, "(#100) Param recipient must be valid")
        comment = next((one for one in self.comments if one["id"] == recipient["comment_id"]), None)
        if comment is None:
            raise error(100, "(#100) No matching user found")
        if any(number == comment["id"] for number, _ in self.sent):
            raise error(10900, "(#10900) Activity already replied to")
        self.sent.append((comment["id"], message["text"]))
        return {"recipient_id": "5099", "message_id": "m_AG5Hz2U"}

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        query = dict(request.query_params)
        wrong = (query.get("access_token") != self.token or query.get("comment_rate") not in RATES or self.stream == "refuse"
                 or scope["path"] != f"/{LIVE}/live_comments" or set(query) - {"access_token", "comment_rate", "fields"})
        if wrong:
            answer = Response(json.dumps(error(190, "Invalid OAuth access token.").body), 400, media_type="application/json")
            await answer(scope, receive, send)
            return
        if self.stream == "html":
            await Response("<html>maintenance</html>", 200, media_type="text/html")(scope, receive, send)
            return
        self.streams_opened += 1
        queue: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._listening.add(queue)
        try:
            await send({"type": "http.response.start", "status": 200,
                        "headers": [(b"content-type", b"text/event-stream")]})
            await send({"type": "http.response.body", "body": b":\n\n", "more_body": True})
            gone = asyncio.create_task(self._until_gone(receive))
            while True:
                getting = asyncio.create_task(queue.get())
                await asyncio.wait({getting, gone}, return_when=asyncio.FIRST_COMPLETED)
                if gone.done() or (raw := getting.result()) is None:
                    getting.cancel()
                    gone.cancel()
                    break
                await send({"type": "http.response.body", "body": raw, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            self._listening.discard(queue)

    async def _until_gone(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    def _with_usage(self, send: Send) -> Send:
        async def with_usage(message: Any) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *(
                    (name.encode(), value.encode()) for name, value in self.usage.items())]}
            await send(message)
        return with_usage

    def _cursor(self, place: int) -> str:
        return base64.b64encode(f"at:{place}".encode()).decode()

    def _place(self, cursor: str) -> int:
        if self.bad_cursors:
            self.bad_cursors = False
            raise error(100, "(#100) Invalid parameter: after")
        return int(base64.b64decode(cursor).decode().removeprefix("at:"))

    @staticmethod
    def _only(fields: dict[str, str], *names: str) -> None:
        if unknown := [name for name in fields if name not in names]:
            raise error(100, f"(#100) Unexpected parameters: {', '.join(unknown)}")
