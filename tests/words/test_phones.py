"""Numbers as people type them, compared with phonenumbers where its stricter data does not matter."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from catalog.words.phones import BadPhone, mask_phone, read_phone, show_phone
from tests.peers import load

# phonenumbers knows which ranges are assigned; these are open or may open, so the shop takes them.
TAKEN_BEYOND_THE_PEER = {"0551234567", "0891234567", "0521234567"}
# It takes ranges that no phone of a buyer has, and trips over words, which the shop passes by.
REFUSED_UNLIKE_THE_PEER = {"0121234567", "1900545436", "18001234"}
READ_PAST_WORDS = {"0901234567 - Lan", "sdt 0901234567 giao truoc 5h"}


def read_or_none(text: str) -> str | None:
    try:
        return read_phone(text)
    except BadPhone:
        return None


def test_numbers_read_as_the_peer_reads_them_apart_from_the_named_differences(shared_data: Path) -> None:
    cases = load(shared_data / "phones_vn.json")["parse"]
    named = TAKEN_BEYOND_THE_PEER | REFUSED_UNLIKE_THE_PEER | READ_PAST_WORDS

    for case in cases:
        if case["in"] in named:
            continue
        wanted = case["e164"] if case.get("valid_for_VN") else None
        assert read_or_none(case["in"]) == wanted, case["in"]
    assert all(read_or_none(text) for text in TAKEN_BEYOND_THE_PEER | READ_PAST_WORDS)
    assert not any(read_or_none(text) for text in REFUSED_UNLIKE_THE_PEER)


@pytest.mark.parametrize("typed", [
    "0900000123", "0900.000.123", "0900-000-123", "0900 000 123", "(0900) 000 123", "+84900000123",
    "84 900 000 123", "0084900000123", "+84 0900 000 123", "84 (0) 900 000 123", "900000123",
    "０９０００００１２３", "O9OO OOO 123", "o900 000 123", "0900–000–123",
    "\u202a+84 900 000 123\u202c", "0900\u00a0000\u00a0123", "sđt: 0900 000 123 (Zalo)", "Lan 0900000123",
    "0900000123 / 0900000123", "tel:+84-900-000-123", "gọi o 0900000123 giúp",
])
def test_one_number_is_read_however_it_is_written(typed: str) -> None:
    assert read_phone(typed) == "+84900000123"


@pytest.mark.parametrize(("typed", "said"), [
    ("0900 000 1", "Số điện thoại thiếu 2 số. Cần đủ 10 số."),
    ("+84 900 000 12", "Số điện thoại thiếu 1 số. Cần đủ 10 số."),
    ("0900 000 1234", "Số điện thoại thừa 1 số. Chỉ cần 10 số."),
    ("0215 382 512", "Số điện thoại thiếu 1 số. Cần đủ 11 số."),
    ("0400 000 123", "Không có đầu số 04. Số di động bắt đầu bằng 03, 05, 07, 08 hoặc 09."),
    ("1900 545 436", "Không có đầu số 19. Số di động bắt đầu bằng 03, 05, 07, 08 hoặc 09."),
    ("0163 200 0123", "Đây là số cũ có 11 số. Ghi số mới có 10 số."),
    ("+856 20 5555 1234", "Chỉ nhận số điện thoại Việt Nam."),
    ("0900000123 hoặc 0911000456", "Ở đây có hai số điện thoại. Ghi một số thôi."),
    ("0900000123 0911000456", "Ở đây có hai số điện thoại. Ghi một số thôi."),
    ("", "Chưa có số điện thoại. Cần đủ 10 số."),
    ("gọi sau nhé", "Chưa có số điện thoại. Cần đủ 10 số."),
])
def test_a_wrong_number_is_answered_by_what_to_mend(typed: str, said: str) -> None:
    with pytest.raises(BadPhone) as caught:
        read_phone(typed)

    assert caught.value.reason == said


def test_what_was_typed_never_stands_in_the_error_s_text() -> None:
    with pytest.raises(BadPhone) as caught:
        read_phone("0900 000 12")

    assert "0900" not in str(caught.value) + repr(caught.value)


@pytest.mark.parametrize(("e164", "shown", "masked"), [
    ("+84900000123", "0900 000 123", "09•• ••• 123"),
    ("+842838291234", "028 3829 1234", "02• •••• •234"),
    ("+842153825123", "0215 382 5123", "02•• ••• •123"),
])
def test_numbers_are_shown_in_groups_and_masked_but_for_the_ends(e164: str, shown: str, masked: str) -> None:
    assert show_phone(e164) == shown
    assert mask_phone(e164) == masked


def test_a_shown_number_reads_back_and_a_masked_one_does_not() -> None:
    rng = random.Random(84)

    for _ in range(2000):
        start = rng.choice("35789")
        e164 = "+84" + start + "".join(rng.choices("0123456789", k=8))
        assert read_phone(show_phone(e164)) == e164
        assert read_or_none(mask_phone(e164)) is None


def test_any_text_gives_a_number_or_a_bad_phone_and_nothing_else() -> None:
    rng = random.Random(1)
    pool = "0123456789+84()-. oOaé\u202a٣①½/,"

    for _ in range(5000):
        text = "".join(rng.choices(pool, k=rng.randrange(30)))
        found = read_or_none(text)
        assert found is None or (found.isascii() and found.startswith("+84") and len(found) in (12, 13))
