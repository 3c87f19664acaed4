"""What a text is warned of before it goes out, and what is left in peace."""

from __future__ import annotations

import dataclasses
import unicodedata
from datetime import date

import pytest

from catalog.listings.model import Certificate
from catalog.posts.check import MOST_FINDINGS, Finding, Subject, check_name, check_text
from catalog.posts.claims import CLAIMS
from catalog.posts.model import NETWORKS
from catalog.posts.texts import compose
from catalog.words.fold import strip_marks
from tests.posts.goods import listings

TODAY = date(2026, 11, 26)
POMELO = Subject("grapefruit", 25_000, "kg", TODAY, phone="+84900000456")
MEAT = Subject("dried_meat", 170_000, "túi", TODAY, phone="+84900000456", packed_on=date(2026, 11, 20),
               best_before=date(2027, 2, 20))
OCOP = Certificate("ocop", 3, "125/QĐ-UBND", date(2028, 8, 20))
ENDED = dataclasses.replace(OCOP, valid_until=date(2026, 8, 20))

# The rule that must speak, and a sentence that somebody may write.
CLAIMED = (
    ("health", "Bưởi chữa bệnh tiểu đường"), ("health", "Mật ong rừng chữa ho, trị viêm họng"),
    ("health", "Uống hằng ngày trị bệnh dạ dày"), ("health", "Lá này đặc trị mất ngủ"),
    ("health", "Chè dây giải độc gan"), ("health", "ăn bưởi giảm mỡ máu"), ("health", "Rất tốt cho tim mạch"),
    ("health", "tốt cho sức khỏe cả nhà"), ("health", "Tốt cho bà bầu"), ("health", "bổ gan, bổ thận"),
    ("health", "Nước bưởi giảm cân đẹp da"), ("health", "phòng ngừa ung thư"), ("health", "Chống lão hoá"),
    ("health", "hạ huyết áp, ổn định đường huyết"), ("health", "Tăng sức đề kháng mùa dịch"),
    ("health", "chữa dứt điểm xương khớp"), ("health", "mat ong tri ho rat tot cho phoi"), ("health", "chua benh da day"),
    ("health", "thanh nhiệt, mát gan"), ("health", "uống thay thuốc"),
    ("health", "uống vào hết ho liền"), ("health", "Tốt cho người bị tiểu đường"), ("health", "tri dut diem viem xoang"),
    ("health", "tăng cường sinh lực phái mạnh"), ("health", "bồi bổ sức khoẻ"), ("health", "thuốc quý của núi rừng"),
    ("purity", "Rau nhà em tuyệt đối không phun thuốc"), ("purity", "thực phẩm sạch đạt chuẩn"),
    ("superlative", "Bưởi ngon nhất Điện Biên"), ("superlative", "Giá rẻ nhất chợ"), ("superlative", "xoài Tuần Giáo số 1 Việt Nam"),
    ("superlative", "Bưởi da xanh là số một"), ("superlative", "Duy nhất tại Mường Ảng"), ("superlative", "re nhat vung"),
    ("superlative", "Chất lượng hàng đầu Tây Bắc"), ("superlative", "ngọt nhất năm nay"), ("superlative", "thịt trâu ngon vô đối"),
    ("superlative", "không đâu ngon bằng"), ("superlative", "đặc sản số 1"),
    ("comparison", "Rẻ hơn siêu thị"), ("comparison", "ngon hơn hẳn ngoài chợ"), ("comparison", "sạch hơn hàng Trung Quốc"),
    ("purity", "100% sạch"), ("purity", "Sạch 100%"), ("purity", "không hoá chất"), ("purity", "Không hóa chất"),
    ("purity", "ko thuốc sâu, ko phân hoá học"), ("purity", "khong hoa chat"), ("purity", "không chất bảo quản"),
    ("purity", "Nói không với chất cấm"), ("purity", "rau hữu cơ"), ("purity", "mật ong 100% nguyên chất"),
    ("purity", "đảm bảo sạch"), ("purity", "tuyệt đối an toàn"), ("purity", "cam kết không hoá chất"),
    ("ocop-missing", "Sản phẩm OCOP 4 sao"), ("ocop-missing", "Hàng O.C.O.P của xã"), ("vietgap-missing", "Xoài VietGAP Tuần Giáo"),
    ("vietgap-missing", "trồng theo viet gap"), ("price-small", "Giá 25đ/kg"), ("price-small", "có 30 đồng một cân thôi"),
    ("price-other", "250.000đ/kg"), ("price-other", "bán 20k/kg"), ("price-other", "2.500đ/kg"),
    ("phone", "Gọi 0912 345 678"), ("phone", "lh 0988.123.456 nhé"), ("phone", "Zalo +84 912 345 678"),
)

