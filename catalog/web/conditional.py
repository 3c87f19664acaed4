"""Answers that a reader who has them already needs not fetch again (RFC 9110, 8.8.3 and 13.1.2)."""

from __future__ import annotations

from starlette.requests import Request


def weak_tag(digest: str) -> str:
    """The validator of content with that digest: weak, since the same content is sent compressed or not."""
    return f'W/"{digest[:32]}"'


def has_same(request: Request, tag: str) -> bool:
    """Whether the reader says that what it has bears this validator."""
    asked = [one.strip() for one in request.headers.get("if-none-match", "").split(",")]
    return "*" in asked or tag.removeprefix("W/") in {one.removeprefix("W/") for one in asked}
