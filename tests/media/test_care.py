"""Poor light is mended gently; a good photo is left as it is."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageOps

from media.drawn.product import draw_product
from media.photos.care import assess
from media.photos.develop import open_negative, whole
from media.photos.scale import noise_of, resize

LAMP, SHADE, TUBE = (1.12, 1.0, 0.72), (0.86, 1.0, 1.14), (0.93, 1.05, 0.88)


def few(pixels: np.ndarray) -> np.ndarray:
    """The photo on as many pixels as it is judged on."""
    return cv2.resize(pixels, (160, 160), interpolation=cv2.INTER_AREA)


def lit(pixels: np.ndarray, by: tuple[float, float, float] | float) -> np.ndarray:
    """The photo under another light."""
    return np.clip(pixels * np.array(by), 0, 255).astype(np.uint8)


def mended(pixels: np.ndarray) -> np.ndarray:
    """The photo after its care."""
    return cv2.LUT(pixels, assess(few(pixels)).levels().round().astype(np.uint8)[:, None, :])


def colour_off(pixels: np.ndarray, wanted: np.ndarray) -> float:
    """How far apart the colours of two photos are on the whole, in steps of CIELAB."""
    first, second = (cv2.cvtColor(one, cv2.COLOR_RGB2LAB)[..., 1:].mean(axis=(0, 1)) for one in (pixels, wanted))
    return float(np.hypot(*(first - second)))


def stall() -> np.ndarray:
    """A mango on a sheet of paper on a table: things that a light's colour can be told from."""
    image = Image.new("RGB", (400, 300), (150, 120, 96))
    image.paste((236, 234, 230), (40, 40, 360, 200))
    image.paste((226, 150, 40), (150, 80, 250, 160))
    shade = np.linspace(0.8, 1, 400, dtype=np.float32)[None, :, None]
    return (np.asarray(image) * shade).astype(np.uint8)


@pytest.mark.parametrize("kind", ["grapefruit", "mango", "dried_meat", "other"])
def test_a_good_drawn_photo_on_warm_wood_needs_nothing(kind: str) -> None:
    assert assess(few(np.asarray(draw_product(kind, 600, 450, seed=2)))).is_off


@pytest.mark.parametrize("name", ["dried_meat_board.jpg", "grapefruit_crate.jpg", "mango_crate.jpg",
                                  "exif_6_portrait.jpg", "exif_8_landscape.jpg"])
def test_a_good_real_photo_needs_nothing(shared_data: Path, name: str) -> None:
    photo = ImageOps.exif_transpose(Image.open(shared_data / "photos" / name)).convert("RGB")

    assert assess(few(np.asarray(photo))).is_off


def test_a_good_photo_gets_no_more_than_its_toning(tmp_path: Path) -> None:
    ramp = np.tile(np.arange(256, dtype=np.uint8), (256, 1))
    Image.fromarray(ramp).convert("RGB").save(tmp_path / "ramp.png")

    toned = whole(open_negative(tmp_path / "ramp.png", [(256, 256)]), 256, 256).astype(int)

    assert assess(few(np.stack([ramp] * 3, axis=-1))).is_off
    assert np.abs(toned[128, 30:226] - ramp[128, 30:226, None]).max() <= 14


@pytest.mark.parametrize("light", [LAMP, SHADE, TUBE], ids=["lamp", "shade", "tube"])
def test_a_cast_is_at_least_halved_and_never_turned_over(light: tuple[float, float, float]) -> None:
    good = stall()
    poor = lit(good, light)

    better = mended(poor)

    assert colour_off(better, good) <= 0.55 * colour_off(poor, good)
    assert not assess(few(poor)).is_off


@pytest.mark.parametrize("light", [LAMP, SHADE, TUBE], ids=["lamp", "shade", "tube"])
@pytest.mark.parametrize("name", ["dried_meat_board.jpg", "mango_crate.jpg", "exif_8_landscape.jpg",
                                  "exif_6_portrait.jpg"])
def test_a_real_photo_under_a_cast_never_becomes_worse(
    shared_data: Path, name: str, light: tuple[float, float, float]
) -> None:
    photo = Image.open(shared_data / "photos" / name).convert("RGB")
    photo.thumbnail((600, 600))
    good = np.asarray(photo)
    poor = lit(good, light)

    assert colour_off(mended(poor), good) <= colour_off(poor, good) + 0.5


@pytest.mark.parametrize("by", [0.5, 0.35])
def test_too_little_light_is_raised_and_black_stays_black(by: float) -> None:
    good = np.asarray(draw_product("mango", 400, 300, seed=2)).copy()
    good[:20] = 0

    better = mended(lit(good, by))

    assert 1.4 * lit(good, by).mean() < better.mean() < 1.1 * good.mean()
    assert better[:16].max() == 0


def test_lifting_stops_where_the_light_parts_would_be_lost() -> None:
    against_the_light = np.full((300, 400, 3), 40, np.uint8)
    against_the_light[:60] = 246

    better = mended(against_the_light)

    assert better[200, 200, 0] > 48
    assert better[:50].max() <= 252


def test_mist_is_left_as_it_is() -> None:
    mist = np.full((300, 400, 3), 132, np.uint8)
    mist[100:200] = 118

    assert assess(few(mist)).is_off


def test_white_goods_on_white_are_not_darkened() -> None:
    white = np.full((300, 400, 3), 244, np.uint8)
    cv2.circle(white, (200, 150), 90, (228, 228, 224), -1)

    assert (mended(white) >= white).all()


@pytest.mark.parametrize("steps", [6, 12])
def test_noise_is_told_from_texture_and_smoothed_where_it_shows(steps: int) -> None:
    good = np.asarray(draw_product("mango", 800, 600, seed=2))
    noisy = np.clip(good + np.random.default_rng(1).normal(0, steps, good.shape), 0, 255).astype(np.uint8)
    noise = noise_of(noisy)

    smooth, plain = (resize(noisy, 780, 585, noise=told).astype(int) for told in (noise, 0.0))

    wanted = resize(good, 780, 585).astype(int)
    assert noise_of(good) < 3.0 < noise < steps
    assert np.abs(smooth - wanted).mean() < 0.8 * np.abs(plain - wanted).mean()
