"""A stall with one product, put straight into the tables, and a buyer's wish for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from catalog.households import queries as households
from catalog.listings.queries import set_tiers
from catalog.orders.checkout import Placed, Wish, place_order
from catalog.orders.model import Order
from catalog.orders.queries import order_by_id
from catalog.storage.database import Database, new_id, now_ms
from catalog.storage.sql import sql

SQL = sql(__file__)
HOLD_SECONDS = 7200


@dataclass(frozen=True, slots=True)
class Stall:
    """One household with one listing: bags of dried meat, or what `add_stall` was told."""

    db: Database
    household_id: str
    person_id: str
    listing_id: str
    unit: str

    def wish(self, amount: int = 1, **changes: Any) -> Wish:
        """A transfer order of `amount` base units under a fresh key."""
        plain = Wish(listing_id=self.listing_id, amount=amount, sold_by=self.unit, buyer_name="Thu Hà",
                     buyer_phone="+84900000123", buyer_place="12 ngõ 5, phường Mường Thanh", delivery="coach",
                     payment="transfer", request_key=new_id())
        return replace(plain, **changes)

    async def place(self, amount: int = 1, *, hold_seconds: int = HOLD_SECONDS, **changes: Any) -> Order:
        """An order that was just placed."""
        return (await place_order(self.db, self.wish(amount, **changes), hold_seconds=hold_seconds)).order

    async def try_to_place(self, wish: Wish) -> Placed | Exception:
        """What became of the wish."""
        try:
            return await place_order(self.db, wish, hold_seconds=HOLD_SECONDS)
        except Exception as error:
            return error

    async def left(self) -> int:
        """What the listing has left."""
        async with self.db.read() as connection:
            return int((await SQL.listing(connection, id=self.listing_id))["on_hand"])

    async def order(self, order_id: str) -> Order:
        """The order as it stands now."""
        async with self.db.read() as connection:
            order = await order_by_id(connection, order_id)
        assert order is not None
        return order

    async def change(self, **changes: Any) -> None:
        """Set the listing's price, unit, state, least order or tiers."""
        async with self.db.write() as connection:
            row = await SQL.listing(connection, id=self.listing_id)
            if "tiers" in changes:
                await set_tiers(connection, self.listing_id, changes.pop("tiers"))
            await SQL.change_listing(connection, **({"id": self.listing_id, "price_vnd": row["price_vnd"],
                                                     "unit": row["unit"], "state": row["state"],
                                                     "min_order": row["min_order"]} | changes))


async def add_stall(db: Database, *, on_hand: int = 50, price_vnd: int = 170_000, unit: str = "túi") -> Stall:
    """The stall, kept in the database."""
    listing_id = new_id()
    async with db.write() as connection:
        village = await households.add_village(connection, code=new_id(), name="Bản Lói", commune="xã Mường Ảng",
                                               province="Điện Biên")
        household = await households.add_household(connection, code=new_id(), village_id=village.id,
                                                   name="Lò Thị Xuân", phone="+84900000456", place="bản Lói")
        person = await households.add_person(connection, name="Lò Thị Xuân", role="household",
                                             household_id=household.id)
        await SQL.add_listing(connection, id=listing_id, code=listing_id.upper(), household_id=household.id,
                              price_vnd=price_vnd, unit=unit, on_hand=on_hand, now_ms=now_ms())
    return Stall(db, household.id, person.id, listing_id, unit)
