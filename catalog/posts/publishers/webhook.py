"""Posts handed to another site by a signed call: docs/publishing.md tells the receiver's side.

The signature is HMAC-SHA256 over `<timestamp>.<body>`, as bank notices to the shop are signed too. Every
try carries the same id, so the receiver takes a post once however often it comes.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time

from catalog.posts.publishers.model import (
    BAD_CONTENT,
    BAD_TOKEN,
    NETWORK_DOWN,
    ODD_ANSWER,
    TOO_OFTEN,
    NoAnswer,
    Package,
    Posted,
    Refused,
    TryAgain,
    safe_link,
)
from catalog.posts.publishers.steps import Steps
from catalog.posts.publishers.wire import Wire
from catalog.words.keyed import N_

GONE = N_("Trang này không nhận bài nữa.")
LATER = (408, 425, 429)


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """The value of `X-Cho-Phien-Signature` for these raw bytes."""
    return "sha256=" + hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def body_of(package: Package) -> bytes:
    """The JSON that is sent: the same bytes at every try of the same facts."""
    files = [{"role": file.role, "url": file.url, "type": file.content_type, "width": file.width,
              "height": file.height, "bytes": file.bytes} for file in package.pictures]
    clip = package.clip
    return json.dumps({
        "event": f"{package.about}.post", "id": package.key, "title": package.title, "text": package.text,
        "order_url": package.link,
        "household": package.author, package.about: dict(package.facts), "pictures": files,
        "clip": {"url": clip.url, "type": clip.content_type, "width": clip.width, "height": clip.height,
                 "bytes": clip.bytes} if clip else None,
    }, ensure_ascii=False, separators=(",", ":")).encode()


async def post_webhook(wire: Wire, address: str, secret: str, package: Package, steps: Steps) -> Posted:
    """What the receiver made of it: any 2xx is a success, `url` of its JSON the link."""
    return Posted(package.key, await steps.step("post", lambda: _send(wire, address, secret, package)))


async def _send(wire: Wire, address: str, secret: str, package: Package) -> str:
    body, timestamp = body_of(package), str(int(time.time()))
    answer = await wire.call("POST", address, is_fixed=False, content=body, headers={
        "Content-Type": "application/json", "User-Agent": "ChoPhien", "X-Cho-Phien-Id": package.key,
        "X-Cho-Phien-Timestamp": timestamp, "X-Cho-Phien-Signature": sign(secret, timestamp, body)})
    status = answer.status
    if 200 <= status < 300:
        return safe_link((answer.fields or {}).get("url"))
    if status in LATER:
        wait = answer.headers.get("retry-after", "")
        raise TryAgain(TOO_OFTEN, wait_seconds=min(6 * 3600.0, float(wait)) if wait.isdigit() else None)
    if status >= 500:
        raise TryAgain(NETWORK_DOWN, detail=str(status))
    if status == 410:
        raise Refused(GONE, detail="410", ends_account=True)
    if status in (401, 403):
        raise Refused(BAD_TOKEN, detail=str(status))
    if status >= 400:
        raise Refused(BAD_CONTENT, detail=str(status))
    raise Refused(ODD_ANSWER, detail=str(status)) if status >= 300 else NoAnswer(ODD_ANSWER)
