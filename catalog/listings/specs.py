"""From a listing to what media/ draws: the spec, and the key of everything that went into it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

from catalog.households.model import Household
from catalog.listings.model import Listing, Parts, order_link, short_link
from catalog.listings.tiers import Tiers
from catalog.storage.database import now_ms
from catalog.web.clock import local
from catalog.words.phones import show_phone
from catalog.words.units import show_quantity
from media.spec import LOOK_VERSION, BankPanel, CardSpec, PriceTier


def card_spec(listing: Listing, household: Household, parts: Parts, *, public_url: str, stock_said: str,
              folder: Path | None = None, bank: BankPanel | None = None, channel: str = "") -> CardSpec:
    """The spec of one listing. Without `folder` the files' keys stand for their paths."""
    def path(object_key: str) -> Path:
        return folder / object_key[:2] / object_key if folder else Path(object_key)

    today = local(now_ms()).date()
    ocop = parts.valid("ocop", today)
    points = tuple(photo.focus for photo in parts.photos)
    return CardSpec(
        kind=listing.kind, name=listing.name, price_vnd=listing.price_vnd, unit=listing.unit,
        household=f"Nhà {household.name}", household_code=household.code,
        order_link=order_link(public_url, listing.code, channel), short_link=short_link(public_url, listing.code),
        photos=tuple(path(photo.object_key) for photo in parts.photos), focus=points if any(points) else (),
        videos=tuple(path(piece.object_key) for piece in parts.pieces),
        voice=path(parts.voice.object_key) if parts.voice else None,
        captions=listing.captions or None if parts.voice else None,
        place=listing.place or household.place, phone=show_phone(household.phone) if household.phone else None,
        stock_text=stock_said or None, ocop_stars=ocop.stars if ocop else 0,
        is_vietgap=parts.valid("vietgap", today) is not None, harvested_on=listing.harvested_on,
        packed_on=listing.packed_on, best_before=listing.best_before, ingredients=listing.ingredients or None, bank=bank,
        tiers=price_tiers(listing.tiers, listing.unit))


def price_tiers(tiers: Tiers, unit: str) -> tuple[PriceTier, ...]:
    """Prices by amount as a picture says them, always in Vietnamese: "từ 5 túi", or "10 kg" for a whole amount."""
    return tuple(PriceTier(f"từ {amount}", tier.price_vnd) if tier.price_vnd is not None
                 else PriceTier(amount, tier.total_vnd or 0, is_whole=True)
                 for tier in tiers for amount in [show_quantity(tier.from_amount, unit)])


def spec_key(spec: CardSpec) -> str:
    """The digest of all that a picture shows; the same key never needs the same work again."""
    named = replace(spec, photos=tuple(Path(path.name) for path in spec.photos),
                    videos=tuple(Path(path.name) for path in spec.videos),
                    voice=Path(spec.voice.name) if spec.voice else None)
    text = json.dumps([LOOK_VERSION, named.to_json()], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
