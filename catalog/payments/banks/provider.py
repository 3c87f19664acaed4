"""What a service that reports bank transfers can do: prove itself, and tell of one transfer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Headers = Mapping[str, str]
"""Header names in lower case, as ASGI gives them."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One transfer as the service tells it, cleaned of what no table takes.

    `provider_id` is the same on every retry; None marks a trial that the service sends to see
    whether anybody answers. `accounts` are the numbers that received it, the virtual one included.
    `code` is the order code that the service itself found in the memo.
    """

    provider_id: str | None
    accounts: tuple[str, ...]
    is_incoming: bool
    amount_vnd: int
    content: str
    code: str | None
    reference: str
    at_text: str


@dataclass(frozen=True, slots=True)
class Provider:
    """A service. `verify(method, kept, headers, body, now_s)` says whether the call is its own.

    `read(body)` gives the notice, or raises `ShopError` (no JSON, 400) or `Invalid` (422).
    `keep(method, key)` is what is kept of a key: a digest where that is enough to verify.
    """

    name: str
    title: str
    methods: tuple[str, ...]
    verify: Callable[[str, str, Headers, bytes, float], bool]
    read: Callable[[bytes], Notice]
    keep: Callable[[str, str], str]
