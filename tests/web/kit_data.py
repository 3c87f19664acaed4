"""Plain data for the pages: what a room would hand to its template."""

from __future__ import annotations

from types import SimpleNamespace as Thing
from typing import Any

NOW_MS = 1_795_591_800_000  # a Wednesday in November, 14:30 in Vietnam

BUFFALO = Thing(
    name="Thịt trâu gác bếp", kind="dried_meat", price_vnd=170_000, unit="túi", unit_words="túi 200 g",
    left_text="Còn 18 túi", is_sold_out=False, href="/o/K7M2", state="",
    summary="170.000đ một túi 200 g. Nhà Lò Thị Xuân, bản Lói, Mường Ảng.",
    photo=Thing(avif="/photo/wide.avif", jpeg="/photo/wide.jpg", width=720, height=540, url="/photo/meat.jpg"),
    details=[("Giao hàng", "Gửi xe khách hoặc bưu điện, người mua trả cước."), ("Đóng gói", "20/11/2026"),
             ("Dùng đến", "20/02/2027"), ("Thành phần", "Thịt trâu, mắc khén, gừng, ớt, muối")])
HOUSEHOLD = Thing(name="Lò Thị Xuân", place="bản Lói, xã Mường Ảng, Điện Biên", phone="+84900000456", code="DB-003")
DELIVERIES = [{"value": "coach", "label": "Gửi xe", "icon": "bus"},
              {"value": "post", "label": "Bưu điện", "icon": "box"},
              {"value": "pickup", "label": "Đến lấy", "detail": "bản Lói", "icon": "stall"}]
PAYMENTS = [{"value": "transfer", "label": "Chuyển khoản", "icon": "bank"},
            {"value": "cod", "label": "Khi nhận hàng", "icon": "cash"}]
AMOUNTS = [{"value": "1", "label": "1 túi", "detail": "170.000đ"}, {"value": "2", "label": "2 túi", "detail": "340.000đ"},
           {"value": "5", "label": "5 túi", "detail": "850.000đ"}]
MISTAKEN = {"values": {"amount": "1", "name": "Thu Hà", "phone": "0900 00 12", "delivery": "coach", "payment": "transfer",
                       "place": "12 ngõ 5, phường Mường Thanh"},
            "errors": {"phone": "Số điện thoại thiếu 2 số. Cần đủ 10 số, ví dụ 0900 000 123."}}


def product(**changes: Any) -> dict[str, Any]:
    """What orders/product.html wants; `sold_out=True` for the last bag being gone."""
    sold_out = changes.pop("sold_out", False)
    return {"listing": Thing(**{**vars(BUFFALO), "is_sold_out": sold_out}), "household": HOUSEHOLD, "motif": "nui",
            "action": "/o/K7M2", "order_key": "3f9c1d", "amounts": AMOUNTS, "deliveries": DELIVERIES,
            "payments": PAYMENTS, "other_goods_href": "/h/DB-003", "address": "http://cho.phien/o/K7M2",
            "preview": Thing(url="http://cho.phien/f/preview.jpg", width=1200, height=630),
            "product_json": {"@context": "https://schema.org", "@type": "Product", "name": BUFFALO.name}, **changes}


def order(state: str, **changes: Any) -> dict[str, Any]:
    """What orders/order.html wants for an order in this state."""
    facts: dict[str, Any] = {
        "code": "CP7K4MXQ9", "state": state, "payment": "transfer", "delivery": "coach", "total_vnd": 170_000,
        "is_paid": state in ("packing", "sent", "done"), "paid_ms": NOW_MS, "held_until_ms": NOW_MS + 7_200_000,
        "can_retake": True, "cancel_reason": "Nhà bán hết hàng.", "amount_text": "1 túi", "left_text": "Còn 6 túi",
        "place": "12 ngõ 5, phường Mường Thanh", "message_text": "", "missing_vnd": 0}
    transfer = Thing(qr_url="/photo/qr.png", qr_download_url="/photo/qr.png?tai", memo="CP7K4MXQ9", bank_name="MB Bank",
                     account_number="0900000456", account_name="LO THI XUAN")
    return {"order": Thing(**{**facts, **changes}), "listing": BUFFALO, "household": HOUSEHOLD, "motif": "nui",
            "transfer": transfer, "page_url": "http://cho.phien/d/x", "retake_action": "/d/x/retake",
            "state_url": "/d/x/state", "version": "1"}


def home(*, first_day: bool = False, helps: bool = False) -> dict[str, Any]:
    """What households/home.html wants, on a busy day or the first one."""
    def todo(title: str, detail: str, kind: str, photo: str, label: str, icon: str) -> Thing:
        return Thing(title=title, detail=detail, href="/don/1", kind=kind, photo=Thing(url=f"/photo/{photo}.jpg"),
                     action_label=label, action_icon=icon, action_href="tel:+84900000123")

    todos = [todo("Gọi Thu Hà", "1 túi thịt · 200.000đ", "dried_meat", "meat", "Gọi", "phone"),
             todo("Gói hàng Minh Tú", "5 kg xoài · đã trả tiền", "mango", "mango", "Xem", "bag"),
             todo("Chờ tiền Ngọc Mai", "10 kg bưởi · 220.000đ", "grapefruit", "pomelo", "Xem", "clock")]
    mango = Thing(name="Xoài Mường Ảng", kind="mango", price_vnd=18_000, unit="kg", left_text="Còn 35 kg", href="/hang/2",
                  state="Chờ nhà đồng ý", photo=Thing(url="/photo/mango.jpg"))
    return {"household": HOUSEHOLD, "motif": "hoa", "new_href": "/dang", "orders_href": "/don",
            "waiting_count": 0 if first_day else 3, "todos": [] if first_day else todos,
            "listings": [] if first_day else [BUFFALO, mango], "helps": Thing(change_href="/doi") if helps else None,
            "more_links": [("Tài khoản ngân hàng", "/tk", "bank"), ("Thẻ đăng nhập", "/the", "qr")]}
