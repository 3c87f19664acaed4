"""What everybody may know of a show: what is pinned, what it costs and what is left; nobody's name."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from catalog.live.shows.mask import mask_phones
from catalog.live.shows.model import Show
from catalog.live.shows.queries import SQL
from catalog.live.shows.room_view import Shown, goods_of
from catalog.orders.offer import media_path
from catalog.orders.queries import SQL as ORDERS
from catalog.storage.database import now_ms
from catalog.storage.sql import Connection
from catalog.web.clock import clock
from catalog.web.locale import translate
from catalog.words.money import show_vnd
from catalog.words.units import show_quantity

MOST_COMMENTS = 3
JUST_MS = 60_000
"""So long "somebody has just bought" is true."""


@dataclass(frozen=True, slots=True)
class Pinned:
    """A product as viewers see it."""

    pin: str
    name: str
    kind: str
    price: str
    unit: str
    left: str
    orders: str
    is_sold_out: bool
    flash_until: str
    before: str
    photo: str
    href: str
    seller: str = ""


@dataclass(frozen=True, slots=True)
class Public:
    """The state of a show for everybody. `has_more` tells whether anything is left to buy, `left` how much of each pin."""

    state: str
    pinned: Pinned | None
    sold: str
    comments: tuple[tuple[str, str], ...]
    has_more: bool
    left: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> str:
        """As the page's script reads it; the same text for the same state."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))


async def public_of(connection: Connection, show: Show) -> tuple[Public, tuple[Shown, ...]]:
    """The state, and the goods behind it."""
    goods = await goods_of(connection, show)
    pinned = next((one for one in goods if one.item.pin == show.pinned), None)
    comments = tuple((mask_phones(row["author"]), mask_phones(row["text"])) for row in
                     reversed(await SQL.page_comments(connection, show_id=show.id, most=MOST_COMMENTS)))
    last = await SQL.last_sold(connection, show_id=show.id, since_ms=now_ms() - JUST_MS)
    sold = translate("Vừa có người mua {amount}").format(amount=show_quantity(last["amount"], last["unit"])) if last else ""
    photo = await _photo(connection, pinned) if pinned else ""
    return Public(show.state, pinned_of(pinned, show, photo) if pinned else None, sold, comments,
                  any(not one.item.listing.is_sold_out for one in goods),
                  tuple((one.item.pin, one.left_text) for one in goods)), goods


def pinned_of(shown: Shown, show: Show, photo: str) -> Pinned:
    """One product in words."""
    item, listing = shown.item, shown.item.listing
    return Pinned(
        pin=item.pin, name=listing.name, kind=listing.kind, price=show_vnd(listing.price_vnd), unit=listing.unit,
        left=shown.left_text, orders=translate("{count} đơn").format(count=shown.orders) if shown.orders else "",
        is_sold_out=listing.is_sold_out, flash_until=clock(item.flash_until_ms) if item.flash_until_ms else "",
        before=show_vnd(item.before_vnd) if item.is_flash and item.before_vnd else "",
        photo=photo, href=f"{show.path}?pin={item.pin}#mua", seller=shown.seller)


async def _photo(connection: Connection, shown: Shown) -> str:
    """The cover as large as a phone shows it."""
    pictures = await ORDERS.page_pictures(connection, listing_id=shown.item.listing.id)
    return next((media_path(row["object_key"]) for row in pictures
                 if row["role"] == "page_720" and row["content_type"] == "image/jpeg"), "")
