"""What the page of a made listing shows beside the listing itself: what to share, links, the asked consent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from catalog.households.model import Household
from catalog.listings.consent import PUBLISH, Consent
from catalog.listings.model import KeptFile, Listing, order_link
from catalog.listings.renders import RenderState
from catalog.listings.tiers import tiers_text
from catalog.posts.model import CHANNEL_NAMES, CHANNELS, channel_letter
from catalog.storage.database import now_ms
from catalog.words.fold import fold
from catalog.words.money import show_vnd
from catalog.words.phones import show_phone
from media.qr import link_payload, qr_svg

FRESH_MS = 10 * 60_000
"""So long after it came to the stall, the page still says so first."""

FACEBOOK_SHARER = "https://www.facebook.com/sharer/sharer.php?u="
ZALO_CHAT = "https://zalo.me/"
"""A chat by the number's national form; a text can't be handed over."""

ZALO_WEB = "https://chat.zalo.me/"


@dataclass(frozen=True, slots=True)
class Share:
    """One thing to hand to the share sheet: its files as share.js takes them."""

    value: str
    files: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Channel:
    """One place that buyers come from, its order link, how often they looked and how many orders it brought."""

    name: str
    words: str
    letter: str
    link: str
    visits: int
    orders: int


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to the household, ready to be sent: as a message, as a code to scan."""

    consent: Consent
    path: str
    short_link: str
    qr: Markup
    message: str
    zalo_href: str
    new_tiers_text: str = ""


def is_fresh(listing: Listing) -> bool:
    """Whether it came to the stall just now."""
    return (listing.state == "published" and listing.published_ms is not None
            and now_ms() - listing.published_ms < FRESH_MS)


def shares_of(listing: Listing, state: RenderState) -> list[Share]:
    """The feed picture as soon as there is one, and the clip."""
    shares = []
    if picture := state.pictures.get("square"):
        shares.append(Share("picture", [_share_file(listing, picture, "jpg")]))
    if state.clip:
        shares.append(Share("clip", [_share_file(listing, state.clip, "mp4")]))
    return shares


def channels_of(listing: Listing, visits: dict[str, int], orders: dict[str, int], *, public_url: str) -> list[Channel]:
    """Every place with its own link."""
    return [Channel(name, words, channel_letter(name), order_link(public_url, listing.code, channel_letter(name)),
                    visits.get(channel_letter(name), 0), orders.get(channel_letter(name), 0))
            for name, words in CHANNEL_NAMES.items()]


def ask_of(consent: Consent, listing: Listing, household: Household, *, public_url: str) -> Ask:
    """The question as it is sent to the household, always in Vietnamese."""
    path = f"/c/{consent.code.lower()}"
    link = public_url + path
    wish = (f"xin đăng {listing.name} giá {show_vnd(listing.price_vnd)}/{listing.unit} lên Chợ Phiên"
            if consent.verb == PUBLISH else
            f"xin đổi giá {listing.name} {_new_prices(consent, listing)}")
    return Ask(consent, path, link.split("://", 1)[-1], Markup(qr_svg(link_payload(link))),
               f"{consent.asked_by_name} {wish}, đứng tên nhà {household.name}. Mở xem, được thì bấm Đồng ý: {link}",
               ZALO_CHAT + show_phone(household.phone).replace(" ", "") if household.phone else "",
               tiers_text(consent.new_tiers or (), listing.unit))


def _new_prices(consent: Consent, listing: Listing) -> str:
    """What the prices are to become: "từ 25.000đ thành 30.000đ/kg, mua nhiều: từ 10 kg 28.000đ/kg"."""
    parts = []
    if consent.new_price_vnd not in (None, listing.price_vnd):
        parts.append(f"từ {show_vnd(listing.price_vnd)} thành {show_vnd(consent.new_price_vnd or 0)}/{listing.unit}")
    if consent.new_tiers is not None:
        parts.append(f"mua nhiều: {tiers_text(consent.new_tiers, listing.unit) or 'như mua lẻ'}")
    return ", ".join(parts)


def facebook_href(listing: Listing, *, public_url: str) -> str:
    """Facebook's own page to share a link on, with the order link that tells Facebook."""
    return FACEBOOK_SHARER + quote(order_link(public_url, listing.code, CHANNELS["facebook"]), safe="")


def _share_file(listing: Listing, file: KeptFile, ending: str) -> dict[str, str]:
    plain = re.sub(r"[^a-z0-9]+", "-", fold(listing.name)).strip("-")[:60] or "hang"
    return {"url": file.url, "name": f"{plain}.{ending}", "type": file.content_type}
