"""The JSON API lists products by the same verbs as the pages."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from catalog.households.queries import SQL
from catalog.households.tokens import digest
from catalog.storage.database import new_id
from tests.cast import Cast
from tests.listings.stall import photo, rows, sell, wait_for

MANGO = {"kind": "mango", "name": "Xoài Yên Châu", "price_vnd": 30_000, "unit": "kg", "stock": 12.5,
         "place": "bản Lói", "publish": True}
MEAT = {"kind": "dried_meat", "name": "Thịt trâu gác bếp", "price_vnd": 170_000, "unit": "túi", "stock": 18,
        "packed_on": (date.today() - timedelta(days=3)).isoformat(),
        "best_before": (date.today() + timedelta(days=90)).isoformat(), "ingredients": "thịt trâu, muối, mắc khén"}


async def key_of(cast: Cast, household_id: str, token: str) -> dict[str, str]:
    """A household's key as its header."""
    async with cast.shop.db.write() as connection:
        await SQL.add_api_key(connection, id=new_id(), household_id=household_id, token_digest=digest(token), now_ms=1)
    return {"Authorization": f"Bearer {token}"}


async def add(cast: Cast, key: dict[str, str], **changes: Any) -> Any:
    return await cast.buyer.post("/api/v1/listings", json=MANGO | changes, headers=key)


async def test_a_product_is_listed_without_a_photo_and_sold_by_the_gram(cast: Cast) -> None:
    key = await key_of(cast, cast.household.id, "secret")

    answer = await add(cast, key)

    told = answer.json()
    (row,) = await rows(cast, "SELECT * FROM listings")
    assert answer.status_code == 201
    assert (row["on_hand"], row["state"], row["price_vnd"]) == (12_500, "published", 30_000)
    assert told["id"] == row["id"] and told["stock"] == 12.5
    assert told["order_url"].lower().endswith(f"/o/{told['code'].lower()}")


async def test_line_ends_and_signs_that_nobody_sees_come_into_no_name(cast: Cast) -> None:
    key = await key_of(cast, cast.household.id, "secret")

    answer = await add(cast, key, name="Xoài\r\n\u202eYên Châu", place="bản\n Lói")

    assert (answer.status_code, answer.json()["name"], answer.json()["place"]) == (201, "Xoài Yên Châu", "bản Lói")


async def test_an_unpublished_product_is_a_draft(cast: Cast) -> None:
    key = await key_of(cast, cast.household.id, "secret")

    answer = await add(cast, key, publish=False)

    assert answer.json()["state"] == "draft"


async def test_dried_meat_needs_dates_and_ingredients_to_be_published(cast: Cast) -> None:
    key = await key_of(cast, cast.household.id, "secret")
    bare = {name: value for name, value in MEAT.items() if name not in ("packed_on", "best_before", "ingredients")}

    refused = await cast.buyer.post("/api/v1/listings", json=bare, headers=key)
    taken = await cast.buyer.post("/api/v1/listings", json=MEAT, headers=key)

    assert refused.status_code == 422 and refused.headers["content-type"] == "application/problem+json"
    assert {fault["field"] for fault in refused.json()["errors"]} == {"packed_on", "best_before", "ingredients"}
    assert taken.status_code == 201 and taken.json()["best_before"] == MEAT["best_before"]


@pytest.mark.parametrize(("changes", "field"), [
    ({"price_vnd": 0}, "price_vnd"), ({"price_vnd": 10**10}, "price_vnd"), ({"price_vnd": 1.5}, "price_vnd"),
    ({"price_vnd": "25k"}, "price_vnd"), ({"price_vnd": True}, "price_vnd"), ({"unit": "tá"}, "unit"),
    ({"unit": ""}, "unit"), ({"stock": -1}, "stock"), ({"stock": 1e300}, "stock"), ({"stock": 0.0001}, "stock"),
    ({"unit": "quả", "stock": 1.5}, "stock"), ({"kind": "fish"}, "kind"), ({"name": ""}, "name"),
    ({"name": "x" * 81}, "name"), ({"packed_on": "hôm qua"}, "packed_on"), ({"colour": "red"}, "colour")])
