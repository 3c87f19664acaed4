"""Money, amounts and days as they are said, and how long saying takes."""

from __future__ import annotations

from datetime import date

import pytest

from catalog.words.spoken import say_amount, say_day, say_vnd, seconds_to_say, syllables


@pytest.mark.parametrize(("amount_vnd", "said"), [
    (25_000, "25 nghìn"), (25_500, "25 nghìn rưỡi"), (25_300, "25 nghìn 300 đồng"), (170_000, "170 nghìn"),
    (1_000_000, "1 triệu"), (1_200_000, "1 triệu 200 nghìn"), (1_500_000, "1 triệu rưỡi"), (2_050_500, "2 triệu 50 nghìn rưỡi"),
    (500, "500 đồng"), (1_000_500, "1 triệu 500 đồng")])
def test_a_sum_is_said_as_a_stall_calls_it(amount_vnd: int, said: str) -> None:
    assert say_vnd(amount_vnd) == said


@pytest.mark.parametrize(("shown", "said"), [("80 kg", "80 cân"), ("60,5 kg", "60 cân rưỡi"), ("18 túi", "18 túi"), ("2,25 kg", "2,25 cân")])
def test_an_amount_is_said_in_the_markets_words(shown: str, said: str) -> None:
    assert say_amount(shown) == said


@pytest.mark.parametrize(("text", "count"), [
    ("Bưởi da xanh", 3), ("5", 1), ("10", 1), ("12", 2), ("20", 2), ("25 nghìn", 4), ("100", 2), ("105", 4), ("115", 4), ("170 nghìn", 5),
    ("1.200.000", 5), ("2027", 7), ("2005", 6), ("60,5", 4), ("0900 000 456", 4 + 3 + 5), ("0900000456", 10), ("", 0), ("Gửi đơn, nhé!", 3)])
def test_syllables_are_counted_as_they_are_spoken(text: str, count: int) -> None:
    assert syllables(text) == count


def test_a_day_is_said_with_its_month() -> None:
    assert say_day(date(2027, 2, 5)) == "ngày 5 tháng 2" and say_day(date(2027, 2, 5), year=True).endswith("năm 2027")


def test_four_syllables_take_a_second() -> None:
    assert seconds_to_say("một hai ba bốn " * 10) == 10
