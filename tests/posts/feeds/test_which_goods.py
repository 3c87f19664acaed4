"""Which goods a feed tells, of whom, and how a reader comes to the newest without fetching all anew."""

from __future__ import annotations

import asyncio
import gzip
import io
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import Image
from starlette.datastructures import UploadFile

from catalog.listings.intake import take_photo
from catalog.listings.publish import set_photos
from catalog.listings.queries import SQL as LISTINGS
from catalog.posts.feeds import write
from catalog.posts.feeds.pages import FEEDS
from catalog.storage.database import Database, now_ms
from tests.cast import BASE_URL, Cast, make_settings, open_cast
from tests.orders.goods import MEAT, POMELO, give_account, list_goods, place
from tests.orders.stall import add_stall
from tests.posts.feeds.shelf import ATOM, fetch, google_items, json_feed, meta_rows, photograph, rss_items

ALL = ("/feeds/meta.csv", "/feeds/merchant.xml", "/feeds/feed.json", "/feeds/rss.xml", "/sitemap.xml")


async def told(cast: Cast, code: str) -> list[str]:
    """The feeds in which the listing stands."""
    return [path for path in ALL if code.lower() in (await fetch(cast, path)).lower()]


async def test_published_goods_with_a_photo_stand_in_every_feed(cast: Cast) -> None:
    listing = await list_goods(cast)
    await photograph(cast, listing)

    assert await told(cast, listing.code) == list(ALL)


@pytest.mark.parametrize("state", ["draft", "waiting", "withdrawn"])
async def test_what_is_not_on_the_stall_stands_in_none(cast: Cast, state: str) -> None:
    listing = await list_goods(cast)
    await photograph(cast, listing)
    async with cast.shop.db.write() as connection:
        await LISTINGS.set_state(connection, id=listing.id, state=state, now_ms=now_ms())

    assert await told(cast, listing.code) == []


@pytest.mark.parametrize("lacking", ["packed_on", "best_before", "ingredients"])
async def test_dried_meat_without_its_dates_stands_in_none(cast: Cast, lacking: str) -> None:
    listing = await list_goods(cast)
    await photograph(cast, listing)
    facts = {"packed_on": date.today().isoformat(), "best_before": (date.today() + timedelta(days=9)).isoformat(),
             "ingredients": "thịt trâu"}
    async with cast.shop.db.write() as connection:
        await LISTINGS.change_facts(connection, id=listing.id, kind="dried_meat", name=MEAT.name, folded="thit",
                                    unit="túi", place="", min_order=0, now_ms=now_ms(),
                                    **(facts | {lacking: "" if lacking == "ingredients" else None}))

    assert await told(cast, listing.code) == []


async def test_food_past_its_date_stands_in_none(cast: Cast) -> None:
    listing = await list_goods(cast, best_before=date.today() + timedelta(days=9))
    await photograph(cast, listing)
    async with cast.shop.db.write() as connection:
        await connection.execute("UPDATE listings SET best_before = ?", ((date.today() - timedelta(days=2)).isoformat(),))

    assert await told(cast, listing.code) == []


async def test_goods_that_were_sold_out_are_told_so_at_once(cast: Cast) -> None:
    await give_account(cast)
    listing = await list_goods(cast, on_hand=2)
    await photograph(cast, listing)
    before = (await meta_rows(cast))[0]["availability"]

    await place(cast, listing.code)

    assert before == "in stock" and (await meta_rows(cast))[0]["availability"] == "out of stock"
    assert (await google_items(cast))[0]["availability"] == "out_of_stock"
    assert (await json_feed(cast))["items"][0]["_cho_phien"]["availability"] == "out of stock"
    assert (await rss_items(cast))[0].findtext("description").startswith("Hết hàng. ")


