"""Finished files: for everybody while the listing is on the stall, kept for ever by caches, never anything else."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.listings.stall import photo, rows, sell, send_photo, sent_photo, wait_for


async def page_picture(cast: Cast) -> str:
    """The address of a finished page picture."""
    async def made() -> bool:
        return bool(await rows(cast, "SELECT 1 FROM media_files WHERE role = 'page_720'"))
    await wait_for(made)
    (row, *_) = await rows(cast, "SELECT object_key FROM media_files WHERE content_type = 'image/avif'")
    return f"/m/{row['object_key']}"


async def test_a_file_of_a_listing_on_the_stall_may_be_kept_for_ever(cast: Cast) -> None:
    await sell(cast, cast.farmer)
    address = await page_picture(cast)

    answer = await cast.buyer.get(address)

    assert answer.status_code == 200 and answer.headers["content-type"] == "image/avif"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"
    again = await cast.buyer.get(address, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304 and not again.content


async def test_a_part_of_a_file_is_sent_where_a_player_asks_for_it(cast: Cast) -> None:
    await sell(cast, cast.farmer)
    address = await page_picture(cast)
    whole = (await cast.buyer.get(address)).content

    part = await cast.buyer.get(address, headers={"Range": "bytes=10-19"})
    beyond = await cast.buyer.get(address, headers={"Range": f"bytes={len(whole)}-"})

    assert part.status_code == 206 and part.content == whole[10:20]
    assert part.headers["content-range"] == f"bytes 10-19/{len(whole)}"
    assert beyond.status_code == 416


async def test_a_saved_file_has_a_name_that_people_recognise(cast: Cast) -> None:
    await sell(cast, cast.farmer, name='Bưởi "da xanh"/../x')
    address = await page_picture(cast)

    answer = await cast.buyer.get(f"{address}/save")

    assert answer.headers["content-disposition"] == 'attachment; filename="buoi-da-xanh-x-page-720.avif"'


async def test_a_draft_and_a_waiting_listings_files_are_not_for_strangers(cast: Cast) -> None:
    await sell(cast, cast.helper)
    address = await page_picture(cast)

    assert (await cast.buyer.get(address)).status_code == 404
    assert (await cast.neighbour.get(address)).status_code == 404
    for client in (cast.farmer, cast.helper, cast.owner):
        seen = await client.get(address)
        assert seen.status_code == 200 and seen.headers["cache-control"].startswith("private")


async def test_a_withdrawn_listings_files_are_gone_for_buyers(cast: Cast) -> None:
    code = await sell(cast, cast.farmer)
    address = await page_picture(cast)

    await cast.farmer.post(f"{cast.stall}/listings/{code}/withdraw")

    assert (await cast.buyer.get(address)).status_code == 404


async def test_the_cleaned_photo_itself_is_served_to_nobody(cast: Cast) -> None:
    await sell(cast, cast.farmer, photos=[await sent_photo(cast)])
    (row,) = await rows(cast, "SELECT object_key FROM photos")

    for client in (cast.buyer, cast.farmer):
        assert (await client.get(f"/m/{row['object_key']}")).status_code == 404


@pytest.mark.parametrize("key", ["../shop.db", "..%2fshop.db", "%2e%2e%2fshop.db", "....//shop.db", "tmp", "a" * 64 + ".jpg",
                                 "%00", "x" * 5000, "..%5cshop.db"])
async def test_no_other_file_of_the_machine_is_served(cast: Cast, key: str) -> None:
    await send_photo(cast.farmer, cast, photo())

    for path in (f"/m/{key}", f"/m/{key}/save"):
        assert (await cast.farmer.get(path)).status_code == 404
