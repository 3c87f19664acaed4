"""The part of a photo that is kept holds the goods, or the point that the seller chose."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from media.photos.develop import fill, open_negative
from media.photos.focus import crop_window, standing_out

SQUARE, PORTRAIT, STORY, PREVIEW = 1.0, 0.8, 1080 / 1152, 1.91
Fruit = tuple[float, float, float]


def photo(width_px: int, height_px: int, fruit: Fruit, *, colour: tuple[int, int, int] = (226, 150, 40),
          ground: tuple[int, int, int] = (120, 104, 84)) -> Image.Image:
    """A round fruit at (x, y) shares with a radius in shares of the short side, shaded towards its rim."""
    image = Image.new("RGB", (width_px, height_px), ground)
    pen, (x, y, radius) = ImageDraw.Draw(image), fruit
    for step in range(20, 0, -1):
        reach = radius * min(width_px, height_px) * step / 20
        shade = tuple(round(part * (1 - 0.35 * (step / 20) ** 3)) for part in colour)
        pen.ellipse((x * width_px - reach, y * height_px - reach, x * width_px + reach, y * height_px + reach),
                    fill=shade)
    return image


def window(image: Image.Image, aspect: float, focus: tuple[float, float] | None = None) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is kept."""
    small = np.asarray(image.resize((160, 160), Image.Resampling.BOX))
    left, top, width, height = crop_window(np.asarray(image), small, aspect=aspect, focus=focus)
    return left, top, left + width, top + height


def holds(kept: tuple[int, int, int, int], image: Image.Image, fruit: Fruit) -> bool:
    """Whether the whole fruit, as far as the photo has it, lies in what is kept."""
    x, y = fruit[0] * image.width, fruit[1] * image.height
    reach = fruit[2] * min(image.size)
    return (kept[0] <= max(0, x - reach) and kept[2] >= min(image.width, x + reach)
            and kept[1] <= max(0, y - reach) and kept[3] >= min(image.height, y + reach))


@pytest.mark.parametrize("aspect", [SQUARE, PORTRAIT, STORY])
@pytest.mark.parametrize("x", [0.07, 0.2, 0.5, 0.8, 0.93])
def test_a_fruit_anywhere_in_a_wide_photo_is_not_cut(x: float, aspect: float) -> None:
    fruit = (x, 0.5, 0.3)
    image = photo(1600, 900, fruit)

    assert holds(window(image, aspect), image, fruit)


@pytest.mark.parametrize("aspect", [SQUARE, PORTRAIT, STORY])
@pytest.mark.parametrize("y", [0.1, 0.3, 0.7, 0.9])
def test_a_fruit_anywhere_in_a_tall_photo_is_not_cut(y: float, aspect: float) -> None:
    fruit = (0.5, y, 0.3)
    image = photo(900, 1600, fruit)

    assert holds(window(image, aspect), image, fruit)


@pytest.mark.parametrize("fruit", [(0.3, 0.18, 0.15), (0.7, 0.5, 0.15), (0.4, 0.85, 0.15)])
def test_a_link_preview_of_a_tall_photo_shows_the_fruit(fruit: Fruit) -> None:
    image = photo(900, 1600, fruit)

    assert holds(window(image, PREVIEW), image, fruit)


@pytest.mark.parametrize(("size", "fruit"), [((1600, 900), (0.22, 0.5, 0.33)), ((1600, 900), (0.8, 0.55, 0.3)),
                                             ((900, 1600), (0.5, 0.8, 0.35))])
def test_white_fruit_on_white_is_found(size: tuple[int, int], fruit: Fruit) -> None:
    image = photo(*size, fruit, colour=(250, 250, 246), ground=(245, 245, 243))

    assert holds(window(image, SQUARE), image, fruit)


@pytest.mark.parametrize("aspect", [SQUARE, PORTRAIT, STORY])
def test_of_several_fruits_none_is_cut_where_all_fit(aspect: float) -> None:
    image = photo(1600, 900, (0.22, 0.4, 0.16))
    image.paste(photo(1600, 900, (0.42, 0.6, 0.16)).crop((500, 0, 1600, 900)), (500, 0))

    kept = window(image, aspect)

    assert holds(kept, image, (0.22, 0.4, 0.16)) and holds(kept, image, (0.42, 0.6, 0.16))


def test_an_even_photo_is_kept_in_its_middle() -> None:
    kept = window(Image.new("RGB", (1600, 900), (90, 110, 60)), SQUARE)

    assert abs((kept[0] + kept[2]) / 2 - 800) <= 30


@pytest.mark.parametrize("aspect", [0.5, SQUARE, PORTRAIT, STORY, PREVIEW])
@pytest.mark.parametrize("focus", [(0.0, 0.0), (0.1, 0.5), (0.5, 0.5), (0.72, 0.31), (0.97, 0.9), (1.0, 1.0)])
def test_the_sellers_point_wins_over_the_fruit(focus: tuple[float, float], aspect: float) -> None:
    image = photo(1600, 1200, (0.5, 0.5, 0.3))

    left, top, right, bottom = window(image, aspect, focus)

    x, y = focus[0] * 1600, focus[1] * 1200
    assert left <= x <= right and top <= y <= bottom
    for at, start, end, most in ((x, left, right, 1600), (y, top, bottom, 1200)):
        # In the middle, or as near to it as the photo reaches.
        assert abs((start + end) / 2 - at) <= 1 or start == 0 or end == most
    assert max((right - left) / 1600, (bottom - top) / 1200) >= 0.999


def test_a_chosen_point_travels_with_the_photo_into_every_box(tmp_path: Path) -> None:
    image = photo(1600, 900, (0.5, 0.5, 0.3))
    image.paste((30, 60, 200), (1500, 400, 1600, 500))
    image.save(tmp_path / "photo.png")
    negative = open_negative(tmp_path / "photo.png", [(600, 600)], focus=(0.97, 0.5))

    for pixels in (fill(negative, 600, 600), fill(negative, 480, 600)):
        blue = (pixels[..., 2].astype(int) - pixels[..., 0]) > 60
        assert blue.any()
    other = fill(negative, 600, 600, focus=(0.1, 0.5))
    assert not ((other[..., 2].astype(int) - other[..., 0]) > 60).any()


def test_the_weights_are_those_of_one_photo() -> None:
    image = photo(800, 600, (0.25, 0.3, 0.2))

    weights = standing_out(np.asarray(image.resize((160, 160))))

    row, column = np.unravel_index(weights.argmax(), weights.shape)
    assert weights.sum() == pytest.approx(1)
    assert abs(column / 64 - 0.25) < 0.15 and abs(row / 64 - 0.3) < 0.2


def test_real_goods_stay_in_sight(shared_data: Path) -> None:
    board = Image.open(shared_data / "photos" / "dried_meat_board.jpg").convert("RGB")
    board.thumbnail((900, 900))

    for aspect in (SQUARE, STORY, PREVIEW):
        left, top, right, bottom = window(board, aspect)
        # The heap lies about the middle, from a quarter to four fifths of the height.
        assert left <= 0.3 * board.width and right >= 0.75 * board.width
        assert top <= 0.36 * board.height and bottom >= 0.62 * board.height
