"""What is seen in a clip: words that can be read and stay in their margins, moves that are smooth."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from media.clips.motion import base_size, make_base, show, zoom
from media.clips.planes import frame_buffer, to_planes, to_rgb
from media.clips.scrim import LEAST_CONTRAST, contrast_over
from media.clips.shots import make_shots
from media.clips.words import APP_BUTTONS_PX, HEIGHT_PX, MARGIN_PX, WIDTH_PX, shot_words
from media.palette import palette
from media.spec import CardSpec
from tests.media.clip_specs import LONG_NAME, POMELO, drawn_photo

KINDS = ("grapefruit", "mango", "dried_meat", "other")


def white_photo(folder: Path, width_px: int, height_px: int) -> Path:
    """The hardest ground for light words."""
    path = folder / f"white-{width_px}.jpg"
    Image.new("RGB", (width_px, height_px), "white").save(path)
    return path


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [(1080, 1920), (600, 450), (198, 198)])
def test_words_keep_their_contrast_over_a_white_photo(tmp_path: Path, kind: str, size: tuple[int, int]) -> None:
    spec = replace(POMELO, kind=kind, name=LONG_NAME, photos=(white_photo(tmp_path, *size),))

    assert least_contrast(spec) >= LEAST_CONTRAST


def test_words_keep_their_contrast_over_a_real_photo(shared_data: Path) -> None:
    photo = shared_data / "photos" / "dried_meat_board.jpg"

    assert least_contrast(replace(POMELO, kind="dried_meat", photos=(photo,))) >= LEAST_CONTRAST


def test_words_keep_their_contrast_without_a_photo() -> None:
    assert least_contrast(POMELO) >= LEAST_CONTRAST


def least_contrast(spec: CardSpec) -> float:
    """The lowest contrast of any line in any shot, at the start, middle and end of its move."""
    block, planes = frame_buffer(WIDTH_PX, HEIGHT_PX)
    found = []
    *shots, _ = make_shots(spec, 3)
    for at, shot in enumerate(shots):
        for share in (0.0, 0.5, 1.0):
            shot.draw(share, block, planes)
            seen = to_rgb(planes)
            for line in shot_words(spec, at):
                box = line.box
                found.append(contrast_over(seen[box.top : box.bottom, box.left : box.right], line.colour))
    return min(found)


@pytest.mark.parametrize("name", ["Xoài", "Thịt trâu gác bếp", LONG_NAME, "Ắ" * 80])
@pytest.mark.parametrize("shot", [0, 1, 2])
def test_words_stay_clear_of_the_margin_and_the_apps_buttons(name: str, shot: int) -> None:
    spec = replace(POMELO, name=name, price_vnd=1_250_000, household="Nhà bà Giàng Thị Mỷ bản Háng Đề Chu")

    boxes = [line.box for line in shot_words(spec, shot)]

    assert min(box.left for box in boxes) >= MARGIN_PX
    assert max(box.right for box in boxes) <= WIDTH_PX - APP_BUTTONS_PX
    assert max(box.bottom for box in boxes) <= 1560
    assert min(box.top for box in boxes) >= 1100


@pytest.mark.parametrize("shot", [0, 1, 2])
def test_no_line_touches_another(shot: int) -> None:
    for name in ("Bưởi Ổi", "Ẫ g", LONG_NAME):
        boxes = [line.box for line in shot_words(replace(POMELO, name=name), shot)]

        for at, one in enumerate(boxes):
            for other in boxes[at + 1 :]:
                assert (
                    one.bottom <= other.top
                    or other.bottom <= one.top
                    or one.right < other.left
                    or other.right < one.left
                )


def test_one_photo_gives_three_different_shots(tmp_path: Path) -> None:
    spec = replace(POMELO, photos=(drawn_photo(tmp_path, 2400, 1800),))
    block, planes = frame_buffer(WIDTH_PX, HEIGHT_PX)
    seen = []

    for shot in list(make_shots(spec, 3))[:3]:
        shot.draw(0.5, block, planes)
        seen.append(planes.y[100:1000].astype(int).copy())

    differences = [np.abs(seen[a] - seen[b]).mean() for a, b in ((0, 1), (1, 2), (0, 2))]
    assert min(differences) > 8


def test_photos_take_turns_and_the_first_opens(tmp_path: Path) -> None:
    colours = {"red": (200, 30, 30), "green": (30, 160, 30)}
    photos = []
    for name, colour in colours.items():
        photos.append(tmp_path / f"{name}.jpg")
        Image.new("RGB", (1200, 1600), colour).save(photos[-1])
    block, planes = frame_buffer(WIDTH_PX, HEIGHT_PX)
    strongest = []

    for shot in list(make_shots(replace(POMELO, photos=tuple(photos)), 3))[:3]:
        shot.draw(0.5, block, planes)
        strongest.append(int(to_rgb(planes)[400, 500].argmax()))

    assert strongest == [0, 1, 0]


def test_a_long_clip_keeps_no_more_photos_in_memory_than_a_short_one(tmp_path: Path) -> None:
    spec = replace(POMELO, photos=(drawn_photo(tmp_path, 1080, 1920),))

    shots = list(make_shots(spec, 12))[:-1]

    assert len(shots) == 12
    assert len({id(shot.base) for shot in shots}) == 3
    assert shots[3].move is not None and shots[0].move is not None
    assert shots[3].move.start == shots[0].move.end


def test_a_slow_zoom_follows_its_path_to_a_fiftieth_of_a_pixel() -> None:
    """Blobs are found by their centres of gravity, which tell place far below a pixel."""
    width, height = 320, 568
    base_width, base_height = base_size(width, height)
    places = [(x, y) for x in (60, 180, 300) for y in (80, 300, 520)]
    picture = np.full((base_height, base_width), 40, np.float32)
    for x, y in places:
        cv2.circle(picture, (x, y), 14, 220, -1, cv2.LINE_AA)
    picture = cv2.GaussianBlur(picture, (0, 0), 4)
    base = make_base(to_planes(np.repeat(picture.round().astype(np.uint8)[..., None], 3, axis=2)))
    move = zoom(width, height, inward=True, focus=(0.5, 0.42))
    _, planes = frame_buffer(width, height)
    errors = []

    for number in range(91):
        view = move.at(number / 90)
        show(base, view, planes)
        lit = np.maximum(planes.y.astype(np.float64) - 60, 0)
        for x, y in places:
            at = (x + 0.5 - view.left) / view.scale - 0.5, (y + 0.5 - view.top) / view.scale - 0.5
            errors.append(np.subtract(centre_near(lit, *at), at))

    wandering = np.diff(np.array(errors).reshape(91, -1), n=2, axis=0)
    assert np.abs(errors).max() < 0.12
    assert np.sqrt((wandering**2).mean()) <= 0.05


def centre_near(lit: np.ndarray, x: float, y: float) -> tuple[float, float]:
    """The centre of gravity of the light within 26 pixels of a place."""
    left, top = max(0, round(x) - 26), max(0, round(y) - 26)
    part = lit[top : round(y) + 27, left : round(x) + 27]
    rows, columns = np.mgrid[0 : part.shape[0], 0 : part.shape[1]]
    return left + float((part * columns).sum() / part.sum()), top + float((part * rows).sum() / part.sum())


@pytest.mark.parametrize("colour", [(255, 255, 255), (0, 0, 0), (200, 30, 40), (30, 120, 220)])
def test_colours_survive_the_way_to_planes_and_back(colour: tuple[int, int, int]) -> None:
    pixels = np.full((8, 8, 3), colour, np.uint8)

    back = to_rgb(to_planes(pixels))

    assert np.abs(back - np.array(colour)).max() <= 2.5


def test_brightness_keeps_to_the_limited_range() -> None:
    white, black = (to_planes(np.full((4, 4, 3), level, np.uint8)) for level in (255, 0))

    assert (white.y == 235).all() and (black.y == 16).all()
    assert (white.u == 128).all() and (black.v == 128).all()


def test_every_kind_has_its_own_ground(tmp_path: Path) -> None:
    block, planes = frame_buffer(WIDTH_PX, HEIGHT_PX)
    grounds = set()

    for kind in KINDS:
        next(iter(make_shots(replace(POMELO, kind=kind), 3))).draw(0.0, block, planes)
        grounds.add(tuple(to_rgb(planes)[1650, 540].round().astype(int)))
        assert np.abs(to_rgb(planes)[1650, 540] - np.array(palette(kind).deep)).max() < 4

    assert len(grounds) == len(KINDS)
