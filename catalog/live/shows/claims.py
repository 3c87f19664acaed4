"""The orders under one short code, and which of them their buyer can still fill in."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.accounts.queries import account_of
from catalog.errors import Gone, NotFound
from catalog.households.model import Household
from catalog.households.queries import household_by_id
from catalog.listings.model import order_path
from catalog.listings.queries import listing_by_id
from catalog.live.shows.queries import SQL
from catalog.orders.complete import TO_FILL_IN
from catalog.orders.model import Order
from catalog.orders.order_view import retake_of
from catalog.orders.queries import order_by_id
from catalog.storage.sql import Connection


@dataclass(frozen=True, slots=True)
class Lost:
    """An order whose hold is over and whose goods are gone, or dearer by now; `href` is the product's page."""

    order: Order
    href: str
    is_dearer: bool


@dataclass(frozen=True, slots=True)
class Claim:
    """The orders under one code: of one household, or on a team's show of several, each paid to its own.

    Once it is taken, `orders` are those that were filled in; before, those that the seller has not cancelled:
    `to_fill_in` are those that can be, `lost` those that can't any more. `token` is the first's that was made,
    `household` the first order's; `owners` names whose each is, where they are several.
    """

    code: str
    show_id: str
    token: str
    household: Household
    orders: tuple[Order, ...]
    to_fill_in: tuple[Order, ...]
    lost: tuple[Lost, ...]
    is_taken: bool
    takes_transfers: bool
    owners: dict[str, str]

    @property
    def total_vnd(self) -> int:
        """What those cost that can be filled in; of all, where none can."""
        return sum(order.total_vnd for order in self.to_fill_in or self.orders)

    @property
    def until_ms(self) -> int:
        """Until when the goods are kept, 0 where they are given back already or wait for no clock."""
        return min((order.hold_until_ms or 0 for order in self.to_fill_in if order.state == "placed"), default=0)

    @property
    def is_late(self) -> bool:
        """Whether goods were given back that can still be had."""
        return any(order.state == "expired" for order in self.to_fill_in)


async def claim_by_code(connection: Connection, code: str) -> Claim:
    """The claim. Raises `NotFound`, and `Gone` where the seller cancelled all of it or has sent it off as it was."""
    rows = await SQL.orders_of_claim(connection, claim=code.upper())
    if not rows:
        raise NotFound("Không có mã này. Xem lại mã trong tin nhắn.")
    made = [order for row in rows if (order := await order_by_id(connection, row["order_id"]))]
    filled_in = {row["order_id"] for row in rows if row["claimed_ms"]}
    orders = tuple(order for order in made if (order.id in filled_in if filled_in else order.state != "cancelled"))
    if not orders:
        raise Gone("Đơn này nhà bán đã huỷ. Gọi nhà bán nếu vẫn muốn mua.")
    lost = () if filled_in else tuple([one for order in orders if (one := await _lost(connection, order))])
    gone = {one.order.id for one in lost}
    to_fill_in = () if filled_in else tuple(
        order for order in orders if order.state in TO_FILL_IN and order.id not in gone)
    if not to_fill_in and not lost and not filled_in:
        raise Gone("Nhà bán đã giao đơn này rồi. Có gì gọi nhà bán nhé.")
    ids = dict.fromkeys(order.household_id for order in orders)
    households = [await household_by_id(connection, one) for one in ids]
    accounts = [await account_of(connection, one.id) for one in households]
    return Claim(code.upper(), rows[0]["show_id"], made[0].token, households[0], orders, to_fill_in, lost,
                 bool(filled_in), None not in accounts,
                 {one.id: one.name for one in households} if len(households) > 1 else {})


async def _lost(connection: Connection, order: Order) -> Lost | None:
    if order.state != "expired":
        return None
    listing = await listing_by_id(connection, order.listing_id)
    assert listing is not None
    retake = retake_of(order, listing)
    return None if retake == "yes" else Lost(order, order_path(listing.code, "L"), retake == "dearer")
