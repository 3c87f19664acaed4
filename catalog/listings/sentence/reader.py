"""One message read into a draft listing, by rules; what is not said stays None, what is unsure is told."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from catalog.listings.sentence.doubts import doubts_of
from catalog.listings.sentence.kinds import is_told, kind_of
from catalog.listings.sentence.model import KIND_OTHER, Draft, Said, Tier
from catalog.listings.sentence.naming import also_of, name_of, telling_words
from catalog.listings.sentence.offers import offers_of
from catalog.listings.sentence.parts import parts_of
from catalog.listings.sentence.places import place_of
from catalog.listings.sentence.priced_unit import unit_of
from catalog.listings.sentence.prices import choose
from catalog.listings.sentence.stocks import read_stock, whole
from catalog.listings.sentence.tiers import read_tiers, wants_stock, whole_stock
from catalog.words.tokens import PHONE, Text, take_apart

_PLANTS = frozenset(("gốc", "cây", "bầu", "hom", "nhánh"))
"""Units of saplings and trees, which are no fruit."""

_GONE = re.compile(r"(?<!\w)hết\s*$")
_BESIDE = re.compile(r"(?<!\w)(?:kèm|cũng được)(?!\w)")


def read_listing(message: str) -> Draft:
    """What the message says of the product for sale."""
    text = take_apart(message)
    parts = parts_of(text)
    prices = choose(offers_of(parts, telling_words(text, parts)))
    read_tiers(parts, prices)
    unit = unit_of(text, prices, parts)
    stock, least = read_stock(parts, prices.used, unit, wanted=wants_stock(prices))
    name = name_of(text, parts)
    tiers = list(prices.tiers)
    if everything := whole_stock(prices, stock):
        tiers.append(everything)
    phone = next((token.e164 for token in text.tokens if token.kind == PHONE and token.e164), None)
    draft = Draft(
        product=name, kind=KIND_OTHER if unit in _PLANTS else _kind(text, name), price_vnd=prices.price, price_max_vnd=prices.most,
        unit=unit, stock=stock, min_order=least, tiers=tuple(tiers), phone=phone, place=place_of(text, name),
        also=also_of(text, parts, prices.also_at) if prices.also_at is not None else None)
    return replace(draft, unsure=doubts_of(text, parts, prices, draft))


def _kind(text: Text, name: str) -> str:
    """By the name; where that tells nothing, by the first stretch that does."""
    if is_told(name.lower()):
        return kind_of(name.lower())
    stretches = _stretches(text)
    told = next((words for words, _ in sorted(stretches, key=lambda pair: not pair[1]) if is_told(words)), None)
    return KIND_OTHER if told is None else kind_of(told)


def _stretches(text: Text) -> list[tuple[str, bool]]:
    """The lower-case stretches between signs; whether each is for sale, neither asked for nor gone."""
    found = re.split(r"([,.;!\n(]+|\?)", text.lowered)
    pairs = zip(found[::2], [*found[1::2], ""], strict=False)
    return [(words, sign != "?" and not _GONE.search(words)) for words, sign in pairs if not _BESIDE.search(words)]


def as_json(message: str, draft: Draft) -> dict[str, Any]:
    """The draft with the keys that outsiders rely on."""
    answer: dict[str, Any] = {
        "text": message, "product": draft.product or None, "kind": draft.kind, "price_vnd": draft.price_vnd, "unit": draft.unit,
        "stock": _said(draft.stock), "min_order": _said(draft.min_order), "tiers": [_tier(tier) for tier in draft.tiers],
        "phone": draft.phone, "place": draft.place}
    if draft.price_max_vnd is not None:
        answer["price_max_vnd"] = draft.price_max_vnd
    if draft.also:
        answer["also"] = draft.also
    return answer


def _said(said: Said | None) -> dict[str, Any] | None:
    return None if said is None else {"quantity": whole(said.quantity), "unit": said.unit}


def _tier(tier: Tier) -> dict[str, Any]:
    money = {"price_vnd": tier.price_vnd} if tier.total_vnd is None else {"total_vnd": tier.total_vnd}
    return {"min_quantity": whole(tier.min_quantity), "unit": tier.unit} | money
