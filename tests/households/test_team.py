"""Who may see and change what in a village."""

from __future__ import annotations

import re

from tests.cast import Cast, browser


async def test_the_owner_adds_a_village_a_helper_and_a_household(cast: Cast) -> None:
    village = await cast.owner.post("/villages", data={"name": "Bản Tạng", "commune": "xã Búng Lao",
                                                       "province": "Điện Biên"})
    helper = await cast.owner.post("/v/ban-tang/team", data={"helper_name": "Cà Văn Thịnh"})
    card = await cast.owner.post("/v/ban-tang/households", data={
        "name": "Lường Thị Hoa", "phone": "0900 000 111", "place": "bản Tạng"})

    assert village.headers["location"] == "/v/ban-tang/team"
    assert helper.status_code == 200 and "Cà Văn Thịnh" in helper.text
    assert "Sạp nhà Lường Thị Hoa" in card.text and "<svg" in card.text


async def test_the_card_that_is_shown_opens_the_stall(cast: Cast) -> None:
    card = await cast.helper.post("/v/loi/households", data={
        "name": "Tòng Thị Mai", "phone": "0900000222", "place": "bản Lói"})
    found = re.search(r"/s/([a-z2-9]{32})", card.text)
    assert found is not None

    async with browser(cast.app) as phone:
        opened = await phone.post(f"/s/{found[1]}")

    assert opened.status_code == 303 and opened.headers["location"].startswith("/n/")


async def test_a_mistake_in_a_new_household_keeps_what_was_typed(cast: Cast) -> None:
    answer = await cast.helper.post("/v/loi/households", data={"name": "Tòng Thị Mai", "phone": "0900", "place": "x"})

    assert answer.status_code == 422
    assert "Tòng Thị Mai" in answer.text and "Số điện thoại thiếu" in answer.text


async def test_a_helper_sees_only_the_own_village(cast: Cast) -> None:
    own = await cast.helper.get("/v/loi/team")
    other = await cast.helper.get("/v/hon/team")

    assert (own.status_code, other.status_code) == (200, 404)


async def test_a_helper_can_not_add_helpers_or_villages(cast: Cast) -> None:
    helper = await cast.helper.post("/v/loi/team", data={"helper_name": "Ai đó"})
    village = await cast.helper.post("/villages", data={"name": "x", "commune": "y", "province": "z"})

    assert (helper.status_code, village.status_code) == (403, 404)


async def test_a_neighbour_and_a_stranger_see_nothing_of_a_household(cast: Cast) -> None:
    person = cast.farmer_person.id
    for client in (cast.neighbour, cast.buyer):
        for path in (f"{cast.stall}/people", "/v/loi/team", "/villages"):
            assert (await client.get(path)).status_code == 404, path
        for path in (f"{cast.stall}/people/{person}/card", f"{cast.stall}/people/{person}/revoke"):
            assert (await client.post(path)).status_code == 404, path


async def test_a_neighbours_code_and_no_code_are_answered_alike(cast: Cast) -> None:
    there = await cast.neighbour.get(f"{cast.stall}/people")
    nowhere = await cast.neighbour.get("/n/zzzzz/people")

    assert there.status_code == nowhere.status_code == 404
    assert there.text.replace(cast.household.code, "") == nowhere.text.replace("zzzzz", "")


async def test_a_member_of_another_household_can_not_be_named_in_the_path(cast: Cast) -> None:
    async with cast.shop.db.read() as connection:
        rows = await connection.execute_fetchall("SELECT id FROM people WHERE name = 'Quàng Văn Dũng'")

    answer = await cast.farmer.post(f"{cast.stall}/people/{rows[0][0]}/card")

    assert answer.status_code == 404


async def test_a_household_removes_no_pin_of_its_own_without_knowing_it(cast: Cast) -> None:
    await cast.farmer.post("/me/pin", data={"new_pin": "2468"})

    by_itself = await cast.farmer.post(f"{cast.stall}/people/{cast.farmer_person.id}/forget-pin")
    by_helper = await cast.helper.post(f"{cast.stall}/people/{cast.farmer_person.id}/forget-pin")
    seen = await cast.farmer.get(f"{cast.stall}/people")

    assert (by_itself.status_code, by_helper.status_code) == (404, 303)
    assert "bỏ mã PIN của" in seen.text and "Quàng Văn Minh" in seen.text


async def test_a_household_makes_a_key_that_a_helper_can_not(cast: Cast) -> None:
    made = await cast.farmer.post(f"{cast.stall}/api-key")
    found = re.search(r">([a-z2-9]{32})<", made.text)
    assert found is not None
    asked = await cast.buyer.get("/api/v1/listings", headers={"Authorization": f"Bearer {found[1]}"})
    by_helper = await cast.helper.post(f"{cast.stall}/api-key")

    ended = await cast.farmer.post(f"{cast.stall}/api-key/end")
    after = await cast.buyer.get("/api/v1/listings", headers={"Authorization": f"Bearer {found[1]}"})

    assert (asked.status_code, by_helper.status_code, ended.status_code, after.status_code) == (200, 403, 303, 401)
