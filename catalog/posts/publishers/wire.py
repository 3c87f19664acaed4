"""Calls to networks: bounded in time and size, no redirects, no proxy, every failure in the shop's own words."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import httpx

from catalog.posts.publishers.address import NO_ADDRESS, check_address, public_target
from catalog.posts.publishers.model import ODD_ANSWER, SILENT, UNREACHED, NoAnswer, Refused, TryAgain

MOST_ANSWER_BYTES = 256 * 1024
CONNECT_SECONDS = 10.0
QUIET_SECONDS = 30.0
WHOLE_SECONDS = 180.0
"""A clip of 20 MB over a village's line of 1 Mbit/s takes this long."""

# At INFO it writes whole addresses, and a webhook's may be a secret.
logging.getLogger("httpx").setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `fields` is the JSON object of the body, or None where it is none."""

    status: int
    fields: dict[str, Any] | None
    headers: Mapping[str, str]


class Wire:
    """One connection to the outside, for the length of a job: `async with Wire() as wire`."""

    def __init__(self, *, allow_loopback: bool = False, quiet_seconds: float = QUIET_SECONDS,
                 whole_seconds: float = WHOLE_SECONDS) -> None:
        self.allow_loopback = allow_loopback
        self._whole_seconds = whole_seconds
        self._client = httpx.AsyncClient(follow_redirects=False, trust_env=False, headers={"Accept-Encoding": "identity"},
                                         timeout=httpx.Timeout(quiet_seconds, connect=CONNECT_SECONDS))

    async def __aenter__(self) -> Wire:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None,
                        trace: TracebackType | None) -> None:
        await self._client.aclose()

    async def call(self, method: str, url: str, *, is_fixed: bool = True, **parts: Any) -> Answer:
        """The answer of whatever status. `parts` are httpx's (headers, data, files, json, content, params).

        An address that somebody typed (`is_fixed` false) is looked up here, and refused where it leads
        into a private network. Raises `TryAgain` where nothing was sent, `NoAnswer` where something may
        have been, `Refused` for an address that is not to be called.
        """
        if is_fixed:
            check_address(url, allow_loopback=self.allow_loopback)
        else:
            target = await public_target(url, allow_loopback=self.allow_loopback)
            url = target.url
            parts["headers"] = {**parts.get("headers", {}), "Host": target.host_header}
            parts["extensions"] = {"sni_hostname": target.host}
        try:
            async with asyncio.timeout(self._whole_seconds), self._client.stream(method, url, **parts) as response:
                body = await _bounded(response)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
            raise TryAgain(UNREACHED) from None
        except (httpx.TransportError, TimeoutError):
            raise NoAnswer(SILENT) from None
        except (httpx.InvalidURL, UnicodeError):
            raise Refused(NO_ADDRESS) from None
        return Answer(response.status_code, _fields(body), response.headers)


async def _bounded(response: httpx.Response) -> bytes:
    body = bytearray()
    async for part in response.aiter_raw():  # As it came: what is packed small may unpack to gigabytes.
        body += part
        if len(body) > MOST_ANSWER_BYTES:
            raise NoAnswer(ODD_ANSWER)
    return bytes(body)


def _fields(body: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
