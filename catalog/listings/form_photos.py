"""The photos of a product's form: those sent before, and without script those that come with it."""

from __future__ import annotations

from starlette.datastructures import FormData, UploadFile

from catalog.errors import FieldError, ShopError
from catalog.households.model import Actor
from catalog.listings.intake import take_photo
from catalog.listings.media_pages import FORM_BYTES
from catalog.listings.model import MOST_PHOTOS
from catalog.listings.queries import SQL
from catalog.storage.shop import Shop
from catalog.web.locale import say
from media.intake import MAX_BYTES

MOST_FILES = 40
"""A gallery lets people pick more than are taken: the rest is left out and said so, not refused whole."""

MOST_FIELDS = 60
MOST_BYTES = MOST_PHOTOS * MAX_BYTES + FORM_BYTES


async def photos_of_form(shop: Shop, actor: Actor, data: FormData, *,
                         listing_id: str | None = None) -> tuple[list[str], list[ShopError]]:
    """The ids of the form's photos in their order, new ones taken in now; and what is wrong with others.

    A photo that was sent before counts while it is nobody's or this listing's.
    """
    ids: list[str] = []
    wrong: list[ShopError] = []
    sent = [value for value in dict.fromkeys(data.getlist("photo")) if isinstance(value, str) and value]
    for number, photo_id in enumerate(sent[:MOST_PHOTOS], 1):
        if await _may_be_used(shop, actor, photo_id, listing_id):
            ids.append(photo_id)
        else:
            wrong.append(FieldError("Ảnh {number} không còn nữa. Chụp lại giúp.", number=number))
    uploads = [file for file in data.getlist("photos") if isinstance(file, UploadFile) and file.filename]
    room = MOST_PHOTOS - len(ids)
    if len(uploads) > room:
        wrong.append(FieldError("Nhiều nhất {most} ảnh.", most=MOST_PHOTOS))
    for number, upload in enumerate(uploads[:room], 1):
        try:
            photo = await take_photo(shop, household_id=actor.household.id, upload=upload,
                                     upload_key=_key(data, number, upload))
        except ShopError as error:
            wrong.append(FieldError("Ảnh {number}: {why}", number=number, why=say(error.key, error.values)))
        else:
            ids.append(photo.id)
    return list(dict.fromkeys(ids)), wrong


async def _may_be_used(shop: Shop, actor: Actor, photo_id: str, listing_id: str | None) -> bool:
    async with shop.db.read() as connection:
        row = await SQL.photo_by_id(connection, id=photo_id, household_id=actor.household.id)
    return row is not None and row["listing_id"] in (None, listing_id)


def _key(data: FormData, number: int, upload: UploadFile) -> str:
    """Names an upload by form, place and size, so that the same form sent again brings the same photos."""
    draft = str(data.get("draft_key", ""))[:40]
    return f"{draft}-{number}-{upload.size}-{(upload.filename or '')[-20:]}" if draft else ""
