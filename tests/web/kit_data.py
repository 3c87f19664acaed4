"""Plain data for the pages: what a room would hand to its template."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace as Thing
from typing import Any

from catalog.accounts.model import Account
from catalog.households.model import Household
from catalog.listings.model import Listing
from catalog.orders import steps
from catalog.orders.market import Card
from catalog.orders.model import Order
from catalog.orders.offer import Offer, Photo, Preview, Seller, product_json
from catalog.orders.order_view import OrderView, Thumb, transfer_for
from catalog.orders.seller_view import Asked, Goods, Home, Row
from catalog.orders.steps import Step

NOW_MS = 1_795_591_800_000  # a Wednesday in November, 14:30 in Vietnam

BUFFALO = Listing(
    id="1", code="K7M2", household_id="1", kind="dried_meat", name="Thịt trâu gác bếp", price_vnd=170_000, unit="túi",
    on_hand=18, place="bản Lói", packed_on=None, best_before=None, ingredients="", state="published", created_by=None,
    created_ms=NOW_MS, changed_ms=NOW_MS, published_ms=NOW_MS)
PHOTO = Photo("/photo/small.avif 360w, /photo/wide.avif 720w", "", "/photo/small.jpg 360w, /photo/wide.jpg 720w",
              "/photo/small.jpg", 720, 540)
DETAILS = [("Giao hàng", "Gửi xe khách hoặc bưu điện, người mua trả cước."), ("Đóng gói", "20/11/2026"),
           ("Dùng đến", "20/02/2027"), ("Thành phần", "Thịt trâu, mắc khén, gừng, ớt, muối")]
SELLER = Seller("1", "DB-003", "Lò Thị Xuân", "bản Lói, xã Mường Ảng, Điện Biên", "+84900000456")
HOUSEHOLD = Household("1", "DB-003", "1", "Lò Thị Xuân", "+84900000456", "bản Lói, xã Mường Ảng, Điện Biên")
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


CARD = Card("/o/q3x8", "mango", "Xoài Mường Ảng", 18_000, "kg", "Còn 35 kg", "Quàng Văn Dũng", NOW_MS,
            "/photo/mango.avif", "/photo/mango.jpg")


def product(**changes: Any) -> dict[str, Any]:
    """What orders/product.html wants; `sold_out=True` for the last bag being gone."""
    listing = replace(BUFFALO, on_hand=0) if changes.pop("sold_out", False) else BUFFALO
    offer = Offer(listing, SELLER, takes_transfers=True, photo=PHOTO,
                  preview=Preview("http://cho.phien/m/preview.jpg", 1200, 630))
    return {"offer": offer, "listing": listing, "household": SELLER, "motif": "nui", "details": DETAILS,
            "action": "/o/K7M2", "order_key": "3f9c1d", "amounts": AMOUNTS, "price_cells": [], "least_text": "",
            "tiers_seen": "[]", "deliveries": DELIVERIES,
            "payments": PAYMENTS, "others": [CARD, CARD] if listing.is_sold_out else [],
            "address": "http://cho.phien/o/k7m2", "values": {}, "errors": {},
            "product_json": product_json(offer, public_url="http://cho.phien"), **changes}


def order(shown: str, **changes: Any) -> dict[str, Any]:
    """What orders/order.html wants for an order that its buyer sees in this state."""
    state = {"to_pay": "placed", "packing": "confirmed", "sent": "handed_over"}.get(shown, shown)
    is_paid = shown in ("packing", "sent", "done")
    facts = Order(
        id="1", code="CP7K4MXQ9", token="x", listing_id="1", household_id="1", listing_name=BUFFALO.name, amount=1,
        unit="túi", unit_price_vnd=170_000, total_vnd=170_000, buyer_name="Thu Hà", buyer_phone="+84900000123",
        buyer_place="12 ngõ 5, phường Mường Thanh", note="", delivery="coach",
        payment="cash" if shown == "placed" else "transfer", channel="", state=state,
        payment_state="paid" if is_paid else "unpaid", paid_vnd=170_000 if is_paid else 0,
        paid_ms=NOW_MS if is_paid else None, hold_until_ms=None if is_paid else NOW_MS + 7_200_000,
        cancel_reason="Hết hàng" if shown == "cancelled" else "", created_ms=NOW_MS, changed_ms=NOW_MS)
    account = Account("1", "1", "970422", "0900000456", "LO THI XUAN")
    facts = replace(facts, **changes)
    view = OrderView(facts, HOUSEHOLD, shown, "yes" if shown == "expired" else "", BUFFALO.kind, SELLER.place,
                     "/o/k7m2", Thumb("/photo/meat.jpg"), transfer_for(facts, account))
    return {"view": view, "household": HOUSEHOLD, "motif": "nui", "page_url": "http://cho.phien/d/x", "here": "/d/x"}


def home(*, first_day: bool = False, helps: bool = False) -> dict[str, Any]:
    """What households/home.html wants, on a busy day or the first one."""
    def row(name: str, detail: str, kind: str, photo: str, step: Step, tag: str = "", tag_kind: str = "") -> Row:
        buyer = order("placed", buyer_name=name)["view"].order
        return Row(buyer, step, "/don/1", step.title.format(name=name), detail, tag, tag_kind, kind,
                   Thumb(f"/photo/{photo}.jpg"))

    todo = [row("Thu Hà", "1 túi · Thịt trâu gác bếp · 170.000đ", "dried_meat", "meat", steps.CALL, "Đợi 12 phút rồi", "wrong"),
            row("Minh Tú", "5 kg · Xoài Mường Ảng · 90.000đ", "mango", "mango", steps.SEND_BY_COACH, "Đã trả tiền", "done"),
            row("Ngọc Mai", "10 kg · Bưởi da xanh · 220.000đ", "grapefruit", "pomelo", steps.AWAIT_MONEY)]
    goods = [Goods("/hang/1", BUFFALO.name, BUFFALO.kind, BUFFALO.price_vnd, "túi", "Còn 18 túi", "", Thumb("/photo/meat.jpg")),
             Goods("/hang/2", "Xoài Mường Ảng", "mango", 18_000, "kg", "Còn 35 kg", "Chờ nhà đồng ý", Thumb("/photo/mango.jpg"))]
    asked = [Asked("/c/8TQ2VW", "Đăng Xoài Mường Ảng", "Quàng Văn Minh hỏi · 18.000đ/kg")]
    busy = Home([], [], [], 0) if first_day else Home(todo, goods, asked, 50_000)
    return {"household": HOUSEHOLD, "actor": Thing(is_for_other=helps), "motif": "hoa", "base": "/n/xuan2", "home": busy,
            "todo": busy.todo, "waiting_count": len(busy.todo),
            "more_links": [("Tài khoản nhận tiền", "/tk", "bank"), ("Thẻ mở sạp", "/the", "qr")]}
