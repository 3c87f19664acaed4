"""A photo on its way to a card: cut, never stretched, gently toned."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw
from skimage.metrics import structural_similarity

from media.drawn.product import draw_product
from media.photos.decode import decode
from media.photos.develop import fill, open_negative, whole
from media.photos.focus import crop_window
from media.photos.scale import resize


def disc_photo(folder: Path, width_px: int, height_px: int, at: tuple[float, float] = (0.5, 0.5)) -> Path:
    """A grey photo with a red disc on it."""
    image = Image.new("RGB", (width_px, height_px), (150, 150, 150))
    radius = min(width_px, height_px) / 6
    x, y = at[0] * width_px, at[1] * height_px
    ImageDraw.Draw(image).ellipse((x - radius, y - radius, x + radius, y + radius), fill=(200, 40, 30))
    path = folder / "disc.jpg"
    image.save(path, quality=95)
    return path


def red_box(pixels: np.ndarray) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is red."""
    red = (pixels[..., 0].astype(int) - pixels[..., 1]) > 70
    columns, rows = np.flatnonzero(red.any(axis=0)), np.flatnonzero(red.any(axis=1))
    return int(columns[0]), int(rows[0]), int(columns[-1]), int(rows[-1])


@pytest.mark.parametrize("box", [(1080, 700), (1080, 1152), (724, 630), (400, 900)])
@pytest.mark.parametrize("size", [(1600, 1200), (1200, 1600), (500, 420)])
def test_a_round_thing_stays_round_in_every_box(box: tuple[int, int], size: tuple[int, int], tmp_path: Path) -> None:
    negative = open_negative(disc_photo(tmp_path, *size), [box])

    pixels = fill(negative, *box)

    left, top, right, bottom = red_box(pixels)
    assert pixels.shape == (box[1], box[0], 3)
    assert (right - left) / (bottom - top) == pytest.approx(1, abs=0.03)


@pytest.mark.parametrize("at", [(0.25, 0.5), (0.75, 0.5)])
def test_what_stands_out_is_kept_when_the_photo_is_cut(at: tuple[float, float], tmp_path: Path) -> None:
    negative = open_negative(disc_photo(tmp_path, 1600, 900, at), [(900, 900)])

    left, _, right, _ = red_box(fill(negative, 900, 900))

    assert left > 0 and right < 899


@pytest.mark.parametrize("aspect", [0.5, 1.0, 2.4])
def test_the_window_lies_within_the_photo_and_has_its_shape(aspect: float) -> None:
    pixels = np.random.default_rng(1).integers(0, 255, (300, 400, 3), np.uint8)

    left, top, width, height = crop_window(pixels, pixels, aspect=aspect)

    assert 0 <= left and left + width <= 400 and 0 <= top and top + height <= 300
    assert width / height == pytest.approx(aspect, rel=0.02)
    assert width == 400 or height == 300


@pytest.mark.parametrize("orientation", range(1, 9))
def test_all_eight_orientations_come_out_upright(orientation: int, tmp_path: Path) -> None:
    upright = Image.new("RGB", (800, 600), (120, 120, 120))
    upright.paste((220, 30, 30), (0, 0, 400, 300))
    back = {2: [Image.Transpose.FLIP_LEFT_RIGHT], 3: [Image.Transpose.ROTATE_180],
            4: [Image.Transpose.FLIP_TOP_BOTTOM], 5: [Image.Transpose.TRANSPOSE], 6: [Image.Transpose.ROTATE_90],
            7: [Image.Transpose.TRANSVERSE], 8: [Image.Transpose.ROTATE_270]}
    stored = upright
    for step in back.get(orientation, []):
        stored = stored.transpose(step)
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored.save(tmp_path / "turned.jpg", exif=exif, quality=95)

    negative = open_negative(tmp_path / "turned.jpg", [(400, 300)])

    assert (negative.width_px, negative.height_px) == (800, 600)
    assert red_box(fill(negative, 400, 300)) == pytest.approx((0, 0, 199, 149), abs=2)


def test_a_large_photo_is_decoded_no_larger_than_needed(tmp_path: Path) -> None:
    photo = disc_photo(tmp_path, 4000, 3000)

    negative = open_negative(photo, [(1080, 810)])

    assert (negative.width_px, negative.height_px) == (4000, 3000)
    assert negative.pixels.shape == (1500, 2000, 3)


@pytest.mark.parametrize("side", [4000, 1900, 1000, 501])
def test_pixels_are_those_of_libjpeg_at_the_least_size_that_covers(side: int, tmp_path: Path) -> None:
    photo = disc_photo(tmp_path, side, side * 3 // 4)
    with Image.open(photo) as plain:
        plain.draft("RGB", (500, 375))
        wanted = np.asarray(plain)

    pixels, size = decode(photo, [(500, 375)])

    assert size == (side, side * 3 // 4)
    assert pixels.shape == wanted.shape and (pixels == wanted).all()


@pytest.mark.parametrize("kept", [0.2, 0.6, 0.99])
def test_a_photo_that_was_cut_off_is_told(kept: float, tmp_path: Path) -> None:
    whole_file = disc_photo(tmp_path, 1600, 1200).read_bytes()
    (tmp_path / "cut.jpg").write_bytes(whole_file[:int(kept * len(whole_file))])

    with pytest.raises(OSError):
        open_negative(tmp_path / "cut.jpg", [(800, 600)])


@pytest.mark.parametrize("mode", ["L", "CMYK", "P", "RGBA"])
def test_every_kind_of_pixel_opens(mode: str, tmp_path: Path) -> None:
    path = tmp_path / ("photo.png" if mode in ("P", "RGBA") else "photo.jpg")
    Image.new("RGB", (640, 480), (180, 120, 60)).convert(mode).save(path)

    assert fill(open_negative(path, [(320, 240)]), 320, 240).shape == (240, 320, 3)


@pytest.mark.parametrize("scale", [0.2, 0.35, 0.45, 0.55, 0.7, 0.85])
def test_a_reduction_is_as_good_as_by_lanczos(scale: float) -> None:
    pixels = draw_product("dried_meat", 1200, 900, seed=2)
    size = (round(1200 * scale), round(900 * scale))
    wanted = np.asarray(pixels.resize(size, Image.Resampling.LANCZOS).convert("L"))

    made = np.asarray(Image.fromarray(resize(np.asarray(pixels), *size)).convert("L"))

    assert structural_similarity(wanted, made) >= 0.98


def test_toning_is_gentle_and_leaves_white_and_black_alone(tmp_path: Path) -> None:
    ramp = np.tile(np.arange(256, dtype=np.uint8), (256, 1))
    Image.fromarray(ramp).convert("RGB").save(tmp_path / "ramp.png")

    toned = whole(open_negative(tmp_path / "ramp.png", [(256, 256)]), 256, 256).astype(int)

    assert (toned[:, 0] <= 2).all() and (toned[:, -1] >= 253).all()
    assert np.abs(toned[128, 30:226] - ramp[128, 30:226, None]).max() <= 14
    assert toned[128, 128, 0] > toned[128, 128, 2]
