"""The small pictures for pages are small indeed, in shape, and show the photo."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from skimage.metrics import structural_similarity

from media.drawn.product import draw_product
from media.photos.page_pictures import cropped, make_page_pictures
from media.photos.photo import check_and_clean
from media.spec import MediaFile
from tests.media.uploads import BLUE, GREEN, RED, YELLOW, encoded, four_colours, textured

KINDS = {"page_720.avif": "image/avif", "page_720.jpg": "image/jpeg", "page_360.avif": "image/avif",
         "page_360.jpg": "image/jpeg", "thumb.jpg": "image/jpeg", "page_960.avif": "image/avif",
         "page_960.webp": "image/webp", "page_480.avif": "image/avif", "page_480.webp": "image/webp",
         "whole.jpg": "image/jpeg", "feed.jpg": "image/jpeg"}
# The buyer's first view is at most 90 kB with its picture; the thumb stands in lists of dozens.
MOST_BYTES = {"page_720.avif": 24_000, "page_720.jpg": 60_000, "page_360.avif": 10_000,
              "page_360.jpg": 20_000, "thumb.jpg": 3_000, "page_960.avif": 40_000, "page_960.webp": 75_000,
              "page_480.avif": 14_000, "page_480.webp": 26_000, "whole.jpg": 60_000, "feed.jpg": 180_000}


def made_from(data: bytes, folder: Path) -> dict[str, MediaFile]:
    """The pictures of an upload by file name."""
    source = folder / "upload"
    source.write_bytes(data)
    photo = check_and_clean(source, folder)
    return {file.path.name: file for file in make_page_pictures(photo.path, folder)}


def opened(file: MediaFile) -> Image.Image:
    """The picture in a file."""
    with Image.open(file.path) as image:
        return image.convert("RGB")


@pytest.mark.parametrize("name", ["dried_meat_board.jpg", "phone_8mp.jpg", "exif_6_portrait.jpg", "phone.heic"])
def test_a_real_photo_gives_all_pictures_within_their_bytes(shared_data: Path, tmp_path: Path, name: str) -> None:
    made = made_from((shared_data / "photos" / name).read_bytes(), tmp_path)

    assert {file.path.name: file.content_type for file in made.values()} == KINDS
    assert all(file.bytes == file.path.stat().st_size <= MOST_BYTES[name] for name, file in made.items())
    *cut, whole, feed = [(file.width, file.height) for file in made.values()]
    assert cut == [
        (720, 540), (720, 540), (360, 270), (360, 270), (96, 96), (960, 720), (960, 720), (480, 360), (480, 360)]
    assert whole[0] == 560
    assert 960 <= max(feed) <= 1280 and min(feed) >= 500
    assert feed[0] / feed[1] == pytest.approx(whole[0] / whole[1], rel=0.01)
    assert all(opened(file).size == (file.width, file.height) for file in made.values())


@pytest.mark.parametrize(("name", "likeness"), [("dried_meat_board.jpg", 0.8), ("mango_crate.jpg", 0.85)])
def test_few_bytes_still_show_the_photo(shared_data: Path, tmp_path: Path, name: str, likeness: float) -> None:
    photo = shared_data / "photos" / name
    made = made_from(photo.read_bytes(), tmp_path)
    for name, size in {"page_720.avif": (720, 540), "page_960.avif": (960, 720), "page_960.webp": (960, 720)}.items():
        wanted = Image.fromarray(cropped(np.asarray(Image.open(photo).convert("RGB")), size))

        shown = opened(made[name])

        assert structural_similarity(*(np.asarray(image.convert("L")) for image in (shown, wanted))) > likeness


def test_goods_at_an_edge_and_the_sellers_point_are_shown(tmp_path: Path) -> None:
    photo = Image.new("RGB", (900, 1600), (150, 140, 120))
    photo.paste(RED, (250, 1250, 650, 1560))
    photo.paste(BLUE, (400, 40, 500, 140))
    photo.save(tmp_path / "photo.jpg", quality=95)

    by_itself = make_page_pictures(tmp_path / "photo.jpg", tmp_path)
    seen = np.asarray(opened(by_itself[0])).astype(int)
    chosen = make_page_pictures(tmp_path / "photo.jpg", tmp_path, focus=(0.5, 0.05))
    aimed = np.asarray(opened(chosen[0])).astype(int)

    assert (seen[..., 0] - seen[..., 2] > 80).any() and not (seen[..., 2] - seen[..., 0] > 80).any()
    assert (aimed[..., 2] - aimed[..., 0] > 80).any() and not (aimed[..., 0] - aimed[..., 2] > 80).any()


def test_a_dark_photo_is_mended_and_a_good_one_keeps_its_light(tmp_path: Path) -> None:
    good = draw_product("mango", 800, 600, seed=2)
    shown = {}
    for name, image in (("good", good), ("dark", good.point(lambda level: level * 0.3))):
        image.save(tmp_path / "photo.jpg", quality=95)
        shown[name] = np.asarray(opened(make_page_pictures(tmp_path / "photo.jpg", tmp_path)[1])).mean()

    assert abs(shown["good"] - np.asarray(good).mean()) < 6
    assert 0.5 * shown["good"] < shown["dark"] < shown["good"]


def test_the_middle_of_a_tall_photo_is_shown(tmp_path: Path) -> None:
    made = made_from(encoded(four_colours(1200, 2400)), tmp_path)

    page = opened(made["page_720.jpg"])
    seen = [page.getpixel(at) for at in ((40, 40), (680, 40), (680, 500), (40, 500))]
    assert all(abs(a - b) < 16 for found, colour in zip(seen, (RED, GREEN, BLUE, YELLOW), strict=True)
               for a, b in zip(found, colour, strict=True))


def test_a_small_photo_is_not_blown_up(tmp_path: Path) -> None:
    made = made_from(encoded(four_colours(200, 200)), tmp_path)

    assert (made["page_720.avif"].width, made["page_720.avif"].height) == (200, 150)
    assert (made["thumb.jpg"].width, made["thumb.jpg"].height) == (96, 96)


@pytest.mark.parametrize("size", [(50, 4000), (4000, 50)])
def test_a_strip_of_a_photo_gives_pictures_too(tmp_path: Path, size: tuple[int, int]) -> None:
    made = made_from(encoded(textured(*size)), tmp_path)

    assert all(opened(file).size == (file.width, file.height) for file in made.values())
    assert abs(made["page_360.jpg"].width / made["page_360.jpg"].height - 4 / 3) < 0.03
