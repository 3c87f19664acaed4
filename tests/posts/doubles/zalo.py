"""Zalo's Open API for one Official Account: tokens that work once, images, articles, broadcast, groups."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request

from tests.posts.doubles.double import Double, Wrong

APP, APP_SECRET, GROUP = "4100001", "zalo-app-secret", "gmf-1"
PATHS = {"/v4/oa/access_token": "refresh", "/v2.0/oa/getoa": "getoa", "/v2.0/oa/upload/image": "image",
         "/v2.0/article/create": "create", "/v2.0/article/verify": "verify", "/v2.0/article/getslice": "list",
         "/v2.0/oa/message": "broadcast", "/v3.0/oa/group/message": "group"}


def refusal(code: int, message: str) -> Wrong:
    """Zalo refuses with HTTP 200."""
    return Wrong(200, {"error": code, "message": message})


class ZaloDouble(Double):
    """The account and all that went out through it."""

    def __init__(self) -> None:
        super().__init__()
        self.refresh_token, self.access_token = "refresh-1", "access-0"
        self.images: set[str] = set()
        self.articles: list[dict[str, Any]] = []
        self.pending: dict[str, int] = {}
        self.not_ready = 1
        self.broadcasts: list[str] = []
        self.group_messages: list[dict[str, Any]] = []
        self._next = 0

    def rate_answer(self) -> Wrong:
        return refusal(-32, "Your application reached limit call api")

    def name_of(self, request: Request) -> str:
        return PATHS.get(request.url.path, "unknown")

    async def answer(self, request: Request, name: str) -> dict[str, Any]:
        if name == "refresh":
            return await self._refresh(request)
        if name == "unknown":
            raise Wrong(404, {"error": -4040, "message": "You currently access to an empty api"})
        if request.headers.get("access_token") != self.access_token:
            raise refusal(-216, "Access token is invalid")
        if (name in ("getoa", "list")) != (request.method == "GET"):
            raise refusal(-201, "http method is invalid")
        if name == "getoa":
            return self._data({"oa_id": "2813001", "name": "Nhà Lò Thị Xuân"})
        if name == "list":
            return self._list(dict(request.query_params))
        if name == "image":
            return await self._image(request)
        if request.headers.get("content-type") != "application/json":
            raise refusal(-201, "content type must be application/json")
        body = json.loads(await request.body())
        return {"create": self._create, "verify": self._verify, "broadcast": self._broadcast,
                "group": self._group}[name](body)

    async def _refresh(self, request: Request) -> dict[str, Any]:
        form = await request.form()
        if request.headers.get("secret_key") != APP_SECRET or form.get("app_id") != APP:
            raise Wrong(200, {"error": -14002, "error_name": "Invalid app id or secret key"})
        if form.get("grant_type") != "refresh_token" or form.get("refresh_token") != self.refresh_token:
            raise Wrong(200, {"error": -14020, "error_name": "refresh token already used or expired"})
        self._next += 1
        self.refresh_token, self.access_token = f"refresh-{self._next + 1}", f"access-{self._next}"
        return {"access_token": self.access_token, "refresh_token": self.refresh_token, "expires_in": "90000"}

    async def _image(self, request: Request) -> dict[str, Any]:
        form = await request.form()
        file = form.get("file")
        if list(form) != ["file"] or file is None or isinstance(file, str):
            raise refusal(-201, "file is invalid")
        content = await file.read()
        if len(content) > 1024 * 1024:
            raise refusal(-210, "file size exceeds the limit of 1 MB")
        if not content.startswith((b"\xff\xd8", b"\x89PNG")):
            raise refusal(-201, "file type is invalid")
        image = self._new("image")
        self.images.add(image)
        return self._data({"attachment_id": image})

    def _create(self, body: dict[str, Any]) -> dict[str, Any]:
        bounds = {"title": 150, "author": 51, "description": 300}
        for name, end in bounds.items():
            if not isinstance(body.get(name), str) or not 0 < len(body[name]) < end:
                raise refusal(-201, f"{name} is invalid")
        cover = body.get("cover")
        if not isinstance(cover, dict) or cover.get("cover_type") != "photo" or cover.get("status") not in ("show", "hide"):
            raise refusal(-201, "cover value is invalid")
        if not str(cover.get("photo_url")).startswith("http"):
            raise refusal(-201, "photo_url is invalid")
        if body.get("type") != "normal" or body.get("status") != "show" or body.get("comment") not in ("show", "hide"):
            raise refusal(-201, "status is invalid")
        for part in body.get("body") or [{}]:
            if part.get("type") not in ("text", "image") or not part.get("content" if part["type"] == "text" else "url"):
                raise refusal(-201, "body is invalid")
        article = {"id": self._new("article"), "title": body["title"], "type": "normal", "body": body["body"],
                   "cover": cover["photo_url"], "link_view": "https://rd.zalo.me/detail/1", "token": self._new("token")}
        self.articles.append(article)
        self.pending[article["token"]] = self.not_ready
        return self._data({"token": article["token"]})

    def _verify(self, body: dict[str, Any]) -> dict[str, Any]:
        if body.get("token") not in self.pending:
            raise refusal(-201, "token is invalid")
        self.pending[body["token"]] -= 1
        if self.pending[body["token"]] >= 0:
            raise refusal(-203, "Media is being processed")
        return self._data({"id": next(one["id"] for one in self.articles if one["token"] == body["token"])})

    def _list(self, query: dict[str, str]) -> dict[str, Any]:
        if query.get("type") not in ("normal", "video"):
            raise refusal(-201, "type accept only 2 value normal and video.")
        if int(query["limit"]) > 10:
            raise refusal(-201, "maximum limit is 10")
        return self._data({"medias": [{key: one[key] for key in ("id", "title", "type", "link_view")}
                                      for one in reversed(self.articles)][:10], "total": len(self.articles)})

    def _broadcast(self, body: dict[str, Any]) -> dict[str, Any]:
        (element,) = body["message"]["attachment"]["payload"]["elements"]
        if element["media_type"] != "article" or element["attachment_id"] not in [one["id"] for one in self.articles]:
            raise refusal(-201, "attachment_id is invalid")
        if "target" not in body["recipient"]:
            raise refusal(-201, "recipient is invalid")
        self.broadcasts.append(element["attachment_id"])
        return self._data({"message_id": self._new("message")})

    def _group(self, body: dict[str, Any]) -> dict[str, Any]:
        if body["recipient"] != {"group_id": GROUP}:
            raise refusal(-233, "group is not found")
        (element,) = body["message"]["attachment"]["payload"]["elements"]
        if element["media_type"] != "image" or element["attachment_id"] not in self.images:
            raise refusal(-201, "attachment_id is invalid")
        self.group_messages.append(body["message"])
        return self._data({"message_id": self._new("message")})

    def _data(self, data: dict[str, Any]) -> dict[str, Any]:
        return {"data": data, "error": 0, "message": "Success"}

    def _new(self, kind: str) -> str:
        self._next += 1
        return f"{kind}-{self._next}"
