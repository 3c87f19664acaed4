"""A Zalo Official Account: articles, articles sent to followers, messages into the account's own groups.

Source: Zalo's Java SDK (zaloplatform/zalo-java-sdk: article create, list, broadcast, refresh) and public
clients. Success is `error` 0 whatever the status. A title of 150 signs and a description of 300 are
refused although they are named as the bounds. An article's number comes only when Zalo has fetched its
pictures, so it is asked for until then.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from catalog.posts.publishers.model import (
    BAD_CONTENT,
    BAD_TOKEN,
    NETWORK_DOWN,
    NO_RIGHT,
    ODD_ANSWER,
    TOO_OFTEN,
    Attachment,
    Failed,
    Identity,
    NoAnswer,
    Package,
    Posted,
    Refused,
    Trouble,
    TryAgain,
    plain_text,
    safe_link,
)
from catalog.posts.publishers.steps import Steps
from catalog.posts.publishers.wire import Answer, Wire
from catalog.storage.database import now_ms
from catalog.storage.settings import Networks
from catalog.words.keyed import N_

HEAVY_PICTURE = N_("Ảnh nặng quá 1 MB, Zalo không nhận.")
NO_PICTURE = N_("Chưa có ảnh để đăng.")
PICTURE_OUT_OF_REACH = N_("Zalo không lấy được ảnh từ sạp. Sạp cần địa chỉ https mà ai cũng mở được.")
NO_GROUP = N_("Chưa có số của nhóm. Nối lại và điền thêm.")

MOST_IMAGE_BYTES = 1024 * 1024
LONGEST_TITLE, LONGEST_AUTHOR, LONGEST_DESCRIPTION = 140, 50, 250
TOKEN_SECONDS = 25 * 3600
RENEW_BEFORE_MS = 10 * 60_000

TOKEN_ERRORS = (-216, -124, -220)
RIGHT_ERRORS = (-204, -205, -209, -224)
RATE_ERRORS = (-32, -211, -221, -240)
REFRESH_ENDED = (-14014, -14019, -14020)
MEDIA_FAILED = -200

VERIFY_TRIES = 5
VERIFY_EVERY_SECONDS = 3.0
MOST_LISTED = "10"


@dataclass(slots=True)
class Tokens:
    """An account's secrets. The refresh token works once and brings its successor; `ends_ms` is the access token's."""

    app_id: str
    app_secret: str
    refresh_token: str
    access_token: str = ""
    ends_ms: int = 0


class Zalo:
    """Zalo through one account's tokens; `keep` writes renewed ones down before they are used."""

    def __init__(self, wire: Wire, networks: Networks, tokens: Tokens,
                 keep: Callable[[Tokens], Awaitable[None]]) -> None:
        self._wire = wire
        self._networks = networks
        self._tokens = tokens
        self._keep = keep

    async def get(self, path: str, **params: str) -> dict[str, Any]:
        """The `data` at `path`."""
        return await self._call("GET", path, params=params)

    async def post(self, path: str, **parts: Any) -> dict[str, Any]:
        """The `data` that Zalo answers with."""
        return await self._call("POST", path, **parts)

    async def _call(self, method: str, path: str, **parts: Any) -> dict[str, Any]:
        if self._tokens.ends_ms - RENEW_BEFORE_MS < now_ms():
            await self.renew()
        for is_last in (False, True):
            answer = await self._wire.call(method, f"{self._networks.zalo}{path}",
                                           headers={"access_token": self._tokens.access_token}, **parts)
            if is_last or not answer.fields or answer.fields.get("error") not in TOKEN_ERRORS:
                break
            await self.renew()  # Taken back early: the successor may be good.
        return self._read(answer)

    async def renew(self) -> None:
        """A fresh access token, and the next refresh token, both kept."""
        tokens = self._tokens
        answer = await self._wire.call(
            "POST", f"{self._networks.zalo_sign_in}/v4/oa/access_token", headers={"secret_key": tokens.app_secret},
            data={"refresh_token": tokens.refresh_token, "app_id": tokens.app_id, "grant_type": "refresh_token"})
        fields = answer.fields or {}
        access, refresh = fields.get("access_token"), fields.get("refresh_token")
        if isinstance(access, str) and isinstance(refresh, str) and access and refresh:
            tokens.access_token, tokens.refresh_token = access, refresh
            tokens.ends_ms = now_ms() + _seconds(fields.get("expires_in")) * 1000
            await self._keep(tokens)
            return
        if answer.status >= 500 or answer.fields is None:
            raise TryAgain(NETWORK_DOWN)
        if answer.status == 429 or fields.get("error") in RATE_ERRORS:
            raise TryAgain(TOO_OFTEN)
        raise Refused(BAD_TOKEN, detail=self._detail(fields), ends_account=True)

    def _read(self, answer: Answer) -> dict[str, Any]:
        fields = answer.fields
        if answer.status >= 500:
            raise Failed(NETWORK_DOWN)
        if answer.status == 429:
            raise TryAgain(TOO_OFTEN)
        if answer.status == 413:
            raise Refused(BAD_CONTENT, detail="413")
        if fields is None or not isinstance(fields.get("error"), int):
            raise NoAnswer(ODD_ANSWER)
        error = fields["error"]
        if error == 0:
            data = fields.get("data")
            return data if isinstance(data, dict) else {}
        detail = self._detail(fields)
        if error in TOKEN_ERRORS:
            raise Refused(BAD_TOKEN, detail=detail, ends_account=True)
        if error in RIGHT_ERRORS:
            raise Refused(NO_RIGHT, detail=detail)
        if error in RATE_ERRORS:
            raise TryAgain(TOO_OFTEN, detail=detail)
        raise ZaloRefused(error, detail)

    def _detail(self, fields: dict[str, Any]) -> str:
        said = str(fields.get("message") or fields.get("error_name") or "")
        for secret in (self._tokens.access_token, self._tokens.refresh_token, self._tokens.app_secret):
            said = said.replace(secret, "…") if secret else said
        return f"{fields.get('error', '')} {said}".strip()


