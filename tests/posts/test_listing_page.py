"""The page of a made listing: what it says at each step, what to share, the link of each place."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import quote

import httpx

from catalog.listings.queries import add_file
from catalog.storage.database import now_ms
from catalog.storage.queries import SQL as STORAGE
from media.spec import PICTURE_ROLES
from tests.cast import BASE_URL, Cast
from tests.listings.stall import edit, listing_row, newest_consent, sell


async def page_of(cast: Cast, client: httpx.AsyncClient, code: str) -> httpx.Response:
    """The listing's page."""
    return await client.get(f"{cast.stall}/listings/{code}")


async def finish(cast: Cast, folder: Path, code: str, *, but: tuple[str, ...] = ()) -> None:
    """Everything as if it had been drawn, apart from the roles in `but`, whose work has failed."""
    row = await listing_row(cast, code)
    async with cast.shop.db.write() as connection:
        ended = await STORAGE.cancel_for_subject(connection, subject=row["id"], now_ms=now_ms())
    cast.shop.jobs.drop(job["id"] for job in ended)
    async with cast.shop.db.write() as connection:
        await connection.execute("UPDATE jobs SET state = 'failed' WHERE kind = ?", ("listings.clip" if but else "none",))
        for role in (*PICTURE_ROLES, "clip"):
            if role not in but:
                kind, ending = ("video/mp4", "mp4") if role == "clip" else ("image/jpeg", "jpg")
                made = folder / f"{role}.{ending}"
                made.write_bytes(role.encode())
                await add_file(connection, role=role, object_key=await cast.shop.objects.keep(made), size=9,
                               content_type=kind, width=1080, height=1080, spec_key=row["render_key"],
                               seconds=12.0 if role == "clip" else 0.0, listing_id=row["id"])


async def test_a_fresh_listing_says_that_buyers_see_it(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)

    page = await page_of(cast, cast.farmer, code)

    assert page.status_code == 200
    assert "Bưởi da xanh đã lên sạp." in page.text and "25.000đ/kg" in page.text and "Còn 80 kg" in page.text


