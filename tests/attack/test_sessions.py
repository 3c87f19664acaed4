"""Cookies and sessions: bound to nobody's wish but the server's, gone when they are ended."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx

from catalog.households.queries import SQL as HOUSEHOLDS
from catalog.households.sign_in import make_link
from catalog.storage.database import now_ms
from tests.cast import Cast, browser, make_settings, open_cast

SECURE_URL = "https://cho.phien"


async def test_cookies_are_out_of_reach_of_scripts_and_of_plain_http(tmp_path: Path) -> None:
    async with open_cast(make_settings(tmp_path, public_url=SECURE_URL)) as cast:
        async with cast.shop.db.write() as connection:
            link = await make_link(connection, cast.farmer_person.id)
        transport = httpx.ASGITransport(app=cast.app)
        async with httpx.AsyncClient(transport=transport, base_url=SECURE_URL) as phone:
            session = (await phone.post(f"/s/{link}")).headers["set-cookie"].lower()
            answer = await phone.post("/lang", data={"lang": "en"})
            language = answer.headers["set-cookie"].lower()

    for cookie in (session, language):
        assert all(flag in cookie for flag in ("httponly", "samesite=lax", "secure", "path=/"))
        assert "domain" not in cookie
    assert "max-age=15552000" in session
    assert answer.headers["strict-transport-security"].startswith("max-age=")


async def test_a_planted_session_is_worth_nothing_and_is_replaced_by_signing_in(cast: Cast) -> None:
    async with cast.shop.db.write() as connection:
        link = await make_link(connection, cast.farmer_person.id)
    planted = {"Cookie": "sap=planted-by-an-attacker"}

    async with browser(cast.app) as phone:
        signed_in = await phone.post(f"/s/{link}", headers=planted)

        async with browser(cast.app) as attacker:
            stolen = await attacker.get("/me", headers=planted)
    assert signed_in.cookies["sap"] != "planted-by-an-attacker"
    assert stolen.status_code == 404


async def test_an_ended_session_opens_nothing_wherever_its_cookie_went(cast: Cast) -> None:
    kept = {"Cookie": f"sap={cast.farmer.cookies['sap']}"}
    other = {"Cookie": f"sap={cast.neighbour.cookies['sap']}"}
    await cast.farmer.post("/me/sign-out")
    async with cast.shop.db.write() as connection:
        await connection.execute_fetchall("UPDATE sessions SET expires_ms = ?", (now_ms() - 1,))

    async with browser(cast.app) as attacker:
        signed_out, expired = [await attacker.get("/me", headers=headers) for headers in (kept, other)]

    assert (signed_out.status_code, expired.status_code) == (404, 404)


async def test_a_revoked_person_is_out_on_every_phone_at_once(cast: Cast) -> None:
    path = f"{cast.stall}/people/{cast.farmer_person.id}/revoke"

    answer = await cast.helper.post(path)

    assert answer.status_code == 303
    assert (await cast.farmer.get("/me")).status_code == 404


async def test_tokens_are_kept_as_digests_only(cast: Cast) -> None:
    cookie = cast.farmer.cookies["sap"]

    async with cast.shop.db.read() as connection:
        sessions = [row["token_digest"] for row in await connection.execute_fetchall("SELECT token_digest FROM sessions")]
        links = [row["token_digest"] for row in await connection.execute_fetchall("SELECT token_digest FROM sign_in_links")]

    assert sessions and links and cookie not in sessions
    assert {len(one) for one in sessions + links} == {64}


async def test_a_hundred_wrong_pins_at_once_count_as_a_hundred(cast: Cast) -> None:
    await cast.farmer.post("/me/pin", data={"new_pin": "2468"})
    async with cast.shop.db.write() as connection:
        link = await make_link(connection, cast.farmer_person.id)

    answers = await asyncio.gather(*(cast.buyer.post(f"/s/{link}", data={"pin": f"{number:04}"}) for number in range(30)))
    right = await cast.buyer.post(f"/s/{link}", data={"pin": "2468"})

    statuses = [answer.status_code for answer in answers]
    assert statuses.count(422) <= 5 and set(statuses) == {422, 429}
    assert right.status_code == 429
    async with cast.shop.db.read() as connection:
        assert (await HOUSEHOLDS.pin_of(connection, id=cast.farmer_person.id))["pin_locked_until_ms"] > now_ms()