HARMLESS = (
    "Xe chữa cháy ra vào được", "Nhà mình đang sửa chữa lại bếp", "Phần quà trị giá 200.000đ", "Hàng này không chữa bệnh",
    "Đây không phải là thuốc, không thay thế thuốc chữa bệnh", "Bưởi chua ngọt, ăn với muối ớt", "buoi khong chua dau",
    "Chưa ai đặt thì nhà mình để phần", "hom nay chua co hang", "Ngon nhất khi chấm muối ớt", "Ngọt nhất là lúc vừa hái",
    "Còn duy nhất 5 quả", "Nhà ở phường Thống Nhất", "thong nhat gio lay hang", "Lấy sớm nhất là mai", "Gửi chậm nhất thứ Sáu",
    "Đặt hàng đầu tuần, lấy cuối tuần", "Nhà số 1, tổ 3", "Quả to nhất chừng 2 kg", "Loại 1 và loại 2", "Chính trị viên xã mua 5 kg",
    "Giá trị thật", "Phòng khách treo tranh", "tốt cho đất, trộn với phân", "Bón phân hữu cơ hoai mục", "Rác hữu cơ ủ làm phân",
    "Đang làm hồ sơ OCOP", "Chưa có VietGAP", "Còn 100% số lượng", "Đặt cọc 50%", "25.000đ/kg", "Giá 25k/kg", "giá 25 nghìn một kg",
    "25.000đ/kg, từ 10 kg 22.000đ/kg", "Phí gửi 30.000đ", "ship 20k/kg", "giảm 2.000đ/kg cho 10 kg", "5 kg 110k",
    "Gọi 0900 000 456", "gọi 0900.000.456", "Zalo +84 900 000 456", "Ngày 20/11/2026", "http://testserver/o/k7m2/0912345678",
    "Không có hoá đơn", "không có xe thì nhà mình gửi", "Bưởi nhà mình, quả 1,2 kg", "Thuốc lào Vĩnh Bảo", "Hai bố con cùng chăm vườn",
    "Nước bổ vỏ ra uống luôn", "Da bưởi xanh, cùi trắng", "tay em đau nên hái chậm", "Hết bưởi rồi, còn xoài", "Nhất là bưởi da xanh", "Thịt sạch lông, làm sẵn", "giờ hết bệnh viện dã chiến", "ốc giống 800đ/con", "25-60k/kg tuỳ loại", "giá 25.000đ đến 60.000đ/kg",
)


def rules(found: tuple[Finding, ...]) -> set[str]:
    return {one.rule for one in found}


@pytest.mark.parametrize(("rule", "sentence"), CLAIMED)
def test_a_claim_is_told_with_why_and_what_to_write(rule: str, sentence: str) -> None:
    found = [one for one in check_text(sentence, POMELO) if one.rule == rule]

    assert found and found[0].why_text and found[0].instead_text
    assert "{" not in found[0].why_text + found[0].instead_text


@pytest.mark.parametrize(("rule", "sentence"), CLAIMED)
def test_a_claim_is_told_however_it_is_encoded(rule: str, sentence: str) -> None:
    assert rule in rules(check_text(unicodedata.normalize("NFD", sentence.upper()), POMELO))


@pytest.mark.parametrize(("rule", "sentence"), [one for one in CLAIMED if one[0] in ("superlative", "comparison", "purity")])
def test_a_claim_is_told_without_marks_too(rule: str, sentence: str) -> None:
    assert rule in rules(check_text(strip_marks(sentence), POMELO))


@pytest.mark.parametrize("sentence", HARMLESS)
def test_what_only_looks_like_a_claim_is_left_in_peace(sentence: str) -> None:
    assert rules(check_text(sentence, POMELO)) == set()
    assert rules(check_text(unicodedata.normalize("NFD", sentence), POMELO)) == set()


