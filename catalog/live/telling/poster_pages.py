"""A show's posters as files that anybody may fetch, as the show's page is for everybody."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from catalog.errors import NotFound
from catalog.live.shows.access import public_show
from catalog.live.telling.poster import ROLES, Poster, posters_of
from catalog.web.render import shop_of

LOOKS = 60
LOOK_SECONDS = 0.25
"""A poster that was asked for by its version is waited for: drawing takes some seconds."""

FOREVER = "public, max-age=31536000, immutable"
SOON = "public, max-age=60"


async def send_poster(request: Request) -> Response:
    """The poster of one role: of the version `v`, once it is drawn, or the newest there is."""
    show, _ = await public_show(request)
    role, shop = request.path_params["role"], shop_of(request)
    if role not in ROLES:
        raise NotFound
    asked = request.query_params.get("v", "")
    found: Poster | None = None
    for _ in range(LOOKS if asked and show.state == "planned" else 1):
        async with shop.db.read() as connection:
            found = next((one for one in await posters_of(connection, show.id) if one.role == role), None)
        if not asked or (found and found.key == asked):
            break
        await asyncio.sleep(LOOK_SECONDS)
    if found is None or not (path := shop.objects.path(found.object_key)).exists():
        raise NotFound("Ảnh báo buổi phát chưa làm xong. Chờ chút nhé.")
    headers = {"Cache-Control": FOREVER if asked == found.key else SOON, "ETag": f'"{found.object_key[:32]}"',
               "Content-Disposition": f'inline; filename="{show.code.lower()}-{role}.jpg"'}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return FileResponse(path, media_type="image/jpeg", headers=headers)


ROUTES = [Route("/l/{code}/poster/{role}.jpg", send_poster)]