class ZaloRefused(Refused):
    """A refusal of the content, with Zalo's own number."""

    def __init__(self, error: int, detail: str) -> None:
        super().__init__(BAD_CONTENT, detail=detail)
        self.error = error


async def identify(zalo: Zalo) -> Identity:
    """The account that the tokens belong to."""
    data = await zalo.get("/v2.0/oa/getoa")
    number = data.get("oa_id") or data.get("oaid")
    return Identity(plain_text(str(number or "")), plain_text(data.get("name"))[:100] or "Zalo OA")


async def post_article(zalo: Zalo, package: Package, steps: Steps, *, is_broadcast: bool = False) -> Posted:
    """An article that everybody can read; with `is_broadcast` also sent to those who follow the account."""
    if not package.pictures:
        raise Refused(NO_PICTURE)
    before = await steps.step("before", lambda: _listed_ids(zalo))
    made = await steps.once("article", lambda: _create(zalo, package),
                            lambda: _find_new(zalo, package, before.split()))
    number = await steps.step("number", lambda: _verify(zalo, made))
    if is_broadcast:
        await steps.once("broadcast", lambda: _broadcast(zalo, number))
    return Posted(number, await _link(zalo, number))


async def post_to_group(zalo: Zalo, group_id: str, package: Package, steps: Steps) -> Posted:
    """A message with the picture into one of the account's groups. Zalo shows no list of it: it can't be looked for."""
    if not group_id:
        raise Refused(NO_GROUP)
    light = [picture for picture in package.pictures if picture.bytes <= MOST_IMAGE_BYTES]
    if not light:
        raise Refused(HEAVY_PICTURE if package.pictures else NO_PICTURE)
    image = await steps.step("image", lambda: _upload(zalo, light[0]))
    message = {"text": package.text, "attachment": {"type": "template", "payload": {
        "template_type": "media", "elements": [{"media_type": "image", "attachment_id": image}]}}}
    number = await steps.once("message", lambda: _send(
        zalo, "/v3.0/oa/group/message", {"recipient": {"group_id": group_id}, "message": message}))
    return Posted(number)


