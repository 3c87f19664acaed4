"""A show's announcements: composed, changed by hand, checked, sent once with the poster, never of a show that is over."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from catalog.households.model import Actor
from catalog.listings.queries import SQL as LISTINGS
from catalog.live.shows.plan import Plan, change_plan
from catalog.live.shows.stage import end, start
from catalog.live.telling.show_subject import IS_OVER, OLD_HOUR, SHOW, ShowSubject
from catalog.posts.publishers import jobs as jobs_module
from catalog.posts.publishers.account import holder_of_household
from catalog.posts.publishers.connect import connect
from catalog.posts.publishers.queries import account_by_id, sending_by_id
from catalog.posts.publishers.schedule import schedule
from catalog.posts.publishers.sending import Sending
from catalog.storage.database import new_id, now_ms
from catalog.storage.queries import Job
from catalog.storage.settings import Networks
from catalog.web.clock import clock, local
from tests.cast import Cast, make_settings, open_cast
from tests.live.airing import Airing, plan
from tests.orders.goods import mistakes
from tests.posts.doubles.double import serving
from tests.posts.doubles.facebook import TOKEN, FacebookDouble

DAY_MS = 24 * 3600_000


@pytest.fixture
async def facebook() -> AsyncIterator[FacebookDouble]:
    double = FacebookDouble()
    async with serving(double) as url:
        double.url = url
        yield double


@pytest.fixture
async def airing(facebook: FacebookDouble, tmp_path: Path) -> AsyncIterator[Airing]:
    """A show of the day after tomorrow, beside Facebook's double; jobs are run by the tests."""
    url = facebook.url
    networks = Networks(facebook=url, facebook_video=url, facebook_upload=url, allow_loopback=True)
    async with open_cast(make_settings(tmp_path, networks=networks)) as cast:
        await cast.shop.jobs.close()
        yield await plan(cast, in_ms=2 * DAY_MS)


async def account(cast: Cast) -> str:
    """The farmer's Page, connected."""
    holder = holder_of_household(Actor(cast.farmer_person, cast.household))
    return (await connect(cast.shop, holder, "facebook", "", {"token": TOKEN, "app_id": ""})).id


async def ask(airing: Airing) -> str:
    """The announcement on its way to the Page."""
    page = await account(airing.cast)
    async with airing.cast.shop.db.read() as connection:
        found = await account_by_id(connection, page)
    assert found is not None
    subject = ShowSubject(Actor(airing.cast.farmer_person, airing.cast.household), await airing.show(),
                          airing.cast.village)
    return await schedule(airing.cast.shop, subject, found, shape="pictures", due_ms=now_ms(), form_key=new_id())


async def turn(airing: Airing, sending_id: str) -> Sending:
    """One run of its job."""
    await jobs_module.send_post((SHOW,), airing.cast.shop, Job("j", "posts.send", "k", sending_id,
                                                               {"sending_id": sending_id}, 1))
    async with airing.cast.shop.db.read() as connection:
        sending = await sending_by_id(connection, sending_id)
    assert sending is not None
    return sending


async def replan(airing: Airing, **changes: object) -> None:
    """The show planned anew."""
    show = await airing.show()
    wanted = replace(Plan(show.title, show.starts_ms, (airing.meat.id, airing.pomelo.id), False),
                     **changes)  # type: ignore[arg-type]
    async with airing.cast.shop.db.write() as connection:
        await change_plan(connection, Actor(airing.cast.farmer_person, airing.cast.household), show, wanted)


async def test_the_page_has_a_text_for_each_network_and_keeps_what_is_written(airing: Airing) -> None:
    tell = f"{airing.room}/tell"
    hour = clock((await airing.show()).starts_ms)

    first = await airing.cast.farmer.get(tell)
    saved = await airing.cast.farmer.post(f"{tell}/posts/facebook", data={"text": f"Tối mai {hour} xem nhé"},
                                          follow_redirects=True)
    emptied = await airing.cast.helper.post(f"{tell}/posts/facebook", data={"text": ""}, follow_redirects=True)

    assert first.text.count("<textarea") == 5 and hour in first.text and first.text.count("button fill") == 1
    assert f"Tối mai {hour} xem nhé" in saved.text and "Lời đã sửa tay" in saved.text
    assert "Tối mai" not in emptied.text


