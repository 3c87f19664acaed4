"""Where else a show goes out: keys sealed and never shown, addresses of the open internet only, the household's business."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.live.airing import Airing, plan
from tests.orders.goods import mistakes

PLACE = {"title": "Facebook", "address": "rtmps://8.8.8.8:443/rtmp", "key": "FB-123-secret"}


async def kept(airing: Airing) -> list[str]:
    """What the table holds of the destinations."""
    async with airing.cast.shop.db.read() as connection:
        return [str(tuple(row)) for row in await connection.execute_fetchall("SELECT * FROM show_destinations")]


async def test_a_stream_key_is_kept_sealed_and_never_shown_again(cast: Cast) -> None:
    airing = await plan(cast)

    page = await cast.farmer.post(f"{airing.room}/places/add", data=PLACE, follow_redirects=True)

    assert page.status_code == 200 and "Facebook" in page.text and "FB-123" not in page.text
    (row,) = await kept(airing)
    assert "FB-123" not in row and "8.8.8.8" not in row
    async with cast.shop.db.read() as connection:
        (found,) = await connection.execute_fetchall("SELECT id, sealed FROM show_destinations")
    assert cast.shop.secrets.unseal(found["sealed"], place=f"destination:{found['id']}") == "rtmps://8.8.8.8:443/rtmp/FB-123-secret"


@pytest.mark.parametrize(("change", "field"), [
    ({"address": "https://8.8.8.8/x"}, "address"), ({"address": "rtmp://127.0.0.1/live"}, "address"),
    ({"address": "rtmp://10.0.0.7/live"}, "address"), ({"address": "rtmp://8.8.8.8"}, "address"),
    ({"address": "rtmp://[::1]/live"}, "address"), ({"key": "a b"}, "key"), ({"title": ""}, "title")])
async def test_what_is_no_open_address_is_refused_and_the_key_not_sent_back(cast: Cast, change: dict[str, str], field: str) -> None:
    airing = await plan(cast)

    refused = await cast.farmer.post(f"{airing.room}/places/add", data=PLACE | change)

    assert refused.status_code == 422 and field in mistakes(refused.text)
    assert "FB-123" not in refused.text and await kept(airing) == []


async def test_a_helper_neither_adds_nor_removes_a_place(cast: Cast) -> None:
    airing = await plan(cast)
    await cast.farmer.post(f"{airing.room}/places/add", data=PLACE)
    async with cast.shop.db.read() as connection:
        (found,) = await connection.execute_fetchall("SELECT id FROM show_destinations")

    statuses = [(await cast.helper.post(f"{airing.room}/places/{path}", data=PLACE)).status_code
                for path in ("add", f"{found['id']}/remove")]
    removed = await cast.farmer.post(f"{airing.room}/places/{found['id']}/remove")

    assert statuses == [403, 403] and removed.status_code == 303
    async with cast.shop.db.read() as connection:
        (row,) = await connection.execute_fetchall("SELECT sealed FROM show_destinations")
    assert row["sealed"] == ""


async def test_the_owner_adds_a_place_for_a_household(cast: Cast) -> None:
    airing = await plan(cast)

    added = await cast.owner.post(f"{airing.room}/places/add", data=PLACE, follow_redirects=True)

    assert added.status_code == 200 and 'name="key"' in added.text and len(await kept(airing)) == 1
