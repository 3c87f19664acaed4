"""Prices by amount and the least order: on the forms, before the household, in pictures and by the API."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from catalog.households.model import key_holder
from catalog.households.queries import SQL as HOUSEHOLDS
from catalog.households.tokens import digest, new_token
from catalog.listings.model import Facts, Listing, Parts
from catalog.listings.publish import create_listing
from catalog.listings.queries import listing_by_code
from catalog.listings.specs import card_spec, spec_key
from catalog.listings.tiers import Tier
from catalog.posts.compose import facts_for, told_of
from catalog.storage.database import new_id, now_ms
from media.prints.words import tiers_line
from tests.cast import BASE_URL, Cast
from tests.listings.stall import FACTS, edit, listing_row, newest_consent, sell, sent_photo
from tests.orders.goods import mistakes

TEN_FOR, FROM_TWENTY = Tier(10_000, total_vnd=220_000), Tier(20_000, price_vnd=21_000)
PRICES = {"min_order": "2", "tier1": "từ 20 kg 21k", "tier2": "10 kg 220 nghìn"}
KEPT = {"min_order": "2", "tier1": "10 kg 220.000đ", "tier2": "từ 20 kg 21.000đ/kg"}


async def listing(cast: Cast, code: str) -> Listing:
    """The listing as it stands."""
    async with cast.shop.db.read() as connection:
        found = await listing_by_code(connection, code)
    assert found is not None
    return found


def fields(html: str) -> dict[str, str]:
    """What stands in the form's fields for prices by amount."""
    found = re.findall(r'<input class="box" id="(min_order|tier\d)"[^>]*value="([^"]*)"', html)
    return {name: value for name, value in found if value}


async def answer_consent(cast: Cast, answer: str) -> httpx.Response:
    """The household's answer to the newest question."""
    path = f"/c/{(await newest_consent(cast))['code'].lower()}"
    return await cast.farmer.post(path, data={"answer": answer})


async def test_prices_typed_as_sentences_stand_on_the_listing_and_in_its_form(cast: Cast) -> None:
    code = await sell(cast, cast.farmer, **PRICES)

    made = await listing(cast, code)
    html = (await cast.farmer.get(f"{cast.stall}/listings/{code}/edit")).text
    shown = (await cast.farmer.get(f"{cast.stall}/listings/{code}")).text
    assert (made.min_order, made.tiers) == (2_000, (TEN_FOR, FROM_TWENTY))
    assert fields(html) == KEPT and '<details class="more" open>' in html
    assert "10 kg 220.000đ, từ 20 kg 21.000đ/kg" in shown and "bán từ 2 kg" in shown


async def test_the_lines_wait_folded_where_there_is_one_price(cast: Cast) -> None:
    html = (await cast.farmer.get(f"{cast.stall}/sell")).text

    assert '<details class="more">' in html and fields(html) == {}
    assert re.findall(r'name="(tier\d)"', html) == ["tier1", "tier2", "tier3"]


@pytest.mark.parametrize(("typed", "field", "words"), [
    ({"tier2": "mua nhiều rẻ"}, "tier2", "Chưa rõ"), ({"tier1": "10 kg 260k"}, "tier1", "chỉ 250.000đ"),
    ({"tier1": "10 kg 220k", "tier3": "1 yến 210k"}, "tier3", "đã có giá"), ({"min_order": "ít"}, "min_order", "số lượng"),
    ({"tier1": "10 kg 220"}, "tier1", "220.000đ"), ({"tier2": "1 kg 20k"}, "tier2", "hơn 1 kg")])
async def test_a_mistake_stands_at_its_line_and_all_lines_are_kept(cast: Cast, typed: dict[str, str], field: str,
                                                                   words: str) -> None:
    photo = await sent_photo(cast)

    answer = await cast.farmer.post(f"{cast.stall}/sell", data={**FACTS, **typed, "photo": [photo]})

    assert answer.status_code == 422
    assert set(mistakes(answer.text)) == {field} and words in mistakes(answer.text)[field]
    assert fields(answer.text) == typed and '<details class="more" open>' in answer.text


