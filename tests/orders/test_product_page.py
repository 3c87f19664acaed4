"""The buyer's page: live, light, open to everyone, and readable by machines."""

from __future__ import annotations

import gzip
import json
import re

import pytest

from catalog.listings.queries import SQL as LISTINGS
from catalog.storage.database import new_id, now_ms
from tests.cast import BASE_URL, Cast
from tests.orders.goods import MEAT, POMELO, give_account, list_goods, place
from tests.posts.feeds.shelf import photograph

MOST_PAGE_BYTES = 14 * 1024


@pytest.mark.parametrize("form", ["/o/{lower}", "/o/{upper}", "/O/{upper}", "/O/{upper}/B", "/o/{lower}/z", "/o/{upper}/X"])
async def test_a_link_answers_in_any_case_and_with_any_channel_at_once(cast: Cast, form: str) -> None:
    code = (await list_goods(cast)).code

    answer = await cast.buyer.get(form.format(lower=code.lower(), upper=code.upper()))

    assert answer.status_code == 200 and "Thịt trâu gác bếp" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers


async def test_the_page_says_price_stock_seller_and_amounts(cast: Cast) -> None:
    code = (await list_goods(cast)).code

    html = (await cast.buyer.get(f"/o/{code}")).text

    for words in ("170.000đ", "Còn 18 túi", "Nhà Lò Thị Xuân", "bản Lói", "tel:+84900000456", "340.000đ", "850.000đ"):
        assert words in html


async def test_only_amounts_that_are_there_have_a_button(cast: Cast) -> None:
    code = (await list_goods(cast, on_hand=3)).code

    html = (await cast.buyer.get(f"/o/{code}")).text

    assert re.findall(r'name="amount" value="(\w+)"', html) == ["1", "2", "other"]


async def test_a_transfer_is_offered_where_there_is_an_account(cast: Cast) -> None:
    code = (await list_goods(cast)).code
    without = (await cast.buyer.get(f"/o/{code}")).text
    await give_account(cast)

    with_account = (await cast.buyer.get(f"/o/{code}")).text

    assert re.findall(r'name="payment" value="(\w+)"', without) == ["cod"]
    assert re.findall(r'name="payment" value="(\w+)"', with_account) == ["transfer", "cod"]


async def test_stock_on_the_page_is_live(cast: Cast) -> None:
    await give_account(cast)
    code = (await list_goods(cast)).code
    await place(cast, code)

    html = (await cast.buyer.get(f"/o/{code}")).text

    assert "Còn 16 túi" in html


async def test_sold_out_goods_say_so_and_show_others(cast: Cast) -> None:
    await list_goods(cast, POMELO)
    code = (await list_goods(cast, on_hand=0)).code

    answer = await cast.buyer.get(f"/o/{code}")

    assert answer.status_code == 200
    assert "Vừa hết hàng" in answer.text and "Bưởi da xanh" in answer.text
    assert "<form class=\"order\"" not in answer.text


@pytest.mark.parametrize("state", ["withdrawn", "waiting", "draft"])
async def test_what_is_not_on_the_stall_is_not_found_but_shows_others(cast: Cast, state: str) -> None:
    await list_goods(cast, POMELO, household=cast.other_household)
    listing = await list_goods(cast)
    async with cast.shop.db.write() as connection:
        await LISTINGS.set_state(connection, id=listing.id, state=state, now_ms=now_ms())

    answer = await cast.buyer.get(f"/o/{listing.code}")

    assert answer.status_code == 404
    assert "Món này không còn bán" in answer.text and "Bưởi da xanh" in answer.text
    assert "170.000đ" not in answer.text


async def test_an_unknown_code_is_not_found(cast: Cast) -> None:
    answer = await cast.buyer.get("/o/ZZZZ")

    assert answer.status_code == 404 and "Không có món này" in answer.text


async def test_machines_read_the_product_with_price_picture_and_stock(cast: Cast) -> None:
    listing = await list_goods(cast, name="Thịt </script><b> trâu")
    async with cast.shop.db.write() as connection:
        await LISTINGS.add_file(connection, id=new_id(), listing_id=listing.id, photo_id=None, role="preview",
                                spec_key="k", object_key="ab" * 32 + ".jpg", content_type="image/jpeg", width=1200,
                                height=630, bytes=1, seconds=0.0, left_out="", now_ms=now_ms())

    html = (await cast.buyer.get(f"/o/{listing.code}/Z")).text

    metas = dict(re.findall(r'<meta property="([^"]+)" content="([^"]*)">', html))
    address = f"{BASE_URL}/o/{listing.code.lower()}"
    assert metas["og:image"] == f"{BASE_URL}/m/{'ab' * 32}.jpg"
    assert (metas["og:image:width"], metas["og:image:height"], metas["og:type"]) == ("1200", "630", "product")
    assert metas["og:image:alt"] and metas["og:url"] == address
    assert (metas["product:price:amount"], metas["product:availability"]) == ("170000", "in stock")
    assert (metas["og:price:currency"], metas["og:availability"]) == ("VND", "instock")
    assert f'<link rel="canonical" href="{address}">' in html
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    product = json.loads(script)
    assert product["@type"] == "Product" and product["name"] == "Thịt </script><b> trâu"
    assert product["offers"] | {"price": "170000", "priceCurrency": "VND",
                                "availability": "https://schema.org/InStock"} == product["offers"]
    assert product["image"] == [metas["og:image"]]


