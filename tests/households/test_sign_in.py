"""A personal link opens the stall; nobody else's does."""

from __future__ import annotations

import httpx

from catalog.households.queries import SQL
from catalog.households.sign_in import make_link
from catalog.storage.database import now_ms
from tests.cast import Cast, browser


async def link_for(cast: Cast, *, once: bool = False) -> str:
    async with cast.shop.db.write() as connection:
        return await make_link(connection, cast.farmer_person.id, once=once)


async def try_link(cast: Cast, token: str, pin: str = "") -> httpx.Response:
    async with browser(cast.app) as phone:
        return await phone.post(f"/s/{token}", data={"pin": pin})


async def test_opening_the_link_alone_signs_nobody_in(cast: Cast) -> None:
    token = await link_for(cast, once=True)

    async with browser(cast.app) as preview:
        shown = await preview.get(f"/s/{token}")

    assert shown.status_code == 200 and "set-cookie" not in shown.headers
    assert (await try_link(cast, token)).status_code == 303


async def test_the_session_lasts_180_days_and_is_kept_from_scripts(cast: Cast) -> None:
    answer = await try_link(cast, await link_for(cast))

    cookie = answer.headers["set-cookie"].lower()
    assert "max-age=15552000" in cookie and "httponly" in cookie and "samesite=lax" in cookie
    assert answer.headers["location"] == cast.stall


async def test_a_card_scanned_in_upper_case_opens_too(cast: Cast) -> None:
    token = await link_for(cast)

    async with browser(cast.app) as phone:
        shown = await phone.get(f"/S/{token.upper()}")
        opened = await phone.post(f"/S/{token.upper()}")

    assert shown.status_code == 200 and opened.status_code == 303


async def test_a_one_time_link_opens_once(cast: Cast) -> None:
    token = await link_for(cast, once=True)

    first, second = await try_link(cast, token), await try_link(cast, token)

    assert (first.status_code, second.status_code) == (303, 410)


async def test_a_new_card_ends_the_old_one(cast: Cast) -> None:
    old = await link_for(cast)

    new = await link_for(cast)

    assert (await try_link(cast, old)).status_code == 410
    assert (await try_link(cast, new)).status_code == 303


async def test_locking_every_phone_ends_the_session(cast: Cast) -> None:
    async with cast.shop.db.write() as connection:
        await SQL.end_sessions_of(connection, person_id=cast.farmer_person.id)

    answer = await cast.farmer.get("/me")

    assert answer.status_code == 404


async def test_an_expired_session_opens_nothing(cast: Cast) -> None:
    async with cast.shop.db.write() as connection:
        await connection.execute(f"UPDATE sessions SET expires_ms = {now_ms() - 1}")

    assert (await cast.farmer.get("/me")).status_code == 404


async def test_five_wrong_pins_lock_the_link_even_for_the_right_one(cast: Cast) -> None:
    saved = await cast.farmer.post("/me/pin", data={"new_pin": "2468"})
    token = await link_for(cast)

    wrong = [(await try_link(cast, token, "1111")).status_code for _ in range(5)]
    right = await try_link(cast, token, "2468")

    assert saved.status_code == 303
    assert wrong == [422] * 5
    assert right.status_code == 429 and "15 phút" in right.text


async def test_the_right_pin_opens_and_forgets_earlier_mistakes(cast: Cast) -> None:
    await cast.farmer.post("/me/pin", data={"new_pin": "246810"})
    token = await link_for(cast)
    for _ in range(4):
        await try_link(cast, token, "1111")

    right = await try_link(cast, token, "246810")
    later = await try_link(cast, token, "1111")

    assert right.status_code == 303
    assert later.status_code == 422 and "Còn thử được 4 lần" in later.text


async def test_a_pin_is_four_to_six_digits(cast: Cast) -> None:
    for pin in ("123", "1234567", "12a4", "１２３４"):
        answer = await cast.farmer.post("/me/pin", data={"new_pin": pin})

        assert answer.status_code == 422 and "4 đến 6 chữ số" in answer.text, pin


async def test_tokens_are_kept_only_as_digests(cast: Cast) -> None:
    token = await link_for(cast)

    async with cast.shop.db.read() as connection:
        rows = await connection.execute_fetchall("SELECT token_digest FROM sign_in_links UNION "
                                                 "SELECT token_digest FROM sessions")

    assert all(token not in row[0] and len(row[0]) == 64 for row in rows)


async def test_a_wrong_link_says_whom_to_ask(cast: Cast) -> None:
    answer = await try_link(cast, "a" * 32)

    assert answer.status_code == 404 and "tổ số của bản" in answer.text