async def test_a_form_sent_back_says_how_each_line_was_understood(cast: Cast) -> None:
    answer = await cast.farmer.post(f"{cast.stall}/sell", data={**FACTS, **PRICES})

    assert answer.status_code == 422
    assert "= từ 20 kg 21.000đ/kg" in answer.text and "= 10 kg 220.000đ" in answer.text


async def test_lines_are_not_judged_before_their_price(cast: Cast) -> None:
    photo = await sent_photo(cast)

    answer = await cast.farmer.post(f"{cast.stall}/sell", data={**FACTS, **PRICES, "price": "?", "photo": [photo]})

    assert set(mistakes(answer.text)) == {"price"} and fields(answer.text) == PRICES


async def test_emptied_lines_are_gone_and_a_fourth_is_kept(cast: Cast) -> None:
    four = {f"tier{number}": f"{number}0 kg {number * 200}k" for number in range(1, 5)}
    code = await sell(cast, cast.farmer, **four)
    shown = fields((await cast.farmer.get(f"{cast.stall}/listings/{code}/edit")).text)

    await edit(cast, cast.farmer, code, **shown)
    kept = (await listing(cast, code)).tiers
    await edit(cast, cast.farmer, code, min_order="")

    assert len(kept) == 4 and shown["tier4"] == "40 kg 800.000đ"
    assert ((await listing(cast, code)).min_order, (await listing(cast, code)).tiers) == (0, ())


async def test_a_helpers_new_prices_by_amount_wait_for_the_household(cast: Cast) -> None:
    code = await sell(cast, cast.farmer, tier1="10 kg 240k")

    await edit(cast, cast.helper, code, **PRICES)

    waiting = await listing(cast, code)
    asked = (await cast.farmer.get(f"/c/{(await newest_consent(cast))['code'].lower()}")).text
    told = (await cast.helper.get(f"{cast.stall}/listings/{code}")).text
    board = (await cast.helper.get("/v/loi?show=consents")).text
    await answer_consent(cast, "agree")
    assert waiting.tiers == (Tier(10_000, total_vnd=240_000),)
    assert "10 kg 220.000đ" in asked and "từ 20 kg 21.000đ/kg" in asked and "</span>10 kg 240.000đ</s>" in asked
    assert "mua nhiều: 10 kg 220.000đ, từ 20 kg 21.000đ/kg" in told
    assert "Bưởi da xanh · giá mua nhiều" in board
    assert ((await listing(cast, code)).price_vnd, (await listing(cast, code)).tiers) == (25_000, (TEN_FOR, FROM_TWENTY))


async def test_an_agreement_taken_back_gives_the_old_prices_back(cast: Cast) -> None:
    code = await sell(cast, cast.farmer, tier1="10 kg 240k")
    await edit(cast, cast.helper, code, price="30.000")
    await answer_consent(cast, "agree")
    between = await listing(cast, code)

    answer = await answer_consent(cast, "withdraw")

    back = await listing(cast, code)
    assert answer.status_code == 303 and (between.price_vnd, between.tiers) == (30_000, ())
    assert (back.price_vnd, back.tiers) == (25_000, (Tier(10_000, total_vnd=240_000),))


