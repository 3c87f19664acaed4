"""Posts say what the listing says, in each network's manner and length."""

from __future__ import annotations

import dataclasses
import re
from itertools import pairwise

import pytest

from catalog.listings.tiers import Tier
from catalog.posts.model import NETWORKS, Facts
from catalog.posts.sms import MOST_CHARACTERS
from catalog.posts.texts import compose, low_first
from catalog.posts.voices import CALLS, OPENINGS, PRICES
from tests.posts.goods import OCOP, VIETGAP, listings

POMELO = Facts(kind="grapefruit", name="Bưởi da xanh Mường Ảng", price_text="25.000đ", unit="kg", household="Lò Thị Xuân",
               household_code="xuan8", rank=0, place="bản Lói, xã Mường Ảng", province="Điện Biên",
               link="http://127.0.0.1:8000/o/k7m2/z", left_text="Còn 80 kg", phone="0900 000 456")
MEAT = dataclasses.replace(POMELO, household_code="hoa4e", kind="dried_meat", name="Thịt trâu gác bếp",
                           price_text="170.000đ", unit="túi", left_text="Còn 18 túi", packed_on="20/11/2026",
                           best_before="20/02/2027", ingredients="thịt trâu, mắc khén, gừng, muối")
BARE = dataclasses.replace(POMELO, kind="other", name="Măng khô", left_text=None, phone=None)
FULL = dataclasses.replace(POMELO, harvested_on="24/11/2026", minimum="5 kg", proofs=(OCOP, VIETGAP))
TIERS = (Tier(10_000, total_vnd=220_000), Tier(20_000, price_vnd=21_000))
CLAIMS = ("ngon", "tốt", "rẻ", "chữa", "trị bệnh", "cam kết", "sạch", "số 1", "đảm bảo", "tươi", "ngọt", "chất lượng")
GSM_BASIC = set("@$_ !\"#%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz\n")
"""What of 3GPP TS 23.038's basic table a Vietnamese keyboard without marks gives."""


def numbers(text: str) -> set[int]:
    return {int(number) for number in re.findall(r"\d+", text)}


def ranked(facts: Facts, count: int) -> list[Facts]:
    """The household's listings one after another."""
    return [dataclasses.replace(facts, rank=rank) for rank in range(count)]


@pytest.mark.parametrize("network", NETWORKS)
def test_every_number_comes_from_the_facts(network: str) -> None:
    for facts in listings(network):
        known = numbers(" ".join(str(value) for value in dataclasses.astuple(facts)))

        assert numbers(compose(network, facts)) <= known


@pytest.mark.parametrize("network", ["facebook", "zalo", "tiktok", "portal"])
def test_name_price_unit_and_seller_are_always_said(network: str) -> None:
    for facts in listings(network):
        if not facts.is_sold_out:
            text = compose(network, facts).lower()

            assert facts.name.lower() in text and f"{facts.price_text}/{facts.unit}" in text
            assert facts.household.lower() in text


@pytest.mark.parametrize("network", NETWORKS)
def test_nothing_is_praised(network: str) -> None:
    for facts in [*ranked(MEAT, 40), *ranked(FULL, 40)]:
        words = re.findall(r"\w+", compose(network, facts).lower())

        assert not any(f" {claim} " in f" {' '.join(words)} " for claim in CLAIMS)


@pytest.mark.parametrize("network", ["facebook", "zalo", "tiktok", "portal"])
def test_dried_meat_always_carries_its_dates(network: str) -> None:
    for facts in ranked(MEAT, 12):
        text = compose(network, facts)

        assert "20/11/2026" in text and "20/02/2027" in text


def test_a_text_message_about_dried_meat_carries_its_last_day() -> None:
    assert all("HSD 20/02/2027" in compose("sms", facts) for facts in ranked(MEAT, 12))


@pytest.mark.parametrize("network", NETWORKS)
def test_two_listings_in_a_row_never_open_alike(network: str) -> None:
    for code in ("xuan8", "dung4", "hoa4e", "vang2"):
        texts = [compose(network, facts) for facts in ranked(dataclasses.replace(FULL, household_code=code), 40)]
        openings = [re.split(r"24/11|\n|[.:,] ", text)[0] for text in texts]

        assert all(one != next_one for one, next_one in pairwise(texts))
        assert len(set(openings)) >= 5 and all(one != next_one for one, next_one in pairwise(openings))


@pytest.mark.parametrize("network", ["facebook", "zalo"])
def test_a_households_first_forty_texts_are_all_different(network: str) -> None:
    assert len({compose(network, facts) for facts in ranked(POMELO, 40)}) == 40


