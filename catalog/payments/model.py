"""Money that came in, what became of it, and the ways by which a household hears of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from catalog.orders.model import Paid
from catalog.words.keyed import N_


class Why(StrEnum):
    """How a transfer stands, in one word that is kept beside it."""

    PAID = "paid"
    PART_PAID = "part_paid"
    OVERPAID = "overpaid"
    BY_HAND = "by_hand"
    """The seller had marked the sum as paid before: linked, and not counted again."""
    PAID_BEFORE = "paid_before"
    TOO_LATE = "too_late"
    NO_CODE = "no_code"
    OTHER_ACCOUNT = "other_account"
    NOT_SALE = "not_sale"
    RETURNED = "returned"


CREDITED = (Why.PAID, Why.PART_PAID, Why.OVERPAID, Why.BY_HAND)
"""The money belongs to its order; all else waits for a person or was put aside by one."""

WHY_OF = {Paid.PAID: Why.PAID, Paid.PART_PAID: Why.PART_PAID, Paid.OVERPAID: Why.OVERPAID,
          Paid.PAID_BEFORE: Why.PAID_BEFORE, Paid.TOO_LATE: Why.TOO_LATE}

WORDS = {
    Why.PAID: N_("Đủ tiền"),
    Why.PART_PAID: N_("Chuyển thiếu"),
    Why.OVERPAID: N_("Chuyển thừa"),
    Why.BY_HAND: N_("Đã ghi nhận từ trước"),
    Why.PAID_BEFORE: N_("Đơn đã trả đủ từ trước"),
    Why.TOO_LATE: N_("Đơn đã hết hạn hoặc đã huỷ"),
    Why.NO_CODE: N_("Không thấy mã đơn"),
    Why.OTHER_ACCOUNT: N_("Vào tài khoản khác"),
    Why.NOT_SALE: N_("Không phải tiền bán hàng"),
    Why.RETURNED: N_("Đã trả lại người gửi"),
}
"""Short enough for a tag."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A way in for a service's calls. `secret` is what the provider keeps of its key: never shown."""

    id: str
    household_id: str
    provider: str
    method: str
    secret: str
    created_ms: int
    last_ms: int | None


@dataclass(frozen=True, slots=True)
class Transfer:
    """Money that came in. `content` is the payer's memo while a person must look, then only the order's code.

    `order_code` and `buyer_name` are of the order it belongs, or might belong, to.
    """

    id: str
    household_id: str
    amount_vnd: int
    content: str
    reference: str
    at_text: str
    received_ms: int
    account_number: str
    order_id: str | None
    order_code: str | None
    buyer_name: str | None
    state: str
    why: Why

    @property
    def needs_a_look(self) -> bool:
        """Whether a person has to say what this money is."""
        return self.state in ("review", "unmatched")

    @property
    def words(self) -> str:
        """The message key that says how it stands."""
        return WORDS[self.why]
