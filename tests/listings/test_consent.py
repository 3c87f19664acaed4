"""What a helper does in a household's name waits for the household's word."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.errors import Conflict, Forbidden
from catalog.listings.consent import Consent, agree, consent_by_code, consents_waiting, postpone, take_back
from tests.cast import Cast
from tests.listings.stall import edit, listing_row, newest_consent, rows, sell


async def asked(cast: Cast) -> Consent:
    """The question that was asked last."""
    async with cast.shop.db.read() as connection:
        return await consent_by_code(connection, (await newest_consent(cast))["code"].lower())


async def state_of(cast: Cast, code: str) -> tuple[str, int]:
    row = await listing_row(cast, code)
    return row["state"], row["price_vnd"]


async def ask_for_price(cast: Cast, price: str = "30.000") -> str:
    """The code of the farmer's own listing, whose price a helper wants to change."""
    code = await sell(cast, cast.farmer)
    answer = await edit(cast, cast.helper, code, price=price)
    assert answer.status_code == 303, answer.text
    return code


async def test_the_households_yes_puts_the_listing_on_the_stall(cast: Cast) -> None:
    code = await sell(cast, cast.helper)
    assert (await state_of(cast, code))[0] == "waiting"

    await agree(cast.shop, await asked(cast), cast.farmer_person)

    row = await listing_row(cast, code)
    assert row["state"] == "published" and row["published_ms"]
    assert (await newest_consent(cast))["answered_by"] == cast.farmer_person.id


async def test_whoever_holds_the_link_may_agree_without_signing_in(cast: Cast) -> None:
    code = await sell(cast, cast.helper)

    await agree(cast.shop, await asked(cast), None)

    assert (await state_of(cast, code))[0] == "published"


@pytest.mark.parametrize("verb", [agree, postpone, take_back])
async def test_a_helpers_own_browser_never_answers(cast: Cast, verb: Any) -> None:
    code = await sell(cast, cast.helper)

    with pytest.raises(Forbidden):
        await verb(cast.shop, await asked(cast), cast.helper_person)

    assert (await state_of(cast, code))[0] == "waiting"


async def test_not_now_shows_nothing_and_may_still_become_yes(cast: Cast) -> None:
    code = await sell(cast, cast.helper)
    await postpone(cast.shop, await asked(cast), cast.farmer_person)
    assert (await state_of(cast, code))[0] == "waiting"

    await agree(cast.shop, await asked(cast), cast.farmer_person)

    assert (await state_of(cast, code))[0] == "published"


async def test_an_agreement_can_be_taken_back(cast: Cast) -> None:
    code = await sell(cast, cast.helper)
    await agree(cast.shop, await asked(cast), cast.farmer_person)

    await take_back(cast.shop, await asked(cast), cast.farmer_person)

    assert (await state_of(cast, code))[0] == "withdrawn"


async def test_a_second_yes_changes_nothing(cast: Cast) -> None:
    await sell(cast, cast.helper)
    question = await asked(cast)
    await agree(cast.shop, question, None)

    with pytest.raises(Conflict):
        await agree(cast.shop, question, None)


async def test_a_new_price_stands_only_after_yes_and_returns_when_taken_back(cast: Cast) -> None:
    code = await ask_for_price(cast)
    assert await state_of(cast, code) == ("published", 25_000)

    await agree(cast.shop, await asked(cast), None)
    assert await state_of(cast, code) == ("published", 30_000)
    await take_back(cast.shop, await asked(cast), None)

    assert await state_of(cast, code) == ("published", 25_000)


async def test_a_newer_question_replaces_the_older_one(cast: Cast) -> None:
    code = await ask_for_price(cast)
    older = await asked(cast)
    await edit(cast, cast.helper, code, price="35.000")

    with pytest.raises(Conflict):
        await agree(cast.shop, older, None)

    assert [row["state"] for row in await rows(cast, "SELECT state FROM consents ORDER BY asked_ms, id")] == [
        "replaced", "asked"]
    assert (await state_of(cast, code))[1] == 25_000


async def test_the_households_own_price_ends_the_helpers_question(cast: Cast) -> None:
    code = await ask_for_price(cast)
    older = await asked(cast)
    await edit(cast, cast.farmer, code, price="28.000")

    with pytest.raises(Conflict):
        await agree(cast.shop, older, None)

    assert (await state_of(cast, code))[1] == 28_000


async def test_taking_back_never_undoes_a_price_set_since(cast: Cast) -> None:
    code = await ask_for_price(cast)
    await agree(cast.shop, await asked(cast), None)
    await edit(cast, cast.farmer, code, price="28.000")

    with pytest.raises(Conflict):
        await take_back(cast.shop, await asked(cast), None)

    assert (await state_of(cast, code))[1] == 28_000
    assert (await newest_consent(cast))["state"] == "agreed"


async def test_nobody_agrees_to_facts_that_changed_under_their_eyes(cast: Cast) -> None:
    code = await sell(cast, cast.helper)
    seen = await asked(cast)
    await edit(cast, cast.helper, code, price="99.000")

    with pytest.raises(Conflict):
        await agree(cast.shop, seen, None)

    assert (await state_of(cast, code))[0] == "waiting"
    await agree(cast.shop, await asked(cast), None)
    assert await state_of(cast, code) == ("published", 99_000)


async def test_the_household_may_publish_what_waits_for_it(cast: Cast) -> None:
    code = await sell(cast, cast.helper)
    question = await asked(cast)

    answer = await cast.farmer.post(f"{cast.stall}/listings/{code}/publish")

    assert answer.status_code == 303 and (await state_of(cast, code))[0] == "published"
    with pytest.raises(Conflict):
        await agree(cast.shop, question, None)


async def test_a_helpers_press_takes_nothing_from_the_stall(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)

    await cast.helper.post(f"{cast.stall}/listings/{code}/publish")

    assert (await state_of(cast, code))[0] == "published"
    assert not await rows(cast, "SELECT * FROM consents")


async def test_a_withdrawn_listings_questions_are_void(cast: Cast) -> None:
    code = await sell(cast, cast.helper)
    question = await asked(cast)
    await cast.helper.post(f"{cast.stall}/listings/{code}/withdraw")

    with pytest.raises(Conflict):
        await agree(cast.shop, question, None)

    assert (await state_of(cast, code))[0] == "withdrawn"


async def test_the_household_sees_what_waits_for_its_word(cast: Cast) -> None:
    await sell(cast, cast.helper)

    async with cast.shop.db.read() as connection:
        (waiting,) = await consents_waiting(connection, cast.household.id)
        others = await consents_waiting(connection, cast.other_household.id)

    assert waiting.verb == "publish" and waiting.asked_by_name == cast.helper_person.name and others == []


async def test_who_did_what_is_written_down(cast: Cast) -> None:
    code = await sell(cast, cast.helper)
    await agree(cast.shop, await asked(cast), cast.farmer_person)
    await edit(cast, cast.farmer, code, price="28.000", stock="60")
    await cast.farmer.post(f"{cast.stall}/listings/{code}/withdraw")

    written = await rows(cast, "SELECT verb, detail, person_id FROM audit ORDER BY at_ms, id")

    assert [row["verb"] for row in written] == ["đăng hàng", "đồng ý", "sửa số còn", "đặt giá", "rút hàng"]
    assert written[0]["person_id"] == cast.helper_person.id and "25.000đ/kg" in written[0]["detail"]
    assert "−20 kg" in written[2]["detail"] and "28.000đ" in written[3]["detail"]
