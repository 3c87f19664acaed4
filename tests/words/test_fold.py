"""Folding against what independent libraries make of the same letters, and the shop's own rules."""

from __future__ import annotations

import random
import unicodedata
from pathlib import Path

import pytest

from catalog.words.fold import fold, memo_fold, strip_marks
from tests.peers import load

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
LETTERS = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES] + ["đ"]


def test_every_vietnamese_letter_folds_like_the_peers_do_composed_or_not(shared_data: Path) -> None:
    cases = load(shared_data / "vietnamese_fold.json")["cases"]

    folded = {case["in"]: fold(case["in"]) for case in cases}

    for case in cases:
        # Unidecode drops pictures; a search for one may keep it.
        wanted = " ".join(case["unidecode"].lower().split())
        assert folded[case["in"]].replace("🌸", "").strip() == wanted
        assert fold(unicodedata.normalize("NFD", case["in"])) == folded[case["in"]]


def test_all_letters_of_the_alphabet_become_plain_in_both_cases() -> None:
    assert len(LETTERS) == 73

    folded = {fold(letter) for letter in LETTERS}
    shouted = {memo_fold(letter.upper()) for letter in LETTERS}

    assert folded == set("aeiouyd")
    assert shouted == set("AEIOUYD")


@pytest.mark.parametrize(("typed", "folded"), [
    ("Ðặng Đình Đức", "dang dinh duc"),
    ("  Lê\u00a0 Văn\tTám\n", "le van tam"),
    ("‘bưởi’ “da xanh” – loại 1…", "'buoi' \"da xanh\" - loai 1..."),
    ("ＢƯỞＩ　１kg", "buoi 1kg"),
    ("bưởi\u200b da\u200d xanh\ufeff", "buoi da xanh"),
    ("1️⃣ xoài", "1 xoai"),
    ("", ""),
])
def test_search_form_is_plain_lower_case_with_single_blanks(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_the_thai_script_keeps_its_vowels() -> None:
    assert fold("ꪼꪕ") == "ꪼꪕ"


def test_case_is_left_alone_where_only_marks_are_asked_away() -> None:
    assert strip_marks("Điện Biên") == "Dien Bien"


@pytest.mark.parametrize(("typed", "memo"), [
    ("Bưởi nhà chị Mỷ, 2 quả!", "BUOI NHA CHI MY 2 QUA"),
    ("H'Mông", "HMONG"),
    ("H’Mông", "HMONG"),
    ("A&B (cọc 50%)", "A B COC 50"),
    ("🌸", ""),
    ("--", ""),
])
def test_memo_form_keeps_only_what_every_bank_lets_through(typed: str, memo: str) -> None:
    assert memo_fold(typed) == memo


def test_folding_twice_changes_nothing() -> None:
    rng = random.Random(20)
    pool = [*LETTERS, *"abcXYZ 0123456789", "Đ", "Ð", "–", "“", "\u00a0", "\u0301", "ﬁ", "①", "½", "İ", "ß"]

    for _ in range(2000):
        text = "".join(rng.choices(pool, k=rng.randrange(12)))
        assert fold(fold(text)) == fold(text)
        assert memo_fold(memo_fold(text)) == memo_fold(text)
        assert memo_fold(text).isascii()
