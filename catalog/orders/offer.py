"""What a buyer is shown of one product: facts, live stock, pictures, and what machines read of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from catalog.listings.model import Certificate, Listing, order_link
from catalog.listings.queries import SQL as LISTINGS
from catalog.listings.queries import tiers_of_listing, to_listing
from catalog.orders.queries import SQL
from catalog.storage.database import now_ms
from catalog.storage.sql import Connection
from catalog.web.clock import full_date, local
from catalog.web.locale import translate
from catalog.words.money import show_vnd
from catalog.words.units import show_quantity

@dataclass(frozen=True, slots=True)
class Photo:
    """The cover in the page's sizes: `avif`, `webp` and `jpeg` are whole `srcset`s, `url` the smallest JPEG."""

    avif: str
    webp: str
    jpeg: str
    url: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Preview:
    """A picture that machines fetch; `url` is whole."""

    url: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Seller:
    """Whom one buys from; `phone` is E.164 or empty."""

    id: str
    code: str
    name: str
    place: str
    phone: str


@dataclass(frozen=True, slots=True)
class Offer:
    """One product before a buyer. `takes_transfers` where the household has a bank account."""

    listing: Listing
    seller: Seller
    takes_transfers: bool
    photo: Photo | None
    preview: Preview | None
    """What a shared link shows: a card, or the photo until one is drawn."""
    picture: Preview | None = None
    """The largest JPEG of the cover, without words on it."""
    certificates: tuple[Certificate, ...] = ()
    """Those that are valid today."""

    @property
    def is_for_sale(self) -> bool:
        """Whether it stands on the stall, be it sold out."""
        return self.listing.state == "published"

    @property
    def left_text(self) -> str:
        """What is left, for a tag."""
        return show_left(self.listing.on_hand, self.listing.unit)

    @property
    def summary(self) -> str:
        """One line for link previews."""
        parts = (f"{show_vnd(self.listing.price_vnd)}/{self.listing.unit}", self.left_text,
                 translate("Nhà {name}").format(name=self.seller.name), self.seller.place)
        return " · ".join(part for part in parts if part)


def show_left(on_hand: int, unit: str) -> str:
    """`Còn 18 túi` or `Hết hàng`, in the visitor's language."""
    if on_hand == 0:
        return translate("Hết hàng")
    return translate("Còn {amount}").format(amount=show_quantity(on_hand, unit))


async def load_offer(connection: Connection, code: str, *, public_url: str) -> Offer | None:
    """The product of this code in any state, or None."""
    row = await LISTINGS.product_page(connection, code=code.upper())
    if row is None:
        return None
    pictures = await SQL.page_pictures(connection, listing_id=row["id"])
    found = {one["role"]: Preview(f"{public_url}/m/{one['object_key']}", one["width"], one["height"])
             for one in pictures if one["content_type"] == "image/jpeg"}
    picture = found.get("feed") or found.get("page_720")
    return Offer(
        listing=to_listing(row, await tiers_of_listing(connection, row["id"])),
        seller=Seller(row["household_id"], row["household_code"], row["household_name"], row["household_place"],
                      row["household_phone"] or ""),
        takes_transfers=row["account_number"] is not None,
        photo=_photo(pictures), preview=found.get("preview") or picture, picture=picture,
        certificates=_certificates(row))


def details(offer: Offer) -> list[tuple[str, str]]:
    """Delivery, dates and ingredients, each with its label; only what is known."""
    listing = offer.listing
    place = listing.place or offer.seller.place
    rows: list[tuple[str, str | date | None]] = [
        (translate("Giao hàng"), translate("Gửi xe khách hoặc bưu điện, người mua trả cước. Hoặc đến lấy.")),
        (translate("Hàng ở"), place if place != offer.seller.place else ""),
        (translate("Đóng gói"), listing.packed_on), (translate("Dùng đến"), listing.best_before),
        (translate("Thành phần"), listing.ingredients), (translate("Ngày hái"), listing.harvested_on),
        *((one.title, translate("Giấy số {number}").format(number=one.number)) for one in offer.certificates)]
    return [(label, value if isinstance(value, str) else full_date(value)) for label, value in rows if value]


def product_json(offer: Offer, *, public_url: str) -> dict[str, Any]:
    """schema.org Product with one Offer: what Google asks of a merchant listing."""
    listing, address = offer.listing, order_link(public_url, offer.listing.code)
    # Google asks for the goods without words on them, so a card stands in only where there is no photo.
    image = offer.picture or offer.preview
    return {
        "@context": "https://schema.org", "@type": "Product", "name": listing.name, "sku": listing.code,
        "description": offer.summary, "url": address, **({"image": [image.url]} if image else {}),
        "brand": {"@type": "Brand", "name": offer.seller.name},
        "offers": {
            "@type": "Offer", "url": address, "price": str(listing.price_vnd), "priceCurrency": "VND",
            "itemCondition": "https://schema.org/NewCondition",
            "availability": f"https://schema.org/{'OutOfStock' if listing.is_sold_out else 'InStock'}",
            "seller": {"@type": "Organization", "name": offer.seller.name}}}


def _certificates(row: Any) -> tuple[Certificate, ...]:
    today = local(now_ms()).date().isoformat()
    return tuple(Certificate(kind, row[f"{kind}_stars"] if kind == "ocop" else 0, row[f"{kind}_number"],
                             date.fromisoformat(row[f"{kind}_until"]))
                 for kind in ("ocop", "vietgap") if (row[f"{kind}_until"] or "") >= today)


def _photo(rows: list[Any]) -> Photo | None:
    sets: dict[str, list[tuple[int, str]]] = {"image/avif": [], "image/webp": [], "image/jpeg": []}
    sizes = {}
    for row in rows:
        if row["role"].startswith("page_") and row["content_type"] in sets:
            sets[row["content_type"]].append((row["width"], media_path(row["object_key"])))
            sizes[row["role"], row["content_type"]] = row
    large, small = sizes.get(("page_720", "image/jpeg")), sizes.get(("page_360", "image/jpeg"))
    if large is None or small is None:
        return None
    avif, webp, jpeg = (", ".join(f"{path} {width}w" for width, path in sorted(found)) for found in sets.values())
    return Photo(avif, webp, jpeg, media_path(small["object_key"]), large["width"], large["height"])


def media_path(object_key: str | None) -> str:
    """The address of a kept file, "" for none."""
    return f"/m/{object_key}" if object_key else ""
