"""Posts say what the listing says, in each network's manner."""

from __future__ import annotations

import dataclasses
import re

import pytest

from catalog.posts.model import NETWORKS, Facts
from catalog.posts.texts import compose

POMELO = Facts(code="K7M2", kind="grapefruit", name="Bưởi da xanh Mường Ảng", price_text="25.000đ", unit="kg",
               household="Lò Thị Xuân", place="bản Lói, xã Mường Ảng", province="Điện Biên", link="http://127.0.0.1:8000/o/k7m2/z",
               left_text="Còn 80 kg", phone="0900 000 456")
MEAT = dataclasses.replace(POMELO, code="H3TD", kind="dried_meat", name="Thịt trâu gác bếp", price_text="170.000đ",
                           unit="túi", left_text="Còn 18 túi", packed_on="20/11/2026", best_before="20/02/2027",
                           ingredients="thịt trâu, mắc khén, gừng, muối")
BARE = dataclasses.replace(POMELO, code="X2X2", kind="other", name="Măng khô", left_text=None, phone=None)
CLAIMS = ("ngon nhất", "tốt nhất", "rẻ nhất", "chữa", "trị bệnh", "cam kết", "sạch", "số 1", "đảm bảo")


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+", text))


@pytest.mark.parametrize("facts", [POMELO, MEAT, BARE], ids=lambda facts: facts.code)
@pytest.mark.parametrize("network", NETWORKS)
def test_every_number_comes_from_the_facts(facts: Facts, network: str) -> None:
    text = compose(network, facts)

    known = numbers(" ".join(str(value) for value in dataclasses.astuple(facts)))
    assert numbers(text) <= known


@pytest.mark.parametrize("network", NETWORKS)
def test_name_price_and_unit_are_always_said(network: str) -> None:
    text = compose(network, POMELO).lower()

    assert "bưởi da xanh mường ảng" in text and "25.000đ/kg" in text


@pytest.mark.parametrize("network", NETWORKS)
def test_nothing_is_praised(network: str) -> None:
    for number in range(40):
        text = compose(network, dataclasses.replace(MEAT, code=f"C{number}")).lower()

        assert not any(claim in text for claim in CLAIMS)


@pytest.mark.parametrize("network", NETWORKS)
def test_dried_meat_always_carries_its_dates(network: str) -> None:
    text = compose(network, MEAT)

    assert "20/11/2026" in text and "20/02/2027" in text


def test_a_households_posts_speak_in_several_voices() -> None:
    openings = {compose("facebook", dataclasses.replace(POMELO, code=f"C{n}")).splitlines()[0] for n in range(12)}

    assert len(openings) >= 3


def test_the_same_listing_reads_the_same_every_time() -> None:
    assert compose("zalo", POMELO) == compose("zalo", POMELO)


def test_tags_have_no_marks_and_no_blanks() -> None:
    tags = compose("tiktok", MEAT).splitlines()[-1].split()

    assert "#thittrauGacbep".lower() in tags and all(re.fullmatch(r"#[a-z0-9]+", tag) for tag in tags)


def test_the_link_stands_alone_at_the_end_of_a_zalo_message() -> None:
    assert compose("zalo", POMELO).endswith(POMELO.link)


def test_a_tiktok_caption_is_short() -> None:
    assert len(compose("tiktok", POMELO).splitlines()) == 2


def test_a_missing_fact_leaves_no_trace() -> None:
    text = compose("facebook", BARE)

    assert "None" not in text and "Gọi" not in text and "Còn" not in text
