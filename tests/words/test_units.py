"""Units, whole amounts in their base, and totals to the đồng."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction

import pytest

from catalog.words.units import (
    MOST_AMOUNT, SALE_UNITS, UNITS, BadQuantity, line_total_vnd, read_unit, show_number, show_quantity, to_base)


def test_a_stall_sells_by_weight_by_piece_and_by_the_ten_or_pair() -> None:
    assert {unit.code: (unit.base, unit.size) for unit in SALE_UNITS if unit.size > 1} == {
        "kg": ("g", 1000), "lạng": ("g", 100), "yến": ("g", 10_000), "tạ": ("g", 100_000),
        "chục": ("piece", 10), "cặp": ("piece", 2)}
    assert {unit.code for unit in SALE_UNITS if unit.size == 1} == {
        "quả", "túi", "gói", "hộp", "thùng", "con", "cây", "mớ", "bó", "chai", "lít", "hũ"}


@pytest.mark.parametrize(("typed", "code"), [
    ("kg", "kg"), ("KG", "kg"), ("cân", "kg"), ("ký", "kg"), ("kí", "kg"), ("can", "kg"), ("ki lô", "kg"),
    ("trái", "quả"), ("qua", "quả"), ("Qua\u0309", "quả"), ("bịch", "túi"), ("g", "g"), ("gam", "g"),
    ("tạ", "tạ"), ("ta", "tạ"), ("tấn", "tấn"), ("đôi", "cặp"), ("l", "lít"), (" chục ", "chục"),
])
def test_a_unit_is_known_by_its_other_names(typed: str, code: str) -> None:
    assert read_unit(typed).code == code


@pytest.mark.parametrize("typed", ["tá", "cạn", "", "đồng", "kgs kg", "x" * 5000])
def test_a_word_with_other_marks_is_no_unit(typed: str) -> None:
    with pytest.raises(BadQuantity) as caught:
        read_unit(typed)

    assert len(caught.value.reason) < 60


@pytest.mark.parametrize(("quantity", "unit", "sold_by", "amount"), [
    (1.1, "kg", None, 1100), (0.1, "lạng", "kg", 10), (500, "g", "kg", 500), (2, "yến", "kg", 20_000),
    (Decimal("1.50"), "kg", None, 1500), (3, "quả", "chục", 3), (1.5, "chục", "quả", 15), (2, "cặp", "con", 4),
])
def test_numbers_of_a_unit_become_whole_grams_or_pieces(
        quantity: float | Decimal, unit: str, sold_by: str | None, amount: int) -> None:
    assert to_base(quantity, unit, sold_by=sold_by) == amount


@pytest.mark.parametrize(("quantity", "unit", "sold_by", "said"), [
    (1, "quả", "túi", "Món này bán theo túi, không tính theo quả được."),
    (1, "kg", "túi", "Món này bán theo túi, không tính theo kg được."),
    (1.5, "quả", None, "Bán theo quả thì ghi số tròn, ví dụ 2."),
    (0.5, "lít", None, "Bán theo lít thì ghi số tròn, ví dụ 2."),
    (0.0005, "kg", None, "Chỉ tính đến từng gam. Ghi như 1,5 kg."),
    (Decimal("1E-999999"), "kg", None, "Chỉ tính đến từng gam. Ghi như 1,5 kg."),
    (Decimal("1.0000000000000000000000000000001"), "kg", None, "Chỉ tính đến từng gam. Ghi như 1,5 kg."),
    (0, "kg", None, "Số lượng phải lớn hơn 0."),
    (-1, "kg", None, "Số lượng phải lớn hơn 0."),
    (Decimal("1E999999"), "kg", None, "Số lượng lớn quá. Xem lại giúp."),
    (float("inf"), "kg", None, "Số lượng lớn quá. Xem lại giúp."),
    (float("nan"), "kg", None, "Số lượng lớn quá. Xem lại giúp."),
    (MOST_AMOUNT, "kg", None, "Số lượng lớn quá. Xem lại giúp."),
])
def test_what_cannot_be_sold_is_refused_with_the_reason(
        quantity: float | Decimal, unit: str, sold_by: str | None, said: str) -> None:
    with pytest.raises(BadQuantity) as caught:
        to_base(quantity, unit, sold_by=sold_by)

    assert caught.value.reason == said


def test_a_stock_of_nothing_is_taken_where_it_is_allowed() -> None:
    assert to_base(0, "kg", zero=True) == 0


@pytest.mark.parametrize(("amount", "unit", "shown"), [
    (1500, "kg", "1,5 kg"), (1000, "kg", "1 kg"), (1, "kg", "0,001 kg"), (40_000, "kg", "40 kg"),
    (2_500_000, "kg", "2500 kg"), (12, "quả", "12 quả"), (15, "chục", "1,5 chục"), (0, "túi", "0 túi"),
])
def test_amounts_are_shown_with_a_decimal_comma(amount: int, unit: str, shown: str) -> None:
    assert show_quantity(amount, unit) == shown
    assert show_number(amount, unit) == shown.split()[0]


@pytest.mark.parametrize(("price", "amount", "unit", "total"), [
    (25_000, 1500, "kg", 37_500), (25_000, 500, "kg", 12_500), (35_000, 1, "quả", 35_000),
    (32_000, 15, "chục", 48_000), (333, 1500, "kg", 500), (333, 500, "kg", 167), (1, 499, "kg", 0),
    (1, 500, "kg", 1), (950_000, 300, "kg", 285_000),
])
def test_totals_are_whole_dong_half_up(price: int, amount: int, unit: str, total: int) -> None:
    assert line_total_vnd(price, amount, unit) == total


def test_totals_equal_exact_fractions_rounded_half_up_for_any_price_and_amount() -> None:
    rng = random.Random(1000)

    for _ in range(5000):
        unit = rng.choice(list(UNITS.values()))
        price, amount = rng.randrange(1, 10**9), rng.randrange(1, MOST_AMOUNT)
        exact = Fraction(price * amount, unit.size)
        total = line_total_vnd(price, amount, unit.code)
        assert Fraction(-1, 2) < total - exact <= Fraction(1, 2)
        assert total < 2**63
