"""A household's account: how it is read, replaced and kept."""

from __future__ import annotations

import asyncio

import pytest

from catalog.accounts.model import BadAccount, read_name, read_number
from catalog.accounts.queries import account_of, add_account, remove_account
from catalog.errors import Conflict
from catalog.households.queries import add_household, add_village
from catalog.storage.database import Database


async def make_household(db: Database) -> str:
    async with db.write() as connection:
        village = await add_village(connection, code="LOI", name="Lói", commune="Mường Lói", province="Điện Biên")
        household = await add_household(connection, code="XUAN", village_id=village.id, name="Lò Thị Xuân",
                                        phone=None, place="Bản Lói")
    return household.id


@pytest.mark.parametrize(("typed", "kept"),
                         [("0123 456 789", "0123456789"), ("19-03.456", "1903456"), ("PSP01aB", "PSP01aB")])
def test_a_number_is_kept_without_the_gaps_people_write(typed: str, kept: str) -> None:
    assert read_number(typed) == kept


@pytest.mark.parametrize("typed", ["", " . ", "12345678901234567890", "số 123", "12/34", "１２３"])
def test_what_no_bank_writes_as_a_number_is_refused(typed: str) -> None:
    with pytest.raises(BadAccount):
        read_number(typed)


def test_a_name_is_written_as_banks_write_it() -> None:
    assert read_name("  Lò  thị Xuân ") == "LO THI XUAN"


@pytest.mark.parametrize("typed", ["", "…", "A" * 51])
def test_a_name_that_says_nothing_or_never_ends_is_refused(typed: str) -> None:
    with pytest.raises(BadAccount):
        read_name(typed)


async def test_a_new_account_takes_the_place_of_the_old(db: Database) -> None:
    household_id = await make_household(db)
    async with db.write() as connection:
        await add_account(connection, household_id=household_id, bank_bin="970436", account_number="111",
                          account_name="LO THI XUAN")

    async with db.write() as connection:
        newer = await add_account(connection, household_id=household_id, bank_bin="970405", account_number="222",
                                  account_name="LO THI XUAN")

    async with db.read() as connection:
        assert await account_of(connection, household_id) == newer
        cursor = await connection.execute("SELECT COUNT(*) AS n FROM accounts")
        assert (await cursor.fetchone())["n"] == 2
        await cursor.close()


async def test_a_removed_account_takes_no_more_money(db: Database) -> None:
    household_id = await make_household(db)
    async with db.write() as connection:
        await add_account(connection, household_id=household_id, bank_bin="970436", account_number="111",
                          account_name="LO THI XUAN")

    async with db.write() as connection:
        first, second = [await remove_account(connection, household_id) for _ in range(2)]

    assert (first, second) == (True, False)
    async with db.read() as connection:
        assert await account_of(connection, household_id) is None


async def test_two_who_set_an_account_at_once_leave_one_in_use(db: Database) -> None:
    household_id = await make_household(db)

    async def add(number: str) -> None:
        async with db.write() as connection:
            await add_account(connection, household_id=household_id, bank_bin="970436", account_number=number,
                              account_name="LO THI XUAN")

    answers = await asyncio.gather(*(add(str(number)) for number in range(1, 6)), return_exceptions=True)

    assert all(answer is None or isinstance(answer, Conflict) for answer in answers)
    async with db.read() as connection:
        assert await account_of(connection, household_id) is not None
