"""The digest's picture: drawn by the pool when what it shows has changed, kept in the place of the one before."""

from __future__ import annotations

import asyncio
import dataclasses
import hashlib
import json
from datetime import date
from pathlib import Path

from catalog.errors import Busy
from catalog.households.model import Village
from catalog.listings.intake import drop_unnamed
from catalog.listings.queries import parts_of_listing
from catalog.listings.scratch import scratch_folder
from catalog.listings.specs import card_spec, spec_key
from catalog.posts.digest.model import Good, day_text
from catalog.posts.digest.queries import SQL
from catalog.storage.database import now_ms
from catalog.storage.shop import Shop
from media.intake import media_files
from media.pool import RenderFailed
from media.spec import MOST_ON_DIGEST, CardSpec, DigestSpec

DRAW_SECONDS = 30


async def digest_spec(shop: Shop, village: Village, goods: list[Good], day: date) -> DigestSpec:
    """What the picture shows: goods with a photo first, and as many households as there is room for."""
    chosen: list[CardSpec] = []
    url = shop.settings.public_url
    async with shop.db.read() as connection:
        for good in _one_a_household(goods)[:2 * MOST_ON_DIGEST]:
            parts = await parts_of_listing(connection, good.listing.id)
            parts = dataclasses.replace(parts, photos=parts.photos[:1], voice=None, pieces=())
            chosen.append(card_spec(good.listing, good.household, parts, public_url=url, stock_said="",
                                    folder=shop.objects.folder))
    shown = sorted(chosen, key=lambda spec: not spec.photos)[:MOST_ON_DIGEST]
    more = len(goods) - len(shown)
    return DigestSpec(village.code, f"Chợ phiên {village.name}", day_text(day), url.split("://", 1)[-1], tuple(shown),
                      f"và {more} món nữa" if more else "")


async def digest_picture(shop: Shop, village: Village, spec: DigestSpec) -> Path:
    """The picture's file, a JPEG of 1080 × 1350. Raises `Busy` where it could not be drawn."""
    key = digest_key(spec)
    async with shop.db.read() as connection:
        row = await SQL.picture_of_village(connection, village_id=village.id)
    if row and row["spec_key"] == key and await asyncio.to_thread(shop.objects.path(row["object_key"]).exists):
        return shop.objects.path(row["object_key"])
    async with scratch_folder(shop) as folder:
        try:
            done = await shop.pool.run("digest", {"digest": spec.to_json(), "out_dir": str(folder)}, seconds_limit=DRAW_SECONDS)
        except RenderFailed as error:
            raise Busy("Chưa làm được ảnh. Bấm lại giúp.") from error
        (file,) = media_files(done)
        async with shop.objects.naming:
            object_key = await shop.objects.keep(file.path)
            async with shop.db.write() as connection:
                await SQL.keep_picture(connection, village_id=village.id, spec_key=key, object_key=object_key, now_ms=now_ms())
            if row:
                await drop_unnamed(shop, {row["object_key"]})
    return shop.objects.path(object_key)


def digest_key(spec: DigestSpec) -> str:
    """The digest of all that the picture shows."""
    told = [spec.code, spec.title, spec.day_text, spec.short_link, spec.more_text, *map(spec_key, spec.goods)]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:32]


def _one_a_household(goods: list[Good]) -> list[Good]:
    """The goods in rounds: each household's newest, then each one's second."""
    seen: dict[str, int] = {}
    ranked = []
    for at, good in enumerate(goods):
        round_of = seen.get(good.household.id, 0)
        seen[good.household.id] = round_of + 1
        ranked.append((round_of, at, good))
    return [good for _, _, good in sorted(ranked, key=lambda one: one[:2])]
