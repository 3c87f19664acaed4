"""Setting, changing and removing the account that a household's money goes to."""

from __future__ import annotations

from catalog.accounts.model import Account, check_may_change
from catalog.accounts.panel import bank_name
from catalog.accounts.queries import account_of, add_account, remove_account
from catalog.errors import NotFound
from catalog.households.model import Actor
from catalog.households.queries import record
from catalog.storage.sql import Connection
from catalog.words.keyed import N_

SHOWN_DIGITS = 4
"""So much of a number tells two accounts apart, and no more stands in the list of what was done."""


async def set_account(connection: Connection, actor: Actor, *, bank_bin: str, account_number: str,
                      account_name: str) -> Account:
    """The account, in use from now. The same one again changes nothing. Raises `Forbidden` for a helper."""
    check_may_change(actor)
    before = await account_of(connection, actor.household.id)
    if before and (before.bank_bin, before.account_number, before.account_name) == (
            bank_bin, account_number, account_name):
        return before
    account = await add_account(connection, household_id=actor.household.id, bank_bin=bank_bin,
                                account_number=account_number, account_name=account_name)
    verb = N_("Đổi tài khoản nhận tiền") if before else N_("Thêm tài khoản nhận tiền")
    await record(connection, household_id=actor.household.id, person_id=actor.person.id, verb=verb,
                 detail=in_short(account))
    return account


async def drop_account(connection: Connection, actor: Actor) -> None:
    """Take the account out of use; raises `Forbidden` for a helper, `NotFound` where there is none."""
    check_may_change(actor)
    account = await account_of(connection, actor.household.id)
    if account is None or not await remove_account(connection, actor.household.id):
        raise NotFound
    await record(connection, household_id=actor.household.id, person_id=actor.person.id,
                 verb=N_("bỏ tài khoản nhận tiền"), detail=in_short(account))


def in_short(account: Account) -> str:
    """The bank and the number's end: `Agribank …3456`."""
    return f"{bank_name(account)} …{account.account_number[-SHOWN_DIGITS:]}"
