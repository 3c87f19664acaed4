"""Visits: who counts, that reading never waits for writing, and what is kept of it."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from catalog.posts.visits import counter as counter_module
from catalog.posts.visits.counter import VisitCounter
from catalog.posts.visits.jobs import KEPT_DAYS, SUM
from catalog.posts.visits.queries import add_visits, sum_old_days, visits_by_channel
from catalog.storage.database import Database, now_ms
from catalog.storage.queries import jobs_of_subject
from catalog.web.clock import local
from tests.cast import Cast, make_settings, open_cast
from tests.orders.goods import list_goods
from tests.orders.stall import add_stall

PHONE = "Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"
PEOPLE = {
    "chrome": PHONE,
    "zalo": PHONE + " Zalo android/12100652 ZaloTheme/light ZaloLanguage/vi",
    "facebook": PHONE + " [FB_IAB/FB4A;FBAV/470.0.0.0;]",
    "tiktok": PHONE + " musical_ly_2023 BytedanceWebview/d8a21c6",
    "iphone": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Zalo iOS/645",
    "cubot": "Mozilla/5.0 (Linux; Android 12; CUBOT_NOTE_20 Build/SP1A) AppleWebKit/537.36 Chrome/120.0 Mobile",
    "opera mini": "Opera/9.80 (Android; Opera Mini/36.2/119.132; U; vi) Presto/2.12.423 Version/12.16"}
ROBOTS = {
    "facebook": "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "meta": "meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)",
    "catalogue": "facebookcatalog/1.0", "zalo": "Mozilla/5.0 (compatible; ZaloBot/1.0)", "twitter": "Twitterbot/1.0",
    "telegram": "TelegramBot (like TwitterBot)", "whatsapp": "WhatsApp/2.23.20.0", "viber": "Viber/13.3.0.5",
    "google": PHONE + " (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "inspection": PHONE + " (compatible; Google-InspectionTool/1.0;)", "tiktok": "Mozilla/5.0 (compatible; Bytespider)",
    "skype": "Mozilla/5.0 (Windows NT 6.1) SkypeUriPreview Preview/0.5", "library": "Go-http-client/2.0", "none": ""}


async def counted(cast: Cast, listing_id: str) -> dict[str, int]:
    """What is written down of the listing, once everything is."""
    await cast.app.state.visits.write()
    async with cast.shop.db.read() as connection:
        return await visits_by_channel(connection, listing_id)


async def look(cast: Cast, path: str, agent: str = PHONE, **headers: str) -> None:
    """A stranger opens the page."""
    answer = await cast.buyer.get(path, headers={"User-Agent": agent, **headers})
    assert answer.status_code in (200, 404)


async def test_each_place_is_counted_by_its_letter(cast: Cast) -> None:
    listing = await list_goods(cast)

    for path in ("/z", "/Z", "/f", "", "/x"):
        await look(cast, f"/o/{listing.code}{path}")

    assert await counted(cast, listing.id) == {"Z": 2, "F": 1, "": 2}


@pytest.mark.parametrize("name", PEOPLE)
async def test_people_count_in_whatever_browser(cast: Cast, name: str) -> None:
    listing = await list_goods(cast)

    await look(cast, f"/o/{listing.code}/z", PEOPLE[name])

    assert await counted(cast, listing.id) == {"Z": 1}


@pytest.mark.parametrize("name", ROBOTS)
async def test_robots_that_fetch_a_preview_do_not_count(cast: Cast, name: str) -> None:
    listing = await list_goods(cast)

    await look(cast, f"/o/{listing.code}/z", ROBOTS[name])

    assert await counted(cast, listing.id) == {}


async def test_what_nobody_looks_at_does_not_count(cast: Cast) -> None:
    listing, gone = await list_goods(cast), await list_goods(cast, publish=False)

    await look(cast, f"/o/{listing.code}", **{"Sec-Purpose": "prefetch;prerender"})
    await cast.buyer.head(f"/o/{listing.code}", headers={"User-Agent": PHONE})
    await cast.farmer.get(f"/o/{listing.code}", headers={"User-Agent": PHONE})
    await cast.buyer.post(f"/o/{listing.code}", data={}, headers={"User-Agent": PHONE})
    await look(cast, f"/o/{gone.code}")

    assert await counted(cast, listing.id) == {} and await counted(cast, gone.id) == {}


async def test_a_visit_is_a_number_and_leaves_nothing_of_the_visitor(cast: Cast) -> None:
    listing = await list_goods(cast)

    answer = await cast.buyer.get(f"/o/{listing.code}/z", headers={"User-Agent": PHONE})
    await cast.app.state.visits.write()

    async with cast.shop.db.read() as connection:
        rows = [tuple(row) for row in await connection.execute_fetchall("SELECT * FROM visits")]
    assert rows == [(listing.id, "Z", local(now_ms()).date().isoformat(), 1)]
    assert "set-cookie" not in answer.headers and "script src" not in answer.text


async def test_opening_a_page_writes_nothing(cast: Cast) -> None:
    listing = await list_goods(cast)

    async with cast.shop.db.write() as connection:  # nobody else can write while this is held
        for _ in range(5):
            await look(cast, f"/o/{listing.code}/z")
        rows = await connection.execute_fetchall("SELECT * FROM visits")

    assert list(rows) == [] and await counted(cast, listing.id) == {"Z": 5}


async def test_what_is_not_written_yet_is_written_when_the_shop_closes(tmp_path: Path) -> None:
    async with open_cast(make_settings(tmp_path)) as cast:
        listing = await list_goods(cast)
        await look(cast, f"/o/{listing.code}/t")

    with sqlite3.connect(tmp_path / "shop.db") as database:
        assert database.execute("SELECT channel, visits FROM visits").fetchall() == [("T", 1)]


async def test_visits_are_written_by_themselves_after_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counter_module, "WRITE_SECONDS", 0.01)
    async with open_cast(make_settings(tmp_path)) as cast:
        listing = await list_goods(cast)
        await look(cast, f"/o/{listing.code}/t")
        found: dict[str, int] = {}
        while not found:
            async with cast.shop.db.read() as connection:
                found = await visits_by_channel(connection, listing.id)
            await asyncio.sleep(0.01)

    assert found == {"T": 1}


async def test_many_numbers_are_added_up_on_both_engines(db: Database) -> None:
    stall = await add_stall(db)
    counter = VisitCounter(db)
    for number in range(1200):
        counter.count(stall.listing_id, str(number))
        counter.count(stall.listing_id, "Z")
    counter.count("a-listing-that-is-gone", "Z")

    await counter.write()
    counter.count(stall.listing_id, "Z")
    await counter.write()

    async with db.read() as connection:
        found = await visits_by_channel(connection, stall.listing_id)
    assert found.pop("Z") == 1201 and set(found.values()) == {1} and len(found) == 1200


async def test_memory_is_bounded_and_known_numbers_go_on(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counter_module, "MOST_KEPT", 2)
    stall = await add_stall(db)
    counter = VisitCounter(db)

    for channel in "ZFTZZ":
        counter.count(stall.listing_id, channel)
    await counter.write()

    async with db.read() as connection:
        assert await visits_by_channel(connection, stall.listing_id) == {"Z": 3, "F": 1}


async def test_what_could_not_be_written_is_written_with_the_next(tmp_path: Path) -> None:
    async with open_cast(make_settings(tmp_path)) as cast:
        listing = await list_goods(cast)
        async with cast.shop.db.write() as connection:
            await connection.execute("ALTER TABLE visits RENAME TO away")
        await look(cast, f"/o/{listing.code}/z")
        await cast.app.state.visits.write()
        await look(cast, f"/o/{listing.code}/z")

        async with cast.shop.db.write() as connection:
            await connection.execute("ALTER TABLE away RENAME TO visits")

        assert await counted(cast, listing.id) == {"Z": 2}


async def test_old_days_become_one_sum_and_nothing_is_lost_or_doubled(db: Database) -> None:
    stall = await add_stall(db)
    today = local(now_ms()).date()
    days = [today - timedelta(days=back) for back in (0, 10, 40, 50, 400)]
    async with db.write() as connection:
        await add_visits(connection, {(stall.listing_id, "Z", day.isoformat()): 2 for day in days})

    for _ in range(2):  # the job may run twice
        async with db.write() as connection:
            await sum_old_days(connection, before=(today - timedelta(days=KEPT_DAYS)).isoformat())

    async with db.read() as connection:
        cursor = await connection.execute("SELECT day, visits FROM visits ORDER BY day")
        rows = [(row["day"], int(row["visits"])) for row in await cursor.fetchall()]
        assert await visits_by_channel(connection, stall.listing_id) == {"Z": 10}
    assert rows == [("", 6), (days[1].isoformat(), 2), (days[0].isoformat(), 2)]


async def test_the_summing_is_promised_at_the_start(cast: Cast) -> None:
    async with cast.shop.db.read() as connection:
        kinds = {job.kind for job in await jobs_of_subject(connection, "")}

    assert SUM in kinds
