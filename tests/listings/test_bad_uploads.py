"""Files that are no photos: a sentence that helps, nothing kept, no fault of the server."""

from __future__ import annotations

import io

import pytest

from catalog.households.queries import SQL
from catalog.households.tokens import digest
from tests.cast import Cast
from tests.listings.stall import FACTS, kept_files, photo, rows, send_photo
from tests.media.uploads import BAD_IMAGES, encoded, four_colours, jpeg_claiming, png

LETTERS = set("ạảấầẩậắằẳặẹẻếềểệịỉọỏốồổộớờởợụủứừửựýỳỷỹđăâêôơư")


async def nothing_is_kept(cast: Cast) -> bool:
    photos = await rows(cast, "SELECT * FROM photos")
    files = await rows(cast, "SELECT * FROM media_files")
    return not photos and not files and not kept_files(cast)


def is_vietnamese(text: str) -> bool:
    return bool(LETTERS & set(text.lower())) and text.endswith(".")


@pytest.mark.parametrize(("name", "data", "status", "words"), [
    ("rỗng", b"", 422, "Ảnh này rỗng"),
    ("a.jpg", b"<html><body onload=alert(1)></body></html>", 415, "không phải ảnh"),
    ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", 415, "không phải ảnh"),
    ("a.gif", encoded(four_colours(), "GIF"), 415, "không phải ảnh"),
    ("a.mp4", b"\0\0\0\x20ftypisom" + bytes(200), 415, "không phải ảnh"),
    ("cut.jpg", encoded(four_colours())[:900], 422, "không mở được"),
    ("tiny.png", encoded(four_colours(20, 20), "PNG"), 422, "Ảnh nhỏ quá"),
    ("bomb.png", png(30_000, 30_000), 422, "Ảnh lớn quá"),
    ("lying.jpg", jpeg_claiming(encoded(four_colours()), 60_000, 60_000), 422, "Ảnh lớn quá"),
    ("../../etc/passwd", b"\x89PNG\r\n\x1a\n" + bytes(64), 422, "không mở được"),
])
async def test_what_is_no_photo_is_refused_with_what_to_do(cast: Cast, name: str, data: bytes, status: int,
                                                           words: str) -> None:
    answer = await send_photo(cast.farmer, cast, data, name=name)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert words in answer.json()["detail"] and is_vietnamese(answer.json()["detail"])
    assert await nothing_is_kept(cast)


@pytest.mark.parametrize("size", [25 * 1024 * 1024 + 1, 27 * 1024 * 1024])
async def test_a_photo_over_25_megabytes_is_refused(cast: Cast, size: int) -> None:
    sound = photo()

    answer = await send_photo(cast.farmer, cast, sound + bytes(size - len(sound)))

    assert answer.status_code == 413
    assert "25 MB" in answer.json()["detail"]
    assert await nothing_is_kept(cast)


async def test_a_photo_that_hides_its_length_is_cut_off(cast: Cast) -> None:
    async def endless() -> object:
        yield (b"--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.jpg\"\r\n\r\n")
        for _ in range(40):
            yield bytes(1 << 20)

    answer = await cast.farmer.post(f"{cast.stall}/photos", content=endless(), headers={
        "Content-Type": "multipart/form-data; boundary=b", "Sec-Fetch-Dest": "empty"})

    assert answer.status_code == 413
    assert await nothing_is_kept(cast)


@pytest.mark.parametrize("body", [b"", b"--b", b"--b\r\nContent-Disposition: form-data; name=\"photo\"\r\n\r\nx\r\n--b--",
                                  b"--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.jpg\"\r\n\r\nx",
                                  b"nothing of the sort"])
async def test_a_broken_form_is_no_fault_of_the_server(cast: Cast, body: bytes) -> None:
    answer = await cast.farmer.post(f"{cast.stall}/photos", content=body, headers={
        "Content-Type": "multipart/form-data; boundary=b", "Sec-Fetch-Dest": "empty"})

    assert 400 <= answer.status_code < 500
    assert is_vietnamese(answer.json()["detail"])
    assert await nothing_is_kept(cast)


async def test_every_file_that_ever_broke_a_decoder_is_taken_or_refused(cast: Cast) -> None:
    if not BAD_IMAGES.is_dir():
        pytest.skip("../shared/data/bad_images is not here")
    taken = 0

    for path in sorted(BAD_IMAGES.iterdir()):
        answer = await send_photo(cast.farmer, cast, path.read_bytes(), name=path.name)

        assert answer.status_code in (201, 413, 415, 422), path.name
        if answer.status_code == 201:
            taken += 1
            await cast.farmer.delete(f"{cast.stall}/photos/{answer.json()['id']}")
        else:
            assert is_vietnamese(answer.json()["detail"]), path.name
    assert taken < 15
    assert not await rows(cast, "SELECT * FROM photos")


async def test_the_form_says_which_photo_is_bad_and_loses_nothing(cast: Cast) -> None:
    files = [("photos", ("1.jpg", photo(), "image/jpeg")), ("photos", ("2.jpg", b"", "image/jpeg")),
             ("photos", ("3.jpg", photo(400, 300), "image/jpeg"))]

    answer = await cast.farmer.post(f"{cast.stall}/sell", data=FACTS | {"draft_key": "k"}, files=files)

    assert answer.status_code == 422
    assert "Ảnh 2: Ảnh này rỗng" in answer.text
    assert answer.text.count('name="photo" value="0') == 2
    assert "Bưởi da xanh" in answer.text and "25 nghìn" in answer.text
    assert not await rows(cast, "SELECT * FROM listings")


async def test_a_photo_too_big_for_the_form_comes_back_at_its_field(cast: Cast) -> None:
    heavy = io.BytesIO(photo() + bytes(26 * 1024 * 1024))

    answer = await cast.farmer.post(f"{cast.stall}/sell", data=FACTS | {"draft_key": "k"},
                                    files={"photos": ("1.jpg", heavy, "image/jpeg")})

    assert answer.status_code == 422
    assert "Ảnh 1: Ảnh nặng quá 25 MB" in answer.text
    assert "Bưởi da xanh" in answer.text
    assert await nothing_is_kept(cast)


async def test_an_api_key_gets_the_same_refusals(cast: Cast) -> None:
    async with cast.shop.db.write() as connection:
        await SQL.add_api_key(connection, id="k", household_id=cast.household.id, token_digest=digest("secret"),
                              now_ms=1)
    key = {"Authorization": "Bearer secret"}
    listing = await cast.buyer.post("/api/v1/listings", headers=key, json={
        "kind": "mango", "name": "Xoài", "price_vnd": 30_000, "unit": "kg", "stock": 5})
    path = f"/api/v1/listings/{listing.json()['id']}/photos"

    answers = [await cast.buyer.post(path, headers=key, files={"photo": ("a.jpg", data, "image/jpeg")})
               for data in (b"", b"<html>", bytes(27 * 1024 * 1024))]

    assert [answer.status_code for answer in answers] == [422, 415, 413]
    assert not await rows(cast, "SELECT * FROM photos")
