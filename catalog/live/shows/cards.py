"""The cards that lie over the picture, drawn ahead: a pin must not wait for a drawing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from catalog.listings.model import left_text, order_link
from catalog.live.shows.model import ShowItem
from catalog.storage.shop import Shop
from media.qr import link_payload

CARD_SECONDS = 20.0
Words = dict[str, object]


def card_words(item: ShowItem, public_url: str) -> Words:
    """What stands on a product's card now."""
    listing = item.listing
    return {"pin": item.pin, "name": listing.name, "kind": listing.kind, "price_vnd": listing.price_vnd, "unit": listing.unit,
            "left": "Vừa hết" if listing.is_sold_out else left_text(listing), "is_sold_out": listing.is_sold_out,
            "payload": link_payload(order_link(public_url, listing.code, "L"))}


class Cards:
    """The newest card of each product of one show."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._drawn: dict[object, tuple[Words, bytes]] = {}
        self._drawing = asyncio.Lock()

    async def card(self, words: Words) -> bytes:
        """The card as a PNG, drawn now where it isn't yet. Raises what `RenderPool.run` raises."""
        known = self._drawn.get(words["pin"])
        if known and known[0] == words:
            return known[1]
        with TemporaryDirectory(dir=self._shop.scratch) as folder:
            await self._shop.pool.run("pinned", {"pinned": words, "out_dir": folder}, seconds_limit=CARD_SECONDS)
            png = await asyncio.to_thread((Path(folder) / "pinned.png").read_bytes)
        self._drawn[words["pin"]] = words, png
        return png

    async def draw_ahead(self, items: Iterable[ShowItem]) -> None:
        """Draw those that have changed, one after another; whoever draws already goes on alone."""
        if self._drawing.locked():
            return
        async with self._drawing:
            for item in items:
                await self.card(card_words(item, self._shop.settings.public_url))
