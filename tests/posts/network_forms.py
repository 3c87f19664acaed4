"""Networks on the household's pages, as its browser fills them in."""

from __future__ import annotations

import httpx

from catalog.posts.publishers.queries import sendings_of
from catalog.posts.publishers.sending import Sending
from tests.cast import Cast
from tests.orders.goods import POMELO, chosen, list_goods, value_of
from tests.posts.doubles.facebook import TOKEN


async def connect(cast: Cast, network: str = "facebook", **data: str) -> httpx.Response:
    """The answer to what the farmer typed; a Facebook Page's token where nothing is said."""
    return await cast.farmer.post(f"{cast.stall}/networks/{network}", data=data or {"token": TOKEN})


async def sendings(cast: Cast) -> list[Sending]:
    """The household's posts that wait, went out or did not."""
    async with cast.shop.db.read() as connection:
        return await sendings_of(connection, cast.household.id)


async def offer(cast: Cast) -> str:
    """Where a product's posts are."""
    listing = await list_goods(cast, POMELO)
    return f"{cast.stall}/listings/{listing.code.lower()}/send"


async def form_of(cast: Cast, address: str) -> dict[str, str]:
    """The form as it stands on the page."""
    page = (await cast.farmer.get(address)).text
    return {"key": value_of(page, "key"), "target": chosen(page, "target")[0], "when": chosen(page, "when")[0],
            "at": value_of(page, "at")}
