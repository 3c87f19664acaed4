"""What an order is, how it may move on, and what its money stands at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from catalog.words.keyed import N_
from catalog.words.units import read_unit

STATES = ("placed", "confirmed", "handed_over", "done", "cancelled", "expired")
DELIVERIES = ("pickup", "coach", "post")
PAYMENTS = ("transfer", "cash", "cod")
CHANNELS = {"B": "sign", "Z": "zalo", "F": "facebook", "T": "tiktok", "P": "portal", "S": "sms", "L": "live", "W": "web"}
"""The letter at the end of an order link, and where that link stood."""

NEXT_STATES = {
    "placed": ("confirmed", "cancelled", "expired"),
    "confirmed": ("handed_over", "done", "cancelled"),
    "handed_over": ("done", "cancelled"),
    "expired": ("placed",),
    "done": (),
    "cancelled": (),
}
"""Which states may follow which; `expired` → `placed` is the buyer who takes the goods again."""

CANCEL_REASONS = {
    "no_answer": N_("Không gọi được"),
    "no_goods": N_("Hết hàng"),
    "changed_mind": N_("Người mua đổi ý"),
    "other": N_("Lý do khác"),
}


class Paid(StrEnum):
    """What became of money that came for an order."""

    PAID = "paid"
    PART_PAID = "part_paid"
    OVERPAID = "overpaid"
    PAID_BEFORE = "paid_before"
    """The order was paid already; the order is unchanged, a person must look."""
    TOO_LATE = "too_late"
    """The order has ended and its goods are gone; the order is unchanged, a person must look."""


@dataclass(frozen=True, slots=True)
class Order:
    """One order of one product. `amount` is in whole base units (grams or pieces) of `unit`.

    `token` opens the buyer's private page: it belongs into no log. `hold_until_ms` is set while
    the goods of an unpaid transfer are held, and kept afterwards as the time when that ended.
    `on_hand` is what the listing has left, in base units.
    """

    id: str
    code: str
    token: str
    listing_id: str
    household_id: str
    listing_name: str
    amount: int
    unit: str
    unit_price_vnd: int
    total_vnd: int
    buyer_name: str
    buyer_phone: str
    buyer_place: str
    note: str
    delivery: str
    payment: str
    channel: str
    state: str
    payment_state: str
    paid_vnd: int
    paid_ms: int | None
    hold_until_ms: int | None
    cancel_reason: str
    created_ms: int
    changed_ms: int

    @property
    def is_paid(self) -> bool:
        """Whether the whole sum has come."""
        return self.payment_state in ("paid", "overpaid")

    @property
    def missing_vnd(self) -> int:
        """What is still to be paid."""
        return max(0, self.total_vnd - self.paid_vnd)

    @property
    def surplus_vnd(self) -> int:
        """What was paid beyond the total."""
        return max(0, self.paid_vnd - self.total_vnd)

    @property
    def is_pickup(self) -> bool:
        """Whether the buyer fetches the goods."""
        return self.delivery == "pickup"

    @property
    def awaits_transfer(self) -> bool:
        """Whether the buyer should transfer money now."""
        return self.payment == "transfer" and not self.is_paid and self.state in ("placed", "confirmed", "handed_over")

    @property
    def has_goods_at_home(self) -> bool:
        """Whether the goods are still with the household, so that cancelling puts them back on the stall."""
        return self.state in ("placed", "confirmed") or (self.state == "handed_over" and self.is_pickup)


def may_become(order: Order, state: str) -> bool:
    """Whether the order may move on to `state`. Only a buyer who fetches skips being on the way."""
    if order.state == "confirmed" and state == "done":
        return order.is_pickup
    return state in NEXT_STATES[order.state]


def payment_state_of(total_vnd: int, paid_vnd: int) -> str:
    """`unpaid`, `part_paid`, `paid` or `overpaid`."""
    if paid_vnd <= 0:
        return "unpaid"
    if paid_vnd < total_vnd:
        return "part_paid"
    return "paid" if paid_vnd == total_vnd else "overpaid"


def in_units(amount: int, unit: str) -> int | float:
    """The base amount as a number of `unit`: 1500 g is 1.5 kg, 20 pieces are 2 chục."""
    whole, rest = divmod(amount, read_unit(unit).size)
    return whole if rest == 0 else amount / read_unit(unit).size