def test_there_are_voices_enough_and_they_take_long_to_meet_again() -> None:
    for network in NETWORKS:
        assert len(set(OPENINGS[network])) == len(OPENINGS[network]) >= 9
        assert len(OPENINGS[network]) * len(CALLS[network]) >= 36
    assert len(PRICES["facebook"]) >= 7 and len(PRICES["zalo"]) >= 4


def test_the_same_listing_reads_the_same_every_time() -> None:
    assert compose("zalo", POMELO) == compose("zalo", dataclasses.replace(POMELO))


@pytest.mark.parametrize("network", ["facebook", "zalo", "tiktok", "portal"])
def test_harvest_and_valid_certificates_are_said(network: str) -> None:
    for facts in ranked(FULL, 12):
        text = compose(network, facts)

        assert "24/11" in text and "OCOP 3 sao" in text and "VietGAP" in text


@pytest.mark.parametrize("network", ["facebook", "zalo", "portal"])
def test_a_minimum_is_said(network: str) -> None:
    assert all("5 kg" in compose(network, facts) for facts in ranked(FULL, 6))


@pytest.mark.parametrize("network", ["facebook", "zalo", "portal"])
def test_prices_by_amount_are_said(network: str) -> None:
    for facts in ranked(dataclasses.replace(POMELO, tiers=TIERS), 6):
        text = compose(network, facts)

        assert "10 kg 220.000đ, từ 20 kg 21.000đ/kg" in text and "25.000đ/kg" in text


def test_tags_have_no_marks_and_no_blanks() -> None:
    tags = compose("tiktok", MEAT).splitlines()[-1].split()

    assert tags == ["#thittraugacbep", "#thitsay", "#muongang", "#dienbien"]


def test_the_link_stands_alone_at_the_end_of_a_zalo_message() -> None:
    for facts in listings("zalo"):
        lines = compose("zalo", facts).splitlines()

        assert len(lines) == 2 and lines[1] == facts.link


def test_a_facebook_post_is_a_few_short_lines_with_an_emoji_or_two() -> None:
    for facts in listings("facebook"):
        text = compose("facebook", facts)

        assert sum(ord(char) > 0x2600 for char in text) in (1, 2)
        assert len(text.splitlines()) <= 14 and all(len(line) <= 100 for line in text.splitlines())


def test_a_tiktok_caption_is_one_line_and_tags() -> None:
    for facts in listings("tiktok"):
        line, tags = compose("tiktok", facts).splitlines()

        assert len(line) <= 200 and tags.startswith("#")


def test_a_portals_description_has_a_title_and_a_fact_a_line() -> None:
    title, blank, *rows = compose("portal", MEAT).splitlines()

    assert "hịt trâu gác bếp" in title and blank == ""
    assert all(re.match(r"[^:]+: \S", row) for row in rows)


@pytest.mark.parametrize("name", ["Chè", "Bưởi da xanh Mường Ảng loại to hái tại vườn nhà ở bản Lói xã Mường Ảng", "Măng 🎍 khô “nứa”", "X" * 80])
@pytest.mark.parametrize("link", ["http://127.0.0.1:8000/o/k7m2/s", "https://cho-phien-muong-ang.dienbien.example.gov.vn/o/k7m2/s"])
def test_a_text_message_is_one_sms_with_its_link(name: str, link: str) -> None:
    for facts in [*ranked(dataclasses.replace(MEAT, name=name, link=link), 9), dataclasses.replace(MEAT, name=name, link=link, is_sold_out=True)]:
        text = compose("sms", facts)

        assert len(text) <= MOST_CHARACTERS and text.endswith(link) and set(text) <= GSM_BASIC


def test_a_missing_fact_leaves_no_trace() -> None:
    for network in NETWORKS:
        for facts in ranked(BARE, 12):
            text = compose(network, facts)

            assert "None" not in text and "{" not in text and "Gọi" not in text and ", ." not in text and "còn" not in text.lower()


@pytest.mark.parametrize("network", NETWORKS)
def test_what_is_sold_out_is_not_offered(network: str) -> None:
    for facts in ranked(dataclasses.replace(POMELO, is_sold_out=True, left_text=None), 6):
        text = compose(network, facts).lower()

        assert "hết" in text or "het hang" in text
        assert "đặt ở đây" not in text and "dat o day" not in text


def test_living_animals_are_not_sent_by_post() -> None:
    pig = dataclasses.replace(BARE, name="Lợn đen con", unit="con")

    assert all("bưu điện" not in compose(network, facts) for network in NETWORKS for facts in ranked(pig, 12))


@pytest.mark.parametrize(("name", "inside"), [("Bưởi da xanh", "bưởi da xanh"), ("OCOP Tuần Giáo", "OCOP Tuần Giáo"), ("Ổi", "ổi")])
def test_a_name_inside_a_sentence_begins_small(name: str, inside: str) -> None:
    assert low_first(name) == inside
