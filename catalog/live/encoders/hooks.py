"""What an RTMP server asks when an encoder comes: may this one publish? POST /hooks/encoder/{secret}.

nginx-rtmp posts a form (`call`, `name`, `clientid`, `addr`…; on_publish in its Directives) and takes 2xx for yes, a
redirect for yes under another name, anything else for no. MediaMTX posts JSON (`action`, `path`, `ip`…; External HTTP
server in its Authentication) and takes 20x for yes.
"""

from __future__ import annotations

import hmac
import ipaddress
import json

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from catalog.errors import NotFound
from catalog.households.tokens import digest
from catalog.live.encoders.followed import Encoders
from catalog.live.encoders.queries import show_of_key
from catalog.live.shows.model import Show
from catalog.web.limits import count_try
from catalog.web.render import shop_of

LONGEST_NAME = 100
LONGEST_CLIENT = 12


def encoders_of(request: Request) -> Encoders:
    """The encoders that are followed now."""
    found: Encoders = request.app.state.encoders
    return found


async def answer(request: Request) -> Response:
    """200, 302 or 403; 404 where no RTMP server is set up or the secret is another."""
    rtmp = shop_of(request).settings.rtmp
    if not rtmp.is_on or not hmac.compare_digest(request.path_params["secret"].encode(), rtmp.secret.encode()):
        raise NotFound
    if request.headers.get("content-type", "").startswith("application/json"):
        return await _media_mtx(request)
    return await _nginx(request)


async def _nginx(request: Request) -> Response:
    form = await request.form()
    said = {name: value for name, value in form.items() if isinstance(value, str)}
    call, client = said.get("call", ""), said.get("clientid", "0")
    if call not in ("publish", "update_publish", "publish_done"):
        return Response(status_code=200)
    await _count(request, said.get("addr", ""))
    show = await _show(request, said.get("name", ""))
    if not client.isdecimal() or len(client) > LONGEST_CLIENT:
        client = "0"
    if call == "publish_done":
        if show:
            await encoders_of(request).gone(show, client)
        return Response(status_code=200)
    if show is None:
        return Response(status_code=403)
    if call == "update_publish":
        return Response(status_code=200)
    stream = await encoders_of(request).come(show, client, said["name"])
    return Response(status_code=302, headers={"Location": stream})


async def _media_mtx(request: Request) -> Response:
    try:
        said = json.loads(await request.body())
        action, path, address = str(said["action"]), str(said["path"]), str(said["ip"])
    except (ValueError, KeyError, TypeError):
        return Response(status_code=403)
    if action == "read":
        return Response(status_code=200 if _is_near(address) else 403)
    await _count(request, address)
    key = path.rpartition("/")[2]
    show = await _show(request, key) if action == "publish" else None
    if show is None:
        return Response(status_code=403)
    await encoders_of(request).come(show, None, key)
    return Response(status_code=200)


async def _show(request: Request, key: str) -> Show | None:
    if not key or len(key) > LONGEST_NAME:
        return None
    async with shop_of(request).db.read() as connection:
        return await show_of_key(connection, digest(key))


async def _count(request: Request, address: str) -> None:
    """Tries are counted for the encoder's address: the RTMP server's own is the same for all."""
    await count_try(request, "hook", who=f"encoder {address[:64]}")


def _is_near(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


ROUTES = [Route("/hooks/encoder/{secret}", answer, methods=["POST"])]
