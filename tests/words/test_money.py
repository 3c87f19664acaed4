"""Đồng as shown and as typed."""

from __future__ import annotations

import random

import pytest

from catalog.words.money import MOST_VND, BadMoney, read_vnd, show_vnd


@pytest.mark.parametrize(("amount", "shown"), [
    (0, "0đ"), (500, "500đ"), (25_000, "25.000đ"), (150_000, "150.000đ"), (1_200_000, "1.200.000đ"), (-5000, "-5.000đ"),
])
def test_money_is_shown_with_dots_and_no_decimals(amount: int, shown: str) -> None:
    assert show_vnd(amount) == shown


@pytest.mark.parametrize(("typed", "amount"), [
    ("25 nghìn", 25_000), ("25 ngàn", 25_000), ("25 nghin", 25_000), ("25k", 25_000), ("25K", 25_000), ("25 k", 25_000),
    ("25.000", 25_000), ("25,000", 25_000), ("25000", 25_000), ("25.000đ", 25_000), ("25,000đ", 25_000),
    ("25.000 đồng", 25_000), ("25 000", 25_000), ("25.000 VND", 25_000), ("25.000 VNĐ", 25_000), ("25.000₫", 25_000),
    ("25 nghìn đồng", 25_000), ("25 nghìn rưỡi", 25_500), ("25k5", 25_500), ("25,5k", 25_500), ("25.5k", 25_500),
    ("2k5", 2500), ("9,2k", 9200), ("25 nghìn 500", 25_500), ("1tr", 1_000_000), ("1tr2", 1_200_000),
    ("1 triệu 2", 1_200_000), ("1,2 triệu", 1_200_000), ("1tr25", 1_250_000), ("1tr05", 1_050_000),
    ("1tr250k", 1_250_000), ("1 triệu 250 nghìn", 1_250_000), ("1 triệu rưỡi", 1_500_000), ("1.200.000", 1_200_000),
    ("1000", 1000), ("500đ", 500), ("200 đồng", 200), ("２５ｋ", 25_000), ("1000000000", MOST_VND),
])
def test_a_price_is_read_as_it_is_said(typed: str, amount: int) -> None:
    assert read_vnd(typed) == amount


@pytest.mark.parametrize(("typed", "suggested", "said"), [
    ("25", 25_000, "25 đồng hay 25.000đ? Ghi rõ, ví dụ 25.000đ."),
    ("25đ", 25_000, "25 đồng hay 25.000đ? Ghi rõ, ví dụ 25.000đ."),
    ("25,5", 25_500, "25,5 đồng hay 25.500đ? Ghi rõ, ví dụ 25.500đ."),
    ("999", 999_000, "999 đồng hay 999.000đ? Ghi rõ, ví dụ 999.000đ."),
])
def test_a_bare_small_number_is_asked_back_with_what_was_likely_meant(
        typed: str, suggested: int, said: str) -> None:
    with pytest.raises(BadMoney) as caught:
        read_vnd(typed)

    assert (caught.value.suggested_vnd, caught.value.reason) == (suggested, said)


@pytest.mark.parametrize(("typed", "said"), [
    ("", "Chưa có số tiền."),
    ("0", "Số tiền phải lớn hơn 0."),
    ("0k", "Số tiền phải lớn hơn 0."),
    ("1000000001", "Số tiền lớn quá. Xem lại giúp."),
    ("2000 triệu", "Số tiền lớn quá. Xem lại giúp."),
    *((typed, "Chưa rõ số tiền. Ghi như 25.000 hoặc 25 nghìn.") for typed in (
        "-5000", "25.000k", "1.500k", "1.500 triệu", "25.00.000", "1,5tr5", "1k200k", "hai lăm nghìn", "12 000 0",
        "1000,5", "25,0001k", "1e6", "٢٥k", "9" * 6000, "inbox")),
])
def test_what_is_not_sure_is_not_guessed(typed: str, said: str) -> None:
    with pytest.raises(BadMoney) as caught:
        read_vnd(typed)

    assert (caught.value.suggested_vnd, caught.value.reason) == (None, said)


def test_every_shown_sum_from_a_hundred_dong_on_reads_back() -> None:
    rng = random.Random(9)

    for _ in range(5000):
        amount = int(10 ** rng.uniform(2, 9))
        assert read_vnd(show_vnd(amount)) == amount


def test_any_text_gives_whole_dong_or_a_bad_money_and_nothing_else() -> None:
    rng = random.Random(11)
    pool = [*"0123456789., -", "k", "tr", "triệu", "nghìn", "rưỡi", "đ", "₫", "½"]

    for _ in range(20_000):
        text = "".join(rng.choices(pool, k=rng.randrange(8)))
        try:
            amount = read_vnd(text)
        except BadMoney as error:
            assert error.reason
        else:
            assert isinstance(amount, int)
            assert 0 < amount <= MOST_VND
