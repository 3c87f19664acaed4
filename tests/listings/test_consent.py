"""What a helper lists is agreed to on the household's own phone, by nobody else, and can be taken back."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import httpx
import pytest
from PIL import Image

from catalog.listings import consent_pages
from catalog.households.pin import set_pin
from tests.cast import Cast, browser, make_settings, open_cast
from tests.listings.stall import edit, listing_row, newest_consent, photo, rows, sell, sent_photo, wait_for

PIN = "2468"


async def asked(cast: Cast) -> tuple[str, str]:
    """The code of a listing that a helper has made, and the path of the question about it."""
    code = await sell(cast, cast.helper)
    return code, f"/c/{(await newest_consent(cast))['code'].lower()}"


async def say(client: httpx.AsyncClient, path: str, answer: str, **fields: str) -> httpx.Response:
    """What pressing a button of the page answers."""
    return await client.post(path, data={"answer": answer, **fields})


async def test_the_household_sees_what_it_is_asked_before_it_answers(cast: Cast) -> None:
    _, path = await asked(cast)

    page = await cast.buyer.get(path)

    assert page.status_code == 200
    for words in ("Bưởi da xanh", "25.000đ", "Lò Thị Xuân", "Quàng Văn Minh", "Rút lại lúc nào cũng được", "Zalo",
                  "Đồng ý", "Để sau"):
        assert words in page.text, words


async def test_a_yes_puts_the_goods_on_the_stall(cast: Cast) -> None:
    code, path = await asked(cast)

    answer = await say(cast.buyer, path, "agree")

    assert (answer.status_code, answer.headers["location"]) == (303, path)
    assert (await listing_row(cast, code))["state"] == "published"
    after = await cast.buyer.get(path)
    assert "Đã đồng ý" in after.text and "Rút lại, không đăng nữa" in after.text


async def test_opening_the_link_answers_nothing(cast: Cast) -> None:
    code, path = await asked(cast)

    for _ in range(3):
        await cast.buyer.get(path)

    assert (await listing_row(cast, code))["state"] == "waiting"


async def test_the_link_works_as_the_code_carries_it(cast: Cast) -> None:
    code, path = await asked(cast)

    seen = await cast.buyer.get(path.upper())
    await say(cast.buyer, path.upper(), "agree")

    assert seen.status_code == 200
    assert (await listing_row(cast, code))["state"] == "published"


async def test_not_now_shows_nothing_and_can_become_a_yes(cast: Cast) -> None:
    code, path = await asked(cast)

    await say(cast.farmer, path, "later")
    state = (await listing_row(cast, code))["state"]
    page = await cast.farmer.get(path)
    await say(cast.farmer, path, "agree")

    assert state == "waiting" and "Nhà đã chọn để sau." in page.text
    assert (await listing_row(cast, code))["state"] == "published"


async def test_a_double_tap_is_one_answer(cast: Cast) -> None:
    _, path = await asked(cast)

    first, second = await say(cast.farmer, path, "agree"), await say(cast.farmer, path, "agree")

    assert (first.status_code, second.status_code) == (303, 303)
    assert len(await rows(cast, "SELECT 1 FROM audit WHERE verb = 'đồng ý'")) == 1


@pytest.mark.parametrize("who", ["helper", "owner", "neighbour"])
async def test_nobody_agrees_for_another(cast: Cast, who: str) -> None:
    code, path = await asked(cast)
    client: httpx.AsyncClient = getattr(cast, who)

    page = await client.get(path)
    answer = await say(client, path, "agree")

    assert page.status_code == 200 and "Chỉ máy của nhà Lò Thị Xuân mới trả lời được." in page.text
    assert 'value="agree"' not in page.text
    assert answer.status_code == 403 and "Việc này phải bấm trên máy của nhà." in answer.text
    assert (await listing_row(cast, code))["state"] == "waiting"


async def test_only_those_who_work_on_the_goods_find_the_way_back_to_them(cast: Cast) -> None:
    code, path = await asked(cast)

    helper, neighbour = await cast.helper.get(path), await cast.neighbour.get(path)

    assert f"{cast.stall}/listings/{code}" in helper.text and cast.stall not in neighbour.text


async def test_a_phone_that_is_not_signed_in_gives_the_households_pin(cast: Cast) -> None:
    code, path = await asked(cast)
    await set_pin(cast.shop.db, cast.farmer_person.id, PIN)

    page = await cast.buyer.get(path)
    missing, wrong = await say(cast.buyer, path, "agree"), await say(cast.buyer, path, "agree", pin="1111")
    state = (await listing_row(cast, code))["state"]
    right = await say(cast.buyer, path, "agree", pin=PIN)

    assert "Mã PIN của nhà" in page.text
    assert missing.status_code == 422 and "Nhập mã PIN của nhà." in missing.text
    assert wrong.status_code == 422 and "Mã PIN chưa đúng." in wrong.text
    assert state == "waiting"
    assert right.status_code == 303 and (await listing_row(cast, code))["state"] == "published"
    (consent,) = await rows(cast, "SELECT answered_by FROM consents")
    assert consent["answered_by"] == cast.farmer_person.id


async def test_the_households_own_phone_needs_no_pin(cast: Cast) -> None:
    code, path = await asked(cast)
    await set_pin(cast.shop.db, cast.farmer_person.id, PIN)

    page = await cast.farmer.get(path)
    await say(cast.farmer, path, "agree")

    assert "Mã PIN của nhà" not in page.text
    assert (await listing_row(cast, code))["state"] == "published"


async def test_an_empty_pin_costs_no_try(cast: Cast) -> None:
    _, path = await asked(cast)
    await set_pin(cast.shop.db, cast.farmer_person.id, PIN)

    for _ in range(8):
        assert (await say(cast.buyer, path, "agree")).status_code == 422

    assert (await say(cast.buyer, path, "agree", pin=PIN)).status_code == 303


async def test_a_yes_taken_back_takes_the_goods_off_the_stall(cast: Cast) -> None:
    code, path = await asked(cast)
    await say(cast.farmer, path, "agree")

    await say(cast.farmer, path, "withdraw")

    assert (await listing_row(cast, code))["state"] == "withdrawn"
    page = await cast.farmer.get(path)
    assert "Đã rút lại" in page.text and 'name="answer"' not in page.text
    assert (await say(cast.farmer, path, "agree")).status_code == 409


async def test_what_was_taken_back_and_listed_again_is_told_as_it_stands(cast: Cast) -> None:
    code, path = await asked(cast)
    await say(cast.farmer, path, "agree")
    await say(cast.farmer, path, "withdraw")
    await cast.farmer.post(f"{cast.stall}/listings/{code}/publish")

    page = await cast.farmer.get(path)

    assert "Từ đó món này đã lên sạp lại." in page.text and "không còn trên sạp" not in page.text


async def test_a_new_price_strikes_the_old_one_and_holds_once_agreed(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    await edit(cast, cast.helper, code, price="30.000")
    path = f"/c/{(await newest_consent(cast))['code'].lower()}"

    page = await cast.farmer.get(path)
    before = (await listing_row(cast, code))["price_vnd"]
    await say(cast.farmer, path, "agree")
    agreed = (await listing_row(cast, code))["price_vnd"]
    await say(cast.farmer, path, "withdraw")

    assert "Đổi giá hàng này nhé?" in page.text and "25.000đ</s>" in page.text and "30.000đ" in page.text
    assert (before, agreed) == (25_000, 30_000)
    assert (await listing_row(cast, code))["price_vnd"] == 25_000


async def test_a_price_that_was_changed_since_offers_nothing_to_take_back(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    await edit(cast, cast.helper, code, price="30.000")
    path = f"/c/{(await newest_consent(cast))['code'].lower()}"
    await say(cast.farmer, path, "agree")
    await edit(cast, cast.farmer, code, price="32.000")

    page = await cast.farmer.get(path)

    assert "Từ đó giá đã đổi tiếp." in page.text and 'value="withdraw"' not in page.text
    assert (await listing_row(cast, code))["price_vnd"] == 32_000


async def test_a_replaced_question_says_so_and_answers_nothing(cast: Cast) -> None:
    code, path = await asked(cast)
    await edit(cast, cast.helper, code, price="28.000")

    page, answer = await cast.farmer.get(path), await say(cast.farmer, path, "agree")

    assert page.status_code == 410 and "Đường dẫn này hết dùng" in page.text and "Quàng Văn Minh" in page.text
    assert answer.status_code == 409
    assert (await listing_row(cast, code))["state"] == "waiting"


async def test_the_photo_is_seen_with_the_question_and_not_after_it_ended(cast: Cast) -> None:
    code = await sell(cast, cast.helper, photos=[await sent_photo(cast, photo(640, 480))])
    path = f"/c/{(await newest_consent(cast))['code'].lower()}"

    async def is_there() -> bool:
        return (await cast.buyer.get(f"{path}/photo")).status_code == 200

    await wait_for(is_there)
    shown = await cast.buyer.get(f"{path}/photo")
    await edit(cast, cast.helper, code, price="28.000")

    assert shown.headers["content-type"] == "image/jpeg" and "private" in shown.headers["cache-control"]
    assert (await cast.buyer.get(f"{path}/photo")).status_code == 404


async def test_the_photo_as_it_was_sent_is_seen_where_none_is_drawn_yet(
    cast: Cast, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(consent_pages, "PHOTO_TRIES", 2)
    monkeypatch.setattr(consent_pages, "cover_jpeg", lambda files, role: None)
    await sell(cast, cast.helper, photos=[await sent_photo(cast, photo(640, 480))])

    shown = await cast.buyer.get(f"/c/{(await newest_consent(cast))['code'].lower()}/photo")

    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/jpeg")
    assert "max-age=0" in shown.headers["cache-control"]
    with Image.open(BytesIO(shown.content)) as picture:
        assert picture.size == (640, 480)


async def test_an_unknown_link_and_a_foreign_answer_are_refused(cast: Cast) -> None:
    code, path = await asked(cast)

    unknown = await cast.buyer.get("/c/zzzzzzzzzz")
    foreign = await cast.buyer.post(path, data={"answer": "agree"},
                                    headers={"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"})
    nonsense = await say(cast.buyer, path, "certainly")

    assert (unknown.status_code, foreign.status_code, nonsense.status_code) == (404, 403, 422)
    assert (await listing_row(cast, code))["state"] == "waiting"


async def test_links_are_not_guessed_for_ever(tmp_path: Path) -> None:
    async with open_cast(make_settings(tmp_path, limits=True)) as cast, browser(cast.app) as guesser:
        answers = [(await guesser.get(f"/c/guess{number}")).status_code for number in range(32)]

    assert answers[0] == 404 and answers[-1] == 429
