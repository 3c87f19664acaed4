"""The JSON API says of itself what it does: every answer is one that its description foresees."""

from __future__ import annotations

import json
import re
from io import BytesIO
from typing import Any

import httpx
import pytest
from starlette.routing import Route

from catalog.households.queries import SQL as HOUSEHOLDS
from catalog.households.tokens import digest
from catalog.storage.database import new_id, now_ms
from media.drawn.product import draw_product
from server import ROUTES
from tests.cast import Cast
from tests.journeys.schema import faults
from tests.orders.goods import give_account

KEY = {"Authorization": "Bearer " + "k" * 32}
LISTING = {"kind": "dried_meat", "name": "Thịt trâu gác bếp", "price_vnd": 170_000, "unit": "túi", "stock": 3,
           "place": "bản Lói", "packed_on": "2026-01-01", "best_before": "2099-01-01", "ingredients": "thịt trâu, muối"}
ORDER = {"quantity": 1, "unit": "túi", "name": "Thu Hà", "phone": "0900000123", "place": "12 ngõ 5, phường Mường Thanh",
         "delivery": "coach", "payment": "transfer", "key": "once-and-for-all-1"}


@pytest.fixture
async def description(cast: Cast) -> dict[str, Any]:
    """The document as it is served; the farmer's household has a key and an account."""
    await give_account(cast)
    async with cast.shop.db.write() as connection:
        await HOUSEHOLDS.add_api_key(connection, id=new_id(), household_id=cast.household.id,
                                     token_digest=digest("k" * 32), now_ms=now_ms())
    answer = await cast.buyer.get("/api/openapi.json")
    assert answer.headers["content-type"] == "application/json"
    document: dict[str, Any] = answer.json()
    return document


def wrong_with(answer: httpx.Response, route: str, document: dict[str, Any]) -> list[str]:
    """What in the answer is not as the description says."""
    described = document["paths"][route][answer.request.method.lower()]["responses"]
    what = f"{answer.request.method} {route} → {answer.status_code}"
    if str(answer.status_code) not in described:
        return [f"{what} is not described"]
    (kind, content), = described[str(answer.status_code)]["content"].items()
    if answer.headers["content-type"] != kind:
        return [f"{what} is {answer.headers['content-type']}"]
    return [f"{what} {fault}" for fault in faults(answer.json(), content["schema"], document)]


def photo() -> bytes:
    """A small JPEG."""
    buffer = BytesIO()
    draw_product("dried_meat", 800, 600).save(buffer, "JPEG")
    return buffer.getvalue()


async def test_every_answer_is_one_that_the_description_foresees(cast: Cast, description: dict[str, Any]) -> None:
    ask, found = cast.buyer, []

    async def tell(method: str, route: str, expected: int, *, headers: dict[str, str] | None = None, name: str = "",
                   **body: Any) -> Any:
        path = route.replace("{id}", name).replace("{order_code}", name)
        answer = await ask.request(method, path, headers=KEY if headers is None else headers, **body)
        assert answer.status_code == expected, f"{method} {path}: {answer.text}"
        found.extend(wrong_with(answer, route, description))
        return answer.json()

    listings, one, photos, posts = "/api/v1/listings", "/api/v1/listings/{id}", "/api/v1/listings/{id}/photos", \
        "/api/v1/listings/{id}/posts"
    orders, order = "/api/v1/orders", "/api/v1/orders/{order_code}"
    made = await tell("POST", listings, 201, json=LISTING)
    await tell("POST", listings, 201, json={"kind": "other", "name": "Mật ong", "price_vnd": 1, "unit": "chai", "stock": 0,
                                             "publish": False})
    await tell("POST", listings, 422, json=LISTING | {"packed_on": None, "price_vnd": 1.5})
    await tell("POST", listings, 401, json=LISTING, headers={})
    await tell("GET", listings, 200)
    await tell("GET", one, 200, name=made["code"].lower())
    await tell("GET", one, 404, name="nothing")
    await tell("POST", photos, 201, name=made["id"], files={"photo": ("a.jpg", photo(), "image/jpeg")})
    await tell("POST", photos, 415, name=made["id"], files={"photo": ("a.jpg", b"<html>", "image/jpeg")})
    await tell("POST", photos, 422, name=made["id"], files={"photo": ("a.jpg", b"", "image/jpeg")})
    await tell("POST", photos, 413, name=made["id"], files={"photo": ("a.jpg", b"x" * (27 << 20), "image/jpeg")})
    await tell("GET", posts, 200, name=made["id"])
    await tell("GET", posts, 401, name=made["id"], headers={})
    wish = ORDER | {"code": made["code"]}
    placed = await tell("POST", orders, 201, json=wish, headers={})
    assert (await tell("POST", orders, 200, json=wish, headers={}))["order_code"] == placed["order_code"]
    refused = await tell("POST", orders, 409, json=wish | {"key": "another-long-key-2", "quantity": 3}, headers={})
    assert refused["left"] == 2
    await tell("POST", orders, 404, json=wish | {"code": "ZZZZ"}, headers={})
    await tell("POST", orders, 422, json=wish | {"phone": "12"}, headers={})
    await tell("GET", orders, 200)
    await tell("GET", order, 200, name=placed["order_code"])
    await tell("GET", order, 404, name="CPXXXXXXX")

    assert not found, "\n".join(found)


async def test_the_description_and_the_routes_name_the_same_paths(description: dict[str, Any]) -> None:
    served = {(method.lower(), route.path) for route in ROUTES if isinstance(route, Route)
              and route.path.startswith("/api/v1/") for method in (route.methods or set()) - {"HEAD"}}

    described = {(method, path) for path, methods in description["paths"].items() for method in methods}

    assert description["openapi"].startswith("3.1.")
    assert described == served


async def test_every_reference_leads_somewhere_and_every_path_parameter_is_described(description: dict[str, Any]) -> None:
    references = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(description)))
    undescribed = [path for path, methods in description["paths"].items() for one in methods.values()
                   if set(re.findall(r"{(\w+)}", path)) != {given["name"] for given in one["parameters"]}]

    assert references <= set(description["components"]["schemas"])
    assert undescribed == []
    ids = [one["operationId"] for methods in description["paths"].values() for one in methods.values()]
    assert len(set(ids)) == len(ids)
