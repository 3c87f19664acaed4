"""Comments into draft orders: what asks to buy, what only speaks of it, how much, and whom to call."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from catalog.live.pins import Pin, Pins
from catalog.live.reader import as_json, read_comment

SHOW = Pins([Pin("A1", "bưởi da xanh", ("quả", "kg")), Pin("A2", "xoài Yên Châu", ("kg",)),
             Pin("A3", "thịt trâu gác bếp", ("kg", "túi"), "túi 500 g"), Pin("A4", "thịt lợn sấy", ("kg", "túi"), "túi")])
STALL = Pins([Pin("M1", "cam Cao Phong", ("kg",)), Pin("M2", "mật ong rừng", ("chai", "lít")), Pin("M3", "trứng gà", ("quả",))])


def items(text: str, pins: Pins = SHOW) -> list[tuple[str | None, float | None, str | None]]:
    """The items of a comment as (product, quantity, unit)."""
    read = as_json(text, read_comment(text, pins))
    return [(item["product"], item["quantity"], item["unit"]) for item in read["items"]]


@pytest.mark.parametrize(("text", "wanted"), [
    ("Chốt chị 3 quả da xanh nha", [("A1", 3, "quả")]),
    ("a2 4kg", [("A2", 4, "kg")]),
    ("mã 3 hai túi", [("A3", 2, "túi")]),
    ("+1 A4", [("A4", 1, None)]),
    ("hốt luôn 6 bưởi", [("A1", 6, None)]),
    ("lấy A1 nhé", [("A1", None, None)]),
    ("cho nhà em 3 túi ạ", [(None, 3, "túi")]),
    ("lay chi 2 ky xoai ship Vinh", [("A2", 2, "kg")]),
    ("đặt nửa cân thịt gác bếp", [("thịt sấy", 0.5, "kg")]),
    ("trâu hai lạng rưỡi thôi ạ", [("A3", 0.25, "kg")]),
    ("chục bưởi để thắp hương", [("A1", 10, "quả")]),
    ("gửi em cặp bưởi với yến xoài", [("A1", 2, "quả"), ("A2", 10, "kg")]),
    ("lợn 1kg2, xoài 2 cân", [("A4", 1.2, "kg"), ("A2", 2, "kg")]),
    ("xoài 3 thùng, mỗi thùng 4kg", [("A2", 12, "kg")]),
    ("3 túi trâu loại 500g", [("A3", 3, "túi")]),
    ("A3 600g", [("A3", 0.6, "kg")]),
    ("mỗi thứ 1 túi: trâu, heo", [("A3", 1, "túi"), ("A4", 1, "túi")]),
    ("trâu với xoài: 2 túi, 3kg", [("A3", 2, "túi"), ("A2", 3, "kg")]),
    ("em 2kg xoài, chị gái em 3kg xoài, gửi chung", [("A2", 5, "kg")]),
    ("vài trái bưởi nhé", [("A1", None, "quả")]),
    ("nhóm em 4 đứa mỗi đứa 1 túi heo", [("A4", 4, "túi")]),
])
def test_what_is_asked_for_is_read_with_its_amount(text: str, wanted: list[Any]) -> None:
    assert items(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), [
    ("5k xoài, nhầm, 5kg", [("A2", 5, "kg")]),
    ("cho 3 túi trâu à không, 2 túi", [("A3", 2, "túi")]),
    ("bưởi 4 quả… thôi 6 quả", [("A1", 6, "quả")]),
    ("không phải xoài, bưởi 2 quả cơ", [("A1", 2, "quả")]),
])
def test_a_slip_inside_the_comment_keeps_what_was_said_last(text: str, wanted: list[Any]) -> None:
    assert items(text) == wanted


@pytest.mark.parametrize("text", [
    "bưởi bao nhiêu một quả", "còn trâu không shop", "2kg xoài hết mấy tiền", "ship về Vũng Tàu bao nhiêu vậy", "A3 có cay không",
    "nếu rẻ thì em lấy 3kg", "mai có lương em lấy 2 túi", "tuần sau còn thì chị mua 5kg", "ngon thì em lấy thêm 2 túi",
    "hôm trước mua 2kg ngọt lắm", "em ck 340k rồi nhé", "cho em hủy 2kg xoài", "đổi thành 3 túi giúp em", "giảm 20k thì chốt 2 túi",
    "anh kia lấy 10kg ghê thật", "đơn 2 túi trâu của em gửi chưa", "giao thiếu 1 túi lợn rồi", "em đoán quả này 1kg3",
    "nhà em có 3 tạ bưởi bán cho shop được không", "cho em xem kỹ 2 quả bưởi", "vay nhanh 50 triệu alo 0901 222 333",
    "gói cho em 2 lạng nụ cười", "hay quá shop ơi", "xin stk", "chào cả nhà, em ở quận 3", "",
])
def test_talk_is_no_order(text: str) -> None:
    assert items(text) == []
    assert not read_comment(text, SHOW).orders


@pytest.mark.parametrize("text", [
    "300g lẻ được không, được thì lên đơn luôn", "còn hàng thì chốt cho em 2 túi A4", "có ship Huế thì lấy em 3kg xoài",
    "thêm 1 túi trâu nữa nha", "chốt 2kg A2, phí ship bao nhiêu vậy", "lần trước ngon, giờ lấy thêm 2 túi trâu nữa",
])
def test_what_the_seller_can_settle_at_once_is_an_order(text: str) -> None:
    assert read_comment(text, SHOW).orders


@pytest.mark.parametrize(("text", "phone"), [
    ("A2 3kg 0912.345.678", "+84912345678"), ("chốt 1 túi trâu, o987 654 321", "+84987654321"),
    ("2kg xoài +84 38 123 45 67", "+84381234567"), ("bưởi 2 quả 84 905 111 222", "+84905111222"),
    ("lấy 2kg A2, số không chín một hai, ba bốn năm, sáu bảy tám", "+84912345678"),
    ("A3 1kg 0912 345 67", None), ("A3 1kg 0912 345 6789", None), ("số shipper là 0912 345 678", None),
    ("sửa số giúp em 0912 345 678", "+84912345678"), ("gọi lại tư vấn cho chị 0358 111 222", "+84358111222"),
    ("2 túi A4, 0911 222 333 nhầm, 0911 222 334", "+84911222334"),
])
def test_the_number_to_call_is_the_buyers_own_and_whole(text: str, phone: str | None) -> None:
    assert read_comment(text, SHOW).phone == phone


@pytest.mark.parametrize(("text", "intent"), [
    ("thêm 1kg xoài nữa", "add"), ("đổi sang A4 giúp em", "change"), ("thôi không lấy nữa", "cancel"), ("bưởi giá bao nhiêu", "price"),
    ("ship Đà Nẵng hết bao nhiêu", "shipping"), ("còn xoài không", "stock"), ("em chuyển khoản rồi nhé", "payment"),
    ("kéo follow giá rẻ https://x.example", "spam"), ("hihi vui quá", "chatter"), ("mai em mua 2 túi", "later"),
])
def test_every_comment_has_an_intent(text: str, intent: str) -> None:
    assert read_comment(text, SHOW).intent == intent


def test_other_products_are_found_by_their_own_names_and_units() -> None:
    assert items("cho em 2 chai mật với chục trứng", STALL) == [("M2", 2, "chai"), ("M3", 10, "quả")]
    assert items("cam 5 ký nhé", STALL) == [("M1", 5, "kg")]


def test_composed_and_decomposed_spelling_read_alike() -> None:
    text = "cho chị 3 quả bưởi với nửa ký trâu nhé, 0912 345 678"

    assert as_json("", read_comment(unicodedata.normalize("NFD", text), SHOW)) == as_json("", read_comment(text, SHOW))


def test_a_large_amount_is_shown_to_a_person() -> None:
    assert read_comment("chốt 80kg xoài", SHOW).unsure == "80 kg"
    assert read_comment("chốt 8kg xoài", SHOW).unsure == ""


@pytest.mark.parametrize("text", [
    "1" * 4000, "kg " * 1300, "A1 " * 1300, "không " * 650, "\u0300" * 50, "🍊" * 900, "1/2/3/4", "x" * 4000, "-" * 300, "0" * 4000,
    "(((((", "A1:", "+", "một hai ba bốn năm sáu bảy tám chín mười " * 90, "\ud800", "lấy 1.2.3.4.5 kg", "chốt 99999999999999999999 kg xoài",
])
def test_odd_input_is_read_without_complaint(text: str) -> None:
    answer = as_json(text, read_comment(text, SHOW))

    assert set(answer) == {"text", "order", "items", "phone"}


def test_the_shared_examples_are_read_as_they_are_labelled(shared_data: Path) -> None:
    folder = shared_data / "text"
    context = json.loads((folder / "comments-context.json").read_text(encoding="utf-8"))
    pins = Pins([Pin(one["code"], one["product"], tuple(one["units"]), one.get("pack", "")) for one in context["pinned"]])
    rows = [json.loads(line) for line in (folder / "comments.jsonl").read_text(encoding="utf-8").splitlines()]

    wrong = [row["text"] for row in rows if as_json(row["text"], read_comment(row["text"], pins)) != row]

    assert wrong == []
