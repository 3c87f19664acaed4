"""A portal that takes signed posts as docs/publishing.md tells, each id once."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from typing import Any

from starlette.requests import Request

from tests.posts.doubles.double import Double, Wrong

SECRET = "k7m2x9p4q8r3t6w5z2a4b6c8d0e1f2g3"
MOST_SECONDS_OFF = 300


class PortalDouble(Double):
    """What came, by id."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: dict[str, dict[str, Any]] = {}
        self.deliveries = 0
        self.refuse_with = 0

    def rate_answer(self) -> Wrong:
        return Wrong(429, {})

    def name_of(self, request: Request) -> str:
        return "post" if request.url.path == "/in" else "elsewhere"

    async def answer(self, request: Request, name: str) -> dict[str, Any]:
        body = await request.body()
        stamp, signature = request.headers["x-cho-phien-timestamp"], request.headers["x-cho-phien-signature"]
        right = "sha256=" + hmac.new(SECRET.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(right, signature) or abs(time.time() - int(stamp)) > MOST_SECONDS_OFF:
            raise Wrong(401, {})
        if self.refuse_with:
            raise Wrong(self.refuse_with, {})
        fields = json.loads(body)
        if request.headers["x-cho-phien-id"] != fields["id"] or fields["event"] != "listing.post":
            raise Wrong(422, {})
        self.deliveries += 1
        self.taken.setdefault(fields["id"], fields)
        return {"url": f"https://dienbien.example/tin/{len(self.taken)}"}
