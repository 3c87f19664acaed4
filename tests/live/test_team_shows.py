"""A team sells live for several households: each is asked, each sees its own part, nobody anything else's."""

from __future__ import annotations

import re
from dataclasses import dataclass

import httpx
import pytest

from catalog.accounts.queries import add_account
from catalog.households.model import Actor, Household, Person
from catalog.households.pin import set_pin
from catalog.households.queries import add_household, add_person
from catalog.households.sign_in import make_link
from catalog.listings.model import Listing
from catalog.live.shows.comments import Said, take_comments
from catalog.live.shows.cutting import cut_show
from catalog.live.shows.model import Draft, Show
from catalog.live.shows.picture_pages import show_folder
from catalog.live.shows.plan import Plan, change_plan, plan_show
from catalog.live.shows.queries import SQL, items_of, note, show_by_code, to_draft
from catalog.live.shows.stage import CUT, end, start
from catalog.live.team.joining import joinings_of
from catalog.live.telling.poster import poster_spec
from catalog.orders.model import Order
from catalog.orders.queries import newest_orders
from catalog.storage.database import now_ms
from catalog.storage.queries import Job
from tests.cast import BASE_URL, Cast, browser
from tests.live.filmed import set_clock
from tests.media.live.filming import film
from tests.orders.goods import MEAT, POMELO, give_account, list_goods


@dataclass
class Team:
    """A show of the cast's helper with the farmer's meat (A1), a second household's pomelo (A2)."""

    cast: Cast
    code: str
    meat: Listing
    pomelo: Listing
    second: Household
    member: Person
    second_browser: httpx.AsyncClient

    def room(self, household: Household) -> str:
        """The show's page below a household."""
        return f"/n/{household.code}/shows/{self.code.lower()}"

    async def show(self) -> Show:
        """As it stands now."""
        async with self.cast.shop.db.read() as connection:
            show = await show_by_code(connection, self.code)
        assert show is not None
        return show

    async def question(self, household: Household) -> str:
        """Where the household answers."""
        async with self.cast.shop.db.read() as connection:
            return next(one.path for one in await joinings_of(connection, (await self.show()).id)
                        if one.household.id == household.id)

    async def agree(self) -> None:
        """Both households say yes, each in its own browser."""
        for client, household in ((self.cast.farmer, self.cast.household), (self.second_browser, self.second)):
            answer = await client.post(await self.question(household), data={"answer": "agree"})
            assert answer.status_code == 303

    async def go_on_air(self) -> None:
        """Agreed to and begun."""
        await self.agree()
        show = await self.show()
        async with self.cast.shop.db.write() as connection:
            await start(connection, show, person_id=self.cast.helper_person.id)

    async def say(self, text: str, author: str) -> Draft:
        """One comment, and the draft it made."""
        show = await self.show()
        async with self.cast.shop.db.write() as connection:
            await take_comments(connection, show, [Said(author, text, "typed")], seller="")
            return to_draft((await SQL.waiting_drafts(connection, show_id=show.id, most=99))[-1])

    async def orders(self, household: Household) -> list[Order]:
        """A household's orders."""
        async with self.cast.shop.db.read() as connection:
            return await newest_orders(connection, household.id, most=50)


@pytest.fixture
async def team(cast: Cast) -> Team:
    """The planned show; nobody has answered yet."""
    await cast.shop.jobs.close()
    await give_account(cast)
    async with cast.shop.db.write() as connection:
        second = await add_household(connection, code="hoa5", village_id=cast.village.id, name="Lường Thị Hoa",
                                     phone="+84900000555",
                                     place="bản Lói")
        await add_account(connection, household_id=second.id, bank_bin="970436", account_number="0555",
                          account_name="LUONG THI HOA")
        member = await add_person(connection, name="Lường Thị Hoa", role="household", household_id=second.id)
        token = await make_link(connection, member.id)
    client = browser(cast.app)
    assert (await client.post(f"/s/{token}")).status_code == 303
    meat, pomelo = await list_goods(cast, MEAT), await list_goods(cast, POMELO, household=second, on_hand=60_000)
    async with cast.shop.db.write() as connection:
        show = await plan_show(connection, Actor(cast.helper_person, cast.household),
                               Plan("Chợ phiên tối nay", now_ms() + 3600_000, (meat.id, pomelo.id), False),
                               is_team=True)
    return Team(cast, show.code, meat, pomelo, second, member, client)


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


