"""Whoever changes a show takes the show first, then what belongs to it: two who meet never wait for one another.

On PostgreSQL, where each locks its rows: in SQLite there is one writer.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from starlette.datastructures import FormData

from catalog.errors import Conflict
from catalog.households.model import Actor
from catalog.live.shows.plan import Plan, plan_show, write_points
from catalog.live.shows.queries import SQL, lock_show
from catalog.live.sources.attach import detach
from catalog.live.sources.model import Batch
from catalog.live.sources.queries import SQL as SOURCES
from catalog.live.sources.queries import set_state, source_by_id
from catalog.live.sources.take import take_batch
from catalog.live.team.joining import answer, joinings_of
from catalog.live.team.queries import SQL as TEAM
from catalog.storage.database import now_ms
from catalog.storage.sql import Connection
from catalog.web.forms import Form
from tests.cast import make_settings, open_cast
from tests.live.airing import Airing, plan
from tests.live.station import until

pytestmark = pytest.mark.postgres
Work = Callable[[Connection], Awaitable[object]]


@pytest.fixture
async def airing(postgres_database: str, tmp_path: Path) -> AsyncIterator[Airing]:
    """A planned show in PostgreSQL."""
    async with open_cast(make_settings(tmp_path, database_url=postgres_database)) as cast:
        await cast.shop.jobs.close()
        await cast.app.state.readers.close()
        yield await plan(cast)


async def meet(airing: Airing, first: Work, second: Work) -> None:
    """`second` begins while the first holds the show; then the first goes on to what belongs to the show."""
    db, show = airing.cast.shop.db, await airing.show()

    async def come() -> None:
        async with db.write() as connection:
            await second(connection)

    async def waits() -> bool:
        async with db.read() as connection:
            cursor = await connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
            return await cursor.fetchone() is not None

    async with db.write() as connection:
        await lock_show(connection, show.id)
        task = asyncio.create_task(come())
        await until(waits)
        await first(connection)
    await task


def farmer(airing: Airing) -> Actor:
    """The household itself."""
    return Actor(airing.cast.farmer_person, airing.cast.household)


async def add_source(airing: Airing) -> str:
    """A video that the show is attached to."""
    show = await airing.show()
    async with airing.cast.shop.db.write() as connection:
        await SOURCES.add_source(connection, id="s1", show_id=show.id, network="youtube", account_id=None,
                                 address="v", chat="c", title="v", now_ms=now_ms())
    return "s1"


async def test_points_saved_while_a_flash_price_begins(airing: Airing) -> None:
    show, item = await airing.show(), {"pin": "A1", "flash_vnd": 150_000, "until_ms": 1, "before_vnd": 170_000}
    form = Form(FormData({f"points-{airing.meat.code}": "sấy bếp củi"}))

    await meet(airing, lambda connection: SQL.begin_flash(connection, show_id=show.id, **item),
               lambda connection: write_points(connection, farmer(airing), show, form))

    async with airing.cast.shop.db.read() as connection:
        row = next(iter(await SQL.items(connection, show_id=show.id)))
    assert (row["points"], row["flash_vnd"], row["flash_until_ms"]) == ("sấy bếp củi", 150_000, 1)


async def test_a_household_answers_while_the_plan_is_changed(airing: Airing) -> None:
    helper = Actor(airing.cast.helper_person, airing.cast.household)
    async with airing.cast.shop.db.write() as connection:
        show = await plan_show(connection, helper, Plan("Tổ số bán", now_ms(), (airing.meat.id,), False), is_team=True)
        (asked,) = await joinings_of(connection, show.id)
    team = Airing(airing.cast, show.code, airing.meat, airing.pomelo)

    with pytest.raises(Conflict):
        await meet(team, lambda connection: TEAM.ask_household(
            connection, show_id=show.id, household_id=airing.cast.household.id, code="ANEW", asked_by=helper.person.id,
            now_ms=now_ms()), lambda connection: answer(connection, show, asked, "agree", airing.cast.farmer_person))

    async with airing.cast.shop.db.read() as connection:
        assert [one.state for one in await joinings_of(connection, show.id)] == ["asked"]


async def test_a_source_is_detached_while_its_comments_are_taken(airing: Airing) -> None:
    show, source_id = await airing.show(), await add_source(airing)

    await meet(airing, lambda connection: SOURCES.go_on(connection, id=source_id, cursor="2", chat="", taken=0,
                                                        now_ms=now_ms()),
               lambda connection: detach(connection, farmer(airing), show, source_id))

    async with airing.cast.shop.db.read() as connection:
        source = await source_by_id(connection, source_id)
    assert source is not None and source.is_removed


async def test_a_source_says_how_it_stands_while_it_is_detached(airing: Airing) -> None:
    show, source_id = await airing.show(), await add_source(airing)
    async with airing.cast.shop.db.read() as connection:
        source = await source_by_id(connection, source_id)
    assert source is not None

    await meet(airing, lambda connection: SOURCES.remove_source(connection, id=source_id, show_id=show.id,
                                                                now_ms=now_ms()),
               lambda connection: set_state(connection, source, "stopped", "fault"))

    assert (await airing.events()).count("source") == 0


async def test_a_reader_goes_on_while_its_source_is_detached(airing: Airing) -> None:
    show, source_id = await airing.show(), await add_source(airing)
    async with airing.cast.shop.db.read() as connection:
        source = await source_by_id(connection, source_id)
    assert source is not None

    with pytest.raises(Conflict):
        await meet(airing, lambda connection: SOURCES.remove_source(connection, id=source_id, show_id=show.id,
                                                                    now_ms=now_ms()),
                   lambda connection: take_batch(airing.cast.shop, source, Batch((), "2")))
