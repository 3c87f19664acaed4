"""The show's picture as files that anybody may fetch: the live playlist, headers and segments (RFC 8216)."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from catalog.errors import NotFound
from catalog.live.shows.reel import Reel

PLAYLIST_TYPE = "application/vnd.apple.mpegurl"
NEVER = "no-store"
HOUR = "public, max-age=3600, immutable"


def show_folder(data: Path, show_id: str) -> Path:
    """Where a show's broadcast keeps its playlists, segments, recording and original slices."""
    return data / "live" / show_id


async def playlist(request: Request) -> Response:
    """The last half minute; 204 where no camera has sent anything, so that pages may ask without an error."""
    found = await _reel_of(request).playlist(request.path_params["code"])
    if found is None:
        return Response(status_code=204, headers={"Cache-Control": NEVER})
    return Response(found, media_type=PLAYLIST_TYPE, headers={"Cache-Control": NEVER})


async def segment(request: Request) -> Response:
    """A piece of the picture."""
    return await _file(request, f"segment-{_number(request, 'number', 6)}.m4s", "video/iso.segment")


async def header(request: Request) -> Response:
    """What a player needs before the pieces."""
    return await _file(request, f"init-{_number(request, 'part')}.mp4", "video/mp4")


def _number(request: Request, name: str, width: int = 0) -> str:
    text = request.path_params[name]
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and (not width or len(text) == width)):
        raise NotFound
    return str(text)


async def _file(request: Request, name: str, media_type: str) -> Response:
    data = await _reel_of(request).piece(request.path_params["code"], name)
    return Response(data, media_type=media_type, headers={"Cache-Control": HOUR})


def _reel_of(request: Request) -> Reel:
    found: Reel = request.app.state.reel
    return found


ROUTES = [Route("/l/{code}/live.m3u8", playlist), Route("/l/{code}/segment-{number}.m4s", segment),
          Route("/l/{code}/init-{part}.mp4", header)]
