"""Every route against everybody who must not use it: made from the list of routes, so that none is forgotten."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import httpx
import pytest

from catalog.households.model import Household
from catalog.households.queries import SQL as HOUSEHOLDS
from catalog.households.queries import add_household, add_person
from catalog.households.sign_in import make_link
from catalog.households.tokens import digest, new_token
from catalog.storage.database import new_id, now_ms
from server import OPEN_PATHS
from tests.attack.estate import Estate, build, knock
from tests.cast import Cast, browser

CLOSED = (401, 403, 404)
ONLY_THE_HOUSEHOLD = {
    "/n/{household}/api-key", "/n/{household}/api-key/end", "/n/{household}/money/account/change",
    "/n/{household}/money/account/read", "/n/{household}/money/account/remove",
    "/n/{household}/money/hooks/{endpoint}/remove", "/n/{household}/networks/{network}",
    "/n/{household}/networks/{network}/{account}/remove",
    "/n/{household}/shows/{show}/places/add", "/n/{household}/shows/{show}/places/{place}/remove",
    "/n/{household}/shows/{show}/recording/remove"}
ODD = ("..", "%2e%2e", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "'%20OR%201=1--", "{{7*7}}", "%00", "%ff", "%0d%0aX:1", "x" * 3_000,
       "-1", "9" * 30, "%f0%9f%8d%8a", "%25s", "%7b0%7d")


@pytest.fixture
async def estate(cast: Cast) -> Estate:
    """The farmer's household with one of everything."""
    return await build(cast)


@pytest.fixture
async def outsiders(cast: Cast) -> AsyncIterator[dict[str, httpx.AsyncClient]]:
    """Everybody who has no business with the farmer's household."""
    async with AsyncExitStack() as stack:
        found = {"a buyer": cast.buyer, "a neighbour of another village": cast.neighbour}
        async with cast.shop.db.write() as connection:
            beside: Household = await add_household(
                connection, code="next2", village_id=cast.village.id, name="Lường Thị Hoa", phone=None, place="bản Lói")
            people = {"a neighbour of the same village": await add_person(
                          connection, name="Lường Thị Hoa", role="household", household_id=beside.id),
                      "a helper of another village": await add_person(
                          connection, name="Cà Thị Thu", role="helper", village_id=cast.other_household.village_id)}
            links = {who: await make_link(connection, person.id) for who, person in people.items()}
        for who, link in links.items():
            found[who] = await stack.enter_async_context(browser(cast.app))
            await found[who].post(f"/s/{link}")
        yield found


async def test_no_outsider_gets_through_a_door_that_is_not_open_to_all(
        estate: Estate, outsiders: dict[str, httpx.AsyncClient]) -> None:
    before, wrong = await estate.dump(), []

    for who, client in outsiders.items():
        for door in estate.doors():
            if door.is_open or door.route.startswith(OPEN_PATHS) or door.route == "/villages":
                continue
            answer = await knock(client, door)
            if answer.status_code not in CLOSED or "Thu Hà" in answer.text or "0900000456" in answer.text:
                wrong.append(f"{who}: {door.method} {door.path} → {answer.status_code}")

    assert wrong == []
    assert await estate.dump() == before


async def test_only_the_owner_sees_and_makes_villages(estate: Estate, outsiders: dict[str, httpx.AsyncClient]) -> None:
    clients = [*outsiders.values(), estate.cast.farmer, estate.cast.helper]

    statuses = {(await client.request(method, "/villages")).status_code for client in clients for method in ("GET", "POST")}

    assert statuses == {404}


async def test_a_key_opens_its_own_household_and_no_other(estate: Estate) -> None:
    cast, key = estate.cast, new_token()
    async with cast.shop.db.write() as connection:
        await HOUSEHOLDS.add_api_key(connection, id=new_id(), household_id=cast.other_household.id,
                                     token_digest=digest(key), now_ms=now_ms())
    before, secrets = await estate.dump(), (estate.names["order_code"], estate.names["id"], "Thu Hà")

    for door in estate.doors():
        if not door.route.startswith("/api/v1/") or door.is_open:
            continue
        without, wrong, right = [await knock(cast.buyer, door, **headers) for headers in (
            {}, {"Authorization": "Bearer guessed"}, {"Authorization": f"Bearer {key}"})]

        assert (without.status_code, wrong.status_code) == (401, 401), door
        assert right.status_code in ((200, 422) if "{" not in door.route else (404,)), door
        assert not any(secret in right.text for secret in secrets), door
    assert await estate.dump() == before


async def test_a_helper_works_for_the_household_but_not_on_its_money_and_keys(estate: Estate) -> None:
    before, wrong = await estate.dump(), []

    for door in estate.doors():
        is_for_the_household = door.route in ONLY_THE_HOUSEHOLD or (
            door.method == "POST" and door.route in ("/n/{household}/money/account", "/n/{household}/money/hooks"))
        if is_for_the_household and (answer := await knock(estate.cast.helper, door)).status_code != 403:
            wrong.append(f"{door.method} {door.path} → {answer.status_code}")

    assert wrong == []
    assert await estate.dump() == before


@pytest.mark.parametrize("site", ["cross-site", "same-site", None])
async def test_another_site_changes_nothing_through_a_signed_in_browser(estate: Estate, site: str | None) -> None:
    headers = {"Origin": "https://evil.example"} | ({"Sec-Fetch-Site": site} if site else {})
    if site is None:
        del estate.cast.farmer.headers["sec-fetch-site"]
    before, wrong = await estate.dump(), []

    for door in estate.doors():
        if door.method == "GET" or door.route.startswith(OPEN_PATHS):
            continue
        answer = await knock(estate.cast.farmer, door, **headers)
        if answer.status_code != 403:
            wrong.append(f"{door.method} {door.path} → {answer.status_code}")

    assert wrong == []
    assert await estate.dump() == before


async def test_reading_changes_nothing_and_works_for_its_household(estate: Estate) -> None:
    before, wrong = await estate.dump(), []
    skipped = {"/villages"}

    for door in estate.doors():
        if door.method != "GET" or door.route in skipped or door.route.startswith(("/api/v1/", "/v/{village}")):
            continue
        answer = await knock(estate.cast.farmer, door)
        head = await estate.cast.farmer.head(door.path)
        if answer.status_code >= 400 or head.status_code != answer.status_code or head.content:
            wrong.append(f"{door.path} → {answer.status_code}, HEAD {head.status_code}")

    assert wrong == []
    after = await estate.dump()
    # The sign to print is drawn when it is first asked for, and kept.
    assert set(before.pop("media_files")) < set(after.pop("media_files"))
    assert after == before


async def test_odd_names_in_an_address_find_nothing_and_break_nothing(estate: Estate) -> None:
    wrong = []

    for door in estate.doors():
        if door.method != "GET":
            continue
        for name in [part.strip("{}").split(":")[0] for part in door.route.split("/") if part.startswith("{")]:
            for odd in ODD:
                answer = await estate.cast.farmer.get(estate.fill(door.route, **{name.removesuffix("}.png"): odd}))
                if answer.status_code >= 500 or "root:" in answer.text or ">49<" in answer.text:
                    wrong.append(f"{door.route} {name}={odd[:20]} → {answer.status_code}")

    assert wrong == []