@pytest.mark.parametrize("network", NETWORKS)
def test_the_shops_own_texts_are_never_warned_of(network: str) -> None:
    for facts in listings(network):
        certificates = tuple(Certificate("ocop" if "OCOP" in one.title else "vietgap", 3, one.number, date(2028, 1, 1))
                             for one in facts.proofs)
        subject = Subject(facts.kind, int(facts.price_text.rstrip("đ").replace(".", "")), facts.unit, TODAY,
                          phone=f"+84{facts.phone[1:].replace(' ', '')}" if facts.phone else None,
                          packed_on=MEAT.packed_on if facts.packed_on == "20/11/2026" else date(2026, 11, 22),
                          best_before=MEAT.best_before if facts.packed_on == "20/11/2026" else date(2027, 1, 22),
                          certificates=certificates)

        assert check_text(compose(network, facts), subject, network=network) == ()


def test_dried_meat_without_its_dates_is_told() -> None:
    found = check_text("Thịt trâu gác bếp 170.000đ/túi", MEAT)

    assert [one.instead_text for one in found] == ["Thêm: hạn dùng 20/02/2027, ngày đóng gói 20/11/2026."]


@pytest.mark.parametrize("said", ["đóng gói 20/11/2026, hạn 20/02/2027", "gói 20-11, dùng đến 20.2", "gói 20 tháng 11, hạn 20 tháng 2 năm 2027",
                                  "20/11/26 – 20/2/27"])
def test_dates_are_known_in_every_writing(said: str) -> None:
    assert check_text(f"Thịt trâu {said}", MEAT) == ()


def test_a_wrong_date_is_as_good_as_none() -> None:
    (found,) = check_text("gói 20/11/2026, hạn 20/02/2028", MEAT)

    assert found.instead_text == "Thêm: hạn dùng 20/02/2027."


def test_a_text_message_needs_the_last_day_alone() -> None:
    assert check_text("Thit trau 170.000d/tui. HSD 20/02/2027", MEAT, network="sms") == ()
    assert rules(check_text("Thit trau 170.000d/tui", MEAT, network="sms")) == {"dates"}


def test_a_valid_certificate_may_be_named_with_its_own_stars() -> None:
    subject = dataclasses.replace(POMELO, certificates=(OCOP,))

    assert check_text("Đạt OCOP 3 sao", subject) == ()
    assert [one.instead_text for one in check_text("Đạt OCOP 5 sao", subject)] == ["Viết: OCOP 3 sao."]


def test_an_ended_certificate_is_told_with_its_day() -> None:
    (found,) = check_text("Đạt OCOP 3 sao", dataclasses.replace(POMELO, certificates=(ENDED,)))

    assert found.rule == "ocop-ended" and "20/08/2026" in found.why_text


def test_a_price_too_small_in_the_listing_itself_is_told_to_be_mended_there() -> None:
    (found,) = check_text("25đ/kg", dataclasses.replace(POMELO, price_vnd=25))

    assert found.rule == "price-small" and "Bấm Sửa" in found.instead_text


def test_a_price_by_amount_is_the_listings_own_however_low() -> None:
    text = "25.000đ/kg, từ 100 kg 10.000đ/kg"

    assert check_text(text, dataclasses.replace(POMELO, tiers_vnd=(10_000,))) == ()
    assert [one.words for one in check_text(text, POMELO)] == ["10.000đ/kg"]


def test_a_name_is_read_too_but_not_for_dates() -> None:
    assert rules(check_name("Bưởi ngon nhất, chữa ho", POMELO)) == {"superlative", "health"}
    assert check_name("Thịt trâu gác bếp", MEAT) == ()


def test_a_wall_of_claims_is_told_a_few_at_a_time() -> None:
    text = " ".join(sentence for _, sentence in CLAIMED)

    assert len(check_text(text, POMELO)) == MOST_FINDINGS


def test_the_table_says_of_each_rule_why_and_what_instead() -> None:
    assert len({claim.rule for claim in CLAIMS}) == len(CLAIMS)
    assert all(claim.why.endswith(".") and claim.instead.endswith(".") and claim.phrases for claim in CLAIMS)
    assert len(CLAIMED) + len(HARMLESS) >= 100