async def _upload(zalo: Zalo, picture: Attachment) -> str:
    content = await asyncio.to_thread(picture.path.read_bytes)
    data = await zalo.post("/v2.0/oa/upload/image", files={"file": (picture.path.name, content, picture.content_type)})
    return _text(data, "attachment_id")


async def _create(zalo: Zalo, package: Package) -> str:
    cover, *others = package.pictures
    article = {
        "type": "normal", "title": _title(package), "author": _cut(package.author, LONGEST_AUTHOR),
        "cover": {"cover_type": "photo", "photo_url": cover.url, "status": "show"},
        "description": _cut(" ".join(package.text.split()), LONGEST_DESCRIPTION),
        "body": [{"type": "text", "content": package.text},
                 *({"type": "image", "url": picture.url} for picture in others)],
        "status": "show", "comment": "show"}
    return "token " + _text(await zalo.post("/v2.0/article/create", json=article), "token")


async def _verify(zalo: Zalo, made: str) -> str:
    """The article's number, asked for until Zalo has fetched the pictures."""
    kind, _, value = made.partition(" ")
    if kind == "id":
        return value
    last: Trouble = TryAgain(ODD_ANSWER)
    for turn in range(VERIFY_TRIES):
        if turn:
            await asyncio.sleep(VERIFY_EVERY_SECONDS)
        try:
            return _text(await zalo.post("/v2.0/article/verify", json={"token": value}), "id")
        except ZaloRefused as error:
            if error.error == MEDIA_FAILED:
                raise Refused(PICTURE_OUT_OF_REACH, detail=error.detail, undoes_all=True) from None
            last = TryAgain(error.reason, detail=error.detail)
    raise last


async def _broadcast(zalo: Zalo, number: str) -> str:
    return await _send(zalo, "/v2.0/oa/message", {
        "recipient": {"target": {"gender": "0"}}, "message": {"attachment": {"type": "template", "payload": {
            "template_type": "media", "elements": [{"media_type": "article", "attachment_id": number}]}}}})


async def _send(zalo: Zalo, path: str, body: dict[str, Any]) -> str:
    return str((await zalo.post(path, json=body)).get("message_id") or "sent")


async def _listed(zalo: Zalo) -> list[dict[str, Any]]:
    data = await zalo.get("/v2.0/article/getslice", offset="0", limit=MOST_LISTED, type="normal")
    found = data.get("medias")
    if not isinstance(found, list):
        raise NoAnswer(ODD_ANSWER)
    return [entry for entry in found if isinstance(entry, dict)]


async def _listed_ids(zalo: Zalo) -> str:
    return " ".join(str(entry.get("id")) for entry in await _listed(zalo))


async def _find_new(zalo: Zalo, package: Package, before: list[str]) -> str:
    """The article with this title that wasn't there before."""
    for entry in await _listed(zalo):
        number = entry.get("id")
        if isinstance(number, str) and number not in before and entry.get("title") == _title(package):
            return f"id {number}"
    return ""


async def _link(zalo: Zalo, number: str) -> str:
    try:
        return next((safe_link(entry.get("link_view")) for entry in await _listed(zalo) if entry.get("id") == number), "")
    except Trouble:
        return ""


def _title(package: Package) -> str:
    return _cut(package.title, LONGEST_TITLE)


def _cut(text: str, longest: int) -> str:
    """The text, ended at a word where it is too long."""
    return text if len(text) <= longest else text[:longest - 1].rsplit(" ", 1)[0] + "…"


def _text(data: dict[str, Any], name: str) -> str:
    value = data.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= 4_000:
        raise NoAnswer(ODD_ANSWER)
    return value


def _seconds(value: object) -> int:
    """`expires_in`, which comes as a number or as digits."""
    text = str(value)
    return int(text) if text.isdigit() and len(text) < 9 else TOKEN_SECONDS
