"""What is written before a show at each product: nobody's words are lost to what somebody else saves."""

from __future__ import annotations

import re

import pytest

from catalog.errors import Conflict
from catalog.households.model import Actor
from catalog.live.shows.model import ShowItem
from catalog.live.shows.plan import Plan, change_plan
from catalog.live.shows.queries import planned_items_of
from catalog.live.shows.stage import start
from tests.cast import Cast
from tests.live.airing import Airing, plan


def shown(html: str) -> dict[str, str]:
    """The fields of the page as a browser sends them, nothing written in them."""
    fields = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', html))
    return fields | dict(re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)</textarea>', html))


async def items(airing: Airing) -> dict[str, ShowItem]:
    """The show's goods by listing code."""
    show = await airing.show()
    async with airing.cast.shop.db.read() as connection:
        return {item.listing.code: item for item in await planned_items_of(connection, show.id)}


async def test_what_was_not_touched_is_not_written_over_what_another_wrote(cast: Cast) -> None:
    airing = await plan(cast)
    meat, pomelo = airing.meat.code, airing.pomelo.code
    opened = shown((await cast.helper.get(f"{airing.room}/points")).text)
    await cast.farmer.post(f"{airing.room}/points", data={
        f"points-{meat}": "ý một\r\ný hai", f"flash-{meat}": "150.000"})
    later = shown((await cast.farmer.get(f"{airing.room}/points")).text)

    await cast.helper.post(f"{airing.room}/points", data=opened | {f"points-{pomelo}": "ruột hồng"})
    await cast.farmer.post(f"{airing.room}/points", data=later | {f"flash-{meat}": ""})

    found = await items(airing)
    assert (found[meat].points.split(), found[meat].flash_vnd) == (["ý", "một", "ý", "hai"], None)
    assert found[pomelo].points == "ruột hồng"


async def test_words_stay_with_their_goods_where_the_order_changes_meanwhile(cast: Cast) -> None:
    airing = await plan(cast)
    opened, show = shown((await cast.farmer.get(f"{airing.room}/points")).text), await airing.show()
    async with cast.shop.db.write() as connection:
        await change_plan(connection, Actor(cast.farmer_person, cast.household), show,
                          Plan(show.title, show.starts_ms, (airing.pomelo.id, airing.meat.id), False))

    await cast.farmer.post(f"{airing.room}/points", data=opened | {
        f"points-{airing.meat.code}": "sấy bếp củi", f"flash-{airing.meat.code}": "150.000"})

    meat = (await items(airing))[airing.meat.code]
    assert (meat.pin, meat.points, meat.flash_vnd) == ("A2", "sấy bếp củi", 150_000)


async def test_a_plan_that_was_opened_before_the_show_began_changes_nothing_on_air(cast: Cast) -> None:
    airing = await plan(cast)
    show, actor = await airing.show(), Actor(cast.farmer_person, cast.household)
    async with cast.shop.db.write() as connection:
        await start(connection, show, person_id=cast.farmer_person.id)

    with pytest.raises(Conflict):
        async with cast.shop.db.write() as connection:
            await change_plan(connection, actor, show, Plan("Khác", show.starts_ms, (airing.pomelo.id,), False))

    assert (await airing.show()).title == show.title and len(await items(airing)) == 2
