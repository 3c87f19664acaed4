"""Flash prices end: whatever else was open or on air, the price of before stands again."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from catalog.households.model import Actor
from catalog.listings.consent import newest_consent
from catalog.listings.queries import listing_by_id
from catalog.live.shows.plan import Plan, plan_show
from catalog.live.shows.stage import start
from catalog.storage.database import now_ms
from tests.cast import Cast, make_settings, open_cast
from tests.live.airing import Airing, go_on_air

PRICE = {"pin": "A1", "minutes": "10"}


@pytest.fixture
async def shows(on_engine: dict[str, object], tmp_path: Path) -> AsyncIterator[tuple[Airing, Airing]]:
    """Two shows on air with the same goods, over each of the engines."""
    async with open_cast(make_settings(tmp_path, **on_engine)) as cast:
        first = await go_on_air(cast)
        async with cast.shop.db.write() as connection:
            show = await plan_show(connection, Actor(cast.farmer_person, cast.household),
                                   Plan("Máy thứ hai", now_ms(), (first.meat.id,), False))
            await start(connection, show, person_id=cast.farmer_person.id)
        yield first, Airing(cast, show.code, first.meat, first.pomelo)


async def flash(airing: Airing, price: str) -> None:
    """The farmer's press."""
    await airing.cast.farmer.post(f"{airing.room}/do/flash", data=PRICE | {"price": price})


async def price_of(airing: Airing) -> int:
    """What the meat costs now."""
    async with airing.cast.shop.db.read() as connection:
        listing = await listing_by_id(connection, airing.meat.id)
    assert listing is not None
    return listing.price_vnd


async def test_a_product_of_two_shows_has_one_flash_price_and_gets_its_own_back(shows: tuple[Airing, Airing]) -> None:
    first, second = shows
    await flash(first, "150.000")

    await flash(second, "140.000")
    during = await price_of(first)
    for airing in shows:
        await airing.cast.farmer.post(f"{airing.room}/do/end")

    assert (during, await price_of(first)) == (150_000, 170_000)
    assert "flash" not in await second.events()


async def test_flash_prices_begun_in_two_shows_at_once_are_one(shows: tuple[Airing, Airing]) -> None:
    await asyncio.gather(flash(shows[0], "150.000"), flash(shows[1], "140.000"))

    for airing in shows:
        await airing.cast.farmer.post(f"{airing.room}/do/end")

    assert await price_of(shows[0]) == 170_000
    assert [("flash" in await airing.events()) for airing in shows].count(True) == 1


async def test_a_form_opened_during_a_flash_price_leaves_the_price_alone_afterwards(cast: Cast) -> None:
    airing = await go_on_air(cast)
    address = f"{cast.stall}/listings/{airing.meat.code.lower()}/edit"
    await flash(airing, "150.000")
    opened = await form_of(cast, address)
    await cast.farmer.post(f"{airing.room}/do/flash-over", data={"pin": "A1"})

    saved = await cast.farmer.post(address, data=opened | {"place": "bản Bó"})

    assert opened["price"] == "150.000" and saved.status_code == 303
    assert await price_of(airing) == 170_000


async def test_a_form_opened_before_a_flash_price_does_not_end_it(cast: Cast) -> None:
    airing = await go_on_air(cast)
    address = f"{cast.stall}/listings/{airing.meat.code.lower()}/edit"
    opened = await form_of(cast, address)
    await flash(airing, "150.000")

    await cast.farmer.post(address, data=opened | {"place": "bản Bó"})
    during = await price_of(airing)
    await cast.farmer.post(f"{airing.room}/do/flash-over", data={"pin": "A1"})

    assert (during, await price_of(airing)) == (150_000, 170_000)


async def test_a_price_that_is_typed_anew_stands_at_once_also_during_a_flash_price(cast: Cast) -> None:
    airing = await go_on_air(cast)
    address = f"{cast.stall}/listings/{airing.meat.code.lower()}/edit"
    await flash(airing, "150.000")

    await cast.farmer.post(address, data=await form_of(cast, address) | {"price": "160.000"})
    await cast.farmer.post(f"{airing.room}/do/flash-over", data={"pin": "A1"})

    assert await price_of(airing) == 160_000


async def test_prices_by_amount_that_a_helper_asks_for_during_a_flash_price_bring_no_flash_price(cast: Cast) -> None:
    airing = await go_on_air(cast)
    address = f"{cast.stall}/listings/{airing.meat.code.lower()}/edit"
    await flash(airing, "150.000")
    await cast.helper.post(address, data=await form_of(cast, address) | {"tier1": "10 túi 1.400.000"})
    await cast.farmer.post(f"{airing.room}/do/flash-over", data={"pin": "A1"})
    async with cast.shop.db.read() as connection:
        asked = await newest_consent(connection, airing.meat.id)
    assert asked is not None

    await cast.farmer.post(f"/c/{asked.code.lower()}", data={"answer": "agree"})

    async with cast.shop.db.read() as connection:
        listing = await listing_by_id(connection, airing.meat.id)
    assert listing is not None and (listing.price_vnd, len(listing.tiers)) == (170_000, 1)


async def form_of(cast: Cast, address: str) -> dict[str, str]:
    """What the listing's form holds when it is opened, as it would be sent."""
    html = (await cast.farmer.get(address)).text
    fields = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', html))
    return fields | {"kind": "other", "unit": "túi"}
