"""Cards as a buyer sees them: nothing cut, nothing touching, everything readable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from media.cards import canvas
from media.cards import full_bleed as layout_full_bleed
from media.cards import side_band as layout_side_band
from media.cards.canvas import Canvas
from media.cards.card import LARGEST_PHOTOS, SIZES, choose_layout
from media.cards.story import SAFE_BOTTOM_PX, SAFE_TOP_PX
from media.lettering.text import Box, Ink, draw_ink
from media.palette import Colour, contrast
from media.photos.develop import Negative, open_negative
from media.spec import KINDS, PICTURE_ROLES, CardSpec
from tests.media.cards import LINK, card, drawn_photo, longest, spec

LEAST_CONTRAST, LEAST_PHOTO_SHARE, LEAST_CODE_SHARE = 4.5, 0.60, 0.22


def products(folder: Path) -> dict[str, CardSpec]:
    """Ordinary and awkward products: every kind, long, bare, tiny photo, no photo."""
    made = {kind: spec(kind=kind, photos=(drawn_photo(folder, kind),)) for kind in KINDS}
    made["longest"] = longest(photos=(drawn_photo(folder, "dried_meat"),))
    made["bare"] = spec(place=None, stock_text=None, photos=(drawn_photo(folder),))
    made["tiny"] = spec(kind="grapefruit", photos=(drawn_photo(folder, "grapefruit", 240, 200),))
    made["tiny longest"] = longest(photos=(drawn_photo(folder, "dried_meat", 200, 260),))
    made["no photo"] = spec(photos=())
    made["no photo longest"] = longest(photos=())
    made["long word"] = spec(name="Xoài" * 20, unit="chục", photos=(drawn_photo(folder),))
    made["long link"] = longest(order_link="http://cho-phien.dienbien.example:8000/o/K7M2/Z",
                                short_link="cho-phien.dienbien.example:8000/o/K7M2/Z")
    made["side band"] = spec(kind="grapefruit", photos=made["grapefruit"].photos, order_link=side_band_link())
    return made


def side_band_link() -> str:
    """A link whose product falls to the side band."""
    return next(link for link in (f"{LINK}{number}" for number in range(99))
                if choose_layout_name(spec(order_link=link)) == "side_band")


def choose_layout_name(product: CardSpec) -> str:
    """The layout that a square card of a product with a large photo gets."""
    return choose_layout(product, "square", large_photo()).__module__.split(".")[-1]


@cache
def large_photo() -> Negative:
    """Any photo that fills a card."""
    file = BytesIO()
    Image.new("RGB", (1200, 1200)).save(file, "PNG")
    return open_negative(file, [LARGEST_PHOTOS["square"]])


NAMES = [*KINDS, "longest", "bare", "tiny", "tiny longest", "no photo", "no photo longest", "long word", "long link",
         "side band"]
every_card = pytest.mark.parametrize(("name", "role"), [(name, role) for name in NAMES for role in PICTURE_ROLES])


Look = Callable[[str, str], "Seen"]


def overlap(first: Box, second: Box) -> bool:
    """Whether two boxes share a pixel."""
    return (first.left < second.right and second.left < first.right
            and first.top < second.bottom and second.top < first.bottom)


@dataclass(frozen=True)
class Seen:
    """A card, the same card with its words left out, and how many lines put ink on any one pixel."""

    product: CardSpec
    drawn: Canvas
    bare: Image.Image
    most_ink_layers: int


@pytest.fixture(scope="module")
def look(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Seen]:
    """Draws each card once for all tests of this module."""
    made = products(tmp_path_factory.mktemp("photos"))
    return cache(lambda name, role: see(made[name], role))


def see(product: CardSpec, role: str) -> Seen:
    """The card drawn while every line is noted, and again without words."""
    layers = np.zeros(SIZES[role][::-1], np.uint8)

    def note(image: Image.Image, line: Ink, colour: Colour, **where: Any) -> Box:
        box = draw_ink(image, line, colour, **where)
        # One pixel all around: ink must not even meet.
        layers[box.top - 1:box.bottom + 1, box.left - 1:box.right + 1] += np.pad(np.asarray(line.mask) > 60, 1)
        return box

    def leave_out(image: Image.Image, line: Ink, colour: Colour, **where: Any) -> Box:
        return draw_ink(image.copy(), line, colour, **where)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(canvas, "draw_ink", note)
        drawn = card(product, role)
        patch.setattr(canvas, "draw_ink", leave_out)
        bare = card(product, role).image
    return Seen(product, drawn, bare, int(layers.max()))


@every_card
def test_no_text_is_outside_its_margins_or_on_the_code(name: str, role: str, look: Look) -> None:
    drawn = look(name, role).drawn

    width, height = SIZES[role]
    assert drawn.placed
    for placed in drawn.placed:
        assert placed.box.left >= 22 and placed.box.right <= width - 22, placed.text
        assert placed.box.top >= 8 and placed.box.bottom <= height - 20, placed.text
        assert drawn.qr_box is None or not overlap(placed.box, drawn.qr_box)


@every_card
def test_no_letter_touches_the_ink_of_another_line(name: str, role: str, look: Look) -> None:
    assert look(name, role).most_ink_layers == 1


@every_card
def test_text_reads_against_what_lies_behind_it(name: str, role: str, look: Look) -> None:
    seen = look(name, role)

    for placed in seen.drawn.placed:
        box = placed.box
        behind = np.asarray(seen.bare.crop((box.left, box.top, box.right, box.bottom)))
        colours = np.unique(behind.reshape(-1, 3), axis=0)
        worst = min(contrast(placed.colour, (int(r), int(g), int(b))) for r, g, b in colours)
        assert worst >= LEAST_CONTRAST, f"{placed.text}: {worst:.2f}"


@every_card
def test_the_photo_has_its_share_and_the_price_is_the_largest_text(name: str, role: str, look: Look) -> None:
    product, drawn = look(name, role).product, look(name, role).drawn

    width, height = SIZES[role]
    price = next(placed.box for placed in drawn.placed if placed.text == "price")
    assert drawn.photo_box is not None
    assert drawn.photo_box.width * drawn.photo_box.height >= LEAST_PHOTO_SHARE * width * height
    assert all(price.height > placed.box.height or placed.text in product.name
               for placed in drawn.placed if placed.text != "price")


@every_card
def test_every_word_of_the_product_stands_on_the_card(name: str, role: str, look: Look) -> None:
    product = look(name, role).product

    said = " ".join(placed.text for placed in look(name, role).drawn.placed)

    assert all(word in said for word in product.name.split())
    assert product.household in said
    assert product.stock_text is None or all(word.lower() in said.lower() for word in product.stock_text.split())


@pytest.mark.parametrize("name", NAMES)
def test_a_story_keeps_text_and_code_where_apps_leave_room(name: str, look: Look) -> None:
    drawn = look(name, "story").drawn

    assert drawn.qr_box is not None
    assert drawn.qr_box.width >= LEAST_CODE_SHARE * 1080
    for box in [drawn.qr_box, *(placed.box for placed in drawn.placed)]:
        # Descenders may hang a little lower than the last baseline.
        assert box.top >= SAFE_TOP_PX and box.bottom <= SAFE_BOTTOM_PX + 8


def test_two_layouts_take_turns_and_each_product_keeps_its_own() -> None:
    links = [f"{LINK}{number}" for number in range(30)]

    first = [choose_layout_name(spec(order_link=link)) for link in links]
    again = [choose_layout_name(spec(order_link=link, price_vnd=30_000)) for link in links]

    assert first == again
    assert set(first) == {layout_full_bleed.__name__.split(".")[-1], layout_side_band.__name__.split(".")[-1]}


def test_a_long_name_never_falls_to_the_side_band() -> None:
    chosen = {choose_layout_name(longest(order_link=f"{LINK}{number}")) for number in range(20)}

    assert chosen == {"full_bleed"}
