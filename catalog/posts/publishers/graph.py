"""Facebook's Graph API as a way of asking: tokens in a header, errors by their codes.

Source: Meta, Graph API, "Handle errors" and "Rate limits"; token in `Authorization` as restfb and others
send it, since addresses are written into logs. `OAuth TOKEN` is the form of the upload hosts.
"""

from __future__ import annotations

import json
from typing import Any

from catalog.posts.publishers.model import (
    BAD_CONTENT,
    BAD_TOKEN,
    NETWORK_DOWN,
    NO_RIGHT,
    ODD_ANSWER,
    TOO_OFTEN,
    Failed,
    NoAnswer,
    Refused,
    TryAgain,
)
from catalog.posts.publishers.wire import Answer, Wire
from catalog.storage.settings import Networks
from catalog.words.keyed import N_

TWICE = N_("Facebook bảo bài này vừa đăng rồi.")
BLOCKED = N_("Facebook đang chặn Trang này đăng bài.")

RATE_CODES = (4, 17, 32, 613, *range(80000, 80015))
TOKEN_CODES = (102, 190, 463, 467)
RIGHT_CODES = (3, 10, *range(200, 300))
DOWN_CODES = (1, 2)
TWICE_CODE, BLOCKED_CODE = 506, 368
LONGEST_WAIT_SECONDS = 6 * 3600.0


class Graph:
    """Facebook through one Page's token. `used_percent` is how much of what it grants was used, as last told."""

    def __init__(self, wire: Wire, networks: Networks, token: str) -> None:
        self._wire = wire
        self._networks = networks
        self._token = token
        self.used_percent = 0.0

    async def get(self, path: str, **params: str) -> dict[str, Any]:
        """The object at `path`."""
        return self._read(await self._wire.call("GET", self._address(self._networks.facebook, path), params=params,
                                                headers={"Authorization": f"Bearer {self._token}"}))

    async def post(self, path: str, *, is_video: bool = False, files: Any = None, **fields: str) -> dict[str, Any]:
        """What Facebook answers to a form sent to `path`."""
        host = self._networks.facebook_video if is_video else self._networks.facebook
        return self._read(await self._wire.call("POST", self._address(host, path), data=fields, files=files,
                                                headers={"Authorization": f"Bearer {self._token}"}))

    async def send_bytes(self, path: str, content: bytes, *, is_reel: bool, **headers: str) -> dict[str, Any]:
        """What an upload host answers to raw bytes."""
        host = self._networks.facebook_upload if is_reel else self._networks.facebook
        address = f"{host}/{path}" if is_reel else self._address(host, path)
        return self._read(await self._wire.call("POST", address, content=content,
                                                headers={"Authorization": f"OAuth {self._token}", **headers}))

    async def upload_offset(self, session: str) -> int:
        """How many bytes of an upload session have come."""
        answer = self._read(await self._wire.call("GET", self._address(self._networks.facebook, session),
                                                  headers={"Authorization": f"OAuth {self._token}"}))
        return answer["file_offset"] if isinstance(answer.get("file_offset"), int) else 0

    @property
    def version(self) -> str:
        """The version that is asked for."""
        return self._networks.facebook_version

    def _address(self, host: str, path: str) -> str:
        return f"{host}/{self._networks.facebook_version}/{path}"

    def _read(self, answer: Answer) -> dict[str, Any]:
        self.used_percent = _used_percent(answer)
        fields = answer.fields
        error = fields.get("error") if fields else None
        if isinstance(error, dict):
            raise self._trouble(error, answer)
        if answer.status == 429:
            raise TryAgain(TOO_OFTEN, wait_seconds=_wait_seconds(answer))
        if answer.status >= 500:
            raise Failed(NETWORK_DOWN)
        if answer.status == 401:
            raise Refused(BAD_TOKEN, ends_account=True)
        if answer.status == 413:
            raise Refused(BAD_CONTENT, detail="413")
        if answer.status >= 300 or fields is None:
            raise NoAnswer(ODD_ANSWER)
        return fields

    def _trouble(self, error: dict[str, Any], answer: Answer) -> TryAgain | Refused:
        code = error.get("code")
        said = error.get("error_user_msg") or error.get("message")
        detail = said.replace(self._token, "…") if isinstance(said, str) else ""
        if code in RATE_CODES or answer.status == 429:
            return TryAgain(TOO_OFTEN, detail=detail, wait_seconds=_wait_seconds(answer))
        if code in TOKEN_CODES:
            return Refused(BAD_TOKEN, detail=detail, ends_account=True)
        if code in RIGHT_CODES:
            return Refused(NO_RIGHT, detail=detail)
        if code in DOWN_CODES or answer.status >= 500 or error.get("is_transient") is True:
            return Failed(NETWORK_DOWN, detail=detail)
        if code == TWICE_CODE:
            return Refused(TWICE, detail=detail)
        return Refused(BLOCKED if code == BLOCKED_CODE else BAD_CONTENT, detail=detail)


def _wait_seconds(answer: Answer) -> float | None:
    """How long Facebook asks to wait: `estimated_time_to_regain_access`, in minutes, of X-Business-Use-Case-Usage."""
    try:
        usage = json.loads(answer.headers.get("x-business-use-case-usage", ""))
        minutes = max(entry["estimated_time_to_regain_access"] for entries in usage.values() for entry in entries)
        return min(LONGEST_WAIT_SECONDS, max(0.0, float(minutes) * 60)) or None
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _used_percent(answer: Answer) -> float:
    """The largest figure in X-App-Usage (one object) and X-Business-Use-Case-Usage (lists by account); 0 where none is told.

    Source: Meta, Graph API, "Rate limits": call_count, total_time and total_cputime are percentages.
    """
    found = [0.0]
    for name in ("x-app-usage", "x-business-use-case-usage"):
        try:
            usage = json.loads(answer.headers.get(name, "{}"))
            entries = [usage] if name == "x-app-usage" else [entry for entries in usage.values() for entry in entries]
            found += [float(entry.get(key, 0)) for entry in entries for key in ("call_count", "total_time", "total_cputime")]
        except (ValueError, TypeError, AttributeError, RecursionError):
            continue
    return max(one for one in found if one == one)
