"""The room's tables on both engines: races are decided there, and nothing is searched row by row."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from catalog.errors import Invalid
from catalog.households import queries as households
from catalog.households.model import Actor, Household
from catalog.listings import queries
from catalog.listings.model import Facts, Listing
from catalog.listings.publish import change_listing, create_listing
from catalog.listings.queries import SQL
from catalog.storage.connect import database
from catalog.storage.database import Database, new_id, now_ms
from catalog.storage.jobs import JobRunner
from catalog.storage.objects import Objects
from catalog.storage.secrets import SecretBox
from catalog.storage.shop import Shop
from media.pool import RenderPool
from tests.cast import make_settings

FACTS = Facts("mango", "Xoài Yên Châu", 30_000, "kg", 50_000, "bản Lói")


@pytest.fixture
async def shop(db: Database, tmp_path: Path) -> AsyncIterator[Shop]:
    """A shop over either engine in which nothing is drawn."""
    objects = Objects(tmp_path / "files")
    objects.open()
    yield Shop(make_settings(tmp_path), db, objects, JobRunner(db), RenderPool(), SecretBox(tmp_path))


async def add_actor(db: Database) -> Actor:
    async with db.write() as connection:
        village = await households.add_village(connection, code="loi", name="Bản Lói", commune="x", province="y")
        household = await households.add_household(connection, code="xuan2", village_id=village.id,
                                                   name="Lò Thị Xuân", phone=None, place="bản Lói")
        person = await households.add_person(connection, name="Lò Thị Xuân", role="household",
                                             household_id=household.id)
    return Actor(person, household)


async def add_photo(db: Database, household: Household, key: str) -> str:
    async with db.write() as connection:
        row = await SQL.add_photo(connection, id=new_id(), household_id=household.id, upload_key=key,
                                  object_key=f"{key}.jpg", width=1, height=1, sharpness=1.0, fingerprint="", now_ms=now_ms())
    return str(row["id"])


async def make(shop: Shop, actor: Actor, *, photo_ids: list[str] | None = None,
               draft_key: str | None = None) -> Listing:
    made = await create_listing(shop, actor, FACTS, photo_ids=photo_ids or [], publish=True, photo_needed=False,
                                draft_key=draft_key)
    return made.listing


async def left(shop: Shop, listing: Listing) -> int:
    async with shop.db.read() as connection:
        found = await queries.listing_by_id(connection, listing.id)
    assert found is not None
    return found.on_hand


async def test_a_form_sent_many_times_at_once_makes_one_listing(shop: Shop) -> None:
    actor = await add_actor(shop.db)

    made = await asyncio.gather(*(make(shop, actor, draft_key="d") for _ in range(6)))

    async with shop.db.read() as connection:
        kept = await queries.listings_of_household(connection, actor.household.id)
    assert len({listing.id for listing in made}) == len(kept) == 1


async def test_forms_without_a_key_are_listings_of_their_own(shop: Shop) -> None:
    actor = await add_actor(shop.db)

    made = [await make(shop, actor) for _ in range(2)]

    assert made[0].id != made[1].id and made[0].code != made[1].code


async def test_a_seller_adds_while_buyers_take_and_nothing_is_lost(shop: Shop) -> None:
    actor = await add_actor(shop.db)
    listing = await make(shop, actor)

    async def take() -> None:
        async with shop.db.write() as connection:
            await SQL.change_stock(connection, id=listing.id, change=-1_000, now_ms=now_ms())
    more = Facts("mango", FACTS.name, 30_000, "kg", 60_000, FACTS.place)
    await asyncio.gather(*(take() for _ in range(10)),
                         change_listing(shop, actor, listing, more, stock_seen=50_000), *(take() for _ in range(10)))

    assert await left(shop, listing) == 50_000 + 10_000 - 20_000


async def test_a_stock_below_what_was_ordered_meanwhile_is_refused_and_nothing_changed(shop: Shop) -> None:
    actor = await add_actor(shop.db)
    listing = await make(shop, actor)
    async with shop.db.write() as connection:
        await SQL.change_stock(connection, id=listing.id, change=-45_000, now_ms=now_ms())

    with pytest.raises(Invalid) as caught:
        await change_listing(shop, actor, listing, Facts("mango", "Tên mới", 30_000, "kg", 40_000, ""),
                             stock_seen=50_000)

    async with shop.db.read() as connection:
        kept = await queries.listing_by_id(connection, listing.id)
    assert set(caught.value.fields) == {"stock"}
    assert kept is not None and (kept.name, kept.on_hand) == (FACTS.name, 5_000)


async def test_photos_are_attached_in_order_and_another_households_never(shop: Shop) -> None:
    actor = await add_actor(shop.db)
    ids = [await add_photo(shop.db, actor.household, key) for key in "abc"]
    listing = await make(shop, actor, photo_ids=[ids[1], ids[0]])

    with pytest.raises(Invalid):
        await make(shop, actor, photo_ids=[ids[0]])

    async with shop.db.read() as connection:
        attached = await queries.photos_of_listing(connection, listing.id)
        unclaimed = await SQL.unclaimed_photos(connection, before_ms=now_ms() + 1, most=9)
    assert [photo.id for photo in attached] == [ids[1], ids[0]]
    assert [row["id"] for row in unclaimed] == [ids[2]]


async def test_pictures_are_promised_with_the_facts_the_first_before_the_rest(shop: Shop) -> None:
    actor = await add_actor(shop.db)
    listing = await make(shop, actor, photo_ids=[await add_photo(shop.db, actor.household, "a")])

    async with shop.db.read() as connection:
        cursor = await connection.execute("SELECT kind, lane, priority, payload FROM jobs ORDER BY priority")
        jobs = await cursor.fetchall()
        await cursor.close()

    assert [(job["kind"], job["lane"], job["priority"]) for job in jobs] == [
        ("listings.pictures", "pictures", 10), ("listings.pictures", "pictures", 20), ("listings.clip", "clips", 50)]
    assert '"square"' in jobs[0]["payload"] and listing.id in jobs[2]["payload"]


async def test_a_new_price_cancels_work_on_the_old_one(shop: Shop) -> None:
    actor = await add_actor(shop.db)
    listing = await make(shop, actor)

    await change_listing(shop, actor, listing, Facts("mango", FACTS.name, 35_000, "kg", 50_000, FACTS.place))

    async with shop.db.read() as connection:
        cursor = await connection.execute("SELECT state, COUNT(*) AS n FROM jobs GROUP BY state ORDER BY state")
        counts = {row["state"]: row["n"] for row in await cursor.fetchall()}
        await cursor.close()
    assert counts == {"cancelled": 2, "queued": 2}


async def test_no_statement_of_the_room_reads_a_whole_table(tmp_path: Path) -> None:
    db = database(f"sqlite:{tmp_path / 'shop.db'}")
    await db.open()
    text = (Path(queries.__file__).with_name("queries.sql")).read_text(encoding="utf-8")
    scans: dict[str, list[str]] = {}

    for name, body in zip(re.findall(r"^-- name: (\w+)", text, re.M),
                          re.split(r"^-- name: .*$", text, flags=re.M)[1:], strict=True):
        parameters = {key: None for key in re.findall(r"(?<!:):([a-z_]+)", body)}
        async with db.read() as connection:
            plan = await connection.execute_fetchall(f"EXPLAIN QUERY PLAN {body.strip().rstrip(';')}", parameters)
        if found := [row["detail"] for row in plan if row["detail"].startswith("SCAN ")
                     and row["detail"] != "SCAN CONSTANT ROW"]:
            scans[name] = found

    assert scans == {}
    await db.close()
