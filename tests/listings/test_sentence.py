"""One message read into a draft listing: each rule by examples of how farmers write."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.listings.sentence.reader import as_json, read_listing


def read(message: str) -> dict[str, Any]:
    """The draft of the message with the keys that outsiders get."""
    return as_json(message, read_listing(message))


def price(message: str) -> tuple[int | None, int | None, str | None]:
    draft = read(message)
    return draft["price_vnd"], draft.get("price_max_vnd"), draft["unit"]


def tiers(message: str) -> list[tuple[float, str, str, int]]:
    return [(tier["min_quantity"], tier["unit"], *next((key, tier[key]) for key in ("price_vnd", "total_vnd") if key in tier))
            for tier in read(message)["tiers"]]


def amount(message: str, field: str) -> tuple[float, str] | None:
    said = read(message)[field]
    return None if said is None else (said["quantity"], said["unit"])


@pytest.mark.parametrize(("message", "expected"), [
    ("Ổi lê 15k/kg", (15_000, None, "kg")),
    ("trâu khô một triệu mốt một cân", (1_100_000, None, "kg")),
    ("sắn khô 5 nghìn 2 một cân", (5_200, None, "kg")),
    ("máy xát cũ 1 triệu 8 còn tốt", (1_800_000, None, None)),
    ("bò khô bảy trăm hai chục ngàn một ký", (720_000, None, "kg")),
    ("Xoài mini 8.5k/kg", (8_500, None, "kg")),
    ("khô bò 550 1kg, 280 nửa kg", (550_000, None, "kg")),
    ("gà cặp trăm hai", (120_000, None, "cặp")),
    ("Bơ 034 giá 35k - 40k/kg", (35_000, 40_000, "kg")),
    ("xoài nhất 45, nhì 32, ba 20 ngàn/kg", (20_000, 45_000, "kg")),
    ("cá lăng 5kg trở lên 380k/kg, dưới 5kg 300k/kg", (300_000, 380_000, "kg")),
    ("bưởi to 40k/quả, vừa 30k/quả, bé 20k/quả", (20_000, 40_000, "quả")),
    ("đặt trước 520k/kg, mua sau 560k/kg ruốc lợn", (520_000, 560_000, "kg"))])
def test_the_price_of_one_is_read_as_it_is_said(message: str, expected: tuple[int, int | None, str | None]) -> None:
    assert price(message) == expected


@pytest.mark.parametrize(("message", "expected"), [
    ("lạp sườn 320k nay chỉ 270k/kg", (270_000, None, "kg")),
    ("ruốc hộp 250g: 110k (giá cũ 135k)", (110_000, None, "hộp")),
    ("Sale: trâu sấy còn 790k/kg (hôm trước 890k/kg)", (790_000, None, "kg")),
    ("hồng giòn giá gốc 50k/kg giảm 20%", (40_000, None, "kg")),
    ("chẩm chéo 45k/hũ - mua 5 tặng 1 - ship toàn quốc đồng giá 30k", (45_000, None, "hũ")),
    ("trâu gác bếp 850k/kg, đặt cọc 200k, ship 30k", (850_000, None, "kg"))])
def test_old_prices_and_fees_are_no_price(message: str, expected: tuple[int, int | None, str | None]) -> None:
    assert price(message) == expected


@pytest.mark.parametrize(("message", "unit"), [
    ("cỏ voi 2k/hom, 500 hom 1k5", "hom"), ("bưởi lưới 4 quả giá 90k/lưới", "lưới"), ("củi nhãn 1tr1 một khối, 2 khối 2 triệu", "khối"),
    ("đậu phụ 3k bìa, 20k 7 bìa", "bìa"), ("khăn thêu tay 350k một chiếc", "chiếc"), ("com lam 10k ong, 12 ong 100k", "ống"),
    ("rượu chuối 80k/l", "lít"), ("chanh muối can 2 lít ba trăm hai", "can"), ("mật ong chai 500ml 180k", "chai")])
def test_a_unit_may_be_any_noun_that_has_a_price(message: str, unit: str) -> None:
    assert read(message)["unit"] == unit


@pytest.mark.parametrize(("message", "expected"), [
    ("xoài 18k/kg, từ 30kg 15k", [(30, "kg", "price_vnd", 15_000)]),
    ("gạo 35k/kg, lấy 50kg trở lên 32k, 1 tạ trở lên 30k", [(50, "kg", "price_vnd", 32_000), (100, "kg", "price_vnd", 30_000)]),
    ("xoài giá sỉ 110k/kg (từ 10kg), giá lẻ 140k/kg", [(10, "kg", "price_vnd", 110_000)]),
    ("ruốc hộp 250g giá 110k, mua từ 4 hộp còn 100k/hộp", [(4, "hộp", "price_vnd", 100_000)]),
    ("bột sắn 180k/kg mua 2kg 350k, 5kg 850k", [(2, "kg", "total_vnd", 350_000), (5, "kg", "total_vnd", 850_000)]),
    ("xoài 3kg 50k 10kg 150k", [(3, "kg", "total_vnd", 50_000), (10, "kg", "total_vnd", 150_000)]),
    ("ổi - 50k 2 ký - 120k 5 ký", [(2, "kg", "total_vnd", 50_000), (5, "kg", "total_vnd", 120_000)]),
    ("mắc ca 180 nghìn 1 cân, 95 nghìn túi 500g", [(0.5, "kg", "total_vnd", 95_000)]),
    ("lợn sấy 55k/lạng; 520k/kg", [(1, "kg", "total_vnd", 520_000)]),
    ("trứng 4 nghìn/quả, chục 38 nghìn", [(10, "quả", "total_vnd", 38_000)]),
    ("trứng ngỗng đôi 130k, quả 70k", [(2, "quả", "total_vnd", 130_000)]),
    ("3 quả bưởi 50 nghìn", [(3, "quả", "total_vnd", 50_000)]),
    ("thịt khô 520k/kg, từ 2kg giảm 20k/kg", [(2, "kg", "price_vnd", 500_000)]),
    ("vải sấy 80k/kg, giảm 10% cho đơn trên 10kg", [(10, "kg", "price_vnd", 72_000)]),
    ("combo 4 túi khô gà 180k", [(4, "túi", "total_vnd", 180_000)]),
    ("xoài 12k/kg, nhà còn 3 tạ, ai lấy hết em để 10k", [(300, "kg", "price_vnd", 10_000)]),
    ("còn 7 cân thịt sấy, 480 nghìn 1 cân. lấy cả giảm 20 nghìn 1 cân", [(7, "kg", "price_vnd", 460_000)]),
    ("giá bưởi 20k1 quả, 5 quả 95k", [(5, "quả", "total_vnd", 95_000)]),
    ("chôm chôm 28k/kg, mua nguyên thùng 15kg tính 25k/kg", [(15, "kg", "price_vnd", 25_000)]),
    ("bưởi 20 nghìn hai quả", [(2, "quả", "total_vnd", 20_000)])])
def test_tiers_are_unit_prices_from_an_amount_or_totals_of_one(message: str, expected: list[tuple[float, str, str, int]]) -> None:
    assert tiers(message) == expected


@pytest.mark.parametrize(("message", "expected"), [
    ("xoài 25k/kg, nhà còn tạ tư", (140, "kg")), ("bí đỏ 7k/kg, có hơn yến thôi", (10, "kg")), ("bưởi 18k/quả, được khoảng 3 nghìn quả", (3000, "quả")),
    ("sọt nhựa 30 ngàn cái, có 2 trăm cái", (200, "cái")), ("bưởi chục 12 trái 360k, còn 5 chục", (60, "quả")), ("gà 110k/kg, 30 con", (30, "con")),
    ("cúc 2 nghìn một bông, còn 40 chục", (400, "bông")), ("Giá: 520000/kg. Tồn: 18", (18, "kg")), ("dau tuong 28k/kg, nha 2 ta tu", (240, "kg")),
    ("gà 130k/kg, con tầm 1.5-2kg", None), ("trâu sấy 900k/kg, túi hút chân không nửa cân", None), ("vườn chè 400 gốc, chè 390k/kg", None),
    ("xoài 550k/thùng 10 kg", None), ("ổi 15k/kg, mua 10kg tặng 1kg", None), ("nhà số 14 tổ 6, ổi 15k/kg, ngày 20/12", None)])
def test_the_stock_is_what_there_is_and_not_how_heavy_one_is(message: str, expected: tuple[float, str] | None) -> None:
    assert amount(message, "stock") == expected


@pytest.mark.parametrize(("message", "expected"), [
    ("lạp sườn 280k/kg, tối thiểu nửa cân", (0.5, "kg")), ("dâu 120k/hộp, đơn từ 2 hộp mới giao", (2, "hộp")), ("đậu 21k/kg, lấy ít nhất nửa yến", (5, "kg")),
    ("dừa 85k/chục (chục 12), giao từ 5 chục trở lên", (60, "quả")), ("bưởi 8k/kg, từ 50 ký giao tận nhà", None), ("ổi 15k/kg, từ 5kg 12k", None)])
def test_the_least_order_is_neither_a_tier_nor_free_delivery(message: str, expected: tuple[float, str] | None) -> None:
    assert amount(message, "min_order") == expected


@pytest.mark.parametrize(("message", "kind"), [
    ("xoài da xanh 15k/kg", "mango"), ("xoài sấy dẻo 180k/kg", "mango"), ("gỗ xoài 2tr/khối", "other"), ("mật ong hoa xoài 200k/lít", "other"),
    ("Buoi Dien khong phun thuoc 20k qua", "grapefruit"), ("Năm Roi 16 ngàn ký", "grapefruit"), ("bưởi giống ghép 18k/cây", "other"), ("tinh dầu bưởi 90k/lọ", "other"),
    ("thịt trâu tươi 260k/kg", "other"), ("thịt lợn sấy 500k/kg", "dried_meat"), ("ruốc heo 380k/kg", "dried_meat"), ("ruốc cá hồi 350k/kg", "other"),
    ("măng khô lưỡi lợn 250k/kg", "other"), ("thanh long ruột đỏ kho nhà 12k/kg", "other"), ("chị Hồng bán trâu khô 900k/kg", "dried_meat"),
    ("Trà xoài? Không ạ, em bán xoài tươi 22k/kg", "mango")])
def test_the_kind_follows_the_raw_material(message: str, kind: str) -> None:
    assert read(message)["kind"] == kind


def test_a_second_product_is_told_and_its_price_is_not_mixed_in() -> None:
    draft = read("xoài sấy 180k/kg, mít sấy 150k/kg, 0912 345 678")

    assert (draft["price_vnd"], draft["also"], draft["phone"]) == (180_000, "mít sấy", "+84912345678")
    assert "price_max_vnd" not in draft and draft["tiers"] == []


@pytest.mark.parametrize(("message", "place"), [
    ("ổi 15k/kg, bản Phiêng Ban, 0327 490 165", "bản Phiêng Ban"), ("ổi 15k/kg, Tam Bình, Vĩnh Long", "Tam Bình, Vĩnh Long"), ("mớ rau 8k, ngõ 68 Cầu Giấy", "ngõ 68 Cầu Giấy"),
    ("trâu khô 1tr/kg, chị Mỷ 0971 450 836", None), ("ruốc 380k/kg, cô Sáu Lái Thiêu 0903 174 568", "Lái Thiêu"), ("khô bò 500k/kg, ship COD", None),
    ("bưởi 20k/kg lấy ở bản Co Nỏm xã Ẳng Tở huyện Mường Ảng tỉnh Điện Biên", "bản Co Nỏm xã Ẳng Tở huyện Mường Ảng tỉnh Điện Biên"),
    ("em Mủa ở Hồng Lực bán trâu gác bếp chín trăm nghìn một cân", "Hồng Lực"),
    ("bản Chiềng Chung xã Chiềng Sinh huyện Tuần Giáo bán xoài 15k/kg", "bản Chiềng Chung xã Chiềng Sinh huyện Tuần Giáo")])
def test_the_place_is_a_name_of_no_person(message: str, place: str | None) -> None:
    assert read(message)["place"] == place


def test_what_was_guessed_is_told_with_its_words() -> None:
    draft = read_listing("hồng treo gió 380/kg, lh 0905 123 45")

    assert dict(draft.unsure) == {"price_vnd": "380/kg", "phone": "0905 123 45"}
    assert read_listing("hồng treo gió 380k/kg, lh 0905 123 456").unsure == ()


@pytest.mark.parametrize("between", ["thì tôi để", "thì nhà mình tính", "thì em để cho", "tôi chỉ lấy"])
def test_small_words_between_an_amount_and_its_price_part_them_not(between: str) -> None:
    draft = read(f"bưởi bán 25.000 đồng 1 kg ai mua từ 10 kg {between} 22.000 đồng 1 kg")

    assert draft["price_vnd"] == 25_000 and draft["tiers"] == [{"min_quantity": 10, "unit": "kg", "price_vnd": 22_000}]


@pytest.mark.parametrize(("message", "product"), [
    ("nhà Lả còn dưa mèo 15k một cân", "dưa mèo"), ("nhà Lả có măng đắng 20 nghìn/kg", "măng đắng"),
    ("nhà Lả còn 80 bó rau cải mèo 10k một bó", "rau cải mèo"), ("nhà em có thảo quả 250 nghìn một cân", "thảo quả")])
def test_the_seller_is_no_part_of_the_name(message: str, product: str) -> None:
    assert read(message)["product"] == product


@pytest.mark.parametrize("message", ["chẩm chéo 30k/hũ mua ít nhất 5 hũ còn 200 hũ", "chẩm chéo 30k/hũ còn 200 hũ tối thiểu 5 hũ"])
def test_the_least_and_the_stock_need_no_comma_between_them(message: str) -> None:
    draft = read(message)

    assert (draft["min_order"], draft["stock"]) == ({"quantity": 5, "unit": "hũ"}, {"quantity": 200, "unit": "hũ"})


def test_a_chuc_alone_is_ten_as_the_least_order() -> None:
    assert read("bưởi da xanh 30k một quả, bán từ chục quả")["min_order"] == {"quantity": 10, "unit": "quả"}


@pytest.mark.parametrize(("message", "product", "stock", "least"), [
    ("ba con oi gao nep 30k/kg ban tu 10 ky tro len", "gao nep", None, 10), ("gao nep 30k 1kg toi thieu 5 kg tro len nhe ba con", "gao nep", None, 5),
    ("nha minh ban 20 lit mat ong rung 350k/lit", "mat ong rung", 20, None), ("nha La con mang kho 250k 1kg", "mang kho", None, None),
    ("hom nay nha toi co le ban 45k mot can lay o ban Loi", "le", None, None), ("trung ga 45k mot chuc goi 0912345678", "trung ga", None, None),
    ("mat ong rung 350k/lit con 20 lit", "mat ong rung", 20, None), ("ban mat ong 180k/chai", "mat ong", None, None)])
def test_small_words_without_marks_are_no_others(message: str, product: str, stock: int | None, least: int | None) -> None:
    draft = read(message)

    assert draft["product"] == product and draft["price_vnd"] is not None
    assert draft["stock"] == (None if stock is None else {"quantity": stock, "unit": "lít"})
    assert draft["min_order"] == (None if least is None else {"quantity": least, "unit": "kg"})


def test_some_tens_are_no_number() -> None:
    draft = read("nhà em có mấy chục cân mận tam hoa hai mươi lăm nghìn một cân")

    assert (draft["product"], draft["stock"], draft["price_vnd"]) == ("mận tam hoa", None, 25_000)


def test_a_number_before_a_weight_is_no_tail_of_a_price() -> None:
    draft = read("quýt hai mươi nghìn ba cân năm mươi nghìn")

    assert draft["price_vnd"] == 20_000 and draft["tiers"] == [{"min_quantity": 3, "unit": "kg", "total_vnd": 50_000}]


def test_names_leave_the_greeting_and_the_seller_out() -> None:
    assert read("Chào cả nhà, nhà em bán bưởi diễn 25k/quả")["product"] == "bưởi diễn"
    assert read("cô Lả bán trâu khô 900k/kg")["product"] == "trâu khô"
    assert read("ờ ờ thì là nhà tôi bán gà thả đồi 150 nghìn một cân")["product"] == "gà thả đồi"
    assert read("bưởi da xanh quả to 30 nghìn một quả")["product"] == "bưởi da xanh"
    assert read("#buoidien Bưởi Diễn vỏ mỏng 22k/quả")["product"] == "Bưởi Diễn vỏ mỏng"
    assert read("Tên hàng: lợn sấy. Giá: 520000/kg")["product"] == "lợn sấy"
