"""What the buyer is told about an order now, and how to pay it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from catalog.accounts.model import Account
from catalog.accounts.panel import bank_name, order_payload
from catalog.accounts.queries import account_of
from catalog.households.model import Household
from catalog.households.queries import household_by_id
from catalog.listings.model import Listing, order_path
from catalog.listings.queries import listing_by_id
from catalog.orders.model import Order
from catalog.orders.queries import SQL
from catalog.storage.sql import Connection
from catalog.web.locale import translate
from catalog.words.units import show_quantity
from media.qr import qr_svg

KNOTS = {"to_pay": 1, "placed": 1, "expired": 1, "cancelled": 1, "packing": 2, "sent": 3, "done": 4}
"""The knot of the four that is being woven; four means all are."""


@dataclass(frozen=True, slots=True)
class Thumb:
    """A small picture."""

    url: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """Where the money goes, and the code that a bank's app scans."""

    qr_svg: Markup
    payload: str
    memo: str
    bank_name: str
    account_number: str
    account_name: str


@dataclass(frozen=True, slots=True)
class OrderView:
    """The page of one order. `state` is one of `KNOTS`; `retake` is "yes", "dearer", "no", or "" where it is no question."""

    order: Order
    household: Household
    state: str
    retake: str
    kind: str
    pickup_place: str
    listing_href: str
    photo: Thumb | None
    transfer: Transfer | None

    @property
    def knot(self) -> int:
        """How many knots are woven."""
        return KNOTS[self.state]

    @property
    def amount_text(self) -> str:
        """How much was ordered."""
        return show_quantity(self.order.amount, self.order.unit)

    @property
    def place(self) -> str:
        """Where the goods go, or where they wait."""
        return self.pickup_place if self.order.is_pickup else self.order.buyer_place

    @property
    def reason(self) -> str:
        """Why it was cancelled. Never by the templates' `_`: that takes its argument for safe HTML."""
        return translate(self.order.cancel_reason) if self.order.cancel_reason else ""

    @property
    def may_change(self) -> bool:
        """Whether something is still to happen by itself."""
        return self.state in ("to_pay", "placed", "packing", "sent")

    @property
    def version(self) -> str:
        """Another one as soon as the page would show something else."""
        return f"{self.order.changed_ms}-{self.order.state}-{self.order.payment_state}{self.retake}"


def state_of(order: Order) -> str:
    """The order's state as its buyer understands it."""
    if order.awaits_transfer and order.state != "handed_over":
        return "to_pay"
    return {"confirmed": "packing", "handed_over": "sent"}.get(order.state, order.state)


def retake_of(order: Order, listing: Listing) -> str:
    """Whether an expired order's goods could be taken again."""
    if order.state != "expired":
        return ""
    if listing.state != "published" or listing.unit != order.unit or listing.on_hand < order.amount:
        return "no"
    return "yes" if listing.total_vnd(order.amount) == order.total_vnd else "dearer"


def transfer_for(order: Order, account: Account | None) -> Transfer | None:
    """How to pay what is missing, or None where nothing is or nobody could receive it."""
    if account is None or not order.awaits_transfer:
        return None
    payload = order_payload(account, order.missing_vnd, order.code)
    svg = Markup(qr_svg(payload, title=translate("Mã VietQR trả tiền")))
    return Transfer(svg, payload, order.code, bank_name(account), account.account_number, account.account_name)


async def view_of(connection: Connection, order: Order) -> OrderView:
    """All that the page shows."""
    household = await household_by_id(connection, order.household_id)
    listing = await listing_by_id(connection, order.listing_id)
    assert listing is not None
    thumb = await SQL.thumb_of_listing(connection, listing_id=listing.id)
    account = await account_of(connection, household.id) if order.awaits_transfer else None
    return OrderView(order, household, state_of(order), retake_of(order, listing), listing.kind,
                     listing.place or household.place, order_path(listing.code), Thumb(f"/m/{thumb['object_key']}") if thumb else None,
                     transfer_for(order, account))