async def test_the_photo_stands_in_for_a_card_that_is_not_drawn_and_is_what_merchants_see(cast: Cast) -> None:
    listing = await list_goods(cast)
    key = await photograph(cast, listing)

    before = (await cast.buyer.get(f"/o/{listing.code}")).text
    async with cast.shop.db.write() as connection:
        await LISTINGS.add_file(connection, id=new_id(), listing_id=listing.id, photo_id=None, role="preview",
                                spec_key="k", object_key="cd" * 32 + ".jpg", content_type="image/jpeg", width=1200,
                                height=630, bytes=1, seconds=0.0, left_out="", now_ms=now_ms())
    after = (await cast.buyer.get(f"/o/{listing.code}")).text

    photo = f"{BASE_URL}/m/{key}"
    assert f'<meta property="og:image" content="{photo}">' in before and 'og:image:width" content="720"' in before
    assert f"/m/{'cd' * 32}.jpg" in after and 'og:image:width" content="1200"' in after
    for html in (before, after):
        (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
        assert json.loads(script)["image"] == [photo]
        assert 'name="twitter:card" content="summary_large_image"' in html
        assert f'product:retailer_item_id" content="{listing.code}"' in html


async def test_the_market_leads_readers_to_its_feeds(cast: Cast) -> None:
    html = (await cast.buyer.get("/")).text

    for found in re.findall(r'<link rel="alternate" type="[^"]+" title="[^"]+" href="([^"]+)">', html):
        assert (await cast.buyer.get(found)).status_code == 200
    assert html.count('rel="alternate"') == 2


async def test_page_and_style_together_stay_within_fourteen_kilobytes(cast: Cast) -> None:
    await give_account(cast)
    code = (await list_goods(cast, name="Thịt trâu gác bếp tẩm mắc khén, gói hút chân không", place="bản Hón")).code

    answer = await cast.buyer.get(f"/o/{code}", headers={"Accept-Encoding": "gzip"})
    (style,) = re.findall(r'<link rel="stylesheet" href="([^"]+)"', answer.text)
    sheet = await cast.buyer.get(style, headers={"Accept-Encoding": "gzip"})

    assert answer.headers["content-encoding"] == "gzip"
    assert len(gzip.compress(answer.content, 6)) + len(gzip.compress(sheet.content, 6)) <= MOST_PAGE_BYTES
    assert re.findall(r"<script[^>]*>", answer.text) == ['<script type="application/ld+json">']


async def test_dried_meat_shows_its_dates_and_what_is_in_it(cast: Cast) -> None:
    listing = await list_goods(cast)
    async with cast.shop.db.write() as connection:
        await LISTINGS.change_facts(connection, id=listing.id, kind="dried_meat", name=MEAT.name, folded="thit",
                                    unit="túi", place="", min_order=0, packed_on="2026-11-20", best_before="2027-02-20",
                                    ingredients="thịt trâu, mắc khén", now_ms=now_ms())

    html = (await cast.buyer.get(f"/o/{listing.code}")).text

    for words in ("20/11/2026", "20/02/2027", "thịt trâu, mắc khén"):
        assert words in html


async def test_the_market_shows_what_is_for_sale_the_newest_first_and_pages_on(cast: Cast) -> None:
    for number in range(30):
        await list_goods(cast, name=f"Món số {number}.")
    await list_goods(cast, name="Hết rồi", on_hand=0)
    await list_goods(cast, name="Chưa đăng", publish=False)

    first = (await cast.buyer.get("/")).text
    (more,) = re.findall(r'href="(/\?before=\d+)"', first)
    second = (await cast.buyer.get(more)).text

    names = re.findall(r"Món số (\d+)\.", first)
    assert names[0] == "29" and len(names) == 24
    assert len(set(names) | set(re.findall(r"Món số (\d+)\.", second))) == 30
    assert "Hết rồi" not in first and "Chưa đăng" not in first
    assert "/home" not in first and 'href="/home"' in (await cast.farmer.get("/")).text


async def test_an_empty_market_says_so(cast: Cast) -> None:
    answer = await cast.buyer.get("/?before=nonsense")

    assert answer.status_code == 200 and "Chưa có hàng nào" in answer.text


async def test_the_page_speaks_english_where_asked(cast: Cast) -> None:
    code = (await list_goods(cast)).code
    cast.buyer.cookies.set("lang", "en")

    html = (await cast.buyer.get(f"/o/{code}")).text

    assert "18 túi left" in html and "By coach" in html and "On delivery" in html