async def test_each_household_sees_its_own_part_and_no_more(team: Team) -> None:
    await team.go_on_air()
    await team.say("A1 lấy 2 túi, 0912 345 321", "Ngọc Bùi")
    await team.say("A2 lấy 3 kg, 0987 654 321", "Lan Anh")
    await team.say("A1 1 túi với A2 2 kg, 0911 222 333", "Thu Hà")

    farmer = (await team.cast.farmer.get(team.room(team.cast.household))).text
    second = (await team.second_browser.get(team.room(team.second))).text
    helper = (await team.cast.helper.get(team.room(team.cast.household))).text

    assert "0912 345 321" in farmer and "Lan Anh" not in farmer and "Thu Hà" not in farmer and "Bưởi" not in farmer
    assert "0987 654 321" in second and "Ngọc Bùi" not in second and "Thịt trâu" not in second
    assert all(name in helper for name in ("Ngọc Bùi", "Lan Anh",
                                           "Thu Hà")) and "0912" not in helper and "09•• ••• 321" in helper


async def test_whoever_is_not_on_the_show_finds_nothing_of_it(team: Team) -> None:
    await team.go_on_air()
    room, events = team.room(team.cast.household), f"/l/{team.code}/control/events"

    outside = [(await client.get(address)).status_code for client in (team.cast.neighbour, team.cast.buyer)
               for address in (room, team.room(team.cast.other_household), events, f"/l/{team.code}/camera")]
    inside = [(await client.get(events)).status_code for client in (team.cast.farmer, team.second_browser,
                                                                    team.cast.helper)]

    assert set(outside) == {404} and inside == [200] * 3


async def test_a_household_before_its_yes_has_no_seat(team: Team) -> None:
    answers = [(await client.get(team.room(household))).status_code
               for client, household in ((team.cast.farmer, team.cast.household), (team.second_browser, team.second))]

    assert answers == [404, 404]


async def test_running_the_show_is_the_team_s(team: Team) -> None:
    await team.go_on_air()
    room = team.room(team.cast.household)

    pages = [(await team.cast.farmer.get(f"{room}/{page}")).status_code for page in
             ("change", "script", "places", "sources", "tell", "tell/send")]
    verbs = [(await team.cast.farmer.post(f"{room}/do/{verb}", data={"pin": "A2", "seen": "A1", "note": "x",
                                                                     "stock": "1", "price": "1.000"})
              ).status_code for verb in ("pin", "next", "note", "mute", "end", "stock", "flash")]
    camera = (await team.cast.farmer.get(f"/l/{team.code}/camera")).status_code

    assert set(pages) == {404} and set(verbs) == {404} and camera == 404
    assert (await team.show()).pinned == "A1" and (await team.show()).state == "live"


async def test_a_household_confirms_its_own_drafts_and_no_others(team: Team) -> None:
    await team.go_on_air()
    own, other = await team.say("A1 lấy 2 túi", "Ngọc Bùi"), await team.say("A2 lấy 3 kg", "Lan Anh")
    room = team.room(team.cast.household)

    done = await team.cast.farmer.post(f"{room}/drafts/{own.id}", data={"answer": "confirm", "version": own.version})
    refused = await team.cast.farmer.post(f"{room}/drafts/{other.id}", data={"answer": "confirm",
                                                                             "version": other.version})

    assert (done.status_code, refused.status_code) == (303, 404)
    assert len(await team.orders(team.cast.household)) == 1 and await team.orders(team.second) == []


async def test_one_code_for_goods_of_two_makes_an_order_for_each_paid_to_its_own(team: Team) -> None:
    await team.go_on_air()
    draft = await team.say("A1 1 túi với A2 2 kg", "Thu Hà")
    room = await team.cast.helper.post(f"{team.room(team.cast.household)}/drafts/{draft.id}",
                                       data={"answer": "confirm", "version": draft.version}, follow_redirects=True)
    claim = re.findall(r'<b class="claim">(\w{6})</b>', room.text)[0]

    page = (await team.cast.buyer.get(f"/x/{claim}")).text
    sent = await team.cast.buyer.post(f"/x/{claim}", data={"name": "Thu Hà", "phone": "0900 000 123",
                                                           "place": "12 ngõ 5",
                                                           "delivery": "coach", "payment": "transfer"},
                                                           follow_redirects=True)
    orders = [(await team.orders(household))[0] for household in (team.cast.household, team.second)]
    pays = [(await team.cast.buyer.get(f"/d/{order.token}")).text for order in orders]

    assert "Nhà Lò Thị Xuân" in page and "Nhà Lường Thị Hoa" in page and sent.status_code == 200
    assert [order.total_vnd for order in orders] == [170_000, 50_000]
    assert "0900000456" in pays[0] and "0555" in pays[1] and "0555" not in pays[0]


