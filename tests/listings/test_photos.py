"""A photo arrives whole, once, and is seen by those who work for its household."""

from __future__ import annotations

import asyncio
import io
import os
import time
from pathlib import Path

from PIL import Image

from catalog.listings.jobs import sweep_photos
from catalog.storage.jobs import Report
from catalog.storage.queries import Job
from tests.cast import Cast
from tests.listings.stall import edit, kept_files, photo, plain_photo, rows, sell, send_photo, sent_photo, wait_for
from tests.media.uploads import PHOTOS

DAY_MS = 24 * 3600_000


async def test_a_photo_is_kept_as_a_clean_jpeg_without_where_it_was_taken(cast: Cast) -> None:
    image, exif = Image.new("RGB", (640, 480), "#d9a62e"), Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010F] = "Máy ảnh của Xuân"
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)

    answer = await send_photo(cast.farmer, cast, out.getvalue())

    (row,) = await rows(cast, "SELECT * FROM photos")
    kept = cast.shop.objects.path(row["object_key"]).read_bytes()
    assert answer.status_code == 201
    assert (answer.json()["width"], answer.json()["height"]) == (640, 480)
    assert b"Exif" not in kept and "Xuân".encode() not in kept


async def test_the_same_upload_again_is_the_same_photo(cast: Cast) -> None:
    data = photo()

    first = await send_photo(cast.farmer, cast, data, key="k1")
    second = await send_photo(cast.farmer, cast, data, key="k1")

    assert first.json()["id"] == second.json()["id"]
    assert len(await rows(cast, "SELECT id FROM photos")) == 1


async def test_the_same_upload_many_times_at_once_is_one_photo(cast: Cast) -> None:
    data = photo()

    answers = await asyncio.gather(*(send_photo(cast.farmer, cast, data, key="k1") for _ in range(5)))

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1


async def test_two_files_under_one_key_are_one_photo_and_one_file(cast: Cast) -> None:
    answers = await asyncio.gather(*(send_photo(cast.farmer, cast, plain_photo(colour), key="k1")
                                     for colour in ("#d9a62e", "#4e8a35", "#c3271d")))

    async def drawn() -> bool:
        return len(await rows(cast, "SELECT id FROM media_files")) == 11
    await wait_for(drawn)
    (row,) = await rows(cast, "SELECT * FROM photos")
    named = await rows(cast, "SELECT object_key FROM media_files")
    assert {answer.json()["id"] for answer in answers} == {row["id"]}
    assert {path.name for path in kept_files(cast)} == {row["object_key"], *(file["object_key"] for file in named)}


async def test_two_households_may_send_the_same_picture_at_once(cast: Cast) -> None:
    data = plain_photo("#d9a62e")
    other = f"/n/{cast.other_household.code}/photos"

    answers = await asyncio.gather(*(
        client.post(path, data={"upload_key": "same"}, files={"photo": ("a.jpg", data, "image/jpeg")})
        for _ in range(3) for client, path in ((cast.farmer, f"{cast.stall}/photos"), (cast.neighbour, other))))

    assert {answer.status_code for answer in answers} == {201}
    assert len(await rows(cast, "SELECT id FROM photos")) == 2


async def test_a_neighbour_and_a_stranger_send_see_and_drop_nothing(cast: Cast) -> None:
    mine = await sent_photo(cast)

    for client in (cast.neighbour, cast.buyer):
        assert (await send_photo(client, cast, photo())).status_code == 404
        assert (await client.get(f"{cast.stall}/photos/{mine}/thumb")).status_code == 404
        assert (await client.delete(f"{cast.stall}/photos/{mine}")).status_code == 404
    assert (await cast.neighbour.delete(f"/n/{cast.other_household.code}/photos/{mine}")).status_code == 404
    assert len(await rows(cast, "SELECT id FROM photos")) == 1


async def test_a_thumb_is_shown_to_the_household_and_its_helper_alone(cast: Cast) -> None:
    answer = await send_photo(cast.farmer, cast, photo())

    seen = await cast.helper.get(answer.json()["thumb"], follow_redirects=True)

    assert seen.status_code == 200 and seen.headers["content-type"] == "image/jpeg"
    assert Image.open(io.BytesIO(seen.content)).size == (96, 96)
    assert "private" in seen.headers["cache-control"]
    assert (await cast.neighbour.get(str(seen.url))).status_code == 404
    assert (await cast.buyer.get(str(seen.url))).status_code == 404


async def test_the_page_pictures_of_a_photo_are_made_soon(cast: Cast) -> None:
    await sent_photo(cast)

    async def made() -> bool:
        return len(await rows(cast, "SELECT role FROM media_files")) == 11
    await wait_for(made)

    found = {(row["role"], row["content_type"]) for row in await rows(cast, "SELECT * FROM media_files")}
    assert found == {("page_720", "image/avif"), ("page_720", "image/jpeg"), ("page_360", "image/avif"),
                     ("page_360", "image/jpeg"), ("thumb", "image/jpeg"), ("page_960", "image/avif"),
                     ("page_960", "image/webp"), ("page_480", "image/avif"), ("page_480", "image/webp"), ("whole", "image/jpeg"),
                     ("feed", "image/jpeg")}


