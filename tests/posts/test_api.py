"""Posts over the JSON API, with a household's key."""

from __future__ import annotations

from catalog.households.queries import SQL
from catalog.households.tokens import digest, new_token
from catalog.storage.database import new_id, now_ms
from tests.cast import BASE_URL, Cast
from tests.listings.stall import listing_row, sell


async def key_of(cast: Cast, household_id: str) -> dict[str, str]:
    """Headers that carry a fresh key of the household."""
    token = new_token()
    async with cast.shop.db.write() as connection:
        await SQL.add_api_key(connection, id=new_id(), household_id=household_id, token_digest=digest(token),
                              now_ms=now_ms())
    return {"Authorization": f"Bearer {token}"}


async def test_each_network_has_its_text_and_its_own_link(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    listing_id = (await listing_row(cast, code))["id"]
    key = await key_of(cast, cast.household.id)

    answer = await cast.buyer.get(f"/api/v1/listings/{listing_id}/posts", headers=key)

    posts = {post["network"]: post for post in answer.json()["posts"]}
    assert answer.status_code == 200 and set(posts) == {"zalo", "facebook", "tiktok", "portal", "sms"}
    for network, letter in (("zalo", "z"), ("facebook", "f"), ("tiktok", "t"), ("portal", "p"), ("sms", "s")):
        assert posts[network]["link"] == f"{BASE_URL}/o/{code}/{letter}"
        assert ("25.000đ/kg" in posts[network]["text"] or network == "sms") and posts[network]["edited"] is False
    assert posts["zalo"]["link"] in posts["zalo"]["text"]


async def test_a_text_that_a_person_wrote_is_what_programs_get(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    await cast.farmer.post(f"{cast.stall}/listings/{code}/posts/zalo", data={"text": "Bưởi mới hái"})
    key = await key_of(cast, cast.household.id)

    answer = await cast.buyer.get(f"/api/v1/listings/{code}/posts", headers=key)

    zalo = next(post for post in answer.json()["posts"] if post["network"] == "zalo")
    assert (zalo["text"], zalo["edited"]) == ("Bưởi mới hái", True)


async def test_another_households_key_finds_nothing(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    key = await key_of(cast, cast.other_household.id)

    other = await cast.buyer.get(f"/api/v1/listings/{code}/posts", headers=key)
    nobody = await cast.buyer.get(f"/api/v1/listings/{code}/posts")

    assert (other.status_code, nobody.status_code) == (404, 401)
    assert other.headers["content-type"] == "application/problem+json"


async def test_the_description_knows_the_posts(cast: Cast) -> None:
    described = (await cast.buyer.get("/api/openapi.json")).json()

    assert "get" in described["paths"]["/api/v1/listings/{id}/posts"]
