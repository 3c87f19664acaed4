"""The pages of listing and changing: they fill what is known, keep what was typed, and are closed to neighbours."""

from __future__ import annotations

import asyncio
import re
from datetime import date, timedelta

import pytest

from catalog.listings.queries import SQL
from catalog.storage.database import now_ms
from tests.cast import Cast
from tests.listings.stall import FACTS, edit, listing_row, photo, rows, sell, sent_photo, wait_for


def field(html: str, name: str) -> str:
    """What stands in an input."""
    found = re.search(rf'<input class="box" id="{name}"[^>]*value="([^"]*)"', html)
    assert found, name
    return found[1]


def chosen(html: str, name: str) -> list[str]:
    """Which radio tiles are chosen."""
    return re.findall(rf'<input type="radio" name="{name}" value="([^"]*)" checked>', html)


def photos_in(html: str) -> list[str]:
    """The ids of the photos that the form would send again."""
    return re.findall(r'name="photo" value="([^"]+)"', html)


async def test_the_empty_form_knows_where_the_household_lives(cast: Cast) -> None:
    html = (await cast.farmer.get(f"{cast.stall}/sell")).text

    assert field(html, "place") == "bản Lói, xã Mường Ảng"
    assert chosen(html, "kind") == [] and chosen(html, "unit") == ["kg"]
    assert "Đang làm cho" not in html and "Gửi xin đồng ý" not in html


async def test_a_helper_sees_for_whom_and_that_consent_is_asked(cast: Cast) -> None:
    html = (await cast.helper.get(f"{cast.stall}/sell")).text

    assert "Đang làm cho" in html and "Lò Thị Xuân" in html and "Gửi xin đồng ý" in html


async def test_each_opened_form_has_a_key_of_its_own(cast: Cast) -> None:
    keys = {re.findall(r'name="draft_key" value="([^"]+)"', (await cast.farmer.get(f"{cast.stall}/sell")).text)[0]
            for _ in range(2)}

    assert len(keys) == 2


async def test_two_presses_at_once_make_one_listing(cast: Cast) -> None:
    mine = await sent_photo(cast)
    form = FACTS | {"draft_key": "d", "photo": mine}

    answers = await asyncio.gather(*(cast.farmer.post(f"{cast.stall}/sell", data=form) for _ in range(3)))

    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["location"] for answer in answers}) == 1
    assert len(await rows(cast, "SELECT id FROM listings")) == 1


async def test_eight_photos_go_with_the_form_and_a_ninth_is_said_to_be_too_many(cast: Cast) -> None:
    files = [("photos", (f"{number}.jpg", photo(300 + number, 200), "image/jpeg")) for number in range(9)]

    nine = await cast.farmer.post(f"{cast.stall}/sell", data=FACTS | {"draft_key": "a"}, files=files)
    eight = await cast.farmer.post(f"{cast.stall}/sell", data=FACTS | {"draft_key": "b"}, files=files[:8])

    assert nine.status_code == 422 and "Nhiều nhất 8 ảnh." in nine.text and len(photos_in(nine.text)) == 8
    assert eight.status_code == 303
    assert len(await rows(cast, "SELECT id FROM photos WHERE listing_id IS NOT NULL")) == 8


async def test_a_mended_form_goes_on_with_the_photos_it_had(cast: Cast) -> None:
    wrong = await cast.farmer.post(f"{cast.stall}/sell", data=FACTS | {"draft_key": "a", "price": "rẻ thôi"},
                                   files={"photos": ("a.jpg", photo(), "image/jpeg")})
    kept = photos_in(wrong.text)

    mended = await cast.farmer.post(f"{cast.stall}/sell", data=FACTS | {"draft_key": "a", "photo": kept})

    assert wrong.status_code == 422 and len(kept) == 1
    assert field(wrong.text, "price") == "rẻ thôi" and field(wrong.text, "name") == FACTS["name"]
    assert chosen(wrong.text, "kind") == ["grapefruit"] and mended.status_code == 303


