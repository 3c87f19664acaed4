"""What people copy from a network's page, taken apart again; numbers are covered."""

from __future__ import annotations

from catalog.live.shows.mask import mask_phone, mask_phones
from catalog.live.shows.paste import MOST_COMMENTS, read_pasted


def test_lines_with_a_name_and_a_colon_are_comments() -> None:
    assert read_pasted("Ngọc Bùi: A1 lấy 2 túi nhé\nHà: ship HN bn ạ?\n\n shop.xyz : vay nhanh") == [
        ("Ngọc Bùi", "A1 lấy 2 túi nhé"), ("Hà", "ship HN bn ạ?"), ("shop.xyz", "vay nhanh")]


def test_a_copy_of_facebooks_page_loses_its_buttons_and_times() -> None:
    copied = ("Phù hợp nhất\nNgọc Bùi\nA1 lấy 2 túi nhé\nThích\nTrả lời\n3 phút\nFan cứng\nTuấn Phạm\n"
              "ship Hà Nội bao nhiêu ạ?\n2 phút  Thích  Phản hồi\nMai Hoa\nchốt 3 kg bưởi\n1 giờ")

    found = read_pasted(copied)

    assert found == [("Ngọc Bùi", "A1 lấy 2 túi nhé"), ("Tuấn Phạm", "ship Hà Nội bao nhiêu ạ?"), ("Mai Hoa", "chốt 3 kg bưởi")]


def test_labels_prices_and_addresses_are_no_names() -> None:
    assert read_pasted("A1: 2 túi") == [("", "A1: 2 túi")]
    assert read_pasted("sđt: 0912345321") == [("", "sđt: 0912345321")]
    assert read_pasted("https://example.vn/x") == [("", "https://example.vn/x")]


def test_a_flood_is_cut_and_nothing_gives_nothing() -> None:
    assert len(read_pasted("Hà: chấm\n" * 1000)) == MOST_COMMENTS
    assert read_pasted(" \n\n") == []


def test_the_middle_of_each_number_is_covered() -> None:
    assert mask_phones("A1 lấy 2 túi nhé, 0912 345 321") == "A1 lấy 2 túi nhé, 09•• ••• 321"
    assert mask_phones("lấy 2 kg") == "lấy 2 kg"
    assert mask_phone("+84912345321") == "09•• ••• 321" and mask_phone("") == ""