async def test_stock_and_flash_prices_of_its_own_goods_are_the_household_s(team: Team) -> None:
    await team.go_on_air()

    flash = await team.second_browser.post(f"{team.room(team.second)}/do/flash", data={"pin": "A2", "price": "20.000",
                                                                                       "minutes": "10"})
    page = (await team.second_browser.get(team.room(team.second))).text

    assert flash.status_code == 303 and "Giá chớp đến" in page and "20.000đ" in page


async def test_the_report_is_household_by_household_for_the_team_and_its_own_for_each(team: Team) -> None:
    await team.go_on_air()
    draft = await team.say("A2 lấy 3 kg", "Lan Anh")
    room = team.room(team.cast.household)
    await team.cast.helper.post(f"{room}/drafts/{draft.id}", data={"answer": "confirm", "version": draft.version})
    await team.cast.helper.post(f"{room}/do/end")

    report = (await team.cast.helper.get(room)).text
    farmer = (await team.cast.farmer.get(room)).text
    second = (await team.second_browser.get(team.room(team.second))).text

    assert "Từng nhà" in report and "75.000đ" in report and report.count("Nhà Lường Thị Hoa") >= 2
    assert "75.000đ" in second and "75.000đ" not in farmer


async def test_the_public_page_says_whose_each_product_is_and_who_answers_for_it(team: Team) -> None:
    await team.agree()
    before = (await team.cast.buyer.get(f"/l/{team.code}")).text
    await team.cast.helper.post(f"{team.room(team.cast.household)}/do/start")

    live = (await team.cast.buyer.get(f"/l/{team.code}")).text
    state = (await team.cast.buyer.get(f"/l/{team.code}/state")).json()

    for page in (before, live):
        assert "Tổ số Bản Lói" in page and "Nhà Lò Thị Xuân" in page and "0900 000 555" in page
    assert state["pinned"]["seller"] == "Nhà Lò Thị Xuân"


async def test_the_team_announces_on_the_village_s_networks(team: Team) -> None:
    await team.agree()

    page = (await team.cast.helper.get(f"{team.room(team.cast.household)}/tell/send")).text
    texts = (await team.cast.helper.get(f"{team.room(team.cast.household)}/tell")).text

    assert "Nhờ chủ sạp chung nối." in page and "ổ số Bản Lói" in texts and "nhà mình" not in texts
    assert "Bưởi da xanh (nhà Lường Thị Hoa), 25.000đ/kg" in texts


async def test_each_household_s_clip_is_its_own_and_the_recording_the_team_s(team: Team) -> None:
    cast = team.cast
    await team.go_on_air()
    show = await team.show()
    folder = show_folder(cast.shop.settings.data, show.id)
    film(folder, 16.0, (0.0, 8.0))
    set_clock(folder, begun_ago=-1.0)
    async with cast.shop.db.write() as connection:
        await note(connection, show.id, "picture", picture="on_air")
        for pin, seconds in (("A1", 0.0), ("A2", 8.0)):
            await note(connection, show.id, "shown", pin=pin, seconds=seconds)
        await end(connection, show, person_id=cast.helper_person.id)
        await connection.execute_fetchall("UPDATE shows SET ended_ms = ended_ms + 17000")
    await cut_show(cast.shop, Job("1", CUT, "1", "", {"show_id": show.id}, 1), unheard)

    report = await cast.helper.get(team.room(cast.household))
    first, second = re.findall(r'href="(/n/[^"]*/filmed/[^"]*)"', report.text)
    seen = [[(await client.get(path)).status_code for path in (first, second, f"{team.room(cast.household)}/recording.mp4")]
            for client in (cast.helper, cast.farmer, cast.buyer)]

    assert first.startswith(f"/n/{cast.household.code}/") and second.startswith(f"/n/{team.second.code}/")
    assert seen == [[200, 200, 200], [200, 404, 404], [404, 404, 404]]
    assert (await team.second_browser.get(second)).status_code == 200


async def unheard(share: float) -> None:
    """Progress that nobody follows."""
