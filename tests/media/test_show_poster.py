"""A show's posters: any number of goods, the longest words, whole and readable, the code read by a phone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from media.cards.poster_tiles import arrange
from media.cards.show_poster import MOST_BYTES, SAFE_BOTTOM_PX, SCAN_WORDS, SIZES, draw_poster
from media.lettering.text import Box
from media.lettering.title import fit_title
from media.spec import KINDS, MOST_ON_POSTER, CardSpec, PosterSpec
from media.workers.ops import show_poster
from tests.media.cards import drawn_photo, least_contrast, longest, overlap, see, spec

LEAST_CONTRAST = 4.5
LINK = "HTTPS://CHOPHIEN.EXAMPLE/L/K7M2P"
LONG_TITLE = "Thịt trâu gác bếp, xoài Tuần Giáo, bưởi Mường Ảng hái sáng nay, giao xe ngay đêm"
LONG_SELLER = "Nhà Nguyễn Thị Phương Thảo · bản Huổi Lóng Pa Thơm, xã Nậm Nèn, tỉnh Điện Biên"


def poster(goods: list[CardSpec], **changes: object) -> PosterSpec:
    """A poster of these goods, its other words short."""
    told = PosterSpec("xuan2", "Bưởi mới hái sáng nay", "19:30", ("tối thứ Bảy", "28 tháng 11"),
                      "Nhà Lò Thị Xuân · bản Lói, xã Mường Ảng", LINK, "chophien.example/l/k7m2p", tuple(goods))
    return replace(told, **changes)  # type: ignore[arg-type]


def team(goods: list[CardSpec]) -> PosterSpec:
    """The hardest of a team: every word long, a household at each product."""
    return poster(goods, title=LONG_TITLE, seller_text=LONG_SELLER, hour_text="20:08",
                  day_lines=("trưa Chủ nhật", "28 tháng 12"),
                  sellers=tuple(f"Nhà Nguyễn Thị Phương Thảo {at}" for at in range(len(goods))),
                  more_text="và 16 món nữa")


@pytest.mark.parametrize("count", range(1, MOST_ON_POSTER + 1))
@pytest.mark.parametrize("area", [Box(0, 0, 1080, 812), Box(0, 0, 1080, 1090), Box(0, 0, 636, 630)])
def test_goods_fill_their_area_and_meet_nowhere(count: int, area: Box) -> None:
    found = arrange(count, area)

    assert len(found) == count
    assert all(not overlap(one, other) for at, one in enumerate(found) for other in found[at + 1:])
    assert {max(box.right for box in found), max(box.bottom for box in found)} == {area.right, area.bottom}


@pytest.mark.parametrize("role", SIZES)
@pytest.mark.parametrize("make", [poster, team])
@pytest.mark.parametrize("count", [1, 3, 4])
def test_every_word_is_whole_readable_and_meets_no_other(role: str, make,
                                                         count: int) -> None:  # type: ignore[no-untyped-def]
    product = spec() if make is poster else longest()
    told = make([replace(product, kind=KINDS[at % 4]) for at in range(count)])

    seen = see(product, lambda: draw_poster(told, role))

    width, height = SIZES[role]
    assert seen.most_ink_layers == 1
    assert least_contrast(seen)[0] >= LEAST_CONTRAST
    foot = SAFE_BOTTOM_PX + 12 if role == "story" else height
    assert all(0 <= one.box.left and one.box.right <= width and 0 <= one.box.top and one.box.bottom <= foot
               for one in seen.bare.placed)
    words = " ".join(one.text for one in seen.bare.placed)
    assert told.hour_text in words and told.title.split()[-1] in words and words.count("price") == count
    assert all(seller in words for seller in told.sellers) and told.more_text in words


@pytest.mark.parametrize("role", ["feed", "story"])
def test_a_phone_reads_the_code_which_is_a_fifth_of_the_width(role: str) -> None:
    canvas = draw_poster(poster([spec()]), role)

    (code,) = zxingcpp.read_barcodes(canvas.image)

    assert code.text == LINK and canvas.qr_box and canvas.qr_box.width >= 0.22 * 1080
    assert SCAN_WORDS in {one.text for one in canvas.placed}


def test_more_goods_than_there_is_room_for_are_not_drawn_and_unread_photos_are_left_out(tmp_path: Path) -> None:
    goods = [spec(photos=(tmp_path / "gone.jpg",)), spec(photos=(drawn_photo(tmp_path, "mango", 120, 90),)),
             *[spec()] * 7]

    canvas = draw_poster(poster(goods), "feed")

    assert sum(placed.text == "price" for placed in canvas.placed) == MOST_ON_POSTER


def test_a_worker_draws_three_light_files_the_same_each_time(tmp_path: Path) -> None:
    told = poster([spec(kind=kind, photos=(drawn_photo(tmp_path, "mango"),)) for kind in KINDS[:2]])
    assert PosterSpec.from_json(told.to_json()) == told

    made = [show_poster({"poster": told.to_json(), "out_dir": str(tmp_path)}, lambda share: None)["files"]
            for _ in range(2)]

    assert [(file["role"], file["width"], file["height"]) for file in made[0]] == [(role, *size) for role,
                                                                                   size in SIZES.items()]
    assert [file["bytes"] for file in made[0]] == [file["bytes"] for file in made[1]]
    assert all(file["bytes"] <= MOST_BYTES for file in made[0])
    with Image.open(made[0][0]["path"]) as image:
        assert image.size == SIZES["feed"] and not image.getexif()


@pytest.mark.parametrize("title", [LONG_TITLE, "Nghiêng" * 12, "Bưởi", ""])
def test_a_title_of_any_length_fits_its_lines(title: str) -> None:
    found = fit_title(title, width_px=652, max_px=68, max_lines=3)

    assert 1 <= len(found.lines) <= 3 and " ".join(found.lines) == title
    assert 0 < found.size_px <= 68
