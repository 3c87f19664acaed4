"""A stall whose household has a bank account and a way in for SePay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from catalog.accounts.queries import add_account
from catalog.orders.model import Order
from catalog.payments.banks.registry import PROVIDERS
from catalog.payments.endpoints import open_endpoint
from catalog.payments.model import Endpoint, Transfer, Why
from catalog.payments.queries import latest_transfers, transfers_to_review
from catalog.payments.receive import receive_transfer
from catalog.payments.settle import settle_transfer
from catalog.storage.database import Database
from tests.orders.stall import Stall, add_stall
from tests.payments.sepay_wire import notice

ACCOUNT = "0123499999"


@dataclass(frozen=True, slots=True)
class Till:
    """What the payments room stands on, for one household."""

    db: Database
    stall: Stall
    endpoint: Endpoint

    async def tell(self, *, endpoint: Endpoint | None = None, **fields: Any) -> Why | None:
        """How a transfer that SePay tells of stands afterwards."""
        told = notice(**fields)
        async with self.db.write() as connection:
            return await receive_transfer(connection, endpoint or self.endpoint, told)

    async def settle(self, transfer: Transfer, choice: str) -> Transfer:
        """The transfer after the farmer's decision."""
        async with self.db.write() as connection:
            return await settle_transfer(connection, self.stall.household_id, transfer.id, choice,
                                         person_id=self.stall.person_id)

    async def to_review(self) -> list[Transfer]:
        """What waits for a person."""
        async with self.db.read() as connection:
            return await transfers_to_review(connection, self.stall.household_id)

    async def latest(self) -> list[Transfer]:
        """What has found its place."""
        async with self.db.read() as connection:
            return await latest_transfers(connection, self.stall.household_id)

    async def order(self, order: Order) -> Order:
        """The order as it stands now."""
        return await self.stall.order(order.id)


async def add_endpoint(db: Database, stall: Stall) -> Endpoint:
    """One more way in for SePay."""
    async with db.write() as connection:
        endpoint, _ = await open_endpoint(connection, stall.household_id, PROVIDERS["sepay"], "apikey",
                                          person_id=stall.person_id)
    return endpoint


async def add_till(db: Database, **stall_facts: Any) -> Till:
    """The till, kept in the database."""
    stall = await add_stall(db, **stall_facts)
    async with db.write() as connection:
        await add_account(connection, household_id=stall.household_id, bank_bin="970436", account_number=ACCOUNT,
                          account_name="LO THI XUAN")
    return Till(db, stall, await add_endpoint(db, stall))
