"""Both engines keep the same promises."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from catalog.storage.connect import database
from catalog.storage.database import Database, new_id
from catalog.storage.migrate import statements


async def add_village(db: Database, name: str) -> None:
    async with db.write() as connection:
        await connection.execute(
            f"INSERT INTO villages VALUES ('{new_id()}', '{name}', '{name}', 'xã', 'tỉnh', 1)")


async def count_villages(db: Database) -> int:
    async with db.read() as connection:
        cursor = await connection.execute("SELECT COUNT(*) AS n FROM villages")
        row = await cursor.fetchone()
        await cursor.close()
    return row["n"]


async def test_a_committed_fact_is_read_by_others(db: Database) -> None:
    await add_village(db, "Lói")

    found = await count_villages(db)

    assert found == 1


async def test_an_error_undoes_the_whole_transaction(db: Database) -> None:
    with pytest.raises(RuntimeError):
        async with db.write() as connection:
            await connection.execute("INSERT INTO villages VALUES ('1', 'a', 'a', 'x', 't', 1)")
            raise RuntimeError

    assert await count_villages(db) == 0


async def test_a_cancelled_writer_leaves_the_next_one_free(db: Database) -> None:
    async def hang() -> None:
        async with db.write() as connection:
            await connection.execute("INSERT INTO villages VALUES ('1', 'a', 'a', 'x', 't', 1)")
            await asyncio.sleep(60)

    task = asyncio.create_task(hang())
    await asyncio.sleep(0.05)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    await add_village(db, "Lói")

    assert await count_villages(db) == 1


async def test_a_writer_cancelled_at_any_moment_leaves_the_next_one_free(tmp_path: Path) -> None:
    db = database(f"sqlite:{tmp_path / 'shop.db'}")
    await db.open()

    for steps in range(12):
        task = asyncio.create_task(add_village(db, f"v{steps}"))
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await add_village(db, f"w{steps}")

    assert await count_villages(db) >= 12
    await db.close()


async def test_writers_at_once_take_turns(db: Database) -> None:
    await asyncio.gather(*(add_village(db, f"v{number}") for number in range(30)))

    assert await count_villages(db) == 30


async def test_a_second_start_migrates_nothing_again(tmp_path: Path) -> None:
    for _ in range(2):
        db = database(f"sqlite:{tmp_path / 'shop.db'}")
        await db.open()
        await db.close()

    assert (tmp_path / "shop.db").exists()


async def test_sqlite_keeps_acknowledged_facts_through_a_power_cut(tmp_path: Path) -> None:
    db = database(f"sqlite:{tmp_path / 'shop.db'}")
    await db.open()

    async with db.write() as connection:
        rows = await connection.execute_fetchall("PRAGMA synchronous")

    assert rows[0][0] == 2
    await db.close()


def test_an_unknown_address_is_refused() -> None:
    with pytest.raises(ValueError):
        database("mysql://somewhere")


def test_ids_made_later_sort_later() -> None:
    first, second = new_id(), new_id()

    assert len(first) == 22 and first[:9] <= second[:9] and first != second


def test_statements_are_cut_at_semicolons_that_end_a_line() -> None:
    cut = statements("-- a; comment;\nCREATE TABLE a (\n  b TEXT DEFAULT ';'\n);\n\nSELECT 1;\n")

    assert cut == ["CREATE TABLE a (\n  b TEXT DEFAULT ';'\n)", "SELECT 1"]