async def test_the_price_is_said_back_as_it_was_understood(cast: Cast) -> None:
    answer = await cast.farmer.post(f"{cast.stall}/sell", data=FACTS | {"price": "25 nghìn rưỡi"})

    assert answer.status_code == 422 and "= 25.500đ" in answer.text


@pytest.mark.parametrize(("typed", "vnd"), [("25 nghìn", 25_000), ("25000", 25_000), ("25.000đ", 25_000),
                                            ("1tr2", 1_200_000)])
async def test_prices_are_read_as_people_write_them(cast: Cast, typed: str, vnd: int) -> None:
    code = await sell(cast, cast.farmer, price=typed)

    assert (await listing_row(cast, code))["price_vnd"] == vnd


@pytest.mark.parametrize(("name", "value", "words"), [
    ("price", "25", "25 đồng hay 25.000đ?"), ("price", "0", "lớn hơn 0"), ("stock", "1.500", "1,5 hay 1500 kg?"),
    ("stock", "-3", "Chưa rõ số lượng"), ("name", "  ", "Hàng tên gì?"), ("name", "x" * 90, "Nhiều nhất 80 chữ"),
    ("kind", "fish", "Hàng gì?"), ("unit", "tá", "Bán theo gì?")])
async def test_a_slip_is_named_at_its_field(cast: Cast, name: str, value: str, words: str) -> None:
    answer = await cast.farmer.post(f"{cast.stall}/sell", data=FACTS | {name: value, "photo": await sent_photo(cast)})

    assert answer.status_code == 422 and words in answer.text
    assert f'id="{name}-mistake"' in answer.text and "còn 1 chỗ" in answer.text


async def test_dried_meat_with_dates_and_ingredients_is_sold(cast: Cast) -> None:
    packed, best = date.today() - timedelta(1), date.today() + timedelta(60)

    code = await sell(cast, cast.farmer, kind="dried_meat", unit="túi", stock="18", price="170k",
                      packed_on=packed.isoformat(), best_before=best.isoformat(), ingredients="thịt trâu, muối")

    row = await listing_row(cast, code)
    assert (row["packed_on"], row["best_before"], row["on_hand"]) == (packed.isoformat(), best.isoformat(), 18)


async def test_the_edit_form_shows_the_listing_as_it_stands(cast: Cast) -> None:
    mine = await sent_photo(cast)
    code = await sell(cast, cast.farmer, photos=[mine], stock="1,5")

    html = (await cast.farmer.get(f"{cast.stall}/listings/{code}/edit")).text

    assert (field(html, "name"), field(html, "price"), field(html, "stock")) == ("Bưởi da xanh", "25.000", "1,5")
    assert chosen(html, "kind") == ["grapefruit"] and photos_in(html) == [mine]
    assert 'name="stock_seen" value="1500"' in html


async def test_an_edit_with_a_mistake_changes_nothing_and_keeps_what_was_typed(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)

    answer = await edit(cast, cast.farmer, code, name="Tên mới", price="xyz")

    row = await listing_row(cast, code)
    assert answer.status_code == 422 and field(answer.text, "name") == "Tên mới" and len(photos_in(answer.text)) == 1
    assert (row["name"], row["price_vnd"]) == (FACTS["name"], 25_000)


async def test_the_unit_of_goods_on_the_stall_stays(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)

    answer = await edit(cast, cast.farmer, code, unit="quả", stock="20")

    assert answer.status_code == 422 and "không đổi đơn vị" in answer.text


