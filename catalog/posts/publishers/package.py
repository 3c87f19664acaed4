"""A listing, or a village's digest, made ready to be posted: today's facts, the finished pictures, or why it can't go."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from catalog.households.model import Household, Village
from catalog.listings.model import KeptFile, Listing, order_link
from catalog.listings.queries import SQL as LISTINGS
from catalog.listings.queries import files_of_listing
from catalog.listings.renders import render_state
from catalog.posts.compose import posts_of
from catalog.posts.digest.model import digest_text, turned
from catalog.posts.digest.picture import digest_picture, digest_spec
from catalog.posts.digest.queries import goods_of_village
from catalog.posts.model import Post
from catalog.posts.publishers.model import Attachment, Package
from catalog.posts.publishers.sending import Sending
from catalog.storage.database import now_ms
from catalog.storage.shop import Shop
from catalog.storage.sql import Connection
from catalog.web.clock import local
from catalog.words.keyed import N_
from catalog.words.money import show_vnd

TEXTS = {"facebook": "facebook", "zalo": "zalo", "webhook": "portal"}
"""Which of a listing's texts goes where."""

ROLES = {"pictures": ("square", "portrait"), "article": ("square", "portrait"), "broadcast": ("square", "portrait"),
         "group": ("square",), "reel": ("clip",), "video": ("clip",)}

WITHDRAWN = N_("Hàng không còn trên sạp nên không đăng.")
SOLD_OUT = N_("Hết hàng nên không đăng.")
TOO_OLD = N_("Hàng quá hạn dùng nên không đăng.")
NOTHING_TODAY = N_("Hôm nay chưa nhà nào đăng hàng.")
OLD_PRICE = N_("Giá đã đổi mà lời sửa tay chưa có giá mới. Sửa lời rồi đăng lại.")


@dataclass(frozen=True, slots=True)
class Ready:
    """The post, or that its files are still being made (`is_coming`), or neither: they could not be made."""

    package: Package | None
    fingerprint: str = ""
    is_coming: bool = False


def why_not(listing: Listing, sending: Sending, post: Post, today: date) -> str:
    """Why the listing must not be posted now, as a message key; "" where it may."""
    if listing.state != "published":
        return WITHDRAWN
    if listing.is_sold_out:
        return SOLD_OUT
    if listing.best_before and listing.best_before < today:
        return TOO_OLD
    if post.edited and listing.price_vnd != sending.price_vnd and show_vnd(listing.price_vnd) not in post.text:
        return OLD_PRICE
    return ""


async def post_for(connection: Connection, listing: Listing, household: Household, network: str, *, public_url: str) -> Post:
    """The text that goes to the network, as it stands now."""
    posts = {post.network: post for post in await posts_of(connection, listing, household, public_url=public_url)}
    return posts[TEXTS[network]]


async def make_ready(shop: Shop, connection: Connection, listing: Listing, household: Household, sending: Sending,
                     post: Post) -> Ready:
    """The post with the files that show the listing as it is now: older ones only where it has begun already."""
    row = await LISTINGS.listing_by_id(connection, id=listing.id)
    files = {file.role: file for file in await files_of_listing(connection, listing.id)
             if file.spec_key == row["render_key"] or sending.has_begun}
    state = await render_state(connection, listing)
    wanted = ROLES[sending.shape]
    if any(role not in files for role in wanted):
        is_coming = not state.is_ready and not state.has_failed
        if is_coming or wanted[0] not in files:
            return Ready(None, is_coming=is_coming)
    clip = files.get("clip")
    attachments = tuple(_attach(shop, files[role]) for role in wanted if role in files and role != "clip")
    text = sending.text if sending.has_begun else post.text
    package = Package(
        key=sending.id, title=listing.name, author=household.name, text=text, link=post.link,
        since_ms=sending.created_ms, pictures=attachments, clip=_attach(shop, clip) if clip else None,
        facts={"code": listing.code, "kind": listing.kind, "name": listing.name, "price_vnd": listing.price_vnd,
               "unit": listing.unit, "place": listing.place or household.place,
               "packed_on": listing.packed_on.isoformat() if listing.packed_on else None,
               "best_before": listing.best_before.isoformat() if listing.best_before else None,
               "page": order_link(shop.settings.public_url, listing.code)})
    return Ready(package, _fingerprint(text, *(files[role].object_key for role in wanted if role in files)))


async def digest_post(shop: Shop, village: Village, sending: Sending) -> Ready | None:
    """The village's digest of this moment with its picture; None where nobody sells anything today."""
    today = local(now_ms()).date()
    async with shop.db.read() as connection:
        goods = turned(await goods_of_village(connection, village.id), today)
    if not goods and not sending.has_begun:
        return None
    text = sending.text if sending.has_begun else digest_text(village, goods, today, public_url=shop.settings.public_url)
    pictures: tuple[Attachment, ...] = ()
    if goods:
        path = await digest_picture(shop, village, await digest_spec(shop, village, goods, today))
        pictures = (Attachment("digest", path, "", "image/jpeg", 1080, 1350, path.stat().st_size),)
    package = Package(key=sending.id, title=f"Chợ phiên {village.name}", author=village.name, text=text,
                      link=f"{shop.settings.public_url}/", since_ms=sending.created_ms, pictures=pictures)
    return Ready(package, _fingerprint(text, *(picture.path.name for picture in pictures)))


def _fingerprint(*went_in: str) -> str:
    return hashlib.sha256("\n".join(went_in).encode()).hexdigest()[:16]


def _attach(shop: Shop, file: KeptFile) -> Attachment:
    return Attachment(file.role, shop.objects.path(file.object_key), shop.settings.public_url + file.url,
                      file.content_type, file.width, file.height, file.bytes)
