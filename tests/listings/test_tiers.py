"""Prices by amount: which one an amount gets, how they are read and shown, and what can't be meant."""

from __future__ import annotations

import pytest

from catalog.errors import FieldError
from catalog.listings.tiers import (
    Tier, check_tier, in_order, least_amount, read_tier, show_tier, tiers_json, tiers_of_json, total_vnd)
from catalog.words.units import line_total_vnd

KILO_VND = 25_000
FROM_TWENTY = Tier(20_000, price_vnd=21_000)
TEN_FOR = Tier(10_000, total_vnd=220_000)
FIVE_FOR = Tier(5_000, total_vnd=115_000)


@pytest.mark.parametrize(("amount", "total"), [
    (1_000, 25_000), (9_000, 225_000), (10_000, 220_000), (12_000, 270_000), (15_000, 345_000),
    (20_000, 420_000), (25_000, 525_000), (1, 25)])
def test_each_amount_gets_the_cheapest_right_reading(amount: int, total: int) -> None:
    assert total_vnd(KILO_VND, (TEN_FOR, FROM_TWENTY), amount, "kg") == total


def test_what_a_bundle_leaves_over_may_fill_a_smaller_one() -> None:
    tiers = (FIVE_FOR, TEN_FOR)

    totals = [total_vnd(KILO_VND, tiers, kilos * 1_000, "kg") for kilos in (5, 15, 16, 20)]

    assert totals == [115_000, 335_000, 360_000, 440_000]


def test_three_for_a_hundred_is_two_hundred_for_six() -> None:
    tiers = (Tier(3, total_vnd=100_000),)

    totals = [total_vnd(40_000, tiers, count, "quả") for count in (1, 2, 3, 4, 6)]

    assert totals == [40_000, 80_000, 100_000, 140_000, 200_000]


def test_no_amount_costs_more_than_without_tiers_nor_nothing() -> None:
    tiers = (Tier(3, total_vnd=500_000), Tier(4, price_vnd=90_000), Tier(7, total_vnd=60_000))

    for amount in range(1, 60):
        total = total_vnd(10_000, tiers, amount, "quả")
        assert 0 < total <= line_total_vnd(10_000, amount, "quả")


def test_a_gram_of_something_cheap_is_never_free() -> None:
    assert total_vnd(100, (), 1, "kg") == 1


def test_less_than_half_a_dong_is_rounded_half_up_once() -> None:
    tiers = (Tier(2_000, price_vnd=333),)

    assert total_vnd(400, tiers, 2_500, "kg") == 833


@pytest.mark.parametrize(("typed", "tier"), [
    ("10 kg 220 nghìn", TEN_FOR), ("10kg=220k", TEN_FOR), ("1 yến 220.000đ", TEN_FOR), ("10 220 000", TEN_FOR),
    ("10 cân giá 220k", TEN_FOR), ("10 kg - 220k", TEN_FOR), ("10 kg/220k", TEN_FOR),
    ("từ 20 kg: 21.000đ", FROM_TWENTY), ("20kg trở lên 21k", FROM_TWENTY), ("mua 20 ký còn 21 nghìn", FROM_TWENTY),
    ("Từ 20 kg trở lên giá 21 nghìn một kg", FROM_TWENTY), ("20 21k/kg", FROM_TWENTY),
    ("2 cân rưỡi 60 nghìn", Tier(2_500, total_vnd=60_000)), ("1 tạ 2tr1", Tier(100_000, total_vnd=2_100_000))])
def test_a_row_of_prices_is_read_as_people_write_it(typed: str, tier: Tier) -> None:
    assert read_tier(typed, price_vnd=KILO_VND, unit="kg") == tier


@pytest.mark.parametrize(("typed", "words"), [
    ("", "Chưa rõ"), ("rẻ hơn", "Chưa rõ"), ("10 kg", "Chưa rõ"), ("10kg220k", "Chưa rõ"), ("10 kg 220k/túi", "Chưa rõ"),
    ("10 kg 220", "220.000đ"), ("x" * 3_000, "Chưa rõ"), ("10 túi 220k", "Chưa rõ")])
def test_what_is_unclear_is_asked_back(typed: str, words: str) -> None:
    with pytest.raises((ValueError, FieldError)) as mistake:
        read_tier(typed, price_vnd=KILO_VND, unit="kg")

    told = mistake.value.key.format(**mistake.value.values)  # type: ignore[union-attr]
    assert words in told


@pytest.mark.parametrize("tier", [TEN_FOR, FROM_TWENTY, Tier(2_500, total_vnd=60_001), Tier(1_001, price_vnd=24_999)])
def test_what_is_shown_is_read_back_the_same(tier: Tier) -> None:
    assert read_tier(show_tier(tier, "kg"), price_vnd=KILO_VND, unit="kg") == tier
    assert tiers_of_json(tiers_json((tier, FROM_TWENTY))) == (tier, FROM_TWENTY)


@pytest.mark.parametrize(("tier", "words"), [
    (Tier(1_000, price_vnd=20_000), "hơn 1 kg"), (Tier(500, total_vnd=30_000), "hơn 1 kg"),
    (Tier(10_000, total_vnd=25_000), "phải hơn giá 1 kg"), (Tier(10_000, price_vnd=26_000), "230.000đ"),
    (Tier(10_000, total_vnd=251_000), "230.000đ"), (Tier(5_000, price_vnd=20_000), "đã có giá"),
    (Tier(6_000, price_vnd=24_900), "140.000đ")])
def test_a_price_that_cannot_be_meant_is_told(tier: Tier, words: str) -> None:
    with pytest.raises(FieldError) as mistake:
        check_tier(tier, price_vnd=KILO_VND, unit="kg", smaller=(FIVE_FOR,))

    assert words in mistake.value.key.format(**mistake.value.values)


def test_tiers_stand_in_order_and_the_rest_may_be_bought_whole() -> None:
    assert in_order([FROM_TWENTY, FIVE_FOR, TEN_FOR]) == (FIVE_FOR, TEN_FOR, FROM_TWENTY)
    assert (least_amount(2_000, 80_000), least_amount(2_000, 1_500), least_amount(0, 1_500)) == (2_000, 1_500, 0)
