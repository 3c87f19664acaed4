"""The village's picture of the day: every number of goods, every awkward one, whole and readable."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from media.cards.digest import HEIGHT_PX, MOST_BYTES, WIDTH_PX, boxes, draw_digest, write_digest
from media.spec import KINDS, MOST_ON_DIGEST, CardSpec, DigestSpec
from media.workers.ops import digest
from tests.media.cards import drawn_photo, least_contrast, longest, overlap, see, spec

LEAST_CONTRAST = 4.5
LONG_TITLE = "Chợ phiên Bản Huổi Lóng Pa Thơm Nậm Nèn"


def sheet(goods: list[CardSpec], **changes: str) -> DigestSpec:
    """A village's picture of these goods."""
    told = DigestSpec("loi", "Chợ phiên Bản Lói", "thứ Năm 26/11", "chophien.example", tuple(goods), "và 7 món nữa")
    return replace(told, **changes)  # type: ignore[arg-type]


def photographed(folder: Path, count: int) -> list[CardSpec]:
    """Goods of all kinds with photos of several shapes."""
    shapes = ((1200, 900), (900, 1200), (640, 480), (1600, 700))
    return [spec(kind=KINDS[at % 4], household_code=f"h{at}", photos=(drawn_photo(folder, "mango", *shapes[at % 4]),))
            for at in range(count)]


@pytest.mark.parametrize("count", range(1, MOST_ON_DIGEST + 1))
def test_goods_stand_beside_each_other_and_fill_the_width(count: int) -> None:
    found = boxes(count)

    assert len(found) == count
    assert all(not overlap(one, other) for at, one in enumerate(found) for other in found[at + 1:])
    assert {box.left for box in found} <= {0, 544} and max(box.right for box in found) == WIDTH_PX
    assert all(0 < box.top < box.bottom < HEIGHT_PX and box.height >= 280 for box in found)


@pytest.mark.parametrize("count", range(1, MOST_ON_DIGEST + 1))
@pytest.mark.parametrize("product", [spec(), longest(), spec(price_vnd=999_999_999, unit="chục", household="Nhà Nguyễnphươngthảohoàng")],
                         ids=["short", "longest", "dearest"])
def test_every_word_is_whole_readable_and_meets_no_other(count: int, product: CardSpec) -> None:
    goods = [replace(product, kind=KINDS[at % 4]) for at in range(count)]

    seen = see(product, lambda: draw_digest(sheet(goods, title=LONG_TITLE)))

    assert seen.most_ink_layers == 1
    assert least_contrast(seen)[0] >= LEAST_CONTRAST
    assert all(0 <= placed.box.left and placed.box.right <= WIDTH_PX and placed.box.bottom <= HEIGHT_PX for placed in seen.bare.placed)
    told = " ".join(placed.text for placed in seen.bare.placed)
    assert told.count("price") == count and product.name.split()[-1] in told


@pytest.mark.parametrize("count", [1, 3, 6])
def test_the_file_is_light_and_of_the_networks_size(count: int, tmp_path: Path) -> None:
    made = write_digest(sheet(photographed(tmp_path, count)), tmp_path)

    with Image.open(made.path) as image:
        assert image.size == (made.width, made.height) == (1080, 1350) and not image.getexif()
    assert made.bytes == made.path.stat().st_size <= MOST_BYTES and made.role == "digest"


def test_a_photo_that_is_gone_or_tiny_leaves_the_rest_whole(tmp_path: Path) -> None:
    goods = [*photographed(tmp_path, 4), spec(photos=(tmp_path / "gone.jpg",)), spec(photos=(drawn_photo(tmp_path, "mango", 120, 90),))]

    canvas = draw_digest(sheet(goods))

    assert len({placed.text for placed in canvas.placed}) >= 4 and canvas.image.size == (WIDTH_PX, HEIGHT_PX)


def test_more_than_there_is_room_for_is_not_drawn() -> None:
    canvas = draw_digest(sheet([spec()] * 9))

    assert sum(placed.text == "price" for placed in canvas.placed) == MOST_ON_DIGEST


def test_a_worker_draws_what_the_spec_says_and_the_same_each_time(tmp_path: Path) -> None:
    told = sheet(photographed(tmp_path, 2))
    assert DigestSpec.from_json(told.to_json()) == told

    files = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        made = digest({"digest": told.to_json(), "out_dir": str(tmp_path / name)}, lambda share: None)
        files.append(Path(made["files"][0]["path"]).read_bytes())

    assert files[0] == files[1] and Image.open(io.BytesIO(files[0])).format == "JPEG"
