"""What a seller sees of it: looks and orders beside each link, and the whole stall's of thirty days."""

from __future__ import annotations

import re
from datetime import timedelta

from catalog.posts.visits.queries import add_visits
from catalog.storage.database import now_ms
from catalog.web.clock import local
from tests.cast import Cast
from tests.listings.stall import sell
from tests.orders.goods import FORM, MEAT, POMELO, list_goods


async def looked(cast: Cast, listing_id: str, channel: str, visits: int, *, days_ago: int = 0) -> None:
    """As if so many had looked on that day."""
    day = (local(now_ms()).date() - timedelta(days=days_ago)).isoformat()
    async with cast.shop.db.write() as connection:
        await add_visits(connection, {(listing_id, channel, day): visits})


def lines(html: str) -> list[tuple[str, str]]:
    """Each line's words and numbers."""
    return re.findall(r'class="words"><b>([^<]+)</b> <small>([^<]+)</small>', html)


async def test_a_listings_page_tells_looks_and_orders_of_each_link(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    async with cast.shop.db.read() as connection:
        (row,) = await connection.execute_fetchall("SELECT id FROM listings")
    await looked(cast, row["id"], "Z", 12)
    await looked(cast, row["id"], "Z", 30, days_ago=90)
    await looked(cast, row["id"], "F", 5)
    await cast.buyer.post(f"/o/{code}/z", data=FORM | {"payment": "cod"})

    html = (await cast.farmer.get(f"{cast.stall}/listings/{code}")).text

    told = dict(lines(html))
    assert (told["Zalo"], told["Facebook"], told["TikTok"]) == ("42 lượt xem · 1 đơn", "5 lượt xem · 0 đơn", "chưa có đơn")


async def test_the_stalls_page_tells_thirty_days_the_busiest_first(cast: Cast) -> None:
    pomelo, meat = await list_goods(cast, POMELO), await list_goods(cast, MEAT)
    await looked(cast, pomelo.id, "Z", 12)
    await looked(cast, pomelo.id, "F", 3)
    await looked(cast, meat.id, "Z", 20)
    await looked(cast, meat.id, "T", 99, days_ago=31)
    await cast.buyer.post(f"/o/{pomelo.code}/b", data=FORM | {"payment": "cod"})

    html = (await cast.farmer.get(f"{cast.stall}/visits")).text

    assert "35 lượt xem · 1 đơn" in html
    assert lines(html) == [("Zalo", "32 lượt xem · 0 đơn"), ("Facebook", "3 lượt xem · 0 đơn"), ("Biển ở sạp", "0 lượt xem · 1 đơn"),
                           ("Thịt trâu gác bếp", "20 lượt xem · 0 đơn"), ("Bưởi da xanh", "15 lượt xem · 1 đơn")]
    assert re.findall(r'<rect width="(\d+)%"', html) == ["100", "9", "0"]
    assert f'href="{cast.stall}/listings/{meat.code.lower()}"' in html


async def test_a_neighbours_numbers_are_nobodys_business(cast: Cast) -> None:
    await looked(cast, (await list_goods(cast, household=cast.other_household)).id, "Z", 7)

    seen = {name: (await client.get(f"{cast.stall}/visits")).status_code for name, client in (
        ("farmer", cast.farmer), ("helper", cast.helper), ("neighbour", cast.neighbour), ("stranger", cast.buyer))}

    assert seen == {"farmer": 200, "helper": 200, "neighbour": 404, "stranger": 404}
    assert "Chưa có ai xem" in (await cast.farmer.get(f"{cast.stall}/visits")).text
    assert f'href="{cast.stall}/visits"' in (await cast.farmer.get(cast.stall)).text
