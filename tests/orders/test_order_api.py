"""Orders by JSON: anybody may order, the household's key reads its orders and no others."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from catalog.households.queries import SQL as HOUSEHOLDS
from catalog.households.tokens import digest, new_token
from catalog.orders.codes import is_order_code
from catalog.storage.database import new_id, now_ms
from tests.cast import BASE_URL, Cast
from tests.orders.goods import POMELO, give_account, left, list_goods, orders

KEY = "0f8fad5b-d9cb-469f-a165-70867728950e"


@pytest.fixture
async def code(cast: Cast) -> str:
    """Pomelos, 3.5 kg of them, of a household with a bank account."""
    await give_account(cast)
    return (await list_goods(cast, POMELO)).code


def wish(code: str, **changes: Any) -> dict[str, Any]:
    return {"code": code, "quantity": 1.5, "unit": "kg", "name": "Thu Hà", "phone": "0900 000 123",
            "place": "12 ngõ 5", "delivery": "coach", "payment": "transfer", "key": KEY, **changes}


async def order(cast: Cast, code: str, **changes: Any) -> httpx.Response:
    return await cast.buyer.post("/api/v1/orders", json=wish(code, **changes))


async def key_of(cast: Cast, household_id: str) -> dict[str, str]:
    token = new_token()
    async with cast.shop.db.write() as connection:
        await HOUSEHOLDS.add_api_key(connection, id=new_id(), household_id=household_id, token_digest=digest(token),
                                     now_ms=now_ms())
    return {"Authorization": f"Bearer {token}"}


async def test_an_order_is_made_once_and_a_repeat_gives_it_again(cast: Cast, code: str) -> None:
    first = await order(cast, code.lower())
    again = await order(cast, code, quantity=3, name="Minh Tú", phone="0900 000 999")

    made = first.json()
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["order_code"] == made["order_code"] and is_order_code(made["order_code"])
    assert made["url"].startswith(f"{BASE_URL}/d/") and made["total_vnd"] == 37_500
    assert (await cast.buyer.get(made["url"])).status_code == 200
    assert await left(cast, code) == 2_000


async def test_a_name_of_several_lines_is_kept_as_one(cast: Cast, code: str) -> None:
    made = await order(cast, code, name="Thu\r\nHà\u202e", place="12\n ngõ 5")

    told = (await cast.buyer.get(f"/api/v1/orders/{made.json()['order_code']}", headers=await key_of(cast, cast.household.id))).json()
    assert (told["name"], told["place"]) == ("Thu Hà", "12 ngõ 5")


async def test_too_much_answers_with_what_is_left_in_the_listings_unit(cast: Cast, code: str) -> None:
    answer = await order(cast, code, quantity=4)

    assert answer.status_code == 409 and answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["left"] == 3.5


async def test_sold_out_answers_with_nothing_left(cast: Cast, code: str) -> None:
    await order(cast, code, quantity=3.5)

    answer = await order(cast, code, key="another-key-of-another-buyer")

    assert answer.status_code == 409 and answer.json()["left"] == 0


async def test_another_unit_of_the_same_measure_is_taken(cast: Cast, code: str) -> None:
    answer = await order(cast, code, quantity=5, unit="lạng")

    (made,) = await orders(cast)
    assert answer.status_code == 201 and (made.amount, made.unit, made.total_vnd) == (500, "kg", 12_500)


@pytest.mark.parametrize(("changes", "field"), [
    ({"quantity": 1, "unit": "quả"}, "quantity"), ({"quantity": 0}, "quantity"), ({"quantity": -1}, "quantity"),
    ({"quantity": 1e300}, "quantity"), ({"quantity": 0.00001}, "quantity"), ({"phone": "12"}, "phone"),
    ({"place": ""}, "place"), ({"delivery": "drone"}, "delivery"), ({"payment": "gold"}, "payment"),
    ({"name": ""}, "name"), ({"key": ""}, "key"), ({"more": 1}, "more"), ({"quantity": "x"}, "quantity")])
async def test_what_is_wrong_is_named(cast: Cast, code: str, changes: dict[str, Any], field: str) -> None:
    answer = await order(cast, code, **changes)

    assert answer.status_code == 422
    assert [fault["field"] for fault in answer.json()["errors"]] == [field]
    assert await orders(cast) == []


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"quantity": NaN}', b"\xff"])
async def test_what_is_no_order_is_refused(cast: Cast, body: bytes) -> None:
    answer = await cast.buyer.post("/api/v1/orders", content=body)

    assert answer.status_code == 422


async def test_an_unknown_listing_is_not_found_and_a_withdrawn_one_not_sold(cast: Cast, code: str) -> None:
    async with cast.shop.db.write() as connection:
        await connection.execute_fetchall("UPDATE listings SET state = 'withdrawn'")

    assert (await order(cast, "ZZZZ")).status_code == 404
    assert (await order(cast, code)).status_code == 409


async def test_a_rush_over_the_api_sells_what_there_is(cast: Cast, code: str) -> None:
    answers = await asyncio.gather(*(order(cast, code, quantity=0.5, key=f"key-of-buyer-number-{number}")
                                     for number in range(20)))

    assert sorted(answer.status_code for answer in answers) == [201] * 7 + [409] * 13
    assert await left(cast, code) == 0


async def test_the_household_reads_its_orders_and_no_others(cast: Cast, code: str) -> None:
    made = (await order(cast, code)).json()["order_code"]
    own, other = await key_of(cast, cast.household.id), await key_of(cast, cast.other_household.id)

    listed = await cast.buyer.get("/api/v1/orders", headers=own)
    one = await cast.buyer.get(f"/api/v1/orders/{made}", headers=own)

    assert [entry["order_code"] for entry in listed.json()["orders"]] == [made]
    told = one.json()
    assert (told["quantity"], told["unit"], told["phone"], told["state"]) == (1.5, "kg", "+84900000123", "placed")
    assert told["held_until"].endswith("Z") and told["total_vnd"] == 37_500
    assert (await cast.buyer.get(f"/api/v1/orders/{made}", headers=other)).status_code == 404
    assert (await cast.buyer.get("/api/v1/orders", headers=other)).json() == {"orders": []}
    assert (await cast.buyer.get("/api/v1/orders")).status_code == 401


async def test_the_description_names_the_orders(cast: Cast) -> None:
    paths = (await cast.buyer.get("/api/openapi.json")).json()["paths"]

    assert "409" in paths["/api/v1/orders"]["post"]["responses"]
    assert "security" in paths["/api/v1/orders"]["get"] and "/api/v1/orders/{order_code}" in paths
