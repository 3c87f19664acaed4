"""The best photo opens; blurred, dark and tiny ones stand behind, and twins last of all."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageEnhance, ImageFilter

from media.drawn.product import draw_product
from media.photos.photo import check_and_clean
from media.photos.rating import Rating, is_same, order_photos, rate


@lru_cache(maxsize=16)
def drawn(kind: str = "mango", seed: int = 2, width_px: int = 1000) -> Image.Image:
    """A sharp photo, drawn."""
    return draw_product(kind, width_px, width_px * 3 // 4, seed=seed)


def rated(image: Image.Image) -> Rating:
    """Its rating."""
    return rate(np.asarray(image))


def saved(folder: Path, *images: Image.Image) -> list[Path]:
    """Files of the photos, in their order."""
    paths = [folder / f"{number}.jpg" for number in range(len(images))]
    for image, path in zip(images, paths, strict=True):
        image.save(path, quality=92)
    return paths


def blurred(image: Image.Image, px: float) -> Image.Image:
    """The photo out of focus."""
    return image.filter(ImageFilter.GaussianBlur(px))


@pytest.mark.parametrize("kind", ["grapefruit", "mango", "dried_meat", "other"])
def test_the_more_a_photo_is_blurred_the_less_sharp_it_is_said_to_be(kind: str) -> None:
    marks = [rated(blurred(drawn(kind), px)).sharpness for px in (0, 1, 2)]

    assert marks[0] > marks[1] > marks[2]
    assert not rated(drawn(kind)).is_blurred and rated(blurred(drawn(kind), 4)).is_blurred


@pytest.mark.parametrize("name", ["dried_meat_board.jpg", "phone_8mp.jpg", "exif_6_portrait.jpg",
                                  "grapefruit_crate.jpg", "mango_crate.jpg"])
def test_a_sharp_real_photo_is_not_called_blurred_and_a_blurred_one_is(shared_data: Path, name: str) -> None:
    photo = Image.open(shared_data / "photos" / name).convert("RGB")
    photo.thumbnail((1024, 1024))

    assert not rated(photo).is_blurred
    assert rated(blurred(photo, 4)).is_blurred


def test_sharpness_hardly_depends_on_the_size_of_the_file() -> None:
    photo = drawn("dried_meat")

    large = photo.resize((3000, 2250), Image.Resampling.BICUBIC)

    assert rated(large).sharpness == pytest.approx(rated(photo).sharpness, abs=0.2)


def test_noise_is_not_taken_for_sharpness() -> None:
    soft = np.asarray(blurred(drawn(), 4)).astype(float)

    noisy = np.clip(soft + np.random.default_rng(1).normal(0, 4, soft.shape), 0, 255).astype(np.uint8)

    assert rate(noisy).is_blurred


def test_a_soft_background_is_no_blur() -> None:
    photo = drawn()
    soft = blurred(photo, 6)
    soft.paste(photo.crop((300, 200, 700, 600)), (300, 200))

    assert not rated(soft).is_blurred


def test_dark_and_flat_photos_are_marked_down() -> None:
    good = rated(drawn()).exposure

    assert rated(ImageEnhance.Brightness(drawn()).enhance(0.25)).exposure < 0.5 * good
    assert rated(ImageEnhance.Contrast(drawn()).enhance(0.2)).exposure < 0.5 * good


@pytest.mark.parametrize("kind", ["grapefruit", "mango", "dried_meat", "other"])
def test_a_photo_saved_again_smaller_and_lighter_is_still_the_same(kind: str) -> None:
    photo = drawn(kind)

    again = ImageEnhance.Brightness(photo.resize((700, 525))).enhance(1.15)

    assert is_same(rated(photo), rated(again))


def test_other_photos_are_not_the_same() -> None:
    photos = [drawn(kind) for kind in ("grapefruit", "mango", "dried_meat", "other")]
    closer = photos[0].crop((250, 150, 1000, 712))
    ratings = [rated(photo) for photo in (*photos, closer, photos[0].transpose(Image.Transpose.FLIP_LEFT_RIGHT))]

    assert not any(is_same(a, b) for at, a in enumerate(ratings) for b in ratings[at + 1:])


def test_the_best_photo_opens_and_twins_and_broken_ones_end(tmp_path: Path) -> None:
    good = drawn("mango")
    paths = saved(tmp_path, blurred(drawn("other"), 5), blurred(good, 1.2), good, drawn("grapefruit", width_px=240))
    paths.insert(1, tmp_path / "broken.jpg")
    paths[1].write_bytes(b"\xff\xd8\xff\xe0 no picture")

    order = order_photos(paths)

    assert order[0].index == 3
    assert [place.index for place in order if place.twin_of is not None] == [2]
    assert [place.twin_of for place in order][3:] == [3, None]
    assert order[-1].index == 1 and order[-1].rating is None


def test_equal_photos_keep_their_order(tmp_path: Path) -> None:
    assert order_photos([]) == []
    order = order_photos(saved(tmp_path, drawn(), drawn(), drawn()))

    assert [(place.index, place.twin_of) for place in order] == [(0, None), (1, 0), (2, 0)]


def test_an_upload_is_rated_while_it_is_cleaned(tmp_path: Path) -> None:
    photo = drawn("dried_meat")
    large = photo.resize((2600, 1950), Image.Resampling.BICUBIC)
    paths = saved(tmp_path, large, blurred(large, 10), photo)

    first, second, third = (check_and_clean(path, tmp_path) for path in paths)

    assert first.sharpness > 0.6 and second.sharpness < 0.3
    assert (int(first.fingerprint, 16) ^ int(third.fingerprint, 16)).bit_count() <= 6
    assert len(first.fingerprint) == 16
