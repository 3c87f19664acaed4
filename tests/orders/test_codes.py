"""Order codes notice slips of typing and reading."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from catalog.orders.codes import ALPHABET, is_order_code, new_order_code, new_short_code


def test_a_new_code_is_cp_six_characters_and_a_check() -> None:
    codes = {new_order_code() for _ in range(2000)}

    assert len(codes) == 2000
    for code in codes:
        assert is_order_code(code)
        assert len(code) == 9 and code.startswith("CP") and not set(code[2:]) & set("0O1IL")


def test_the_alphabet_is_all_letters_and_digits_without_look_alikes() -> None:
    assert sorted(ALPHABET) == sorted(set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") - set("0O1IL"))


def test_every_single_wrong_character_is_noticed_at_every_place() -> None:
    # The sum is linear: whether a change is noticed depends on place and difference only. Each
    # code here meets all 30 other characters at all 7 places.
    for code in [new_order_code() for _ in range(300)]:
        for place in range(2, 9):
            others = [code[:place] + char + code[place + 1:] for char in ALPHABET if char != code[place]]
            assert not any(is_order_code(other) for other in others)


def test_any_two_swapped_characters_are_noticed_neighbours_or_not() -> None:
    swapped = 0
    for code in [new_order_code() for _ in range(2000)]:
        for first, second in combinations(range(2, 9), 2):
            if code[first] != code[second]:
                chars = list(code)
                chars[first], chars[second] = chars[second], chars[first]
                assert not is_order_code("".join(chars))
                swapped += 1
    assert swapped > 30_000


def test_each_pair_of_characters_swapped_at_each_place_is_noticed() -> None:
    rng = random.Random(31)

    for place in range(2, 7):
        for left in ALPHABET:
            for right in ALPHABET:
                if left != right:
                    free = rng.choices(ALPHABET, k=6)
                    free[place - 2:place] = [left, right]
                    check = next(char for char in ALPHABET if is_order_code("CP" + "".join(free) + char))
                    free[place - 2:place] = [right, left]
                    assert not is_order_code("CP" + "".join(free) + check)


def test_exactly_one_check_character_fits_any_six() -> None:
    rng = random.Random(6)

    for _ in range(300):
        free = "".join(rng.choices(ALPHABET, k=6))
        assert sum(is_order_code(f"CP{free}{char}") for char in ALPHABET) == 1


@pytest.mark.parametrize("text", [
    "", "C", "CP", "CP2", "CP2222222222", "cp2222222", " CP2222222", "CP2222222\n", "CP22222O2", "XX2222222", "CP222222é",
])
def test_anything_else_is_no_order_code(text: str) -> None:
    assert not is_order_code(text)


def test_short_codes_have_the_length_asked_for() -> None:
    assert [len(new_short_code(length)) for length in (1, 4, 12)] == [1, 4, 12]
    assert set(new_short_code(500)) <= set(ALPHABET)
