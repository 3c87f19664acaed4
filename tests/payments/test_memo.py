"""Memos as banks deliver them, and the ways a wrong order could be found in one."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from catalog.orders.codes import new_order_code
from catalog.payments.memo import match_memo
from tests.peers import load

CODE, OTHER = "CP7K4MXQD", "CPW83HN6J"
# What stands around a memo when it arrives, as in public statement dumps; names are invented.
SHAPES = (
    "{}", "{} GD 856933-090922 18:14:59", "{} CKN 458949 D2K5349G - NGUYEN VAN A", "MB {}. TU: NGUYEN VAN A",
    "146214000001-{}-CHUYEN TIEN-OQCH000JiOuX-MOMO146214000001MOMO", "BankAPINotify {}", "SEVQR {}",
    "MBVCB.2427000001.174242.{}.CT tu 1027000001 NGUYEN VAN A toi 28340001 TRAN THI B (ACB)",
    "CUSTOMER MBVCB 2420000001 339176 {}  CT tu 1027000001 NGUYEN VAN A to i 259876000001 Trace 339176",
    "FT24255276428461 {} NGUYEN VAN A chuyen", "chi Lan chuyen tien mua ao {} size M nhe", "thanhtoan{}camon",
)


def test_every_shape_of_the_collection_is_judged_as_it_says(shared_data: Path) -> None:
    for case in load(shared_data / "memo_shapes.json")["cases"]:
        wanted = case["order_code"] if case["should_match"] else None
        assert match_memo(case["content"], [case["order_code"]]) == wanted, case["shape"]
        assert match_memo(case["content"], [OTHER, case["order_code"], "DH999999"]) == wanted, case["shape"]


@pytest.mark.parametrize("shape", SHAPES)
def test_an_order_code_is_found_in_every_shape_cut_anywhere_in_any_case(shape: str) -> None:
    for cut in range(1, len(CODE)):
        for written in (CODE, f"{CODE[:cut]} {CODE[cut:]}", f"{CODE[:cut]}  {CODE[cut:]}", f"{CODE[:cut]}.{CODE[cut:]}",
                        f"{CODE[:cut]}-{CODE[cut:]}", f"{CODE[:cut]}\n{CODE[cut:]}"):
            assert match_memo(shape.format(written), [OTHER, CODE]) == CODE
            assert match_memo(shape.format(written).lower(), [OTHER, CODE]) == CODE


@pytest.mark.parametrize("content", [
    "ＣＰ７Ｋ４ＭＸＱＤ", "Cp7k4mxqd", "ÇP7K4MXQD", "CP7K4MXQ\u0110", "CP7K\u200b4MXQD", "CP7K\u00a04MXQD", "CP-7K4M-XQD",
    "CP–7K4MXQD", "C P 7 K 4 M X Q D", f"{CODE} {CODE}", f"{CODE}.{CODE}", f"9{CODE} {CODE}", f"{CODE}\U0001f338",
    "mua bưởi cp7k4mxqd", "Nội dung: CP7K4MXQD.", f"{CODE} 30 KG", f"30 {CODE}", f"{CODE}-30", f"30-{CODE}", "xCP7K4MXQDx",
])
def test_a_code_is_found_however_it_is_typed(content: str) -> None:
    assert match_memo(content, [OTHER, CODE]) == CODE


@pytest.mark.parametrize("content", [
    "", " ", "-", "chuyen tien", "CP7K4MXQ", "P7K4MXQD", "CP7K4MXD", "CP7K4MXQ0", "CP 7K4 MXQ", f"{CODE}5", f"5{CODE}",
    f"12{CODE}34", f"{CODE}0 KG", "CP7K4 MXQD5", "5CP7K4 MXQD", "DQXM4K7PC", "CP7K4MXQO",
    f"{CODE} {OTHER}", f"{OTHER} thay cho {CODE}", f"{CODE}{OTHER}", f"{CODE[:5]} {CODE[5:]} {OTHER}",
])
def test_no_code_a_damaged_one_or_two_give_none(content: str) -> None:
    assert match_memo(content, [OTHER, CODE]) is None


@pytest.mark.parametrize("code", ["DH-7K2M9Q", "dh7k2m9q", "DH 7K2M9Q", "DH/7K2M9Q", "Đh7K2M9Q", "D-H-7K2-M9Q"])
def test_codes_of_other_forms_come_back_as_given(code: str) -> None:
    for content in ("DH7K2M9Q", "DH-7K2M9Q", "dh 7k2m9q", "MUA DH7K2 M9Q.", "XDH-7K2M9QY", "DH7-K2M9Q GD 123"):
        assert match_memo(content, ["DH000001", code]) == code


@pytest.mark.parametrize(("content", "codes", "meant"), [
    # A longer open code hides the shorter one that it contains.
    ("DH123", ["DH12", "DH123"], "DH123"),
    ("DH7KM9", ["DH7K", "DH7KM9"], "DH7KM9"),
    ("XDH7K2", ["DH7K2", "XDH7K2"], "XDH7K2"),
    ("DH7K", ["DH7K", "DH7KM9"], "DH7K"),
    # Named once alone and once inside the longer one: both are meant.
    ("DH7KM9 DH7K", ["DH7K", "DH7KM9"], None),
    # Cut, it may be the longer one or the shorter one and a word.
    ("DH7K M9", ["DH7K", "DH7KM9"], None),
    ("DH7K2M9Q 5", ["DH7K2M9Q", "DH7K2M9Q5"], None),
    # Overlapping without one hiding the other.
    ("AB12CD34", ["AB12CD", "CD34"], None),
    # Codes that differ by signs alone cannot be told apart; the same one twice can.
    ("DH7K2M9Q", ["DH-7K2M9Q", "DH7K2M9Q"], None),
    ("DH7K2M9Q", ["DH7K2M9Q", "DH7K2M9Q"], "DH7K2M9Q"),
    # Nothing is no code.
    ("DH7K2M9Q", ["", "---", " "], None),
    ("DH7K2M9Q", [], None),
])
def test_of_several_open_codes_only_a_clear_one_is_taken(content: str, codes: list[str], meant: str | None) -> None:
    assert match_memo(content, codes) == meant
    assert match_memo(content, codes[::-1]) == meant


@pytest.mark.parametrize(("content", "code"), [
    ("TAB 1234", "AB1234"), ("MUA THANH 234", "ANH234"), ("DH7K2 MAI", "DH7K2MA"), ("A 1 KG", "A1"),
    ("HANG VE", "HANGVE"), ("174242 090822", "174242090822"), ("GD 17424 2090", "242090"), ("55 2764", "552764"),
    ("FT24255276428461 NGUYEN", "552764"), ("0912 552 764", "552764"), ("DHO01234", "DH001234"),
])
def test_the_end_of_one_word_and_the_next_are_no_code(content: str, code: str) -> None:
    assert match_memo(content, [code]) is None


@pytest.mark.parametrize(("content", "code"), [
    ("muahangDH7K2 M9Q", "DH7K2M9Q"), ("DH7K2 M9Qcamon", "DH7K2M9Q"), ("MUA AB 1234", "AB1234"),
    ("552-764", "552764"), ("GD 2024 0012", "2024-0012"), ("SO552764X", "552764"), ("TT.552764.CT", "552764"),
])
def test_cut_and_glued_codes_of_other_forms_are_still_found(content: str, code: str) -> None:
    assert match_memo(content, [code]) == code


def test_a_long_memo_of_one_letter_is_answered_as_well() -> None:
    assert match_memo("A" * 20_000, ["AA", "AAAAA"]) == "AAAAA"


def test_random_memos_without_a_code_find_none_among_many_open_orders() -> None:
    rng = random.Random(247)
    codes = [new_order_code() for _ in range(500)]
    words = ["CP", "CHUYEN", "TIEN", "MUA", "BUOI", "7K4M", "MBVCB", "CT", "TU", "NGUYEN", "2 KG", "30K", "GD", "FT242552"]

    for _ in range(300):
        content = " ".join(rng.choices(words, k=6)) + str(rng.randrange(10**9))
        assert match_memo(content, codes) is None


def test_any_code_in_any_shape_with_one_wrong_character_finds_no_other_order() -> None:
    rng = random.Random(31)
    codes = [new_order_code() for _ in range(200)]

    for code in codes:
        place = rng.randrange(2, 9)
        wrong = code[:place] + ("Z" if code[place] != "Z" else "Y") + code[place + 1:]
        assert match_memo(rng.choice(SHAPES).format(wrong), codes) is None
        assert match_memo(rng.choice(SHAPES).format(code), codes) == code
