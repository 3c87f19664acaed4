"""Goods on the cast's stall and the forms that buyers send for them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import httpx

from catalog.accounts.queries import add_account
from catalog.households.model import Household, key_holder
from catalog.listings.model import Facts, Listing
from catalog.listings.publish import create_listing
from catalog.listings.queries import listing_by_code
from catalog.orders.model import Order
from catalog.orders.queries import newest_orders
from tests.cast import Cast

MEAT = Facts(kind="other", name="Thịt trâu gác bếp", price_vnd=170_000, unit="túi", on_hand=18, place="bản Lói")
POMELO = Facts(kind="grapefruit", name="Bưởi da xanh", price_vnd=25_000, unit="kg", on_hand=3_500, place="bản Lói")

FORM = {"amount": "2", "name": "Thu Hà", "phone": "0900 000 123", "place": "12 ngõ 5, phường Mường Thanh",
        "delivery": "coach", "payment": "transfer", "key": "0f8fad5bd9cb469fa165"}


async def give_account(cast: Cast) -> None:
    """A bank account for the farmer's household."""
    async with cast.shop.db.write() as connection:
        await add_account(connection, household_id=cast.household.id, bank_bin="970422", account_number="0900000456",
                          account_name="LO THI XUAN")


async def list_goods(cast: Cast, facts: Facts = MEAT, *, household: Household | None = None, publish: bool = True,
                     **changes: Any) -> Listing:
    """A listing on the stall, without a photo."""
    made = await create_listing(cast.shop, key_holder(household or cast.household), replace(facts, **changes),
                                photo_ids=[], publish=publish, photo_needed=False)
    return made.listing


async def left(cast: Cast, code: str) -> int:
    """What the listing has left, in base units."""
    async with cast.shop.db.read() as connection:
        listing = await listing_by_code(connection, code)
    assert listing is not None
    return listing.on_hand


async def orders(cast: Cast) -> list[Order]:
    """The farmer's orders, the newest first."""
    async with cast.shop.db.read() as connection:
        return await newest_orders(connection, cast.household.id, most=500)


async def send(cast: Cast, code: str, **changes: str) -> httpx.Response:
    """The answer to the order form."""
    return await cast.buyer.post(f"/o/{code}", data=FORM | changes)


async def place(cast: Cast, code: str, **changes: str) -> Order:
    """The order that the form made."""
    answer = await send(cast, code, **changes)
    assert answer.status_code == 303, answer.text
    return (await orders(cast))[0]


def mistakes(html: str) -> dict[str, str]:
    """Each field's message on the page."""
    found = re.findall(r'<p class="mistake" id="(\w+)-mistake">.*?</svg>(.*?)</p>', html, re.S)
    return {name: words.strip() for name, words in found}


def value_of(html: str, name: str) -> str:
    """What stands in a field of the page."""
    (tag,) = re.findall(rf'<input[^>]*name="{name}"[^>]*>', html)
    return re.findall(r'value="([^"]*)"', tag)[0]


def chosen(html: str, name: str) -> list[str]:
    """The values of the radio buttons that are pressed."""
    tags = re.findall(rf'<input type="radio" name="{name}"[^>]*>', html)
    return [re.findall(r'value="([^"]*)"', tag)[0] for tag in tags if " checked" in tag]
