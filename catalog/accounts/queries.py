"""The accounts room's statements, with plain data in and out."""

from __future__ import annotations

from catalog.accounts.model import Account
from catalog.errors import Conflict
from catalog.storage.database import new_id, now_ms
from catalog.storage.sql import Connection, sql

SQL = sql(__file__)


async def account_of(connection: Connection, household_id: str) -> Account | None:
    """The account that the household's money goes to now, or None."""
    row = await SQL.account_of(connection, household_id=household_id)
    if row is None:
        return None
    return Account(row["id"], row["household_id"], row["bank_bin"], row["account_number"], row["account_name"])


async def add_account(connection: Connection, *, household_id: str, bank_bin: str, account_number: str,
                      account_name: str) -> Account:
    """The account, in use from now; the one before it is kept as removed.

    Raises `Conflict` where someone else of the household set one in the same moment.
    """
    account = Account(new_id(), household_id, bank_bin, account_number, account_name)
    await remove_account(connection, household_id)
    added = await SQL.add_account(connection, id=account.id, household_id=household_id, bank_bin=bank_bin,
                                  account_number=account_number, account_name=account_name, now_ms=now_ms())
    if added is None:
        raise Conflict
    return account


async def remove_account(connection: Connection, household_id: str) -> bool:
    """Whether there was one to take out of use; its row stays, so that old transfers can be understood."""
    return bool(await SQL.remove_account(connection, household_id=household_id, now_ms=now_ms()))
