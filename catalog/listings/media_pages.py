"""Photos going in, finished files going out."""

from __future__ import annotations

import asyncio
import re

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from catalog.errors import FieldError, NotFound
from catalog.households.model import may_act_for
from catalog.households.queries import household_by_id
from catalog.households.session import act_for, current_person
from catalog.listings.intake import forget_photo, take_photo
from catalog.listings.model import MOST_PHOTOS
from catalog.listings.photo_order import hint
from catalog.listings.queries import SQL, to_photo
from catalog.web.limits import count_try
from catalog.web.locale import translate
from catalog.web.render import shop_of
from catalog.words.fold import fold
from media.intake import MAX_BYTES

FORM_BYTES = 256 * 1024
THUMB_TRIES = 40
THUMB_WAIT_SECONDS = 0.1
FOREVER = "public, max-age=31536000, immutable"
PRIVATE = "private, max-age=31536000, immutable"
ENDINGS = {"image/jpeg": "jpg", "image/avif": "avif", "image/webp": "webp", "video/mp4": "mp4",
           "application/pdf": "pdf", "image/png": "png"}


async def upload_photo(request: Request) -> Response:
    """201 with the kept photo's id; the same `upload_key` gives the same answer.

    `others` are the ids of the form's photos so far, of which it may be a twin.
    """
    actor = await act_for(request)
    await count_try(request, "upload", who=actor.household.id)
    shop = shop_of(request)
    shop.pool.warm()
    async with request.form(max_files=1, max_fields=4) as form:
        upload = form.get("photo")
        if not isinstance(upload, UploadFile):
            raise FieldError("Chưa có ảnh. Chụp hoặc chọn ít nhất 1 ảnh.")
        photo = await take_photo(shop, household_id=actor.household.id, upload_key=str(form.get("upload_key", "")),
                                 upload=upload)
        others = str(form.get("others", "")).split(",")[:MOST_PHOTOS]
    async with shop.db.read() as connection:
        rows = [await SQL.photo_by_id(connection, id=one, household_id=actor.household.id) for one in others]
    said = hint(photo, [to_photo(row) for row in rows if row])
    return JSONResponse({"id": photo.id, "hint": translate(said) if said else "", "width": photo.width, "height": photo.height,
                         "thumb": f"/n/{actor.household.code}/photos/{photo.id}/thumb"}, 201)


async def remove_photo(request: Request) -> Response:
    """Forget a photo that is in no listing yet."""
    actor = await act_for(request)
    await forget_photo(shop_of(request), household_id=actor.household.id, photo_id=request.path_params["photo"])
    return Response(status_code=204)


async def show_thumb(request: Request) -> Response:
    """The small picture of a photo; a fresh one's takes a moment to be made, and is waited for."""
    actor = await act_for(request)
    shop = shop_of(request)
    for _ in range(THUMB_TRIES):
        async with shop.db.read() as connection:
            files = await SQL.files_of_photo(connection, photo_id=request.path_params["photo"])
            row = await SQL.photo_by_id(connection, id=request.path_params["photo"], household_id=actor.household.id)
        if row is None:
            break
        if thumb := next((file for file in files if file["role"] == "thumb"), None):
            return RedirectResponse(f"/m/{thumb['object_key']}", status_code=302,
                                    headers={"Cache-Control": "private, max-age=3600"})
        await asyncio.sleep(THUMB_WAIT_SECONDS)
    raise NotFound("Không thấy ảnh này.")


async def send_file(request: Request) -> Response:
    """A finished file: for everybody while its listing is on the stall, else for those who work on it.

    `/m/<key>/save` offers it for saving, under a name that people recognise.
    """
    key = request.path_params["key"].lower()
    shop = shop_of(request)
    path = shop.objects.path(key)
    async with shop.db.read() as connection:
        row = await SQL.file_by_key(connection, object_key=key)
    if row is None or not path.exists():
        raise NotFound
    is_public = row["listing_state"] == "published"
    if not is_public and not await _may_see(request, row["household_id"] or row["photo_household_id"]):
        raise NotFound
    headers = {"Cache-Control": FOREVER if is_public else PRIVATE, "ETag": f'"{key[:32]}"'}
    if request.url.path.lower().endswith("/save"):
        headers["Content-Disposition"] = f'attachment; filename="{_name(row)}"'
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return FileResponse(path, media_type=row["content_type"], headers=headers)


async def _may_see(request: Request, household_id: str | None) -> bool:
    person = await current_person(request)
    if person is None or household_id is None:
        return False
    async with shop_of(request).db.read() as connection:
        household = await household_by_id(connection, household_id)
    return may_act_for(person, household)


def _name(row: dict[str, str]) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", fold(row["listing_name"] or "anh")).strip("-")[:60] or "anh"
    return f"{plain}-{row['role'].replace('_', '-')}.{ENDINGS.get(row['content_type'], 'bin')}"


LARGE_BODIES = [(r"/n/[^/]+/photos", MAX_BYTES + FORM_BYTES)]

ROUTES = [
    Route("/n/{household}/photos", upload_photo, methods=["POST"]),
    Route("/n/{household}/photos/{photo}", remove_photo, methods=["DELETE"]),
    Route("/n/{household}/photos/{photo}/thumb", show_thumb),
    Route("/m/{key}", send_file), Route("/m/{key}/save", send_file),
]