@pytest.mark.parametrize("size", [None, (480, 360), (720, 499)])
async def test_without_a_photo_that_is_large_enough_shops_of_others_do_not_get_it(
        cast: Cast, size: tuple[int, int] | None) -> None:
    listing = await list_goods(cast)
    if size:
        await photograph(cast, listing, width=size[0], height=size[1])

    assert await told(cast, listing.code) == ["/feeds/feed.json", "/feeds/rss.xml", "/sitemap.xml"]


async def test_the_picture_is_the_photo_and_never_a_card_and_everybody_may_fetch_it(cast: Cast) -> None:
    listing = await list_goods(cast)
    await photograph(cast, listing, width=300, height=200)
    good = await photograph(cast, listing, width=720, height=540)
    card = await photograph(cast, listing, width=1080, height=810, role="square")

    (row,) = await meta_rows(cast)
    sent = await cast.buyer.get(row["image_link"].removeprefix(BASE_URL))

    assert row["image_link"].endswith(good) and card not in await fetch(cast, "/feeds/meta.csv")
    assert (sent.status_code, sent.headers["content-type"]) == (200, "image/jpeg")


async def test_a_photo_that_went_all_the_way_is_told_in_its_largest_form(cast: Cast, shared_data: Path) -> None:
    listing = await list_goods(cast)
    with (shared_data / "photos" / "phone_8mp.jpg").open("rb") as file:
        photo = await take_photo(cast.shop, household_id=cast.household.id, upload_key="a", upload=UploadFile(file))
    async with cast.shop.db.write() as connection:
        await set_photos(connection, listing, [photo.id])

    while not (rows := await meta_rows(cast)):
        await asyncio.sleep(0.05)
    sent = await cast.buyer.get(rows[0]["image_link"].removeprefix(BASE_URL))

    with Image.open(io.BytesIO(sent.content)) as image:
        assert image.format == "JPEG" and max(image.size) == 1280 and min(image.size) >= 500
        assert not image.getexif()
    assert len(sent.content) <= 180_000


async def test_a_village_and_a_household_have_feeds_of_their_own(cast: Cast) -> None:
    own = await list_goods(cast, POMELO)
    other = await list_goods(cast, MEAT, household=cast.other_household)

    for path, codes in (("/feeds/feed.json", {own.code, other.code}), ("/feeds/loi/feed.json", {own.code}),
                        ("/feeds/hon/feed.json", {other.code}), ("/feeds/LOI/XUAN2/feed.json", {own.code})):
        feed = await json_feed(cast, path)
        assert {item["_cho_phien"]["code"] for item in feed["items"]} == codes, path
        assert feed["feed_url"] == f"{BASE_URL}{path.lower()}"
    assert (await json_feed(cast, "/feeds/loi/feed.json"))["title"] == "Bản Lói · Chợ Phiên"
    assert (await json_feed(cast, "/feeds/loi/xuan2/feed.json"))["title"] == "Nhà Lò Thị Xuân · Chợ Phiên"


@pytest.mark.parametrize("path", ["/feeds/atom.xml", "/feeds/nowhere/rss.xml", "/feeds/loi/nobody/rss.xml",
                                  "/feeds/loi/dung3/rss.xml", "/feeds/loi"])
async def test_there_is_no_feed_of_what_is_not_there(cast: Cast, path: str) -> None:
    assert (await cast.buyer.get(path)).status_code == 404


@pytest.mark.parametrize("path", ALL)
async def test_who_has_the_feed_already_is_told_so_until_something_changes(cast: Cast, path: str) -> None:
    listing = await list_goods(cast)
    await photograph(cast, listing)
    first = await cast.buyer.get(path)
    tag = first.headers["etag"]

    again = await cast.buyer.get(path, headers={"If-None-Match": f'"x", {tag}'})
    unpacked = await cast.buyer.get(path, headers={"If-None-Match": tag.removeprefix("W/"), "Accept-Encoding": "identity"})
    async with cast.shop.db.write() as connection:
        await LISTINGS.set_state(connection, id=listing.id, state="withdrawn", now_ms=now_ms())
    changed = await cast.buyer.get(path, headers={"If-None-Match": tag})

    assert first.headers["cache-control"] == "public, max-age=300"
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert unpacked.status_code == 304
    assert changed.status_code == 200 and changed.headers["etag"] != tag


