"""The finished files: what they weigh, what they hold, whether a phone reads their code."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from media.cards.card import SIZES, choose_layout
from media.cards.pictures import MOST_BYTES, render_picture, render_pictures
from media.photos.develop import open_negative
from media.spec import PICTURE_ROLES, CardSpec
from tests.media.cards import LINK, drawn_photo, longest, spec

@pytest.mark.parametrize("product", [spec(), longest()], ids=["short", "long"])
def test_a_set_has_every_role_at_its_size_and_weight_without_metadata(product: CardSpec, tmp_path: Path) -> None:
    shown: list[float] = []
    photo = drawn_photo(tmp_path, "dried_meat", 2400, 1800)

    files = render_pictures(replace(product, photos=(photo,)), PICTURE_ROLES, tmp_path, shown.append)

    assert [file.role for file in files] == list(PICTURE_ROLES)
    assert shown == [0.25, 0.5, 0.75, 1.0]
    for file in files:
        with Image.open(file.path) as image:
            assert (file.width, file.height) == image.size == SIZES[file.role]
            assert image.mode == "RGB"
            assert all(key.startswith(("jfif", "progress")) for key in image.info)
        assert file.bytes == file.path.stat().st_size <= MOST_BYTES[file.role]


def test_noise_that_compresses_badly_keeps_within_its_weight(tmp_path: Path) -> None:
    photo = tmp_path / "noise.png"
    Image.effect_noise((1400, 1400), 90).convert("RGB").save(photo)

    files = render_pictures(spec(photos=(photo,)), PICTURE_ROLES, tmp_path, lambda _: None)

    assert all(file.bytes <= MOST_BYTES[file.role] for file in files)


def test_the_same_product_gives_the_same_bytes(tmp_path: Path) -> None:
    product = spec(photos=(drawn_photo(tmp_path),))
    (tmp_path / "again").mkdir()

    first = render_pictures(product, PICTURE_ROLES, tmp_path, lambda _: None)
    again = render_pictures(product, PICTURE_ROLES, tmp_path / "again", lambda _: None)

    assert [file.path.read_bytes() for file in first] == [file.path.read_bytes() for file in again]


def test_households_and_prices_are_seen_in_the_picture(tmp_path: Path) -> None:
    made = [render_picture(product, "square", tmp_path).path.read_bytes()
            for product in (spec(), spec(household_code="DB-007"), spec(price_vnd=26_000))]

    assert len(set(made)) == 3


@pytest.mark.parametrize("percent", [100, 33, 25])
@pytest.mark.parametrize("degrees", [0, 7, 20, 180])
@pytest.mark.parametrize("product", [spec(), longest()], ids=["short", "long"])
def test_the_code_of_a_finished_story_reads_small_and_turned(product: CardSpec, degrees: int, percent: int,
                                                             tmp_path: Path) -> None:
    with Image.open(render_picture(product, "story", tmp_path).path) as story:
        seen = story.convert("RGB").rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=(90, 90, 90))
        seen = seen.resize((seen.width * percent // 100, seen.height * percent // 100), Image.Resampling.LANCZOS)

    found = zxingcpp.read_barcodes(seen)

    assert [code.text for code in found] == [product.order_link.upper()]


def test_a_file_that_is_no_picture_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0 not a picture")

    with pytest.raises(OSError):
        render_picture(spec(photos=(broken,)), "square", tmp_path)


def test_several_photos_come_together_on_a_card(tmp_path: Path) -> None:
    photos = tuple(drawn_photo(tmp_path, kind, 900, 700) for kind in ("mango", "grapefruit", "dried_meat"))
    product = spec(photos=photos, order_link=collage_link(photos))

    several = render_picture(product, "square", tmp_path).path.read_bytes()
    alone = render_picture(replace(product, photos=photos[:1]), "square", tmp_path).path.read_bytes()

    assert several != alone


def collage_link(photos: tuple[Path, ...]) -> str:
    """A link whose product with these photos falls to the collage."""
    opened = tuple(open_negative(path, [(1080, 1080)]) for path in photos)
    return next(link for link in (f"{LINK}{number}" for number in range(99))
                if choose_layout(spec(order_link=link), "square", opened) == "collage")


def test_a_second_photo_that_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    good, broken = drawn_photo(tmp_path), tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0 not a picture")

    with_it = render_picture(spec(photos=(good, broken)), "square", tmp_path).path.read_bytes()
    without = render_picture(spec(photos=(good,)), "square", tmp_path).path.read_bytes()

    assert with_it == without
