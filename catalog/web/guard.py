"""What every request passes: whose page sent it, how large it may be, what the answer may do.

Plain ASGI. The origin check follows the Fetch Metadata and Origin headers (W3C Fetch Metadata;
RFC 6454), beside cookies that are SameSite=Lax.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from python_multipart.multipart import parse_options_header
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from catalog.errors import CrossOrigin, NotFound, ShopError, TooLarge
from catalog.web.locale import COOKIE, LANGUAGES, current

SMALL_BODY = 64 * 1024
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")

POLICY = "; ".join((
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:",
    "font-src 'self'", "media-src 'self' blob:", "connect-src 'self'", "manifest-src 'self'",
    "worker-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"))

FRAMED_POLICY = "; ".join((
    "default-src 'none'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'", "form-action 'none'",
    "base-uri 'none'", "frame-ancestors *"))
"""For pages that other sites may show in a frame: they hold no form and no script, so a stolen press does nothing."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # same-origin, not no-referrer: with the latter, browsers send "Origin: null" with our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), payment=(), usb=()",
}


class Guard:
    """Refuses foreign writes and large bodies, sets the language, adds the protective headers."""

    def __init__(self, app: ASGIApp, *, large_bodies: Sequence[tuple[str, int]] = (),
                 open_paths: Sequence[str] = (), is_tls: bool = False) -> None:
        """`large_bodies` pairs a path's pattern with its limit in bytes; on `open_paths` requests
        prove themselves by a key or a signature, not by a cookie, so their origin says nothing."""
        self.app = app
        self.large_bodies = [(re.compile(pattern), limit) for pattern, limit in large_bodies]
        self.open_paths = tuple(open_paths)
        self.is_tls = is_tls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        current.set(_language(headers))
        scope.setdefault("state", {})["refusal"] = self._refusal(scope, headers)
        if scope["type"] == "websocket":
            await self.app(scope, receive, send)
            return
        limit = self._limit(scope["path"])
        await self.app(scope, _bounded(receive, limit), self._with_headers(send))

    def _refusal(self, scope: Scope, headers: Headers) -> ShopError | None:
        if "\0" in scope["path"]:
            return NotFound()
        if scope.get("method") in SAFE_METHODS and scope["type"] == "http":
            return None
        if not scope["path"].startswith(self.open_paths) and is_foreign(headers):
            return CrossOrigin()
        limit = self._limit(scope["path"])
        declared = headers.get("content-length", "0")
        if not declared.isdigit() or int(declared) > limit:
            return TooLarge(limit_mb=max(1, limit >> 20))
        if has_odd_charset(headers):
            return ShopError()
        return None

    def _limit(self, path: str) -> int:
        return next((limit for pattern, limit in self.large_bodies if pattern.fullmatch(path)), SMALL_BODY)

    def _with_headers(self, send: Send) -> Send:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if self.is_tls:
                    headers.setdefault("Strict-Transport-Security", "max-age=31536000")
            await send(message)
        return send_with_headers


class Refuse:
    """Inside the error pages, so that a refusal is answered as any other error is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = scope.get("state", {}).get("refusal")
        if refusal is not None:
            raise refusal
        await self.app(scope, receive, send)


def is_foreign(headers: Headers) -> bool:
    """Whether a request that changes something was sent by another site's page.

    Browsers that send neither header are left to SameSite; programs send none and hold no cookie.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    if origin is None:
        return False
    try:
        return urlsplit(origin).netloc.lower() != headers.get("host", "").lower()
    except ValueError:
        return True


def has_odd_charset(headers: Headers) -> bool:
    """Whether a form names a charset for its parts, other than the one that pages are sent in.

    Browsers name none (RFC 7578, 5.1.2). Some of those that Python knows ("undefined", "unicode_escape")
    fail in ways of their own, or give text that no database takes.
    """
    kind, options = parse_options_header(headers.get("content-type", ""))
    return kind == b"multipart/form-data" and options.get(b"charset", b"utf-8").lower() != b"utf-8"


def _language(headers: Headers) -> str:
    # Not the standard library's reading: that one refuses the whole line for one odd name in it.
    chosen = cookie_parser(headers.get("cookie", "")).get(COOKIE, "vi")
    return chosen if chosen in LANGUAGES else "vi"


def _bounded(receive: Receive, limit: int) -> Receive:
    seen = 0

    async def bounded() -> Message:
        nonlocal seen
        message = await receive()
        if message["type"] == "http.request":
            seen += len(message.get("body", b""))
            if seen > limit:
                raise TooLarge(limit_mb=max(1, limit >> 20))
        return message

    return bounded
