"""What the seller does next for an order: the verb first, so that a list of orders is a list of things to do."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.orders.model import Order
from catalog.words.keyed import N_

TABS = ("todo", "sent", "ended")


@dataclass(frozen=True, slots=True)
class Step:
    """`title` and `hint` are message keys with {name}; `does` is the verb that the page's button posts, or "call".

    The lower `urgency`, the higher in the list.
    """

    title: str
    hint: str
    does: str
    label: str
    icon: str
    urgency: int


CALL = Step(N_("Gọi {name}"), N_("Đúng người, đúng chỗ thì nhận đơn."), "call", N_("Gọi người mua"),
            "phone", 0)
CHECK_MONEY = Step(N_("Xem tiền {name}"), N_("Tiền về chưa đủ. Gọi {name} để chuyển nốt."), "call",
                   N_("Gọi người mua"), "phone", 1)
SEND_BY_COACH = Step(N_("Gói hàng {name}"), N_("Gửi xe xong thì bấm “Đã gửi xe”."), "hand-over", N_("Đã gửi xe"),
                     "bus", 2)
SEND_BY_POST = Step(N_("Gói hàng {name}"), N_("Gửi xong thì bấm “Đã gửi bưu điện”."), "hand-over",
                    N_("Đã gửi bưu điện"), "box", 2)
PACK = Step(N_("Gói hàng {name}"), N_("Gói xong thì bấm, người mua biết để đến lấy."), "hand-over", N_("Đã gói xong"),
            "box", 2)
GIVE = Step(N_("Giao {name}"), N_("{name} sẽ đến lấy và đọc mã đơn."), "finish", N_("Đã giao"), "check", 3)
GIVE_FOR_CASH = Step(N_("Giao {name}"), N_("{name} sẽ đến lấy, đọc mã đơn và trả tiền mặt."), "finish-paid",
                     N_("Đã giao, đã nhận tiền"), "cash", 3)
COLLECT = Step(N_("Thu tiền {name}"), N_("Hàng đã giao mà chưa thấy tiền."), "paid", N_("Đã nhận tiền"), "cash", 4)
AWAIT_MONEY = Step(N_("Chờ tiền {name}"), N_("Chưa thấy tiền. Tiền về thì đơn tự đổi, hoặc bấm “Đã nhận tiền”."),
                   "paid", N_("Đã nhận tiền"), "bank", 5)
ON_ITS_WAY = Step(N_("Hàng của {name} đang đi"), N_("Người mua nhận được hàng thì bấm."), "finish",
                  N_("Người mua đã nhận"), "check", 6)
ON_ITS_WAY_FOR_CASH = Step(N_("Hàng của {name} đang đi"), N_("Người mua nhận hàng và trả tiền rồi thì bấm."),
                           "finish-paid", N_("Đã giao, đã nhận tiền"), "cash", 6)
DONE = Step(N_("Đã giao {name}"), "", "", "", "check", 9)
CANCELLED = Step(N_("Đơn {name} đã huỷ"), "", "", "", "cross", 9)
EXPIRED = Step(N_("Đơn {name} quá giờ"), N_("Không thấy tiền nên hàng đã trả lại sạp. Thấy tiền về thì bấm."), "paid",
               N_("Đã nhận tiền"), "bank", 9)


def next_step(order: Order) -> Step:
    """The one thing to do next, or what the order ended as."""
    if order.state == "placed":
        return _first_step(order)
    if order.state == "confirmed":
        if order.awaits_transfer:
            return CHECK_MONEY if order.paid_vnd else AWAIT_MONEY
        return PACK if order.is_pickup else SEND_BY_COACH if order.delivery == "coach" else SEND_BY_POST
    if order.state == "handed_over":
        if order.is_pickup:
            return GIVE if order.is_paid else GIVE_FOR_CASH
        return ON_ITS_WAY if order.is_paid or order.payment == "transfer" else ON_ITS_WAY_FOR_CASH
    if order.state == "done":
        return DONE if order.is_paid else COLLECT
    return CANCELLED if order.state == "cancelled" else EXPIRED


def tab_of(order: Order) -> str:
    """In which of the three lists the order stands: `todo`, `sent` (with a carrier) or `ended`."""
    step = next_step(order)
    if step.urgency == 9:
        return "ended"
    return "sent" if step.urgency == 6 else "todo"


def also(order: Order) -> list[str]:
    """The other verbs that make sense now, beside the next one."""
    verbs = []
    if order.state == "placed":
        verbs.append("confirm")
    if order.awaits_transfer and order.state == "confirmed":
        verbs.append("hand-over")
    if order.is_pickup and order.state == "confirmed":
        verbs.append("finish" if order.is_paid else "finish-paid")
    if order.awaits_transfer or (not order.is_paid and order.state in ("confirmed", "handed_over")):
        verbs.append("paid")
    return [verb for verb in verbs if verb != next_step(order).does]


def by_urgency(orders: list[Order]) -> list[Order]:
    """The most urgent first; of equals, who has waited longest."""
    return sorted(orders, key=lambda order: (next_step(order).urgency, order.created_ms))


def _first_step(order: Order) -> Step:
    if order.payment != "transfer":
        return CALL
    return CHECK_MONEY if order.paid_vnd else AWAIT_MONEY
