"""Where bank services tell of transfers: POST /hooks/{provider}/{endpoint}."""

from __future__ import annotations

import time

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from catalog.errors import NotFound, Unauthorized
from catalog.payments.banks.registry import PROVIDERS
from catalog.payments.queries import endpoint_by_id
from catalog.payments.receive import receive_transfer
from catalog.web.limits import count_try
from catalog.web.render import shop_of


async def take_notice(request: Request) -> Response:
    """`{"success": true}` once the transfer is kept, and for all that needs no keeping.

    Anything else makes the service send it again: 401 for a wrong key or signature, 400 for what
    is no JSON, 422 for wrong fields, 404 for an address that is not open.
    """
    await count_try(request, "hook")
    shop = shop_of(request)
    provider = PROVIDERS.get(request.path_params["provider"])
    if provider is None:
        raise NotFound
    async with shop.db.read() as connection:
        endpoint = await endpoint_by_id(connection, provider.name, request.path_params["endpoint"])
    if endpoint is None:
        raise NotFound
    body = await request.body()
    if not provider.verify(endpoint.method, endpoint.secret, request.headers, body, time.time()):
        raise Unauthorized("Khoá hoặc chữ ký không đúng.")
    notice = provider.read(body)
    async with shop.db.write() as connection:
        await receive_transfer(connection, endpoint, notice)
    return JSONResponse({"success": True}, headers={"Cache-Control": "no-store"})


ROUTES = [Route("/hooks/{provider}/{endpoint}", take_notice, methods=["POST"])]
