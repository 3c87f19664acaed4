"""The prices for more than one, or for less: "từ 30kg 15k", "3 kg 100k", "bớt 2k", "giảm 10%", "lấy hết 13k"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import log

from catalog.listings.sentence.cues import ASKED, CHEAPER, PAIRS, UP
from catalog.listings.sentence.model import Said, Tier
from catalog.listings.sentence.offers import OFF, OFF_WHOLE, TIER, WHOLE, Offer
from catalog.listings.sentence.parts import AMOUNT, CUT, NUMBER_ONLY, PACK, PRICE, SKIPPED, Part
from catalog.listings.sentence.prices import Prices
from catalog.words.amounts import IN_KG, Amount

_PERCENT_OFF = CHEAPER | {"chiết", "khấu", "ck", "sale"}
_CONDITION = frozenset(("cho", "khi", "nếu", "với", "ai", "khách"))


def read_tiers(parts: Sequence[Part], found: Prices) -> None:
    """Fills in the tiers of what `choose` left, except those that speak of the whole stock."""
    for offer in found.rest:
        if offer.role == OFF:
            _take_off(parts, offer, found)
        elif offer.role not in (WHOLE, OFF_WHOLE):
            _take(offer, found)
    _read_percent(parts, found)


def whole_stock(found: Prices, stock: Said | None) -> Tier | None:
    """The tier for whoever takes everything; needs the stock."""
    offer = next((offer for offer in found.rest if offer.role in (WHOLE, OFF_WHOLE)), None)
    if offer is None or found.price is None or offer.vnd > found.price:
        return None
    each = offer.vnd if offer.role == WHOLE else found.price - offer.vnd
    if offer.amount is not None and not offer.amount.implied:
        quantity, unit = in_units_of(offer.amount, found.unit)
        return Tier(quantity, unit, price_vnd=each)
    return Tier(stock.quantity, stock.unit, price_vnd=each) if stock is not None and each > 0 else None


def wants_stock(found: Prices) -> bool:
    """Whether a price speaks of the whole stock."""
    return any(offer.role in (WHOLE, OFF_WHOLE) for offer in found.rest)


def _take(offer: Offer, found: Prices) -> None:
    amount = offer.amount or offer.per
    if amount is None or amount.unit is None:
        return
    content = offer.content
    if content is not None and amount.unit != found.unit and content.unit is not None:
        amount = Amount(amount.value * content.value, content.unit, amount.start, amount.end, each=content.each)
    quantity, unit = in_units_of(amount, found.unit)
    if offer.per is not None and offer.at is not None or (found.price is not None and _is_unit_price(offer, quantity, unit, found)):
        found.tiers.append(Tier(quantity, unit, price_vnd=offer.vnd))
    else:
        found.tiers.append(Tier(quantity, unit, total_vnd=offer.vnd))
        if found.price is None and found.unit is None:
            found.unit = unit


def _is_unit_price(offer: Offer, quantity: Decimal, unit: str, found: Prices) -> bool:
    """Whether the sum is nearer to the price of one than to that of so many."""
    assert found.price is not None
    weight = quantity * IN_KG[unit] / IN_KG[found.unit] if unit in IN_KG and found.unit in IN_KG else quantity
    if unit != found.unit and found.unit is not None and not (unit in IN_KG and found.unit in IN_KG):
        return False
    if weight <= 1:
        return weight == 1 and offer.role == TIER
    return abs(log(offer.vnd / found.price)) < abs(log(offer.vnd / (float(weight) * found.price)))


def _take_off(parts: Sequence[Part], offer: Offer, found: Prices) -> None:
    """"bớt 2k cho ai lấy 15 ký", "từ 20kg giảm 2k": the tier is the price less what is taken off."""
    if found.price is None or offer.vnd >= found.price:
        return
    at = offer.at if offer.at is not None else _asked_near(parts, offer.place, found.used)
    amount = parts[at].amount if at is not None else None
    if at is None or amount is None or offer.vnd * 2 > found.price:
        if offer.vnd * 2 > found.price:
            found.price, found.most = offer.vnd, None
        return
    quantity, unit = in_units_of(amount, found.unit)
    found.used.add(at)
    found.tiers.append(Tier(quantity, unit, price_vnd=found.price - offer.vnd))


def _asked_near(parts: Sequence[Part], place: int, used: set[int]) -> int | None:
    """The nearest amount that somebody must take, in the same breath."""
    behind = range(place + 1, min(len(parts), place + 9))
    ahead = range(place - 1, max(-1, place - 9), -1)
    for way in (behind, ahead):
        for at in way:
            if parts[at].word in (".", "\n"):
                break
            if parts[at].kind in (AMOUNT, PACK) and at not in used and not _is_one(parts[at]) and {
                    near.word for near in parts[max(0, at - 4):at + 3]} & (ASKED | UP):
                return at
    return None


def _is_one(part: Part) -> bool:
    return part.amount is not None and part.amount.implied


def _read_percent(parts: Sequence[Part], found: Prices) -> None:
    """"giảm 10% từ 20kg", worked out; without an amount or a condition it is the price now."""
    prices = sum(part.kind == PRICE for part in parts)
    for place, part in enumerate(parts[:-1]):
        if part.kind not in (NUMBER_ONLY, SKIPPED) or parts[place + 1].word != "%" or found.price is None or not part.word.isdigit():
            continue
        if not {near.word for near in parts[max(0, place - 4):place]} & _PERCENT_OFF or not 0 < int(part.word) < 100:
            continue
        less = found.price * (100 - int(part.word)) // 100
        at = _asked_near(parts, place, found.used)
        amount = parts[at].amount if at is not None else None
        if at is not None and amount is not None:
            quantity, unit = in_units_of(amount, found.unit)
            found.used.add(at)
            found.tiers.append(Tier(quantity, unit, price_vnd=less))
        elif prices == 1 and not _has_condition(parts, place):
            found.price = less


def _has_condition(parts: Sequence[Part], place: int) -> bool:
    end = next((at for at in range(place + 2, len(parts)) if parts[at].kind == CUT), len(parts))
    return bool({near.word for near in parts[place + 2:end]} & _CONDITION)


def in_units_of(amount: Amount, unit: str | None) -> tuple[Decimal, str]:
    """A tier's amount in the price's own unit: weights in kg unless the price is per that very unit, chục as pieces."""
    assert amount.unit is not None
    if amount.unit == unit or amount.unit == "lạng":
        return amount.value, amount.unit
    if amount.unit in IN_KG:
        return amount.value * IN_KG[amount.unit], "kg"
    if amount.unit in ("chục", "tá", *PAIRS) and unit not in ("chục", "tá", *PAIRS):
        return amount.value * amount.each, unit if unit not in (None, "kg") else "quả"
    return amount.value, amount.unit
