"""A show's posters: promised when it is planned, drawn anew when it shows something else, fetched by everybody."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from catalog.listings.queries import SQL as LISTINGS
from catalog.live.shows.announce import day_lines
from catalog.live.shows.queries import SQL
from catalog.live.telling.poster import (POSTER_JOB, draw_posters, forget_posters, poster_key, poster_spec, posters_of,
                                       wish_posters)
from catalog.storage.database import now_ms
from catalog.storage.queries import jobs_of_subject
from catalog.web.clock import VIETNAM
from media.qr import link_payload
from media.spec import PosterSpec
from tests.cast import BASE_URL, Cast
from tests.live.airing import Airing, plan
from tests.orders.goods import MEAT, list_goods


async def spec_of(airing: Airing) -> PosterSpec:
    """What its posters show now."""
    show = await airing.show()
    async with airing.cast.shop.db.read() as connection:
        return await poster_spec(connection, show, public_url=BASE_URL)


async def change_price(airing: Airing, price_vnd: int) -> None:
    """The meat costs something else now."""
    async with airing.cast.shop.db.write() as connection:
        await LISTINGS.change_price(connection, id=airing.meat.id, price_vnd=price_vnd, now_ms=now_ms())


@pytest.mark.parametrize(("hour", "said"), [(4, "đêm thứ Bảy"), (5, "sáng thứ Bảy"), (11, "trưa thứ Bảy"),
                                            (13, "chiều thứ Bảy"),
                                            (19, "tối thứ Bảy"), (22, "đêm thứ Bảy")])
def test_the_day_is_said_with_its_part(hour: int, said: str) -> None:
    moment = datetime(2026, 11, 28, hour, 30, tzinfo=VIETNAM)

    assert day_lines(int(moment.timestamp() * 1000)) == (said, "28 tháng 11")


async def test_posters_say_what_is_sold_by_whom_and_where_to_watch(cast: Cast) -> None:
    airing = await plan(cast)

    told = await spec_of(airing)

    assert (told.title, told.seller_text) == ("Thịt gác bếp mới", "Nhà Lò Thị Xuân · bản Lói, xã Mường Ảng")
    assert [(one.name, one.price_vnd) for one in told.goods] == [("Thịt trâu gác bếp", 170_000),
                                                                 ("Bưởi da xanh", 25_000)]
    assert told.payload == link_payload(f"{BASE_URL}/l/{airing.code}") and told.more_text == ""


async def test_what_is_sold_out_is_left_off_while_other_goods_are_left(cast: Cast) -> None:
    airing = await plan(cast, stock=1)
    async with cast.shop.db.write() as connection:
        await LISTINGS.change_stock(connection, id=airing.meat.id, change=-1, now_ms=now_ms())

    told = await spec_of(airing)

    assert [one.name for one in told.goods] == ["Bưởi da xanh"]


async def test_a_new_plan_or_price_is_another_poster_and_the_same_is_promised_once(cast: Cast) -> None:
    await cast.shop.jobs.close()
    airing = await plan(cast)
    show = await airing.show()
    first = await wish_posters(cast.shop, show)
    assert await wish_posters(cast.shop, show) == first

    await change_price(airing, 150_000)
    second = await wish_posters(cast.shop, show)

    async with cast.shop.db.read() as connection:
        promised = [job for job in await jobs_of_subject(connection, show.id) if job.kind == POSTER_JOB]
    assert first != second == poster_key(await spec_of(airing)) and len(promised) == 2


async def test_a_planned_show_has_its_posters_on_its_pages_and_a_new_price_brings_new_ones(cast: Cast) -> None:
    listing = await list_goods(cast, MEAT)
    made = await cast.farmer.post(f"{cast.stall}/shows/new", data={
        "title": "Thịt mới", "day": "2030-01-05", "hour": "19:30", "goods": listing.code}, follow_redirects=True)
    feed, story = re.findall(r'<img src="(/l/\w+/poster/\w+\.jpg\?v=\w+)"', made.text)

    pictures = [await cast.buyer.get(address) for address in (feed, story)]
    page = (await cast.buyer.get(feed.split("/poster")[0])).text

    assert [picture.headers["content-type"] for picture in pictures] == ["image/jpeg"] * 2
    assert all("immutable" in picture.headers["cache-control"] for picture in pictures)
    preview = re.findall(rf'og:image" content="{BASE_URL}([^"]+)"', page)[0]
    assert preview.endswith(feed.split("?")[1]) and (await cast.buyer.get(preview)).content[:2] == b"\xff\xd8"
    async with cast.shop.db.read() as connection:
        (row,) = await SQL.shows_of_household(connection, household_id=cast.household.id, most=2)
        (before, *_) = await posters_of(connection, row["id"])
    async with cast.shop.db.write() as connection:
        await LISTINGS.change_price(connection, id=listing.id, price_vnd=99_000, now_ms=now_ms())
    after = await draw_posters(cast.shop, row["id"])
    assert after[0].version != before.version and not cast.shop.objects.path(before.object_key).exists()
    await forget_posters(cast.shop, before_ms=row["starts_ms"] + 1)
    assert (await cast.buyer.get(f"/l/{row['code']}/poster/feed.jpg")).status_code == 404


async def test_no_poster_is_sent_of_a_role_or_a_show_that_is_not_there(cast: Cast) -> None:
    await cast.shop.jobs.close()
    airing = await plan(cast)

    answers = [await cast.buyer.get(f"/l/{code}/poster/{role}.jpg")
               for code, role in ((airing.code, "feed"), (airing.code, "square"), ("NONE2", "feed"))]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
