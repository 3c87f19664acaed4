"""Goods with a photo, and feeds read as a stranger's program reads them: by their specifications, not by our code."""

from __future__ import annotations

import csv
import io
from typing import Any
from xml.etree import ElementTree

from PIL import Image

from catalog.listings.model import Listing
from catalog.listings.queries import SQL as LISTINGS
from catalog.storage.database import new_id, now_ms
from tests.cast import Cast

G = "{http://base.google.com/ns/1.0}"
ATOM = "{http://www.w3.org/2005/Atom}"
MEDIA = "{http://search.yahoo.com/mrss/}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


async def photograph(cast: Cast, listing: Listing, *, width: int = 720, height: int = 540, role: str = "page_720") -> str:
    """Give the listing a photo with a page picture of that size; the picture's key."""
    path = cast.shop.scratch / f"{new_id()}.jpg"
    Image.effect_noise((width, height), 40).convert("RGB").save(path)
    key, photo_id = await cast.shop.objects.keep(path), new_id()
    async with cast.shop.db.write() as connection:
        await LISTINGS.add_photo(connection, id=photo_id, household_id=listing.household_id, upload_key=photo_id,
                                 object_key=key, width=width, height=height, sharpness=1.0, fingerprint="", now_ms=now_ms())
        await LISTINGS.attach_photo(connection, id=photo_id, household_id=listing.household_id, listing_id=listing.id,
                                    position=0)
        await LISTINGS.add_file(connection, id=new_id(), listing_id=None, photo_id=photo_id, role=role, spec_key="",
                                object_key=key, content_type="image/jpeg", width=width, height=height,
                                bytes=path.stat().st_size, seconds=0.0, left_out="", now_ms=now_ms())
    return key


async def fetch(cast: Cast, path: str) -> str:
    """The feed's text, asked for by a stranger."""
    answer = await cast.buyer.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode("utf-8")


async def meta_rows(cast: Cast, path: str = "/feeds/meta.csv") -> list[dict[str, str]]:
    """The catalogue's rows; every row has every column."""
    reader = csv.DictReader(io.StringIO(await fetch(cast, path), newline=""), strict=True)
    rows = list(reader)
    assert all(None not in row and None not in row.values() for row in rows)
    return rows


async def google_items(cast: Cast, path: str = "/feeds/merchant.xml") -> list[dict[str, str]]:
    """Google's attributes of each item, without their namespace."""
    root = ElementTree.fromstring(await fetch(cast, path))
    return [{child.tag.removeprefix(G): child.text or "" for child in item} for item in root.iter("item")]


async def rss_items(cast: Cast, path: str = "/feeds/rss.xml") -> list[ElementTree.Element]:
    """The items of an RSS feed."""
    return list(ElementTree.fromstring(await fetch(cast, path)).iter("item"))


async def json_feed(cast: Cast, path: str = "/feeds/feed.json") -> dict[str, Any]:
    """The JSON Feed."""
    answer = await cast.buyer.get(path)
    assert answer.status_code == 200
    feed: dict[str, Any] = answer.json()
    return feed
