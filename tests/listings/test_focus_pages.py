"""The point of a photo that stays in sight: tapped, kept, drawn with."""

from __future__ import annotations

import re

from catalog.listings.focus_pages import SHOWN_PX
from tests.cast import Cast
from tests.listings.stall import listing_row, photo, rows, sell, sent_photo, wait_for


async def photo_of(cast: Cast, code: str) -> str:
    """The id of the listing's only photo."""
    row = await listing_row(cast, code)
    (found,) = await rows(cast, "SELECT id FROM photos WHERE listing_id = ?", row["id"])
    return str(found["id"])


async def test_a_tap_is_kept_as_a_share_of_the_photo_and_everything_is_cut_anew(cast: Cast) -> None:
    code = await sell(cast, cast.farmer, photos=[await sent_photo(cast, photo(400, 200))])
    before = (await listing_row(cast, code))["render_key"]
    target = f"{cast.stall}/listings/{code}/focus/{await photo_of(cast, code)}"

    answer = await cast.farmer.post(target, data={"at.x": "70", "at.y": "105", "wide": str(SHOWN_PX), "high": "140"})

    assert answer.status_code == 303
    (kept,) = await rows(cast, "SELECT focus_x, focus_y FROM photos")
    assert (kept["focus_x"], kept["focus_y"]) == (250, 750)
    assert (await listing_row(cast, code))["render_key"] != before


async def test_the_page_shows_each_photo_with_its_ring(cast: Cast) -> None:
    code = await sell(cast, cast.farmer, photos=[await sent_photo(cast, photo(400, 200))])

    async def made() -> bool:
        return bool(await rows(cast, "SELECT 1 FROM media_files WHERE role = 'whole'"))
    await wait_for(made)
    target = f"{cast.stall}/listings/{code}/focus/{await photo_of(cast, code)}"
    await cast.farmer.post(target, data={"at.x": "70", "at.y": "105", "wide": "280", "high": "140"})

    shown = (await cast.farmer.get(f"{cast.stall}/listings/{code}/focus")).text

    assert re.search(r'<input type="image"[^>]+width="280" height="140"', shown)
    assert 'transform="translate(70 105)"' in shown


async def test_nonsense_means_the_middle_and_a_neighbour_is_refused(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    target = f"{cast.stall}/listings/{code}/focus/{await photo_of(cast, code)}"

    foreign = await cast.neighbour.post(target, data={"at.x": "1", "at.y": "1", "wide": "2", "high": "2"})
    odd = await cast.farmer.post(target, data={"at.x": "-7", "at.y": "1e9", "wide": "0", "high": "x"})
    missing = await cast.farmer.post(f"{cast.stall}/listings/{code}/focus/nobody", data={})

    assert (foreign.status_code, odd.status_code, missing.status_code) == (404, 303, 404)
    (kept,) = await rows(cast, "SELECT focus_x, focus_y FROM photos")
    assert (kept["focus_x"], kept["focus_y"]) == (500, 500)