async def test_prices_that_the_household_set_since_are_not_undone(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    await edit(cast, cast.helper, code, tier1="10 kg 220k")
    await answer_consent(cast, "agree")
    async with cast.shop.db.write() as connection:
        await connection.execute("UPDATE tiers SET total_vnd = 215000")

    answer = await answer_consent(cast, "withdraw")

    assert answer.status_code == 409
    assert (await listing(cast, code)).tiers == (Tier(10_000, total_vnd=215_000),)


async def test_the_household_is_shown_all_prices_before_goods_go_out(cast: Cast) -> None:
    await sell(cast, cast.helper, **PRICES)

    page = (await cast.farmer.get(f"/c/{(await newest_consent(cast))['code'].lower()}")).text

    for words in ("25.000đ", "10 kg 220.000đ", "từ 20 kg 21.000đ/kg", "Bán ít nhất 2 kg."):
        assert words in page, words


async def test_pictures_and_posts_know_the_prices_by_amount_and_change_with_them(cast: Cast) -> None:
    facts = Facts("grapefruit", "Bưởi da xanh", 25_000, "kg", 80_000, "bản Lói", min_order=2_000, tiers=(TEN_FOR, FROM_TWENTY))
    made = (await create_listing(cast.shop, key_holder(cast.household), facts, photo_ids=[], publish=True,
                                 photo_needed=False)).listing
    async with cast.shop.db.read() as connection:
        told = facts_for("zalo", made, cast.household, await told_of(connection, made, cast.household), public_url=BASE_URL)

    spec = card_spec(made, cast.household, Parts(), public_url=BASE_URL, stock_said="")
    plain = card_spec(await without_tiers(cast, made), cast.household, Parts(), public_url=BASE_URL, stock_said="")

    assert [(tier.label, tier.price_vnd, tier.is_whole) for tier in spec.tiers] == [
        ("10 kg", 220_000, True), ("từ 20 kg", 21_000, False)]
    assert tiers_line(spec) == "10 kg: 220.000đ · từ 20 kg: 21.000đ/kg"
    assert spec_key(spec) != spec_key(plain) and spec == type(spec).from_json(spec.to_json())
    assert (told.minimum, told.tiers_text) == ("2 kg", "10 kg 220.000đ, từ 20 kg 21.000đ/kg")
    assert (await listing_row(cast, made.code))["render_key"] == spec_key(
        card_spec(made, cast.household, Parts(), public_url=BASE_URL, stock_said="Còn 80 kg"))


async def without_tiers(cast: Cast, made: Listing) -> Listing:
    """The same listing with one price only."""
    async with cast.shop.db.write() as connection:
        await connection.execute("DELETE FROM tiers")
    return await listing(cast, made.code)


WISH: dict[str, Any] = {"kind": "mango", "name": "Xoài tượng", "price_vnd": 22_000, "unit": "kg", "stock": 40.5}


@pytest.fixture
async def key(cast: Cast) -> dict[str, str]:
    """The household's key, as a header."""
    token = new_token()
    async with cast.shop.db.write() as connection:
        await HOUSEHOLDS.add_api_key(connection, id=new_id(), household_id=cast.household.id,
                                     token_digest=digest(token), now_ms=now_ms())
    return {"Authorization": f"Bearer {token}"}


async def test_the_api_takes_and_gives_prices_by_amount(cast: Cast, key: dict[str, str]) -> None:
    tiers = [{"min_quantity": 20, "price_vnd": 19_000}, {"min_quantity": 10, "total_vnd": 200_000}]

    answer = await cast.buyer.post("/api/v1/listings", headers=key, json=WISH | {"min_order": 1.5, "tiers": tiers})
    plain = await cast.buyer.post("/api/v1/listings", headers=key, json=WISH)

    made = answer.json()
    assert answer.status_code == 201 and made["min_order"] == 1.5
    assert made["tiers"] == [{"min_quantity": 10, "price_vnd": None, "total_vnd": 200_000},
                             {"min_quantity": 20, "price_vnd": 19_000, "total_vnd": None}]
    assert (plain.json()["min_order"], plain.json()["tiers"]) == (0, [])


@pytest.mark.parametrize(("changes", "field"), [
    ({"min_order": 0.0001}, "min_order"), ({"min_order": -1}, "min_order"), ({"tiers": [{"min_quantity": 10}]}, "tiers"),
    ({"tiers": [{"min_quantity": 10, "price_vnd": 1, "total_vnd": 1}]}, "tiers"),
    ({"tiers": [{"min_quantity": 10, "price_vnd": 23_000}]}, "tiers"),
    ({"tiers": [{"min_quantity": 1, "price_vnd": 20_000}]}, "tiers"),
    ({"tiers": [{"min_quantity": 10, "price_vnd": 20_000}, {"min_quantity": 10, "total_vnd": 190_000}]}, "tiers"),
    ({"tiers": [{"min_quantity": 2 + count, "price_vnd": 20_000} for count in range(5)]}, "tiers"),
    ({"tiers": [{"min_quantity": 1e12, "price_vnd": 20_000}]}, "tiers")])
async def test_the_api_names_the_field_that_cannot_be_taken(cast: Cast, key: dict[str, str], changes: dict[str, Any],
                                                            field: str) -> None:
    answer = await cast.buyer.post("/api/v1/listings", headers=key, json=WISH | changes)

    assert answer.status_code == 422
    assert [fault["field"].split(".")[0] for fault in answer.json()["errors"]] == [field]
