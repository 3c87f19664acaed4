"""Blurred photos and twins are told to the seller, and never open while a good one is there."""

from __future__ import annotations

from dataclasses import replace

from PIL import ImageFilter

from catalog.listings.model import Photo
from catalog.listings.photo_order import BLURRED, TWIN, hint, opening_order
from media.drawn.product import draw_product
from tests.cast import Cast
from tests.listings.stall import listing_row, rows, sell, send_photo
from tests.media.uploads import encoded

FIRST = Photo("a", "h", None, "k", 0, "a.jpg", 800, 600, 1, fingerprint="0f0f0f0f0f0f0f0f")
OTHER = replace(FIRST, id="b", fingerprint="f0f0f0f0f0f0f0f0")
BLURRY = replace(OTHER, id="c", sharpness=0.1, fingerprint="ffff0000ffff0000")
SECOND_SHOT = replace(FIRST, id="d", fingerprint="0f0f0f0f0f0f0f0e")


def ids(photos: list[Photo]) -> str:
    return "".join(photo.id for photo in opening_order(photos))


def test_good_photos_keep_the_sellers_order() -> None:
    assert ids([OTHER, FIRST]) == "ba" and ids([FIRST, OTHER]) == "ab"


def test_a_blurred_photo_goes_last_and_a_second_shot_before_it() -> None:
    assert ids([BLURRY, FIRST, SECOND_SHOT, OTHER]) == "abdc"


def test_a_photo_that_was_never_rated_is_nobodys_twin() -> None:
    bare = replace(FIRST, fingerprint="")

    assert ids([bare, replace(bare, id="z")]) == "az" and hint(bare, [replace(bare, id="z")]) == ""


def test_the_seller_is_told() -> None:
    assert hint(BLURRY, []) == BLURRED
    assert hint(SECOND_SHOT, [OTHER, FIRST]) == TWIN
    assert hint(OTHER, [FIRST]) == ""


async def test_a_blurred_first_photo_does_not_open_the_listing(cast: Cast) -> None:
    sharp = draw_product("mango", 1200, 900)
    answers = [await send_photo(cast.farmer, cast, encoded(picture)) for picture in (
        sharp.filter(ImageFilter.GaussianBlur(6)), sharp)]

    code = await sell(cast, cast.farmer, photos=[answer.json()["id"] for answer in answers])

    assert answers[0].json()["hint"] == BLURRED
    row = await listing_row(cast, code)
    found = await rows(cast, "SELECT id FROM photos WHERE listing_id = ? ORDER BY position", row["id"])
    assert [photo["id"] for photo in found] == [answer.json()["id"] for answer in reversed(answers)]
