"""The check before sharing, where texts are written and read."""

from __future__ import annotations

from html import unescape

from tests.cast import Cast
from tests.listings.stall import sell
from tests.posts.test_api import key_of


async def test_a_saved_text_is_shown_with_what_to_look_at_again(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    await cast.farmer.post(f"{cast.stall}/listings/{code}/posts/zalo", data={"text": "Bưởi ngon nhất, chữa ho. 25.000đ/kg"})

    page = unescape((await cast.farmer.get(f"{cast.stall}/listings/{code}?to=zalo")).text)

    assert "“ngon nhất”" in page and "“chữa”" in page and "Luật Quảng cáo, Điều 8" in page
    assert "Bưởi ngon nhất, chữa ho." in page  # It is still theirs to share.


async def test_a_text_is_read_while_it_is_written_and_nothing_is_kept(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    there = f"{cast.stall}/listings/{code}/posts/zalo"

    answer = await cast.farmer.post(f"{there}/check", data={"text": "100% sạch <b>"})
    clean = await cast.farmer.post(f"{there}/check", data={"text": "Bưởi 25.000đ/kg"})
    page = (await cast.farmer.get(f"{cast.stall}/listings/{code}")).text

    assert answer.status_code == 200 and "100% sạch" in answer.text and "<b>100" not in answer.text
    assert clean.text.strip() == "" and "100% sạch" not in page


async def test_words_in_the_answer_are_escaped(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)

    answer = await cast.farmer.post(f"{cast.stall}/listings/{code}/posts/zalo/check",
                                    data={"text": "Gọi 0912<img src=x onerror=alert(1)> 0912 345 678"})

    assert "0912 345 678" in answer.text and "<img" not in answer.text


async def test_a_name_that_claims_something_is_told_on_the_page(cast: Cast) -> None:
    code = await sell(cast, cast.farmer, name="Bưởi ngọt nhất vùng")

    page = unescape((await cast.farmer.get(f"{cast.stall}/listings/{code}")).text)

    assert "Tên hàng có “ngọt nhất”." in page


async def test_programs_get_the_warnings_too(cast: Cast) -> None:
    code = await sell(cast, cast.farmer, name="Bưởi hữu cơ")
    key = await key_of(cast, cast.household.id)

    posts = (await cast.buyer.get(f"/api/v1/listings/{code}/posts", headers=key)).json()["posts"]

    zalo = next(post for post in posts if post["network"] == "zalo")
    assert [one["words"] for one in zalo["warnings"]] == ["hữu cơ"] and zalo["warnings"][0]["instead"]


async def test_an_unknown_network_is_nowhere(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)

    answer = await cast.farmer.post(f"{cast.stall}/listings/{code}/posts/radio/check", data={"text": "x"})

    assert answer.status_code == 404


async def test_a_neighbour_has_nothing_checked(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)

    answer = await cast.neighbour.post(f"{cast.stall}/listings/{code}/posts/zalo/check", data={"text": "x"})

    assert answer.status_code == 404
