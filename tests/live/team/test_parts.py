"""On a team's show each household sees and does its own part, and nobody anything else's."""

from __future__ import annotations

import re

from catalog.live.shows.cutting import cut_show
from catalog.live.shows.picture_pages import show_folder
from catalog.live.shows.queries import items_of, note
from catalog.live.shows.stage import CUT, end
from catalog.storage.queries import Job
from tests.live.filmed import set_clock
from tests.live.team_show import Team
from tests.media.live.filming import film


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


async def test_a_part_that_is_open_before_the_show_has_room_for_what_the_show_brings(team: Team) -> None:
    await team.agree()
    room = team.room(team.cast.household)

    before = parts((await team.cast.farmer.get(room)).text)
    await team.cast.helper.post(f"{room}/do/start")
    draft = await team.say("A1 lấy 2 túi", "Ngọc Bùi")
    await team.cast.farmer.post(f"{room}/drafts/{draft.id}", data={"answer": "confirm", "version": draft.version})
    during = parts((await team.cast.farmer.get(room)).text)

    assert before.keys() == during.keys() >= {"states", "drafts", "sums", "pins", "done"}
    assert {name for name in before if " hidden" in before[name]} == {"drafts", "sums", "done"}
    assert not any(" hidden" in tag for tag in during.values())


def parts(html: str) -> dict[str, str]:
    """What the page's script renews: each part's name and its tag."""
    return {name: tag for tag, name in re.findall(r'(<[^>]* data-live="(\w+)"[^>]*>)', html)}


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


async def test_words_of_a_household_that_agreed_meanwhile_are_not_wiped_out(team: Team) -> None:
    await team.cast.farmer.post(await team.question(team.cast.household), data={"answer": "agree"})
    helpers = f"{team.room(team.cast.household)}/points"
    opened = re.findall(r'<textarea[^>]*name="([^"]+)"', (await team.cast.helper.get(helpers)).text)
    await team.second_browser.post(await team.question(team.second), data={"answer": "agree"})
    await team.second_browser.post(f"{team.room(team.second)}/points", data={
        f"points-{team.pomelo.code}": "hái sáng nay", f"flash-{team.pomelo.code}": "20.000"})

    await team.cast.helper.post(helpers, data={name: "sấy bếp củi" for name in opened})

    async with team.cast.shop.db.read() as connection:
        meat, pomelo = await items_of(connection, (await team.show()).id)
    assert opened == [f"points-{team.meat.code}"] and meat.points == "sấy bếp củi"
    assert (pomelo.points, pomelo.flash_vnd) == ("hái sáng nay", 20_000)


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


async def test_nobody_answers_for_a_show_that_nobody_has_agreed_to(team: Team) -> None:
    before = (await team.cast.buyer.get(f"/l/{team.code}")).text
    await team.go_on_air()
    for client, household in ((team.cast.farmer, team.cast.household), (team.second_browser, team.second)):
        await client.post(await team.question(household), data={"answer": "withdraw"})

    live = (await team.cast.buyer.get(f"/l/{team.code}")).text

    for page in (before, live):
        assert "Tổ số Bản Lói" in page and "chịu trách nhiệm" not in page
        assert "Lò Thị Xuân" not in page and "0900 000 456" not in page


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
