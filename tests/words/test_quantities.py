"""Amounts as people type them, and the traps between dots and commas."""

from __future__ import annotations

import random

import pytest

from catalog.words.quantities import read_quantity
from catalog.words.units import SALE_UNITS, UNITS, BadQuantity, show_number, show_quantity


@pytest.mark.parametrize(("typed", "unit", "amount"), [
    ("1,5", "kg", 1500), ("1.5", "kg", 1500), ("1", "kg", 1000), ("1 kg", "kg", 1000), ("1.0", "kg", 1000),
    ("500g", "kg", 500), ("500 gram", "kg", 500), ("5 lạng", "kg", 500), ("1 yến", "kg", 10_000),
    ("1kg2", "kg", 1200), ("1kg25", "kg", 1250), ("1kg200", "kg", 1200), ("2 cân rưỡi", "kg", 2500),
    ("1 rưỡi", "kg", 1500), ("2kg ruoi", "kg", 2500), ("3 tạ rưỡi", "kg", 350_000), ("nửa cân", "kg", 500),
    ("nua yen", "kg", 5000), ("½ kg", "kg", 500), ("1½", "kg", 1500), ("1 kg ½", "kg", 1500),
    ("1 cân 2 lạng", "kg", 1200), ("1kg 200g", "kg", 1200), ("0,500", "kg", 500), ("0.250 kg", "kg", 250), ("1,250", "kg", 1250),
    ("12.345,5", "kg", 12_345_500), ("1.234.567", "quả", 1_234_567), ("２，５ｋｇ", "kg", 2500), ("2\u00a0kg", "kg", 2000),
    ("3", "quả", 3), ("3 trái", "quả", 3), ("1.500", "quả", 1500), ("1 chục", "quả", 10), ("2 chục rưỡi", "quả", 25),
    ("1 chục 2", "chục", 12), ("nửa chục", "chục", 5), ("1,5", "chục", 15), ("7 quả", "chục", 7),
    ("2 cặp", "con", 4), ("2 lít", "lít", 2), ("2 hũ", "hũ", 2),
])
def test_an_amount_is_read_as_it_is_said(typed: str, unit: str, amount: int) -> None:
    assert read_quantity(typed, unit) == amount


@pytest.mark.parametrize(("typed", "unit", "said"), [
    ("1.500", "kg", "1,5 hay 1500 kg? Ghi 1,5 hoặc 1500."),
    ("1.250 kg", "kg", "1,25 hay 1250 kg? Ghi 1,25 hoặc 1250."),
    ("10.000", "kg", "10 hay 10000 kg? Ghi 10 hoặc 10000."),
    ("", "kg", "Chưa có số lượng."),
    (" \u200b ", "kg", "Chưa có số lượng."),
    ("hai cân", "kg", "Chưa rõ số lượng. Ghi bằng số, ví dụ 1,5."),
    ("một", "túi", "Chưa rõ số lượng. Ghi bằng số, ví dụ 2."),
    ("-1", "kg", "Chưa rõ số lượng. Ghi bằng số, ví dụ 1,5."),
    ("1 2", "kg", "Chưa rõ số lượng. Ghi bằng số, ví dụ 1,5."),
    ("1,5kg2", "kg", "Chưa rõ số lượng. Ghi bằng số, ví dụ 1,5."),
    ("nửa cân rưỡi", "kg", "Chưa rõ số lượng. Ghi bằng số, ví dụ 1,5."),
    ("1 lạng 2 cân", "kg", "Chưa rõ số lượng. Ghi bằng số, ví dụ 1,5."),
    ("1.5.0", "kg", "Chưa rõ số lượng. Ghi bằng số, ví dụ 1,5."),
    ("rưỡi", "kg", "Chưa rõ số lượng. Ghi bằng số, ví dụ 1,5."),
    ("٣", "kg", "Chưa rõ số lượng. Ghi bằng số, ví dụ 1,5."),
    ("1 tá", "kg", "Không có đơn vị “tá”."),
    ("1 kg", "túi", "Món này bán theo túi, không tính theo kg được."),
    ("1 quả", "hộp", "Món này bán theo hộp, không tính theo quả được."),
    ("2,5", "túi", "Bán theo túi thì ghi số tròn, ví dụ 2."),
    ("1,0005", "kg", "Chỉ tính đến từng gam. Ghi như 1,5 kg."),
    ("0", "kg", "Số lượng phải lớn hơn 0."),
    ("0,0", "kg", "Số lượng phải lớn hơn 0."),
    ("99999999", "kg", "Số lượng lớn quá. Xem lại giúp."),
    ("9" * 6000, "kg", "Chưa rõ số lượng. Ghi bằng số, ví dụ 1,5."),
])
def test_what_is_not_sure_is_asked_back_and_never_guessed(typed: str, unit: str, said: str) -> None:
    with pytest.raises(BadQuantity) as caught:
        read_quantity(typed, unit)

    assert caught.value.reason == said


def test_a_stock_of_nothing_is_read_where_it_is_allowed() -> None:
    assert read_quantity("0", "kg", zero=True) == 0


def test_what_a_form_shows_reads_back_as_the_same_amount() -> None:
    rng = random.Random(7)

    for _ in range(5000):
        unit = rng.choice(SALE_UNITS)
        amount = int(10 ** rng.uniform(0, 7))
        assert read_quantity(show_quantity(amount, unit.code), unit.code) == amount
        assert read_quantity(show_number(amount, unit.code), unit.code) == amount


def test_any_text_gives_a_whole_amount_or_a_bad_quantity_and_nothing_else() -> None:
    rng = random.Random(3)
    pool = [*"0123456789.,-/ ", "kg", "g", "lạng", "rưỡi", "nửa", "½", "quả", "chục", "k", "٣", "\u0301", "①"]

    read = 0
    for _ in range(20_000):
        text = "".join(rng.choices(pool, k=rng.randrange(8)))
        try:
            amount = read_quantity(text, rng.choice(list(UNITS)))
        except BadQuantity as error:
            assert error.reason
        else:
            read += 1
            assert isinstance(amount, int)
            assert amount > 0
    assert read > 500
