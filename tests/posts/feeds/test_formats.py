"""Each feed is what its specification asks for, read by parsers that are not ours."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import pytest

from catalog.posts.feeds.item import cut, plain
from tests.cast import BASE_URL, Cast
from tests.orders.goods import MEAT, POMELO, list_goods
from tests.posts.feeds.shelf import ATOM, MEDIA, SITEMAP, fetch, google_items, json_feed, meta_rows, photograph, rss_items

META_REQUIRED = {"id", "title", "description", "availability", "condition", "price", "link", "image_link", "brand"}
GOOGLE_REQUIRED = {"id", "title", "description", "link", "image_link", "availability", "price", "condition", "brand",
                   "identifier_exists"}
ODD_NAME = 'Bưởi "da xanh", <b>ngọt</b> & mát]]>'


async def test_meta_finds_every_column_that_it_requires(cast: Cast) -> None:
    listing = await list_goods(cast, POMELO)
    key = await photograph(cast, listing)

    (row,) = await meta_rows(cast)

    assert row.keys() >= META_REQUIRED and all(row[name] for name in META_REQUIRED)
    assert (row["id"], row["title"], row["price"]) == (listing.code, "Bưởi da xanh (1 kg)", "25000 VND")
    assert (row["availability"], row["condition"], row["brand"]) == ("in stock", "new", "Lò Thị Xuân")
    assert row["link"] == f"{BASE_URL}/o/{listing.code.lower()}/f"
    assert row["image_link"] == f"{BASE_URL}/m/{key}"
    assert len(row["title"]) <= 200 and "<" not in row["description"]


async def test_google_finds_every_attribute_that_it_requires(cast: Cast) -> None:
    listing = await list_goods(cast, POMELO)
    key = await photograph(cast, listing)

    (item,) = await google_items(cast)

    assert item.keys() >= GOOGLE_REQUIRED and all(item.values())
    assert (item["id"], item["price"], item["availability"]) == (listing.code, "25000 VND", "in_stock")
    assert (item["condition"], item["identifier_exists"]) == ("new", "no")
    assert item["image_link"] == f"{BASE_URL}/m/{key}" and item["link"] == f"{BASE_URL}/o/{listing.code.lower()}/w"
    assert len(item["id"]) <= 50 and len(item["title"]) <= 150 and len(item["description"]) <= 5000


async def test_the_rss_feed_has_what_rss_2_asks_of_channel_and_item(cast: Cast) -> None:
    listing = await list_goods(cast, POMELO)
    key = await photograph(cast, listing)

    root = ElementTree.fromstring(await fetch(cast, "/feeds/rss.xml"))

    channel = root.find("channel")
    assert root.tag == "rss" and root.get("version") == "2.0" and channel is not None
    assert all(channel.findtext(name) for name in ("title", "link", "description", "language"))
    assert channel.find(f"{ATOM}link").attrib == {"href": f"{BASE_URL}/feeds/rss.xml", "rel": "self",
                                                  "type": "application/rss+xml"}
    (item,) = channel.findall("item")
    assert item.findtext("title") == "Bưởi da xanh · 25.000đ/kg"
    assert item.findtext("guid") == f"{BASE_URL}/o/{listing.code.lower()}"
    assert parsedate_to_datetime(item.findtext("pubDate")).utcoffset() == timedelta(hours=7)
    enclosure, content = item.find("enclosure"), item.find(f"{MEDIA}content")
    assert enclosure.get("url") == content.get("url") == f"{BASE_URL}/m/{key}"
    assert int(enclosure.get("length")) > 0 and enclosure.get("type") == "image/jpeg"
    assert (content.get("width"), content.get("height")) == ("720", "540")


async def test_the_json_feed_has_what_version_1_1_asks(cast: Cast) -> None:
    listing = await list_goods(cast, POMELO)
    key = await photograph(cast, listing)

    feed = await json_feed(cast)

    assert feed["version"] == "https://jsonfeed.org/version/1.1" and feed["title"]
    assert (feed["home_page_url"], feed["feed_url"]) == (f"{BASE_URL}/", f"{BASE_URL}/feeds/feed.json")
    assert "next_url" not in feed
    (item,) = feed["items"]
    assert item["id"] == f"{BASE_URL}/o/{listing.code.lower()}" and item["content_text"]
    assert (item["title"], item["image"]) == ("Bưởi da xanh", f"{BASE_URL}/m/{key}")
    assert all(datetime.fromisoformat(item[name]).tzinfo for name in ("date_published", "date_modified"))
    assert item["authors"] == [{"name": "Lò Thị Xuân"}] and item["tags"] == ["Bưởi"]
    assert item["_cho_phien"] == {"code": listing.code, "kind": "grapefruit", "price_vnd": 25_000, "unit": "kg",
                                  "availability": "in stock"}


async def test_the_sitemap_lists_every_product_and_robots_lead_to_it(cast: Cast) -> None:
    listing = await list_goods(cast, POMELO)

    root = ElementTree.fromstring(await fetch(cast, "/sitemap.xml"))

    robots = await fetch(cast, "/robots.txt")
    places = [place.text for place in root.iter(f"{SITEMAP}loc")]
    assert root.tag == f"{SITEMAP}urlset" and places == [f"{BASE_URL}/", f"{BASE_URL}/o/{listing.code.lower()}"]
    assert datetime.fromisoformat(root.find(f"{SITEMAP}url/{SITEMAP}lastmod").text).tzinfo is not None
    assert robots.splitlines()[-1] == f"Sitemap: {BASE_URL}/sitemap.xml"


async def test_each_feed_says_what_it_is(cast: Cast) -> None:
    said = {name: (await cast.buyer.get(path)).headers["content-type"] for name, path in (
        ("meta", "/feeds/meta.csv"), ("google", "/feeds/merchant.xml"), ("json", "/feeds/feed.json"),
        ("rss", "/feeds/rss.xml"), ("sitemap", "/sitemap.xml"))}

    assert said == {"meta": "text/csv; charset=utf-8", "google": "application/xml; charset=utf-8",
                    "json": "application/feed+json; charset=utf-8", "rss": "application/rss+xml; charset=utf-8",
                    "sitemap": "application/xml; charset=utf-8"}


async def test_marks_of_the_formats_in_a_name_stay_text_in_all_of_them(cast: Cast) -> None:
    await photograph(cast, await list_goods(cast, POMELO, name=ODD_NAME))

    names = [(await meta_rows(cast))[0]["title"], (await google_items(cast))[0]["title"],
             (await rss_items(cast))[0].findtext("title"), (await json_feed(cast))["items"][0]["title"]]

    assert all(name.startswith(ODD_NAME) for name in names)


@pytest.mark.parametrize(("typed", "told"), [
    ("Măng\x0b khô\ud800\ufffe", "Măng khô"), ("=HYPERLINK(1)", "HYPERLINK(1)"), ("- +@Bưởi", "Bưởi"), ("＝＋Bưởi", "Bưởi"), ("a\r\n b", "a b")])
def test_what_no_document_may_hold_is_left_out(typed: str, told: str) -> None:
    assert plain(typed) == told


def test_a_long_title_ends_at_a_word() -> None:
    told = cut("Thịt trâu gác bếp tẩm mắc khén", 20)

    assert told == "Thịt trâu gác bếp…" and cut("ngắn", 20) == "ngắn" and len(cut("x" * 50, 20)) == 20


async def test_the_description_is_whole_sentences_from_facts_and_has_no_phone_number(cast: Cast) -> None:
    today = date.today()
    listing = await list_goods(cast, MEAT, kind="dried_meat", ingredients="thịt trâu, mắc khén",
                               packed_on=today - timedelta(days=3), best_before=today + timedelta(days=60))
    await photograph(cast, listing)

    (row,) = await meta_rows(cast)
    everything = "".join([await fetch(cast, f"/feeds/{name}") for name in ("meta.csv", "merchant.xml", "feed.json", "rss.xml")])

    assert row["description"] == (
        "Thịt trâu gác bếp của nhà Lò Thị Xuân, bản Lói, Điện Biên. Giá 170.000đ/túi. "
        f"Thành phần: thịt trâu, mắc khén. Đóng gói {today - timedelta(days=3):%d/%m/%Y}, "
        f"dùng đến {today + timedelta(days=60):%d/%m/%Y}. Gửi xe khách hoặc bưu điện, người mua trả cước, hoặc đến lấy.")
    assert not re.search(r"0900.?000|\+84", everything)


async def test_the_least_order_is_said_beside_the_price_of_one_unit(cast: Cast) -> None:
    await photograph(cast, await list_goods(cast, POMELO, on_hand=90_000, min_order=5_000))

    (row,) = await meta_rows(cast)

    assert row["price"] == "25000 VND" and "Giá 25.000đ/kg. Mua ít nhất 5 kg." in row["description"]


async def test_an_empty_shop_has_whole_and_empty_feeds(cast: Cast) -> None:
    assert await meta_rows(cast) == [] and await google_items(cast) == [] and await rss_items(cast) == []
    assert json.loads(await fetch(cast, "/feeds/feed.json"))["items"] == []