async def test_a_removed_photo_leaves_no_file_behind(cast: Cast) -> None:
    mine = await sent_photo(cast)
    await cast.farmer.get(f"{cast.stall}/photos/{mine}/thumb")

    answer = await cast.farmer.delete(f"{cast.stall}/photos/{mine}")

    assert answer.status_code == 204
    assert not await rows(cast, "SELECT * FROM photos") and not await rows(cast, "SELECT * FROM media_files")
    assert not kept_files(cast)


async def test_a_file_that_two_photos_share_stays_until_the_second_goes(cast: Cast) -> None:
    first, second = [await sent_photo(cast, plain_photo("#d9a62e")) for _ in range(2)]

    await cast.farmer.delete(f"{cast.stall}/photos/{first}")

    (row,) = await rows(cast, "SELECT * FROM photos")
    assert row["id"] == second and cast.shop.objects.path(row["object_key"]).exists()


async def test_photos_that_nobody_used_are_swept_after_two_days(cast: Cast) -> None:
    used = await sent_photo(cast)
    await sell(cast, cast.farmer, photos=[used])
    old, fresh = await sent_photo(cast), await sent_photo(cast)
    async with cast.shop.db.write() as connection:
        await connection.execute_fetchall(
            "UPDATE photos SET created_ms = created_ms - ? WHERE id <> ?", (3 * DAY_MS, fresh))

    await sweep_photos(cast.shop, Job("j", "listings.sweep", "k", "", {}, 1), _nobody)

    assert {row["id"] for row in await rows(cast, "SELECT id FROM photos")} == {used, fresh}
    assert old not in {used, fresh}


async def test_the_sweep_promises_the_next_one(cast: Cast) -> None:
    await sweep_photos(cast.shop, Job("j", "listings.sweep", "k", "", {}, 1), _nobody)

    waiting = await rows(cast, "SELECT * FROM jobs WHERE kind = 'listings.sweep' AND state = 'queued'")

    assert waiting and all(row["run_at_ms"] > time.time() * 1000 for row in waiting)


async def test_photos_of_every_kind_a_phone_takes_are_taken(cast: Cast) -> None:
    names = [name for name in ("phone.heic", "exif_6_portrait.jpg", "mango_crate.jpg") if (PHOTOS / name).exists()]

    answers = [await send_photo(cast.farmer, cast, Path(PHOTOS / name).read_bytes(), name=name) for name in names]

    assert [answer.status_code for answer in answers] == [201] * len(names)
    if "exif_6_portrait.jpg" in names:
        turned = answers[names.index("exif_6_portrait.jpg")].json()
        assert turned["height"] > turned["width"]


async def test_a_stalled_check_is_not_the_photos_last_chance(cast: Cast) -> None:
    data = photo()
    await send_photo(cast.farmer, cast, data, key="warm")
    for pid in cast.shop.pool.pids:
        os.kill(pid, 9)

    answer = await send_photo(cast.farmer, cast, data, key="after")

    assert answer.status_code in (201, 422)
    assert (await send_photo(cast.farmer, cast, data, key="after")).status_code == 201


async def test_photos_come_in_the_order_of_the_form_the_first_is_the_cover(cast: Cast) -> None:
    ids = [await sent_photo(cast) for _ in range(3)]

    await sell(cast, cast.farmer, photos=[ids[2], ids[0], ids[1]])

    ordered = await rows(cast, "SELECT id FROM photos ORDER BY position")
    assert [row["id"] for row in ordered] == [ids[2], ids[0], ids[1]]


async def test_a_photo_of_another_listing_or_household_is_not_taken_over(cast: Cast) -> None:
    used = await sent_photo(cast)
    await sell(cast, cast.farmer, photos=[used])
    other = await cast.neighbour.post(f"/n/{cast.other_household.code}/photos",
                                      files={"photo": ("a.jpg", photo(), "image/jpeg")})

    for stolen in (used, other.json()["id"]):
        answer = await cast.farmer.post(f"{cast.stall}/sell", data={
            "kind": "mango", "name": "Xoài", "price": "20k", "unit": "kg", "stock": "5", "photo": stolen})

        assert answer.status_code == 422
        assert "Chụp lại" in answer.text and "Xoài" in answer.text
    assert len(await rows(cast, "SELECT id FROM listings")) == 1


async def test_the_edit_page_changes_which_photos_there_are_and_their_order(cast: Cast) -> None:
    first, second, third = [await sent_photo(cast) for _ in range(3)]
    code = await sell(cast, cast.farmer, photos=[first, second])

    answer = await edit(cast, cast.farmer, code, photo=[third, second])

    assert answer.status_code == 303
    kept = await rows(cast, "SELECT id FROM photos WHERE listing_id IS NOT NULL ORDER BY position")
    assert [row["id"] for row in kept] == [third, second]


async def test_a_listing_on_the_stall_keeps_at_least_one_photo(cast: Cast) -> None:
    mine = await sent_photo(cast)
    code = await sell(cast, cast.farmer, photos=[mine])

    answer = await edit(cast, cast.farmer, code, photo=[])

    assert answer.status_code == 422 and "Chưa có ảnh" in answer.text
    assert len(await rows(cast, "SELECT id FROM photos WHERE listing_id IS NOT NULL")) == 1


async def _nobody(share: float) -> None:
    """Progress that nobody follows."""


_: Report = _nobody
