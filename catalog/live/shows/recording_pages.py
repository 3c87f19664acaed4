"""What was filmed, after the show: all of it, the piece of each pin, and what the phone itself recorded."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from catalog.errors import Conflict, Forbidden, NotFound
from catalog.households.queries import record
from catalog.live.shows.access import own_show, room_path
from catalog.live.shows.cutting import FULL, WHOLE, piece_name
from catalog.live.shows.keeping import MOST_BYTES, forget_show, holder_bytes, kept_until
from catalog.live.shows.model import Show
from catalog.live.shows.picture_pages import show_folder
from catalog.live.shows.queries import SQL
from catalog.storage.database import now_ms
from catalog.storage.shop import Shop
from catalog.web.render import PRIVATE, shop_of
from catalog.words.keyed import N_
from catalog.words.lengths import show_length

TYPES = {".mp4": "video/mp4", ".webm": "video/webm"}
LATE_MS = 10 * 60_000
"""Cutting takes seconds; what failed is tried again each day and at each start."""

NUMBER = re.compile(r"[0-9]{1,4}")


@dataclass(frozen=True, slots=True)
class Piece:
    """The piece of one pin, or with `pin` "" the phone's own recording."""

    number: int
    pin: str
    seconds: float
    bytes: int

    @property
    def length(self) -> str:
        """Minutes and seconds: `2:05`."""
        return show_length(self.seconds)


@dataclass(frozen=True, slots=True)
class Filmed:
    """A show's pictures. While they are cut, only `is_cutting` is true, with `is_late` where that takes too long;
    `forget_ms` is set where they have to make room."""

    is_cutting: bool
    is_late: bool = False
    whole: Piece | None = None
    pieces: tuple[Piece, ...] = ()
    originals: tuple[Piece, ...] = ()
    until_ms: int = 0
    forget_ms: int | None = None
    used_bytes: int = 0
    most_bytes: int = MOST_BYTES


async def filmed_of(shop: Shop, show: Show) -> Filmed | None:
    """What is kept of the show's pictures, or None where nothing was filmed or it is forgotten."""
    folder = show_folder(shop.settings.data, show.id)
    async with shop.db.read() as connection:
        row = await SQL.recording(connection, show_id=show.id)
        rows = await SQL.pieces(connection, show_id=show.id)
    if row is None:
        is_late = now_ms() - (show.ended_ms or 0) > LATE_MS
        return Filmed(is_cutting=True, is_late=is_late) if (folder / FULL).is_file() else None
    if not (folder / WHOLE).is_file():
        return None
    pieces = tuple(Piece(one["number"], one["pin"], one["seconds"], (folder / piece_name(one["number"])).stat().st_size)
                   for one in rows if (folder / piece_name(one["number"])).is_file())
    originals = tuple(Piece(number, "", 0.0, path.stat().st_size) for number, path in enumerate(_originals(folder)))
    return Filmed(False, False, Piece(0, "", row["seconds"], (folder / WHOLE).stat().st_size), pieces, originals,
                  kept_until(show.ended_ms or 0, row["forget_ms"]), row["forget_ms"],
                  await holder_bytes(shop, show))


async def whole(request: Request) -> Response:
    """The whole recording as one MP4, its pins as chapters."""
    _, show = await own_show(request)
    return _sent(show_folder(shop_of(request).settings.data, show.id) / WHOLE, show.code.lower())


async def piece(request: Request) -> Response:
    """The piece of one pin as an MP4."""
    _, show = await own_show(request)
    asked = request.path_params["piece_number"]
    async with shop_of(request).db.read() as connection:
        found = next(
            (row for row in await SQL.pieces(connection, show_id=show.id) if str(row["number"]) == asked), None
        )
    if found is None:
        raise NotFound
    return _sent(show_folder(shop_of(request).settings.data, show.id) / piece_name(found["number"]),
                 f"{show.code}-{found['pin']}-{found['number']}".lower())


async def original(request: Request) -> Response:
    """What a phone recorded, also while its line was down."""
    _, show = await own_show(request)
    asked = request.path_params["original_number"]
    paths = await asyncio.to_thread(_originals, show_folder(shop_of(request).settings.data, show.id))
    if not NUMBER.fullmatch(asked) or int(asked) >= len(paths):
        raise NotFound
    return _sent(paths[int(asked)], f"{show.code}-goc-{int(asked) + 1}".lower())


async def remove(request: Request) -> Response:
    """Back to the report without pictures, for good; a helper leaves that to the household. Raises `Conflict` before
    they are cut."""
    actor, show = await own_show(request)
    if actor.is_for_other and show.village_id is None:
        raise Forbidden
    shop = shop_of(request)
    if show.state != "ended":
        raise Conflict("Buổi này chưa hết. Dừng buổi phát rồi xoá hình.")
    found = await filmed_of(shop, show)
    if found and found.is_cutting and not found.is_late:
        raise Conflict("Hình đang được cắt. Chừng một phút nữa thử lại.")
    if await forget_show(shop, show.id):
        async with shop.db.write() as connection:
            await record(connection, household_id=show.household_id, person_id=actor.person_id,
                         verb=N_("xoá hình buổi phát"), detail=show.title)
    return RedirectResponse(room_path(actor, show), status_code=303)


def _originals(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("original-*") if path.suffix in TYPES)


def _sent(path: Path, save_as: str) -> Response:
    if not path.is_file():
        raise NotFound("Chưa có hình của buổi này.")
    headers = {"Cache-Control": PRIVATE, "Content-Disposition": f'attachment; filename="{save_as}{path.suffix}"'}
    return FileResponse(path, media_type=TYPES[path.suffix], headers=headers)


ROUTES = [Route("/n/{household}/shows/{show}/recording.mp4", whole),
          Route("/n/{household}/shows/{show}/recording/remove", remove, methods=["POST"]),
          Route("/n/{household}/shows/{show}/pieces/{piece_number}.mp4", piece),
          Route("/n/{household}/shows/{show}/originals/{original_number}", original)]
