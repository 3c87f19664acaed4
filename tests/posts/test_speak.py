"""What to say on air, and answers to paste: from the facts, long enough, honest where nothing is known."""

from __future__ import annotations

import dataclasses
import re
from html import unescape

import pytest

from catalog.posts.answers import answers_for
from catalog.posts.check import Subject, check_text
from catalog.posts.model import Facts
from catalog.posts.script import LONGEST_SECONDS, SHORTEST_SECONDS, live_script
from tests.cast import BASE_URL, Cast
from tests.listings.stall import sell
from tests.orders.goods import give_account
from tests.posts.goods import OCOP, listings
from tests.posts.test_check import TODAY
from tests.posts.test_texts import BARE, FULL, MEAT, POMELO, TIERS


def price_of(facts: Facts) -> int:
    return int(facts.price_text.rstrip("đ").replace(".", ""))


def said(facts: Facts, *, takes_transfers: bool = True) -> str:
    return " ".join(part.words for part in live_script(facts, price_vnd=price_of(facts), takes_transfers=takes_transfers).parts)


@pytest.mark.parametrize("facts", [*listings("zalo"), BARE, dataclasses.replace(MEAT, proofs=(OCOP, OCOP), place="x"),
                                   dataclasses.replace(BARE, name="Ổi", household="Lò Ó", place="Lói"),
                                   dataclasses.replace(FULL, ingredients="thịt " * 30)], ids=lambda facts: facts.name)
def test_a_script_lasts_sixty_to_ninety_seconds(facts: Facts) -> None:
    for rank in range(12):
        script = live_script(dataclasses.replace(facts, rank=rank), price_vnd=price_of(facts), takes_transfers=rank % 2 == 0)

        assert SHORTEST_SECONDS <= script.seconds <= LONGEST_SECONDS


@pytest.mark.parametrize("facts", listings("zalo"), ids=lambda facts: facts.name)
def test_a_script_claims_nothing_and_says_who_sells_for_how_much(facts: Facts) -> None:
    text = said(facts)

    subject = Subject("other", price_of(facts), facts.unit, TODAY)
    assert [one for one in check_text(text, subject) if one.rule in ("health", "superlative", "comparison", "purity")] == []
    assert facts.household in text and "nghìn" in text or "triệu" in text


def test_only_who_has_an_account_speaks_of_transfers() -> None:
    assert "chuyển khoản" in said(POMELO) and "chuyển khoản" not in said(POMELO, takes_transfers=False)


def test_an_amount_below_the_minimum_is_not_offered() -> None:
    assert "Lấy 2 cân" in said(POMELO) and "Lấy 2 cân" not in said(FULL)


def test_prices_by_amount_are_said_aloud_in_the_place_of_plain_sums() -> None:
    facts = dataclasses.replace(POMELO, tiers=TIERS)

    text = said(facts)

    assert "Lấy 10 cân thì 220 nghìn. Lấy từ 20 cân thì 21 nghìn một cân." in text and "Lấy 2 cân" not in text
    assert "từ 20 kg 21.000đ/kg" in answers_for(facts, takes_transfers=True)[0].text
    assert SHORTEST_SECONDS <= live_script(facts, price_vnd=25_000, takes_transfers=True).seconds <= LONGEST_SECONDS


async def test_the_least_that_is_sold_comes_from_the_listing(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    async with cast.shop.db.write() as connection:
        await connection.execute("UPDATE listings SET min_order = 5000")

    page = unescape((await cast.farmer.get(f"{cast.stall}/listings/{code}/script")).text)

    assert "Nhà mình bán từ 5 cân trở lên." in page


def test_curly_brackets_in_a_name_do_no_harm() -> None:
    assert "{0}" in said(dataclasses.replace(POMELO, name="Bưởi {0}", place="bản {x}", household="Lò {y}"))


def test_taste_is_not_promised() -> None:
    answers = {one.question: one.text for facts in (FULL, MEAT, BARE) for one in answers_for(facts, takes_transfers=True)}

    assert "không dám nói chắc" in answers["Có ngọt không?"] and "24/11/2026" in answers["Có ngọt không?"]
    assert "không dám nói trước" in answers["Có ngon không?"] and "mắc khén" in answers["Có ngon không?"]
    assert "không dám tự khen" in answers["Hàng có tốt không?"]


@pytest.mark.parametrize("facts", listings("zalo"), ids=lambda facts: facts.name)
def test_answers_say_only_what_is_known(facts: Facts) -> None:
    answers = answers_for(facts, takes_transfers=False)
    text = " ".join(one.text for one in answers)

    assert len(answers) == 8 and "None" not in text and "  " not in text and "chuyển khoản" not in text
    known = set(re.findall(r"\d+", " ".join(str(value) for value in dataclasses.astuple(facts))))
    assert set(re.findall(r"\d+", text)) <= known


def test_dates_and_papers_are_answered_from_the_listing() -> None:
    answers = {one.question: one.text for one in answers_for(dataclasses.replace(MEAT, proofs=(OCOP,)), takes_transfers=True)}

    assert "20/02/2027" in answers["Hạn dùng đến bao giờ?"] and "125/QĐ-UBND" in answers["Có giấy chứng nhận không?"]


async def test_both_pages_show_what_the_listing_says(cast: Cast) -> None:
    await give_account(cast)
    code = await sell(cast, cast.farmer)

    script = unescape((await cast.farmer.get(f"{cast.stall}/listings/{code}/script")).text)
    answers = unescape((await cast.farmer.get(f"{cast.stall}/listings/{code}/answers")).text)

    assert "25 nghìn một cân" in script and "Còn 80 kg" in script and "mã trên trang đơn" in script
    assert f"25.000đ/kg ạ, còn 80 kg. Đặt ở đây: {BASE_URL}/o/{code}" in answers and answers.count("data-copy=") == 8


async def test_neither_page_is_a_neighbours(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)

    for name in ("script", "answers"):
        there = f"{cast.stall}/listings/{code}/{name}"
        assert [(await who.get(there)).status_code for who in (cast.neighbour, cast.buyer, cast.helper)] == [404, 404, 200]
