"""What the tests of this room share: photos, sent photos, listings, and what the shop has kept."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
from PIL import Image

from catalog.words.units import show_number
from tests.cast import Cast
from tests.media.uploads import encoded, textured

FACTS = {"kind": "grapefruit", "name": "Bưởi da xanh", "price": "25 nghìn", "unit": "kg", "stock": "80",
         "place": "bản Lói"}


def photo(width_px: int = 320, height_px: int = 240) -> bytes:
    """A sound JPEG; another size gives another photo."""
    return encoded(textured(width_px, height_px))


def plain_photo(colour: str) -> bytes:
    """A JPEG of one colour: the same bytes each time."""
    return encoded(Image.new("RGB", (320, 240), colour))


async def send_photo(client: httpx.AsyncClient, cast: Cast, data: bytes, *, key: str = "",
                     name: str = "anh.jpg") -> httpx.Response:
    """The answer to one photo sent as upload.js sends it."""
    return await client.post(f"{cast.stall}/photos", data={"upload_key": key},
                             files={"photo": (name, data, "image/jpeg")}, headers={"Sec-Fetch-Dest": "empty"})


async def sent_photo(cast: Cast, data: bytes | None = None) -> str:
    """The id of a photo that the farmer has sent."""
    answer = await send_photo(cast.farmer, cast, data or photo())
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def sell(cast: Cast, client: httpx.AsyncClient, *, photos: list[str] | None = None, **changes: str) -> str:
    """The code of a fresh listing with one photo, or with those given."""
    ids = [await sent_photo(cast)] if photos is None else photos
    answer = await client.post(f"{cast.stall}/sell", data={**FACTS, **changes, "photo": ids})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].rsplit("/", 1)[1]


async def edit(cast: Cast, client: httpx.AsyncClient, code: str, **changes: str | list[str]) -> httpx.Response:
    """The answer to the listing's form, sent as it was shown but for some fields."""
    row = await listing_row(cast, code)
    photos = await rows(cast, "SELECT id FROM photos WHERE listing_id = ? ORDER BY position", row["id"])
    shown = {"kind": row["kind"], "name": row["name"], "price": str(row["price_vnd"]), "unit": row["unit"],
             "stock": show_number(row["on_hand"], row["unit"]), "stock_seen": str(row["on_hand"]),
             "place": row["place"], "photo": [photo["id"] for photo in photos]}
    return await client.post(f"{cast.stall}/listings/{code}/edit", data=shown | changes)


async def rows(cast: Cast, statement: str, *values: Any) -> list[Any]:
    """What a plain SELECT finds."""
    async with cast.shop.db.read() as connection:
        return list(await connection.execute_fetchall(statement, values))


async def listing_row(cast: Cast, code: str) -> Any:
    """The listing as it stands in the table."""
    (row,) = await rows(cast, "SELECT * FROM listings WHERE code = ?", code.upper())
    return row


async def newest_consent(cast: Cast) -> Any:
    """The consent that was asked for last."""
    return (await rows(cast, "SELECT * FROM consents ORDER BY asked_ms DESC, id DESC LIMIT 1"))[0]


def kept_files(cast: Cast) -> list[Path]:
    """Every file in the shop's folder of objects, what is on its way included."""
    return sorted(path for path in cast.shop.objects.folder.rglob("*") if path.is_file())


async def wait_for(check: Callable[[], Awaitable[bool]], seconds: float = 60) -> None:
    """Return once `check` holds; fails when it does not in a long time."""
    for _ in range(int(seconds / 0.05)):
        if await check():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("what was waited for did not happen")
