"""Cards as a buyer sees them: nothing cut, nothing touching, everything readable."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from media.cards.card import SIZES
from media.cards.story import SAFE_BOTTOM_PX, SAFE_TOP_PX
from media.spec import KINDS, PICTURE_ROLES, CardSpec
from tests.media.cards import Seen, card, drawn_photo, least_contrast, longest, overlap, see, spec

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
    return made


NAMES = [*KINDS, "longest", "bare", "tiny", "tiny longest", "no photo", "no photo longest", "long word", "long link"]
every_card = pytest.mark.parametrize(("name", "role"), [(name, role) for name in NAMES for role in PICTURE_ROLES])


Look = Callable[[str, str], Seen]


@pytest.fixture(scope="module")
def look(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Seen]:
    """Draws each card once for all tests of this module."""
    made = products(tmp_path_factory.mktemp("photos"))
    return cache(lambda name, role: see(made[name], lambda: card(made[name], role)))


@every_card
def test_no_text_is_outside_its_margins_or_on_the_code(name: str, role: str, look: Look) -> None:
    drawn = look(name, role).bare

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
    worst, words = least_contrast(look(name, role))

    assert worst >= LEAST_CONTRAST, f"{words}: {worst:.2f}"


@every_card
def test_the_photo_has_its_share_and_the_price_is_the_largest_text(name: str, role: str, look: Look) -> None:
    product, drawn = look(name, role).product, look(name, role).bare

    width, height = SIZES[role]
    price = next(placed.box for placed in drawn.placed if placed.text == "price")
    assert drawn.photo_box is not None
    assert drawn.photo_box.width * drawn.photo_box.height >= LEAST_PHOTO_SHARE * width * height
    assert all(price.height > placed.box.height or placed.text in product.name
               for placed in drawn.placed if placed.text != "price")


@every_card
def test_every_word_of_the_product_stands_on_the_card(name: str, role: str, look: Look) -> None:
    product = look(name, role).product

    said = " ".join(placed.text for placed in look(name, role).bare.placed)

    assert all(word in said for word in product.name.split())
    assert product.household in said
    assert product.stock_text is None or all(word.lower() in said.lower() for word in product.stock_text.split())


@pytest.mark.parametrize("name", NAMES)
def test_a_story_keeps_text_and_code_where_apps_leave_room(name: str, look: Look) -> None:
    drawn = look(name, "story").bare

    assert drawn.qr_box is not None
    assert drawn.qr_box.width >= LEAST_CODE_SHARE * 1080
    for box in [drawn.qr_box, *(placed.box for placed in drawn.placed)]:
        # Descenders may hang a little lower than the last baseline.
        assert box.top >= SAFE_TOP_PX and box.bottom <= SAFE_BOTTOM_PX + 8