async def test_later_it_says_so_no_more(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    async with cast.shop.db.write() as connection:
        await connection.execute("UPDATE listings SET published_ms = ?", (now_ms() - 3600_000,))

    page = await page_of(cast, cast.farmer, code)

    assert "đã lên sạp" not in page.text and "<h1>Bưởi da xanh</h1>" in page.text


async def test_only_those_who_work_on_it_see_the_page(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)

    seen = {name: (await page_of(cast, client, code)).status_code for name, client in (
        ("farmer", cast.farmer), ("helper", cast.helper), ("owner", cast.owner), ("neighbour", cast.neighbour),
        ("stranger", cast.buyer))}

    assert seen == {"farmer": 200, "helper": 200, "owner": 200, "neighbour": 404, "stranger": 404}


async def test_a_listing_is_found_only_at_its_own_household(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)

    answer = await cast.neighbour.get(f"/n/{cast.other_household.code}/listings/{code}")

    assert answer.status_code == 404


async def test_progress_is_real_and_followed_with_and_without_script(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)

    page = await page_of(cast, cast.farmer, code)

    told = (await cast.farmer.get(f"{cast.stall}/listings/{code}/state")).json()
    assert f'data-poll="{cast.stall}/listings/{code}/state"' in page.text
    assert 'role="progressbar"' in page.text and "giây" in page.text
    assert '<noscript><meta http-equiv="refresh"' in page.text
    assert set(told) >= {"version", "percent", "seconds_left"}


async def test_a_finished_listing_offers_pictures_and_clip_to_share_and_to_save(cast: Cast, tmp_path: Path) -> None:
    code = await sell(cast, cast.farmer)
    await finish(cast, tmp_path, code)

    page = await page_of(cast, cast.farmer, code)

    shares = [json.loads(unescape(found)) for found in re.findall(r'data-share-pick="([^"]+)"', page.text)]
    assert [(one["type"], one["name"]) for (one,) in shares] == [
        ("image/jpeg", "buoi-da-xanh.jpg"), ("video/mp4", "buoi-da-xanh.mp4")]
    for (one,) in shares:
        sent = await cast.farmer.get(one["url"])
        assert (sent.status_code, sent.headers["content-type"]) == (200, one["type"])
    assert "Đủ 4 ảnh và 1 clip" in page.text and 'http-equiv="refresh"' not in page.text
    assert 'preload="none"' in page.text and page.text.count("/save") >= 5
    version = (await cast.farmer.get(f"{cast.stall}/listings/{code}/state")).json()["version"]
    assert f'data-version="{version}"' in page.text


async def test_what_failed_can_be_made_again(cast: Cast, tmp_path: Path) -> None:
    code = await sell(cast, cast.farmer)
    await finish(cast, tmp_path, code, but=("clip",))

    page = await page_of(cast, cast.farmer, code)
    again = await cast.farmer.post(f"{cast.stall}/listings/{code}/again")
    after = await page_of(cast, cast.farmer, code)

    assert "Clip chưa làm được." in page.text and f'action="{cast.stall}/listings/{code}/again"' in page.text
    assert "data-share-go" in page.text
    assert again.status_code == 303
    assert "Clip chưa làm được." not in after.text and 'role="progressbar"' in after.text


async def test_every_place_has_a_link_of_its_own_and_a_count_of_its_orders(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    form = {"key": "k1", "amount": "other", "other_amount": "2", "name": "Thu Hà", "phone": "0900000123", "delivery": "pickup",
            "payment": "cash"}
    placed = await cast.buyer.post(f"/o/{code}/z", data=form)

    page = await page_of(cast, cast.farmer, code)

    assert placed.status_code == 303, placed.text
    for letter in "bzftpslw":
        assert f'data-copy="{BASE_URL}/o/{code}/{letter}"' in page.text, letter
    assert f'data-copy="{BASE_URL}/o/{code}"' in page.text
    assert page.text.count("1 đơn") == 1 and page.text.count("chưa có đơn") == 8


async def test_the_code_of_each_place_is_a_picture(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    address = f"{cast.stall}/listings/{code}/qr"

    sign, unknown = await cast.farmer.get(f"{address}/sign.png"), await cast.farmer.get(f"{address}/radio.png")

    assert (sign.status_code, sign.headers["content-type"], sign.content[:4]) == (200, "image/png", b"\x89PNG")
    assert unknown.status_code == 404
    assert (await cast.neighbour.get(f"{address}/sign.png")).status_code == 404


async def test_without_the_share_sheet_facebook_gets_its_own_link(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)

    page = await page_of(cast, cast.farmer, code)

    assert f"sharer.php?u={quote(f'{BASE_URL}/o/{code}/f', safe='')}" in page.text
    assert "1. Lưu ảnh" in page.text and "2. Chép lời rồi dán" in page.text


async def test_a_text_is_kept_as_written_until_it_is_cleared(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    address = f"{cast.stall}/listings/{code}/posts/zalo"

    saved = await cast.farmer.post(address, data={"text": "Bưởi nhà em <ngọt>, 25.000đ một cân.\r\nĐặt nhé!"})
    written = await page_of(cast, cast.farmer, code)
    await cast.farmer.post(address, data={"text": "  "})
    cleared = await page_of(cast, cast.farmer, code)

    assert (saved.status_code, saved.headers["location"]) == (303, f"{cast.stall}/listings/{code}?to=zalo#loi")
    assert "Bưởi nhà em &lt;ngọt&gt;, 25.000đ một cân.\nĐặt nhé!</textarea>" in written.text
    assert "Lời đã sửa tay." in written.text
    assert "Bưởi nhà em" not in cleared.text and "Lời đã sửa tay." not in cleared.text


async def test_saving_the_composed_text_keeps_it_following_the_facts(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    page = await page_of(cast, cast.farmer, code)
    (composed,) = re.findall(r'id="text-zalo"[^>]*>(.*?)</textarea>', page.text, re.S)

    await cast.farmer.post(f"{cast.stall}/listings/{code}/posts/zalo", data={"text": unescape(composed)})
    await edit(cast, cast.farmer, code, price="30.000")

    assert "30.000đ/kg" in re.findall(r'id="text-zalo"[^>]*>(.*?)</textarea>',
                                      (await page_of(cast, cast.farmer, code)).text, re.S)[0]


async def test_a_written_text_that_lacks_the_new_price_says_so(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    await cast.farmer.post(f"{cast.stall}/listings/{code}/posts/facebook", data={"text": "Bưởi 25.000đ một cân"})
    await edit(cast, cast.farmer, code, price="30.000")

    page = await page_of(cast, cast.farmer, code)

    assert "Lời này chưa có giá 30.000đ." in page.text


async def test_a_neighbour_writes_no_texts_and_an_unknown_network_is_none(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    address = f"{cast.stall}/listings/{code}/posts"

    assert (await cast.neighbour.post(f"{address}/zalo", data={"text": "x"})).status_code == 404
    assert (await cast.farmer.post(f"{address}/telegram", data={"text": "x"})).status_code == 404


async def test_a_helpers_listing_is_not_to_be_shared_before_the_household_agrees(cast: Cast) -> None:
    code = await sell(cast, cast.helper)
    consent = (await newest_consent(cast))["code"].lower()

    helper, farmer = await page_of(cast, cast.helper, code), await page_of(cast, cast.farmer, code)

    for words in ("Nhà Lò Thị Xuân đồng ý bằng cách nào?", f"{BASE_URL}/c/{consent}", "https://zalo.me/0900000456",
                  "Đang làm cho", '<svg'):
        assert words in helper.text, words
    for page in (helper, farmer):
        assert "data-share-go" not in page.text and "Mỗi nơi một đường dẫn" not in page.text
    assert f'href="/c/{consent}"' in farmer.text and "zalo.me" not in farmer.text


async def test_a_price_that_waits_is_shown_beside_the_one_that_sells(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    await edit(cast, cast.helper, code, price="30.000")

    page = await page_of(cast, cast.helper, code)

    assert "Chờ nhà đồng ý giá mới" in page.text and "<s>25.000đ</s>" in page.text and "30.000đ/kg" in page.text
    assert "data-share-go" in page.text


async def test_a_withdrawn_listing_can_come_back(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    await cast.farmer.post(f"{cast.stall}/listings/{code}/withdraw")

    page = await page_of(cast, cast.farmer, code)
    await cast.farmer.post(f"{cast.stall}/listings/{code}/publish")

    assert "Món này đã rút khỏi sạp." in page.text and "Đăng lại" in page.text and "data-share-go" not in page.text
    assert "đã lên sạp." in (await page_of(cast, cast.farmer, code)).text


async def test_the_page_speaks_english_too(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)

    page = await cast.farmer.get(f"{cast.stall}/listings/{code}", headers={"Cookie": _cookies(cast.farmer) + "; lang=en"})

    assert "Bưởi da xanh is on the stall." in page.text and "A link for each place" in page.text


def _cookies(client: httpx.AsyncClient) -> str:
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in client.cookies.jar)
