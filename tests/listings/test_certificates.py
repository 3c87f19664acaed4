"""OCOP, VietGAP and the day of harvest: written as the paper says, shown while it is valid, hidden afterwards."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from catalog.listings.jobs import sweep_photos
from catalog.storage.queries import Job
from tests.cast import Cast
from tests.listings.stall import listing_row, rows, sell

TODAY = date.today()
SOON, LATE = (TODAY + timedelta(days=200)).isoformat(), (TODAY + timedelta(days=4000)).isoformat()
YESTERDAY = (TODAY - timedelta(days=1)).isoformat()
PAPER = {"harvested_on": YESTERDAY, "ocop_stars": "4", "ocop_number": "12/QĐ-UBND", "ocop_until": SOON}


async def no_report(share: float) -> None:
    """Progress that nobody follows."""


async def test_what_was_written_is_kept_shown_again_and_shown_to_buyers(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    before = (await listing_row(cast, code))["render_key"]

    answer = await cast.farmer.post(f"{cast.stall}/listings/{code}/certificates", data=PAPER)

    assert answer.status_code == 303
    form = (await cast.farmer.get(f"{cast.stall}/listings/{code}/certificates")).text
    assert 'value="12/QĐ-UBND"' in form and 'name="ocop_stars" value="4" checked' in form
    product = (await cast.buyer.get(f"/o/{code}")).text
    assert "OCOP 4 sao" in product and "12/QĐ-UBND" in product and "Ngày hái" in product
    assert (await listing_row(cast, code))["render_key"] != before
    assert (await rows(cast, "SELECT verb FROM audit ORDER BY id DESC LIMIT 1"))[0]["verb"] == "ghi chứng nhận"


@pytest.mark.parametrize(("change", "said"), [
    ({"ocop_number": ""}, "Ghi số trên giấy chứng nhận."),
    ({"ocop_until": ""}, "Ghi ngày hết hạn trên giấy chứng nhận."),
    ({"ocop_until": YESTERDAY}, "Chứng nhận đã hết hạn"),
    ({"ocop_until": LATE}, "Giấy OCOP có hạn 3 năm."),
    ({"harvested_on": SOON}, "Ngày hái ở sau hôm nay."),
    ({"vietgap_number": "VG-1"}, "Ghi ngày hết hạn trên giấy chứng nhận."),
])
async def test_a_paper_that_cannot_be_is_told_at_its_field(cast: Cast, change: dict[str, str], said: str) -> None:
    code = await sell(cast, cast.farmer)

    answer = await cast.farmer.post(f"{cast.stall}/listings/{code}/certificates", data=PAPER | change)

    assert answer.status_code == 422 and said in answer.text
    assert await rows(cast, "SELECT * FROM certificates") == []


async def test_stars_that_do_not_exist_are_none(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)

    answer = await cast.farmer.post(f"{cast.stall}/listings/{code}/certificates", data=PAPER | {"ocop_stars": "6"})

    assert answer.status_code == 303
    assert await rows(cast, "SELECT * FROM certificates") == []


async def test_a_certificate_that_has_ended_is_neither_shown_nor_drawn(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    bare = (await listing_row(cast, code))["render_key"]
    await cast.farmer.post(f"{cast.stall}/listings/{code}/certificates", data=PAPER | {"harvested_on": ""})
    async with cast.shop.db.write() as connection:
        await connection.execute(f"UPDATE certificates SET valid_until = '{YESTERDAY}'")

    await sweep_photos(cast.shop, Job("j", "listings.sweep", "k", "", {}, 1), no_report)

    assert "OCOP" not in (await cast.buyer.get(f"/o/{code}")).text
    assert (await listing_row(cast, code))["render_key"] == bare


async def test_a_neighbour_writes_nothing(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)

    answer = await cast.neighbour.post(f"{cast.stall}/listings/{code}/certificates", data=PAPER)

    assert answer.status_code == 404
    assert await rows(cast, "SELECT * FROM certificates") == []
