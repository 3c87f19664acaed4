"""Writes a feed piece by piece into a bounded buffer, so that its digest is known before the first byte is sent."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile

from catalog.posts.feeds.feed import Feed, Format
from catalog.posts.feeds.item import GOOD_PX, Item, to_item
from catalog.storage.database import now_ms
from catalog.storage.queries import FOREVER_MS
from catalog.storage.shop import Shop
from catalog.storage.sql import sql
from catalog.web.clock import local

SQL = sql(__file__)

BATCH = 500
MOST_IN_MEMORY = 1 << 20
PIECE_BYTES = 64 * 1024


@dataclass(slots=True)
class Written:
    """A whole feed: `file` stands at its beginning and is the reader's to close."""

    file: SpooledTemporaryFile[bytes]
    size: int
    digest: str

    async def pieces(self) -> AsyncIterator[bytes]:
        """The bytes; closes the file after the last one."""
        with self.file as file:
            while piece := file.read(PIECE_BYTES):
                yield piece


async def write_feed(shop: Shop, kind: Format, feed: Feed, *, before: str = "") -> Written:
    """The feed as it stands now, from the item after `before` on; memory stays bounded however many there are."""
    file: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(MOST_IN_MEMORY, dir=shop.scratch)
    digest = hashlib.sha256()

    def put(text: str) -> None:
        data = text.encode()
        digest.update(data)
        file.write(data)

    put(kind.begin(feed))
    count, next_url, last = 0, "", None
    async for item in items_of(shop, feed, before=before, batch=min(BATCH, (kind.most or BATCH) + 1)):
        if kind.most is not None and count == kind.most:
            next_url = feed.url_after(last) if kind.is_paged and last else ""
            break
        if text := kind.entry(item):
            put((kind.between if count else "") + text)
            count += 1
        last = item
    put(kind.end(feed, next_url))
    size = file.tell()
    file.seek(0)
    return Written(file, size, digest.hexdigest())


async def items_of(shop: Shop, feed: Feed, *, before: str = "", batch: int = BATCH) -> AsyncIterator[Item]:
    """The scope's goods, the newest first, read in batches as they are asked for."""
    before_ms, before_id = read_key(before)
    while True:
        async with shop.db.read() as connection:
            rows = await SQL.goods(connection, village_id=feed.scope.village_id, household_id=feed.scope.household_id,
                                   before_ms=before_ms, before_id=before_id, good_px=GOOD_PX, most=batch,
                                   today=local(now_ms()).date().isoformat())
        for row in rows:
            yield to_item(row, public_url=feed.public_url)
        if len(rows) < batch:
            return
        before_ms, before_id = rows[-1]["published_ms"], rows[-1]["id"]


def read_key(text: str) -> tuple[int, str]:
    """The item's time and id that `?before=` names; the end of time for anything else."""
    ms, _, item_id = text.partition("-")
    if ms.isascii() and ms.isdigit() and len(ms) < 16 and item_id.isascii() and item_id.isalnum():
        return int(ms), item_id
    return FOREVER_MS, ""
