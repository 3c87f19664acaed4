"""A team's show is asked about: by each household for its own goods, and taken back."""

from __future__ import annotations

import re
from datetime import timedelta

import httpx

from catalog.households.model import Actor
from catalog.households.pin import set_pin
from catalog.live.shows.plan import Plan, change_plan
from catalog.live.shows.queries import items_of
from catalog.live.team.joining import joinings_of
from catalog.live.telling.poster import poster_spec
from catalog.web.clock import local
from tests.cast import BASE_URL
from tests.live.team_show import Team
from tests.orders.goods import MEAT, list_goods


async def test_a_helper_plans_with_the_goods_of_the_village_and_each_household_is_asked(team: Team) -> None:
    form = (await team.cast.helper.get(f"/v/{team.cast.village.code}/shows/new")).text

    made = await team.cast.helper.post(f"/v/{team.cast.village.code}/shows/new", data={
        "title": "Tổ số bán", "day": "2030-01-05", "hour": "19:30", "goods": [team.meat.code, team.pomelo.code]},
        follow_redirects=True)

    assert "Nhà Lường Thị Hoa" in form and "Nhà Lò Thị Xuân" in form
    assert made.text.count("Chờ nhà đồng ý") == 2 and made.text.count("Chép tin") == 2
    assert (await team.cast.neighbour.get(f"/v/{team.cast.village.code}/shows")).status_code == 404


async def test_what_is_not_agreed_to_is_on_no_page_and_no_poster(team: Team) -> None:
    await team.cast.farmer.post(await team.question(team.cast.household), data={"answer": "agree"})

    public = (await team.cast.buyer.get(f"/l/{team.code}")).text
    show = await team.show()
    async with team.cast.shop.db.read() as connection:
        poster = await poster_spec(connection, show, public_url=BASE_URL)

    assert "Thịt trâu gác bếp" in public and "Bưởi" not in public and "Tổ số Bản Lói" in public
    assert [one.name for one in poster.goods] == ["Thịt trâu gác bếp"] and poster.sellers == ("Nhà Lò Thị Xuân",)


async def test_only_the_household_itself_answers_and_may_take_it_back(team: Team) -> None:
    question = await team.question(team.second)

    refused = [await client.post(question, data={"answer": "agree"})
               for client in (team.cast.helper, team.cast.neighbour, team.cast.farmer)]
    agreed = await team.second_browser.post(question, data={"answer": "agree"}, follow_redirects=True)
    taken = await team.second_browser.post(question, data={"answer": "withdraw"}, follow_redirects=True)
    async with team.cast.shop.db.read() as connection:
        items = await items_of(connection, (await team.show()).id)

    assert [answer.status_code for answer in refused] == [403] * 3
    assert "Đã đồng ý" in agreed.text and "Đã rút lại" in taken.text and items == []


async def test_a_phone_that_is_not_signed_in_is_asked_for_the_household_s_pin(team: Team) -> None:
    await set_pin(team.cast.shop.db, team.member.id, "271828")
    question = await team.question(team.second)

    wrong = await team.cast.buyer.post(question, data={"answer": "agree", "pin": "000000"})
    right = await team.cast.buyer.post(question, data={"answer": "agree", "pin": "271828"}, follow_redirects=True)

    assert wrong.status_code == 422 and "Đã đồng ý" in right.text


async def test_the_household_finds_the_question_on_its_home(team: Team) -> None:
    home = (await team.second_browser.get(f"/n/{team.second.code}")).text

    assert "Bán trên buổi phát Chợ phiên tối nay" in home and await team.question(team.second) in home


async def test_more_goods_are_asked_for_anew_and_fewer_are_not(team: Team) -> None:
    await team.agree()
    more = await list_goods(team.cast, MEAT, household=team.second, name="Thịt lợn sấy")
    actor, show = Actor(team.cast.helper_person, team.cast.household), await team.show()
    plan = Plan(show.title, show.starts_ms, (team.meat.id, team.pomelo.id, more.id), False)

    async with team.cast.shop.db.write() as connection:
        await change_plan(connection, actor, show, plan)
        states = {one.household.code: one.state for one in await joinings_of(connection, show.id)}
        await change_plan(connection, actor, show, Plan(show.title, show.starts_ms, (team.meat.id,), False))
        left = {one.household.code: one.state for one in await joinings_of(connection, show.id)}

    assert states == {"xuan2": "agreed", "hoa5": "asked"} and left == {"xuan2": "agreed"}


async def test_another_day_is_asked_for_anew_and_another_hour_is_not(team: Team) -> None:
    await team.agree()
    await team.second_browser.post(await team.question(team.second), data={"answer": "withdraw"})
    actor, show = Actor(team.cast.helper_person, team.cast.household), await team.show()
    starts = local(show.starts_ms).replace(hour=19)
    found = []

    for moved in (starts.replace(hour=20), starts + timedelta(days=2)):
        async with team.cast.shop.db.write() as connection:
            await change_plan(connection, actor, await team.show(), Plan(
                show.title, int(moved.timestamp() * 1000), (team.meat.id, team.pomelo.id), False))
            found.append({one.household.code: one.state for one in await joinings_of(connection, show.id)})

    assert found == [{"xuan2": "agreed", "hoa5": "withdrawn"}, {"xuan2": "asked", "hoa5": "withdrawn"}]
    assert "Bán hàng nhà mình trên buổi phát nhé?" in (await team.cast.farmer.get(await team.question(team.cast.household))).text


async def test_a_page_of_before_the_move_is_asked_again_with_the_new_day(team: Team) -> None:
    question, show = await team.question(team.second), await team.show()
    seen = field(await team.second_browser.get(question), "starts_ms")
    moved = local(show.starts_ms).replace(hour=19) + timedelta(days=2)
    async with team.cast.shop.db.write() as connection:
        await change_plan(connection, Actor(team.cast.helper_person, team.cast.household), show, Plan(
            show.title, int(moved.timestamp() * 1000), (team.meat.id, team.pomelo.id), False))

    asked = await team.second_browser.post(question, data={"answer": "agree", "starts_ms": seen})
    async with team.cast.shop.db.read() as connection:
        items = await items_of(connection, show.id)
    agreed = await team.second_browser.post(question, data={"answer": "agree", "starts_ms": field(asked, "starts_ms")},
                                            follow_redirects=True)

    assert asked.status_code == 409 and "Ngày phát đã đổi." in asked.text and items == []
    assert f"{moved:%d/%m}" in asked.text
    assert "Đã đồng ý" in agreed.text


def field(page: httpx.Response, name: str) -> str:
    """A hidden field's value."""
    return re.findall(rf'name="{name}" value="([^"]*)"', page.text)[0]