async def test_a_claim_is_told_while_it_is_written_and_another_product_s_price_is_not(airing: Airing) -> None:
    check = f"{airing.room}/tell/posts/facebook/check"

    claim = await airing.cast.farmer.post(check, data={"text": "Bưởi chữa tiểu đường, 25.000đ/kg, thịt 170.000đ/túi"})
    prices = await airing.cast.farmer.post(check, data={"text": "Bưởi 25.000đ/kg, thịt 170.000đ/túi, gọi 0900 000 456"})
    phone = await airing.cast.farmer.post(check, data={"text": "Gọi 0912 345 678"})

    assert "chữa" in claim.text and prices.text.strip() == "" and "Số này không phải số của nhà." in phone.text


async def test_neighbours_and_strangers_find_nothing(airing: Airing) -> None:
    tell = f"{airing.room}/tell"

    answers = [await client.get(address) for client in (airing.cast.neighbour, airing.cast.buyer)
               for address in (tell, f"{tell}/send")]

    assert [answer.status_code for answer in answers] == [404] * 4


async def test_the_day_before_and_an_hour_before_are_offered_and_taken(airing: Airing) -> None:
    page_id = await account(airing.cast)
    starts = local((await airing.show()).starts_ms)
    send = f"{airing.room}/tell/send"

    form = (await airing.cast.farmer.get(send)).text
    values = [part.split('"')[0] for part in form.split('name="when" value="')[1:]]
    answers = [await airing.cast.farmer.post(send, data={"target": f"{page_id}.pictures", "when": value,
                                                         "key": f"k{at}"})
               for at, value in enumerate(values[1:3])]
    wrong = await airing.cast.farmer.post(send, data={"target": f"{page_id}.pictures", "when": "2020-01-01T10:00",
                                                      "key": "x"})

    assert values[0] == "now" and values[3] == "later" and values[2].startswith(starts.strftime("%Y-%m-%dT"))
    assert [answer.status_code for answer in answers] == [303, 303]
    assert wrong.status_code == 422 and set(mistakes(wrong.text)) == {"when"}
    assert (await airing.cast.farmer.get(send)).text.count("Chờ đăng") == 2


async def test_the_announcement_goes_out_once_with_its_poster_and_todays_prices(airing: Airing,
                                                                                facebook: FacebookDouble) -> None:
    sending_id = await ask(airing)
    async with airing.cast.shop.db.write() as connection:
        await LISTINGS.change_price(connection, id=airing.meat.id, price_vnd=155_000, now_ms=now_ms())

    done = await turn(airing, sending_id)
    again = await turn(airing, sending_id)

    assert (done.state, again.state) == ("done", "done"), done.reason
    (post,), (photo,) = facebook.posts, facebook.photos.values()
    assert "155.000đ/túi" in post["message"] and photo["content"].startswith(b"\xff\xd8") and photo["used"]


async def test_a_show_that_is_over_is_not_announced(airing: Airing, facebook: FacebookDouble) -> None:
    sending_id = await ask(airing)
    async with airing.cast.shop.db.write() as connection:
        await start(connection, await airing.show(), person_id=airing.cast.farmer_person.id)
    async with airing.cast.shop.db.write() as connection:
        await end(connection, await airing.show(), person_id=airing.cast.farmer_person.id)

    ended = await turn(airing, sending_id)

    assert (ended.state, ended.reason) == ("cancelled", IS_OVER) and facebook.posts == []


async def test_a_text_written_for_another_hour_is_not_sent_until_it_says_the_new_one(airing: Airing) -> None:
    hour = clock((await airing.show()).starts_ms)
    await airing.cast.farmer.post(f"{airing.room}/tell/posts/facebook", data={"text": f"{hour} ngày kia xem nhé"})
    sending_id = await ask(airing)
    await replan(airing, starts_ms=(await airing.show()).starts_ms + 3 * 3600_000)

    page = await airing.cast.farmer.get(f"{airing.room}/tell?to=facebook")
    ended = await turn(airing, sending_id)

    assert "Lời này chưa có giờ" in page.text
    assert (ended.state, ended.reason) == ("cancelled", OLD_HOUR)
