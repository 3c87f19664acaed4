"""A farmer lists a product; a helper's listing waits for the household."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

from tests.cast import Cast


def jpeg(width: int = 640, height: int = 480, colour: str = "#d9a62e") -> bytes:
    """A small sound photo."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "JPEG")
    return out.getvalue()


FACTS = {"kind": "grapefruit", "name": "Bưởi da xanh", "price": "25 nghìn", "unit": "kg", "stock": "80",
         "place": "bản Lói", "draft_key": "d1"}


async def sell(client: Any, cast: Cast, *, photo: bytes | None = None, **changes: str) -> Any:
    files = {"photos": ("a.jpg", photo if photo is not None else jpeg(), "image/jpeg")}
    return await client.post(f"{cast.stall}/sell", data=FACTS | changes, files=files)


async def photo_ids(cast: Cast) -> list[str]:
    """What the form of the one listing sends along: the photos it has."""
    async with cast.shop.db.read() as connection:
        return [row["id"] for row in await connection.execute_fetchall("SELECT id FROM photos")]


async def listing_row(cast: Cast) -> Any:
    async with cast.shop.db.read() as connection:
        rows = await connection.execute_fetchall("SELECT * FROM listings ORDER BY created_ms DESC LIMIT 1")
    return rows[0] if rows else None


async def test_a_farmers_listing_is_published_at_once(cast: Cast) -> None:
    answer = await sell(cast.farmer, cast)

    row = await listing_row(cast)
    assert answer.status_code == 303 and answer.headers["location"].endswith(row["code"].lower())
    assert (row["state"], row["price_vnd"], row["on_hand"]) == ("published", 25_000, 80_000)


async def test_sending_the_form_twice_makes_one_listing(cast: Cast) -> None:
    first, second = await sell(cast.farmer, cast), await sell(cast.farmer, cast)

    assert first.headers["location"] == second.headers["location"]


async def test_a_mistake_keeps_the_photo_and_what_was_typed(cast: Cast) -> None:
    answer = await sell(cast.farmer, cast, price="", name="Bưởi da xanh nhà trồng")

    assert answer.status_code == 422
    assert "Chưa có số tiền." in answer.text and "Bưởi da xanh nhà trồng" in answer.text
    assert 'name="photo" value="' in answer.text and "còn 1 chỗ" in answer.text
    assert await listing_row(cast) is None


async def test_everything_that_is_missing_is_said_at_once(cast: Cast) -> None:
    answer = await cast.farmer.post(f"{cast.stall}/sell", data={"kind": "dried_meat"})

    for message in ("Chưa có ảnh", "Hàng tên gì?", "Chưa có số tiền.", "Chưa có số lượng."):
        assert message in answer.text, message


async def test_dried_meat_needs_dates_and_ingredients(cast: Cast) -> None:
    answer = await sell(cast.farmer, cast, kind="dried_meat", unit="túi", stock="18", price="170000")

    assert answer.status_code == 422
    for message in ("phải có ngày đóng gói", "phải có hạn dùng", "phải ghi thành phần"):
        assert message in answer.text, message


async def test_a_bad_photo_is_named_and_the_good_one_kept(cast: Cast) -> None:
    files = [("photos", ("a.jpg", jpeg(), "image/jpeg")),
             ("photos", ("b.jpg", b"<html>not a photo</html>", "image/jpeg"))]

    answer = await cast.farmer.post(f"{cast.stall}/sell", data=FACTS, files=files)

    assert answer.status_code == 422
    assert "Ảnh 2: Tệp này không phải ảnh" in answer.text and 'name="photo" value="' in answer.text


async def test_a_helpers_listing_waits_until_the_household_agrees(cast: Cast) -> None:
    await sell(cast.helper, cast)

    row = await listing_row(cast)
    async with cast.shop.db.read() as connection:
        asked = await connection.execute_fetchall("SELECT verb, state, asked_by FROM consents")
    assert row["state"] == "waiting"
    assert [tuple(one) for one in asked] == [("publish", "asked", cast.helper_person.id)]


async def test_a_neighbour_can_not_list_for_another_household(cast: Cast) -> None:
    for client in (cast.neighbour, cast.buyer):
        assert (await sell(client, cast)).status_code == 404
        assert (await client.get(f"{cast.stall}/sell")).status_code == 404


async def test_a_changed_stock_leaves_orders_that_came_meanwhile_taken_off(cast: Cast) -> None:
    await sell(cast.farmer, cast)
    row = await listing_row(cast)
    async with cast.shop.db.write() as connection:
        await connection.execute("UPDATE listings SET on_hand = on_hand - 5000")

    edit = await cast.farmer.post(f"{cast.stall}/listings/{row['code']}/edit",
                                  data=FACTS | {"stock": "100", "stock_seen": "80000",
                                                "photo": await photo_ids(cast)})

    assert edit.status_code == 303
    assert (await listing_row(cast))["on_hand"] == 95_000


async def test_a_helpers_new_price_waits_and_the_old_one_still_sells(cast: Cast) -> None:
    await sell(cast.farmer, cast)
    row = await listing_row(cast)

    edit = await cast.helper.post(f"{cast.stall}/listings/{row['code']}/edit",
                                  data=FACTS | {"price": "30.000", "stock_seen": "80000",
                                               "photo": await photo_ids(cast)})

    async with cast.shop.db.read() as connection:
        asked = await connection.execute_fetchall("SELECT old_price_vnd, new_price_vnd FROM consents")
    assert edit.status_code == 303
    assert (await listing_row(cast))["price_vnd"] == 25_000
    assert [tuple(one) for one in asked] == [(25_000, 30_000)]