async def test_a_wrong_field_is_named(cast: Cast, changes: dict[str, Any], field: str) -> None:
    key = await key_of(cast, cast.household.id, "secret")

    answer = await add(cast, key, **changes)

    assert answer.status_code == 422
    assert [fault["field"] for fault in answer.json()["errors"]] == [field]
    assert not await rows(cast, "SELECT * FROM listings")


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b'{"stock": NaN}', b"\xff\xfe"])
async def test_a_body_that_is_no_listing_is_refused(cast: Cast, body: bytes) -> None:
    key = await key_of(cast, cast.household.id, "secret")

    answer = await cast.buyer.post("/api/v1/listings", content=body, headers=key)

    assert answer.status_code == 422


async def test_each_household_sees_its_own_listings_alone(cast: Cast) -> None:
    mine, theirs = await key_of(cast, cast.household.id, "a"), await key_of(cast, cast.other_household.id, "b")
    made = (await add(cast, mine)).json()

    assert [one["id"] for one in (await cast.buyer.get("/api/v1/listings", headers=mine)).json()["listings"]] == [
        made["id"]]
    assert (await cast.buyer.get("/api/v1/listings", headers=theirs)).json() == {"listings": []}
    for name in (made["id"], made["code"]):
        assert (await cast.buyer.get(f"/api/v1/listings/{name}", headers=theirs)).status_code == 404
        assert (await cast.buyer.get(f"/api/v1/listings/{name}", headers=mine)).json()["id"] == made["id"]
    sent = await cast.buyer.post(f"/api/v1/listings/{made['id']}/photos", headers=theirs,
                                 files={"photo": ("a.jpg", photo(), "image/jpeg")})
    assert sent.status_code == 404 and not await rows(cast, "SELECT * FROM photos")


@pytest.mark.parametrize("key", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic secret"}])
async def test_without_a_good_key_nothing_is_said(cast: Cast, key: dict[str, str]) -> None:
    await key_of(cast, cast.household.id, "secret")

    for answer in (await add(cast, key), await cast.buyer.get("/api/v1/listings", headers=key)):
        assert answer.status_code == 401


async def test_a_photo_brings_pictures_and_a_clip(cast: Cast) -> None:
    key = await key_of(cast, cast.household.id, "secret")
    made = (await add(cast, key)).json()

    sent = await cast.buyer.post(f"/api/v1/listings/{made['id']}/photos", headers=key,
                                 files={"photo": ("a.jpg", photo(), "image/jpeg")})

    async def is_done() -> bool:
        told = (await cast.buyer.get(f"/api/v1/listings/{made['id']}", headers=key)).json()
        return bool(told["clip"]["state"] == "done" and len(told["pictures"]) == 4)
    await wait_for(is_done, seconds=180)
    told = (await cast.buyer.get(f"/api/v1/listings/{made['id']}", headers=key)).json()
    assert sent.status_code == 201 and sent.json()["width"] == 320
    assert {one["role"]: (one["width"], one["height"]) for one in told["pictures"]} == {
        "square": (1080, 1080), "portrait": (1080, 1350), "story": (1080, 1920), "preview": (1200, 630)}
    assert told["clip"]["progress"] == 100
    for address in (told["clip"]["url"], *(one["url"] for one in told["pictures"])):
        assert (await cast.buyer.get(address)).status_code == 200


async def test_more_than_eight_photos_are_refused(cast: Cast) -> None:
    key = await key_of(cast, cast.household.id, "secret")
    made = (await add(cast, key, publish=False)).json()
    path = f"/api/v1/listings/{made['id']}/photos"

    answers = [await cast.buyer.post(path, headers=key, files={"photo": ("a.jpg", photo(), "image/jpeg")})
               for _ in range(9)]

    assert [answer.status_code for answer in answers] == [201] * 8 + [422]
    assert "8 ảnh" in answers[-1].json()["errors"][0]["detail"]


async def test_what_the_page_lists_the_api_shows(cast: Cast) -> None:
    key = await key_of(cast, cast.household.id, "secret")
    code = await sell(cast, cast.farmer)

    told = (await cast.buyer.get(f"/api/v1/listings/{code}", headers=key)).json()

    assert (told["name"], told["stock"], told["state"]) == ("Bưởi da xanh", 80.0, "published")


async def test_the_description_names_every_operation(cast: Cast) -> None:
    told = (await cast.buyer.get("/api/openapi.json")).json()

    assert set(told["paths"]["/api/v1/listings"]) == {"get", "post"}
    responses = told["paths"]["/api/v1/listings/{id}/photos"]["post"]["responses"]
    assert {"201", "413", "415", "422"} <= set(responses)