async def test_a_feed_comes_whole_to_who_takes_it_packed_and_to_who_asks_for_its_head(cast: Cast) -> None:
    for number in range(9):
        await photograph(cast, await list_goods(cast, name=f"Món {number}"))

    plain = await cast.buyer.get("/feeds/meta.csv", headers={"Accept-Encoding": "identity"})
    packed = await cast.buyer.get("/feeds/meta.csv", headers={"Accept-Encoding": "gzip"})
    head = await cast.buyer.head("/feeds/meta.csv", headers={"Accept-Encoding": "identity"})

    assert int(plain.headers["content-length"]) == len(plain.content) and plain.content.count(b"\r\n") == 10
    assert packed.headers["content-encoding"] == "gzip" and packed.content == plain.content
    assert len(gzip.compress(plain.content)) < len(plain.content)
    assert head.status_code == 200 and head.headers["etag"] == plain.headers["etag"]


async def test_readers_page_on_to_older_goods_and_meet_each_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("feed.json", "rss.xml"):
        assert FEEDS[name].most == 100
        monkeypatch.setitem(FEEDS, name, replace(FEEDS[name], most=3))
    codes = [(await list_goods(cast, name=f"Món {number}")).code for number in range(7)]

    seen, path = [], "/feeds/feed.json"
    while path:
        feed = await json_feed(cast, path)
        seen.append([item["_cho_phien"]["code"] for item in feed["items"]])
        path = feed.get("next_url", "").removeprefix(BASE_URL)
    rss = await fetch(cast, "/feeds/rss.xml")

    assert [len(page) for page in seen] == [3, 3, 1] and sum(seen, []) == codes[::-1]
    assert rss.count("<item>") == 3 and 'rel="next"' in rss and ATOM.strip("{}") in rss
    assert len((await json_feed(cast, "/feeds/feed.json?before=nonsense"))["items"]) == 3


async def test_thousands_of_goods_are_read_in_batches_and_all_told(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "BATCH", 4)
    monkeypatch.setattr(write, "MOST_IN_MEMORY", 1000)
    codes = set()
    for number in range(10):
        listing = await list_goods(cast, name=f"Món {number}")
        await photograph(cast, listing)
        codes.add(listing.code)
    async with cast.shop.db.write() as connection:  # the same moment for all: the id alone tells them apart
        await connection.execute("UPDATE listings SET published_ms = ?", (now_ms(),))

    rows = await meta_rows(cast)

    assert {row["id"] for row in rows} == codes and len(rows) == 10
    assert list(cast.shop.scratch.glob("tmp*")) == []


async def test_both_engines_page_through_goods_of_one_moment(db: Database) -> None:
    stalls = [await add_stall(db) for _ in range(5)]
    async with db.write() as connection:
        await connection.execute("UPDATE listings SET published_ms = 1000, kind = 'other'")

    async def page(before_ms: int, before_id: str, household_id: str | None = None) -> list[str]:
        async with db.read() as connection:
            rows = await write.SQL.goods(connection, village_id=None, household_id=household_id, before_ms=before_ms,
                                         before_id=before_id, good_px=500, today="2026-11-26", most=3)
        return [row["id"] for row in rows]

    first = await page(1001, "")
    second = await page(1000, first[-1])

    assert first + second == sorted((stall.listing_id for stall in stalls), reverse=True) and len(first) == 3
    assert await page(1001, "", stalls[2].household_id) == [stalls[2].listing_id]


async def test_whoever_asks_too_often_is_asked_to_wait(tmp_path: Path) -> None:
    async with open_cast(make_settings(tmp_path, limits=True)) as cast:
        answers = [(await cast.buyer.get("/feeds/loi/rss.xml")).status_code for _ in range(121)]

    assert answers[:120] == [200] * 120 and answers[120] == 429
