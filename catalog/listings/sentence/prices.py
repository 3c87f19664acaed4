"""Which of a message's prices is the price of one, and where a second product begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from catalog.listings.sentence.cues import PAIRS
from catalog.listings.sentence.model import Tier
from catalog.listings.sentence.offers import BULK, COST, OFF, PAST, PLAIN, TIER, WHOLE, Offer
from catalog.words.amounts import IN_KG, Amount

_MANY = PAIRS | {"chục", "tá"}


@dataclass
class Prices:
    """What was found. `rest` are the offers that are tiers; `used` the parts that belong to a price and are no stock."""

    price: int | None = None
    most: int | None = None
    unit: str | None = None
    content: Amount | None = None
    tiers: list[Tier] = field(default_factory=list)
    rest: list[Offer] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    also_at: int | None = None


def choose(offers: Sequence[Offer]) -> Prices:
    """The price of one with its unit, and what is left for the tiers."""
    found = Prices(used={offer.at for offer in offers if offer.at is not None and offer.role != WHOLE})
    own = _own_product(offers, found)
    found.unit = found.unit or next((offer.unit for offer in own if offer.role == PAST), None)
    for offer in own:
        if offer.role == PLAIN and offer.is_one:
            _take_one(found, offer)
        elif offer.role not in (COST, PAST, BULK):
            found.rest.append(offer)
    if found.price is None:
        _take_what_is_left(found, own)
    _take_dearer(found)
    return found


def _take_dearer(found: Prices) -> None:
    """A price above that of one is no tier, since nobody pays more for more: "5kg trở lên 380k/kg, dưới 5kg 300k/kg" are sorts."""
    for offer in [offer for offer in found.rest if offer.role == TIER and offer.per is not None and offer.unit == found.unit]:
        if found.price is not None and offer.vnd > found.price:
            found.most = max(found.most or 0, offer.vnd)
            found.rest.remove(offer)


def _own_product(offers: Sequence[Offer], found: Prices) -> list[Offer]:
    """The offers of the first product: those before another is named with a price of its own."""
    own: list[Offer] = []
    for offer in offers:
        first = next((one for one in own if one.role == PLAIN), None)
        if first is not None and offer.role in (PLAIN, BULK) and _names_another(offer, first):
            found.also_at = offer.place
            if first.unit is None and first.is_one:
                found.unit = offer.unit
            break
        own.append(offer)
    return own


def _names_another(offer: Offer, first: Offer) -> bool:
    is_sort = offer.is_graded or offer.has_sorts and (first.unit is None or offer.unit in (None, first.unit))
    if not offer.naming or is_sort or offer.is_now:
        return False
    return offer.is_one or len(offer.naming) > 1


def _take_one(found: Prices, offer: Offer) -> None:
    unit = offer.unit
    if found.price is None:
        found.price, found.most, found.unit, found.content = offer.vnd, offer.most, unit or found.unit, offer.content
        return
    if unit is not None and found.unit is not None and unit != found.unit:
        _take_other_unit(found, offer, unit)
        return
    found.unit = found.unit or unit
    if offer.is_now and offer.vnd < found.price and not offer.naming and not offer.is_graded:
        found.price, found.most = offer.vnd, offer.most
        return
    top = max(found.most or found.price, offer.most or offer.vnd)
    low = min(found.price, offer.vnd)
    found.price, found.most = low, top if top > low else None


def _take_other_unit(found: Prices, offer: Offer, unit: str) -> None:
    """A price for another unit than the first: the smaller and plainer of the two is the price of one."""
    assert found.price is not None and found.unit is not None
    if (found.content is not None and found.content.unit == unit or found.unit in _MANY and unit not in IN_KG and unit not in _MANY):
        former = Offer(offer.place, TIER, found.price, None, _as_amount(found.unit, offer), None, found.content, None,
                       (), has_sorts=False, is_graded=False, is_now=False, is_asked=False)
        found.price, found.most, found.unit, found.content = offer.vnd, offer.most, unit, offer.content
        found.rest.insert(0, former)
        return
    found.rest.append(offer)


def _as_amount(unit: str, offer: Offer) -> Amount:
    return Amount(Decimal(1), unit, offer.place, offer.place, each={"cặp": 2, "đôi": 2, "chục": 10, "tá": 12}.get(unit, 1), implied=True)


def _take_what_is_left(found: Prices, own: Sequence[Offer]) -> None:
    """Where nothing else is said, an old or a wholesale price is the price, or the price by unit of the first tier."""
    for role in (PAST, BULK, WHOLE):
        if left := next((offer for offer in own if offer.role == role), None):
            found.price, found.most, found.unit, found.content = left.vnd, left.most, left.unit, left.content
            found.rest = [offer for offer in found.rest if offer is not left]
            return
    bundles = [offer for offer in found.rest if offer.per is None and offer.role != OFF]
    tier = next((offer for offer in found.rest if offer.per is not None and offer.role == TIER), None)
    if tier is not None and not bundles:
        found.price, found.most, found.unit = tier.vnd, tier.most, tier.unit
        found.rest.remove(tier)
        found.used.discard(tier.at if tier.at is not None else -1)
