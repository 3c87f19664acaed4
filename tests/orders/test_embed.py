"""The list for other sites' pages: framed anywhere, without script or form, kept by caches."""

from __future__ import annotations

import re
from html import unescape

from tests.cast import BASE_URL, Cast
from tests.orders.goods import MEAT, POMELO, list_goods


async def test_a_village_shows_its_own_goods_that_are_left(cast: Cast) -> None:
    own = await list_goods(cast, POMELO)
    await list_goods(cast, MEAT, household=cast.other_household)
    await list_goods(cast, name="Hết rồi", on_hand=0)
    await list_goods(cast, name="Chưa đăng", publish=False)

    html = (await cast.buyer.get("/embed/LOI")).text

    assert "Hàng của Bản Lói" in html and "Bưởi da xanh" in html and "25.000đ" in html
    assert "Thịt trâu" not in html and "Hết rồi" not in html and "Chưa đăng" not in html
    assert f'href="/o/{own.code.lower()}/w" target="_blank" rel="noopener"' in html


async def test_the_whole_shop_has_a_list_too_and_pages_on(cast: Cast) -> None:
    for number in range(15):
        await list_goods(cast, name=f"Món số {number}.", household=[cast.household, cast.other_household][number % 2])

    first = (await cast.buyer.get("/embed")).text
    (more,) = re.findall(r'href="(/embed\?before=\d+)"', first)
    second = (await cast.buyer.get(more)).text

    assert len(re.findall(r"Món số (\d+)\.", first)) == 12
    assert len(set(re.findall(r"Món số (\d+)\.", first + second))) == 15


async def test_it_may_be_framed_by_anybody_and_can_do_nothing(cast: Cast) -> None:
    await list_goods(cast, POMELO)

    answer = await cast.buyer.get("/embed/loi")

    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors *" in policy and "form-action 'none'" in policy and "script-src" not in policy
    assert "default-src 'none'" in policy and "x-frame-options" not in answer.headers
    assert "<script" not in answer.text and "<form" not in answer.text and "set-cookie" not in answer.headers
    assert "0900" not in answer.text and answer.headers["x-robots-tag"] == "noindex"
    assert "frame-ancestors 'none'" in (await cast.buyer.get("/")).headers["content-security-policy"]


async def test_caches_keep_it_in_vietnamese_until_something_changes(cast: Cast) -> None:
    await list_goods(cast, POMELO)
    first = await cast.buyer.get("/embed/loi")
    cast.buyer.cookies.set("lang", "en")

    again = await cast.buyer.get("/embed/loi", headers={"If-None-Match": first.headers["etag"]})
    await list_goods(cast, MEAT)
    changed = await cast.buyer.get("/embed/loi", headers={"If-None-Match": first.headers["etag"]})

    assert first.headers["cache-control"] == "public, max-age=300"
    assert again.status_code == 304 and "frame-ancestors *" in again.headers["content-security-policy"]
    assert changed.status_code == 200 and "Hàng của Bản Lói" in changed.text


async def test_an_empty_village_says_so_and_an_unknown_one_is_not_there(cast: Cast) -> None:
    empty, unknown = await cast.buyer.get("/embed/hon"), await cast.buyer.get("/embed/nowhere")

    assert empty.status_code == 200 and "Hôm nay chưa có hàng" in empty.text
    assert unknown.status_code == 404 and "frame-ancestors 'none'" in unknown.headers["content-security-policy"]


async def test_a_helper_copies_the_frame_and_the_feeds(cast: Cast) -> None:
    page = await cast.helper.get("/v/loi/embed")

    (frame, *_) = [unescape(found) for found in re.findall(r'data-copy="([^"]+)"', page.text)]
    assert frame.startswith(f'<iframe src="{BASE_URL}/embed/loi" title="Hàng đang bán của Bản Lói" ')
    assert frame.endswith("></iframe>") and 'loading="lazy"' in frame
    for name in ("rss.xml", "meta.csv", "merchant.xml", "feed.json"):
        assert f'data-copy="{BASE_URL}/feeds/loi/{name}"' in page.text
        assert (await cast.buyer.get(f"/feeds/loi/{name}")).status_code == 200
    assert 'href="/v/loi/embed"' in (await cast.helper.get("/v/loi")).text
    assert (await cast.neighbour.get("/v/loi/embed")).status_code == 404
