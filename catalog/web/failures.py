"""One table turns the shop's words for failure into answers: a page, or problem+json (RFC 9457)."""

from __future__ import annotations

import logging
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from catalog.errors import Invalid, NotFound, OutOfStock, ShopError, TooManyTries
from catalog.web.locale import say
from catalog.web.render import page

log = logging.getLogger("cho_phien.web")

TITLES = {400: "Chưa gửi được", 401: "Cần mở sạp trước", 403: "Chưa làm được", 404: "Không thấy trang này",
          405: "Chưa gửi được", 409: "Có thay đổi", 410: "Đường dẫn đã hết dùng", 413: "Tệp quá lớn",
          415: "Không nhận được tệp này", 422: "Còn chỗ cần sửa", 429: "Bấm hơi nhiều",
          500: "Máy chủ gặp trục trặc", 503: "Máy đang bận"}


async def answer_shop_error(request: Request, error: Exception) -> Response:
    """The answer to a `ShopError` that no form caught."""
    assert isinstance(error, ShopError)
    if wants_json(request):
        return problem(error)
    return page(request, "error.html", status=error.status, title=TITLES[error.status],
                message=say(error.key, error.values), headers_retry=getattr(error, "retry_seconds", None))


async def answer_http_error(request: Request, error: Exception) -> Response:
    """Starlette's own refusals (no such route, wrong method) in the shop's manner."""
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return await answer_shop_error(request, NotFound())
    failure = ShopError()
    failure.status = error.status_code if error.status_code in TITLES else 400
    return await answer_shop_error(request, failure)


async def answer_nobody(request: Request, error: Exception) -> Response:
    """For a visitor whose line broke in the middle of a form: no fault of ours, so nothing for the log."""
    return Response(status_code=400)


async def answer_crash(request: Request, error: Exception) -> Response:
    """A fault of ours: logged whole by the server, told in two plain sentences."""
    failure = ShopError("Máy chủ gặp trục trặc. Thử lại sau ít phút.")
    failure.status = 500
    return await answer_shop_error(request, failure)


def wants_json(request: Request) -> bool:
    """Whether the caller is a program: the API's paths, or a script of a page (fetch, XMLHttpRequest)."""
    headers = request.headers
    return (request.url.path.startswith(("/api/", "/hooks/")) or "json" in headers.get("accept", "")
            or headers.get("sec-fetch-dest") == "empty")


def problem(error: ShopError) -> JSONResponse:
    """problem+json with `title`, `status`, `detail`, and `errors` where fields are at fault."""
    body: dict[str, Any] = {"type": "about:blank", "title": say(TITLES[error.status], {}), "status": error.status,
                            "detail": say(error.key, error.values)}
    if isinstance(error, Invalid):
        body["errors"] = [{"field": name, "detail": say(fault.key, fault.values)}
                          for name, fault in error.fields.items()]
    if isinstance(error, OutOfStock):
        body["left"] = error.values.get("left_quantity", error.left)
    headers = {"Retry-After": str(error.retry_seconds)} if isinstance(error, TooManyTries) else None
    return JSONResponse(body, error.status, headers, media_type="application/problem+json")


HANDLERS = {ShopError: answer_shop_error, HTTPException: answer_http_error,
            ClientDisconnect: answer_nobody, Exception: answer_crash}