async def test_goods_leave_the_stall_and_come_back(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    here = f"{cast.stall}/listings/{code}"

    await cast.farmer.post(f"{here}/withdraw")
    away = (await listing_row(cast, code))["state"]
    await cast.farmer.post(f"{here}/publish")

    assert (away, (await listing_row(cast, code))["state"]) == ("withdrawn", "published")


async def test_what_spoiled_meanwhile_does_not_come_back_and_the_form_says_why(cast: Cast) -> None:
    day = date.today()
    code = await sell(cast, cast.farmer, kind="dried_meat", packed_on=(day - timedelta(1)).isoformat(),
                      best_before=(day + timedelta(9)).isoformat(), ingredients="thịt lợn")
    await cast.farmer.post(f"{cast.stall}/listings/{code}/withdraw")
    async with cast.shop.db.write() as connection:
        await connection.execute_fetchall("UPDATE listings SET best_before = '2020-01-02', packed_on = '2020-01-01'")

    answer = await cast.farmer.post(f"{cast.stall}/listings/{code}/publish")

    assert answer.status_code == 422 and "quá hạn" in answer.text and "Lưu" in answer.text


async def test_the_state_tells_how_far_the_pictures_are(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    state = f"{cast.stall}/listings/{code}/state"
    first = (await cast.farmer.get(state)).json()

    async def is_done() -> bool:
        told = (await cast.farmer.get(state)).json()
        return bool(told["pictures_done"] == 4 and told["clip_state"] == "done")
    await wait_for(is_done, seconds=180)
    last = (await cast.helper.get(state)).json()

    assert first["pictures_all"] == 4 and first["seconds_left"] > 0 and first["state"] == "published"
    assert last["percent"] == 100 and last["seconds_left"] == 0 and not last["has_failed"]
    assert last["version"] != first["version"] and set(last["pictures"]) == {"square", "portrait", "story", "preview"}


async def test_a_failed_clip_is_told_and_can_be_made_again(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    row = await listing_row(cast, code)
    await cast.shop.jobs.cancel_for_subject(row["id"])
    async with cast.shop.db.write() as connection:
        await connection.execute_fetchall("UPDATE jobs SET state = 'failed', changed_ms = ? WHERE kind = 'listings.clip'",
                                          (now_ms(),))
    state = f"{cast.stall}/listings/{code}/state"
    failed = (await cast.farmer.get(state)).json()

    answer = await cast.farmer.post(f"{cast.stall}/listings/{code}/again")

    again = (await cast.farmer.get(state)).json()
    assert failed["has_failed"] and failed["clip_state"] == "failed"
    assert answer.status_code == 303 and not again["has_failed"]
    assert again["clip_state"] in ("queued", "running", "done")


async def test_a_neighbour_a_buyer_and_another_villages_helper_find_nothing(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    before = dict(await listing_row(cast, code))
    own = f"/n/{cast.other_household.code}/listings/{code}"

    for client in (cast.neighbour, cast.buyer):
        for path in ("/sell", f"/listings/{code}/edit", f"/listings/{code}/state"):
            assert (await client.get(cast.stall + path)).status_code == 404, path
        for path in ("/sell", *(f"/listings/{code}/{verb}" for verb in ("edit", "withdraw", "publish", "again"))):
            assert (await client.post(cast.stall + path, data=FACTS)).status_code == 404, path
    for verb in ("edit", "withdraw", "publish", "again"):
        assert (await cast.neighbour.post(f"{own}/{verb}", data=FACTS)).status_code == 404
    assert dict(await listing_row(cast, code)) == before


async def test_another_sites_page_can_not_press_for_the_farmer(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)

    answer = await cast.farmer.post(f"{cast.stall}/listings/{code}/withdraw",
                                    headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"})

    assert answer.status_code == 403 and (await listing_row(cast, code))["state"] == "published"


async def test_stock_in_the_form_is_what_is_left_now(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    row = await listing_row(cast, code)
    async with cast.shop.db.write() as connection:
        await SQL.change_stock(connection, id=row["id"], change=-2_500, now_ms=now_ms())

    html = (await cast.farmer.get(f"{cast.stall}/listings/{code}/edit")).text

    assert field(html, "stock") == "77,5"
