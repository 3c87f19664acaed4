"""What was filmed, after the show: all of it, and the piece of each pin, copied without encoding when first asked for."""

from __future__ import annotations

import asyncio
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from catalog.errors import Busy, NotFound
from catalog.live.shows.access import own_show
from catalog.live.shows.model import Show
from catalog.live.shows.picture_pages import show_folder
from catalog.live.shows.queries import SQL
from catalog.storage.shop import Shop
from catalog.storage.sql import Connection
from catalog.web.render import PRIVATE, shop_of
from media.pool import RenderFailed, WorkerDied

RECORDING_DAYS = 30
"""So long the pictures of a show are kept: an hour is some 700 MB."""

FULL = "full.m3u8"
WHOLE = "whole.mp4"
LONGEST_SHOW_SECONDS = 24 * 3600.0
CUT_SECONDS = 120.0
LEAST_PIECE_SECONDS = 3.0
"""A pin that was pressed by mistake makes no piece."""


@dataclass(frozen=True, slots=True)
class Filmed:
    """The piece of one pin, in seconds of the recording."""

    number: int
    pin: str
    begin: float
    end: float

    @property
    def length(self) -> str:
        """Minutes and seconds: `2:05`."""
        return f"{int(self.end - self.begin) // 60}:{int(self.end - self.begin) % 60:02}"


async def filmed_of(connection: Connection, show: Show) -> list[Filmed]:
    """The pieces in their order; the last one ends with the recording."""
    shown = [json.loads(row["detail"]) for row in await SQL.cards_shown(connection, show_id=show.id)]
    if not shown:
        return []
    ends = [one["seconds"] for one in shown[1:]]
    length = (show.ended_ms - show.started_ms) / 1000 if show.ended_ms and show.started_ms else LONGEST_SHOW_SECONDS
    pieces = [Filmed(number, one["pin"], one["seconds"], end) for number, (one, end) in
              enumerate(zip(shown, [*ends, max(length, shown[-1]["seconds"] + 1)], strict=True))]
    return [piece for piece in pieces if piece.pin and piece.end - piece.begin >= LEAST_PIECE_SECONDS]


def is_filmed(shop: Shop, show: Show) -> bool:
    """Whether there is a recording."""
    return (show_folder(shop.settings.data, show.id) / FULL).is_file()


async def whole(request: Request) -> Response:
    """The whole recording as one MP4."""
    _, show = await own_show(request)
    return await _file(request, show, WHOLE, 0.0, LONGEST_SHOW_SECONDS, f"{show.code.lower()}.mp4")


async def piece(request: Request) -> Response:
    """The piece of one pin as an MP4."""
    _, show = await own_show(request)
    asked = request.path_params["piece_number"]
    async with shop_of(request).db.read() as connection:
        found = next((one for one in await filmed_of(connection, show) if str(one.number) == asked), None)
    if found is None:
        raise NotFound
    return await _file(request, show, f"piece-{found.number}.mp4", found.begin, found.end,
                       f"{show.code.lower()}-{found.pin.lower()}-{found.number}.mp4")


async def _file(request: Request, show: Show, name: str, begin: float, end: float, save_as: str) -> Response:
    shop = shop_of(request)
    folder = show_folder(shop.settings.data, show.id)
    path = folder / name
    if not path.is_file():
        if show.state != "ended" or not (folder / FULL).is_file():
            raise NotFound("Chưa có hình của buổi này.")
        try:
            await shop.pool.run("live_piece", {"folder": str(folder), "begin": begin, "end": end, "out": str(path)},
                                seconds_limit=CUT_SECONDS)
        except WorkerDied as error:
            raise Busy from error
        except RenderFailed as error:
            raise NotFound("Chưa có hình của buổi này.") from error
    headers = {"Cache-Control": PRIVATE, "Content-Disposition": f'attachment; filename="{save_as}"'}
    return FileResponse(path, media_type="video/mp4", headers=headers)


async def forget_pictures(shop: Shop, *, before_ms: int) -> int:
    """How many shows that ended before then lost their pictures just now."""
    async with shop.db.read() as connection:
        rows = await SQL.ended_before(connection, before_ms=before_ms)
    folders = [path for row in rows if (path := show_folder(shop.settings.data, row["id"])).is_dir()]
    for folder in folders:
        await asyncio.to_thread(_remove, folder)
    return len(folders)


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


ROUTES = [Route("/n/{household}/shows/{show}/recording.mp4", whole),
          Route("/n/{household}/shows/{show}/pieces/{piece_number}.mp4", piece)]
