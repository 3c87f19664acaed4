"""Every layout with every awkward product: whole, readable, its facts shown once; the choice among them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pytest

from media.cards.badge import badge_of
from media.cards.canvas import Canvas
from media.cards.card import FEED, SIZES, choose_layout, draw_card, layouts_for
from media.lettering.price import old_price_ink, small_price
from media.photos.develop import Negative, open_negative
from media.spec import KINDS, CardSpec, PriceTier
from scripts._contact_cases import CASES, Cell, photo_jpeg, photos_of, product, sheets
from tests.media.cards import LINK, Seen, drawn_photo, least_contrast, longest, overlap, see, spec

LEAST_CONTRAST, LEAST_PHOTO_SHARE = 4.5, 0.60
TIERS = (PriceTier("từ 10 kg", 22_000), PriceTier("từ 50 kg", 20_000))


def turned_cells() -> list[Cell]:
    """Every layout in every case that it suits, the kinds taking turns."""
    found = []
    for at, (role, layout) in enumerate(sheets()):
        for along, case in enumerate(CASES):
            cell = Cell(role, layout, KINDS[(at + along) % len(KINDS)], case)
            if layout in layouts_for(product(cell), role, photos_of(cell)):
                found.append(cell)
    return found


CELLS = turned_cells()
every_cell = pytest.mark.parametrize("cell", CELLS, ids=lambda c: f"{c.role}-{c.layout}-{c.kind}-{c.case}")


@cache
def shown(kind: str, case: str) -> Negative:
    """A case's photo, opened for a square card."""
    return open_negative(BytesIO(photo_jpeg(kind, case)), [(1080, 1080)])


# One test a card, for drawing it is the work: what is asked of it stands below.
@every_cell
def test_a_layout_stands_what_is_awkward(cell: Cell) -> None:
    made, photos = product(cell), photos_of(cell)

    seen = see(made, lambda: draw_card(made, cell.role, photos[0] if photos else None, photos[1:], layout=cell.layout))

    nothing_touches_or_leaves_the_card(seen, *SIZES[cell.role])
    every_line_reads_against_what_lies_behind_it(seen)
    the_photo_has_its_share_and_the_price_is_the_largest_text(seen)
    every_fact_is_said(seen, cell.layout)
    a_badge_keeps_clear_of_the_tab_and_of_words(seen.bare)


def nothing_touches_or_leaves_the_card(seen: Seen, width: int, height: int) -> None:
    """No ink meets another line's or the code, or comes near the edge."""
    assert seen.most_ink_layers == 1
    for placed in seen.bare.placed:
        assert placed.box.left >= 22 and placed.box.right <= width - 22, placed.text
        assert placed.box.top >= 8 and placed.box.bottom <= height - 20, placed.text
        assert seen.bare.qr_box is None or not overlap(placed.box, seen.bare.qr_box)


def every_line_reads_against_what_lies_behind_it(seen: Seen) -> None:
    """AA contrast with every pixel behind every line."""
    worst, words = least_contrast(seen)
    assert worst >= LEAST_CONTRAST, f"{words}: {worst:.2f}"


def the_photo_has_its_share_and_the_price_is_the_largest_text(seen: Seen) -> None:
    """Photo first, price second; only the name may stand as high."""
    card, made = seen.bare, seen.product
    width, height = card.image.size
    assert card.photo_box is not None
    assert card.photo_box.width * card.photo_box.height >= LEAST_PHOTO_SHARE * width * height
    price = next(placed.box for placed in card.placed if placed.text == "price")
    small = [placed for placed in card.placed if placed.text != "price" and placed.text not in made.name]
    assert all(price.height > placed.box.height for placed in small)


def every_fact_is_said(seen: Seen, layout: str) -> None:
    """Name, household, stock, the old price, the badge, and on the board all tiers."""
    made, said = seen.product, " ".join(placed.text for placed in seen.bare.placed)
    assert all(word in said for word in made.name.split())
    assert made.household in said
    assert all(word in said.lower() for word in (made.stock_text or "").lower().split())
    assert ("old price" in said) == (made.was_vnd is not None)
    badge = badge_of(made)
    assert badge is None or badge.words in said
    if layout == "market_board":
        assert all(tier.label in said and small_price(tier.price_vnd) in said for tier in made.tiers)


def a_badge_keeps_clear_of_the_tab_and_of_words(card: Canvas) -> None:
    """Its own words stand well within it, no others on it."""
    box = card.badge_box
    if box is None:
        return
    assert card.tab_box is None or not overlap(box, card.tab_box)
    for words in (placed.box for placed in card.placed if overlap(placed.box, box)):
        assert words.left > box.left + 8 and words.right < box.right - 8
        assert words.top > box.top + 8 and words.bottom < box.bottom - 8


@pytest.mark.parametrize("role", ["square", "portrait"])
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_five_layouts_for_a_feed(kind: str, role: str) -> None:
    suited = {cell_layout for cell_layout in FEED for case in ("plain", "tiers")
              if cell_layout in layouts_for(product(Cell(role, cell_layout, kind, case)), role,
                                            photos_of(Cell(role, cell_layout, kind, case)))}

    assert suited == set(FEED)


def test_prices_by_amount_stand_on_the_market_board() -> None:
    assert choose_layout(spec(tiers=TIERS), "square", (shown("mango", "plain"),)) == "market_board"
    assert choose_layout(longest(tiers=TIERS), "portrait", ()) == "market_board"


@pytest.mark.parametrize(("role", "rows"), [("square", 3), ("portrait", 4)])
def test_a_board_of_many_prices_shows_the_first_and_the_lowest(role: str, rows: int) -> None:
    many = tuple(PriceTier(f"từ {10 * number} kg", 24_000 - 1_000 * number) for number in range(1, 7))
    made = spec(tiers=many)

    seen = see(made, lambda: draw_card(made, role, shown("mango", "plain")))

    said = [placed.text for placed in seen.bare.placed]
    assert [words for words in said if words.startswith("từ ")] == [
        tier.label for tier in (*many[:rows - 1], many[-1])]
    nothing_touches_or_leaves_the_card(seen, *SIZES[role])
    the_photo_has_its_share_and_the_price_is_the_largest_text(seen)


def test_a_product_keeps_its_layout_when_its_price_changes() -> None:
    photos = (shown("mango", "plain"),)

    links = [f"{LINK}{number}" for number in range(30)]
    first = [choose_layout(spec(order_link=link), "square", photos) for link in links]
    again = [choose_layout(spec(order_link=link, price_vnd=26_000), "square", photos) for link in links]

    assert first == again


@pytest.mark.parametrize("role", ["square", "portrait"])
def test_a_feed_does_not_look_stamped_out(role: str) -> None:
    cell = Cell(role, "collage", "mango", "plain")
    photos = photos_of(cell)

    chosen = [choose_layout(spec(order_link=f"{LINK}{number}"), role, photos) for number in range(40)]

    assert set(chosen) == {"full_bleed", "side_band", "big_price", "collage"}
    assert max(chosen.count(name) for name in set(chosen)) <= 24


def test_two_households_with_the_same_code_of_product_may_differ() -> None:
    photos = (shown("mango", "plain"),)

    chosen = {choose_layout(spec(household_code=f"DB-{number:03}"), "square", photos) for number in range(20)}

    assert len(chosen) == 3


def test_stories_and_previews_take_turns_between_two_grounds() -> None:
    photos = (shown("mango", "plain"),)

    for role in ("story", "preview"):
        chosen = {choose_layout(spec(order_link=f"{LINK}{number}"), role, photos) for number in range(12)}
        assert chosen == {f"{role}_deep", f"{role}_paper"}


def test_goods_on_white_never_lie_on_paper() -> None:
    photos = (shown("mango", "white"),)

    chosen = {choose_layout(spec(order_link=f"{LINK}{number}"), "story", photos) for number in range(12)}

    assert chosen == {"story_deep"}


def test_a_tall_photo_is_not_cut_to_a_low_strip_on_a_square() -> None:
    photos = (shown("mango", "tall"),)

    chosen = {choose_layout(spec(order_link=f"{LINK}{number}"), "square", photos) for number in range(20)}

    assert chosen == {"side_band"}


@pytest.mark.parametrize(("look", "role", "most"), [("dark", "square", "side_band"), ("dark", "story", "story_paper")])
def test_a_photo_gets_the_layout_that_helps_it_more_often(look: str, role: str, most: str) -> None:
    photos = (shown("mango", look),)

    chosen = [choose_layout(spec(order_link=f"{LINK}{number}"), role, photos) for number in range(60)]

    assert chosen.count(most) == max(chosen.count(name) for name in set(chosen))


def test_a_collage_never_cuts_the_heads_off() -> None:
    lying = photos_of(Cell("portrait", "collage", "mango", "plain"))[:2]

    assert "collage" in layouts_for(spec(), "square", lying)
    assert "collage" not in layouts_for(spec(), "portrait", lying), "two stacked on a tall card would be low strips"


@pytest.mark.parametrize("layout", ["story_deep", "story_paper"])
def test_a_story_of_several_photos_is_whole_and_readable(layout: str) -> None:
    photos = photos_of(Cell("story", "collage", "mango", "plain"))
    made = spec(tiers=TIERS, was_vnd=30_000, ocop_stars=5)

    seen = see(made, lambda: draw_card(made, "story", photos[0], photos[1:], layout=layout))

    nothing_touches_or_leaves_the_card(seen, *SIZES["story"])
    every_line_reads_against_what_lies_behind_it(seen)
    every_fact_is_said(seen, layout)


def test_a_long_name_leaves_the_layouts_that_would_make_it_small() -> None:
    assert layouts_for(longest(), "square", (shown("dried_meat", "plain"),)) == ["full_bleed"]


def test_the_same_photo_twice_makes_no_collage() -> None:
    photo = shown("mango", "plain")

    assert "collage" not in layouts_for(spec(), "square", (photo, photo))


def test_a_tiny_photo_is_never_spread_out_in_a_collage(tmp_path: Path) -> None:
    tiny = open_negative(drawn_photo(tmp_path, "mango", 240, 200), [(1080, 810)])

    assert "collage" not in layouts_for(spec(), "square", (tiny, shown("mango", "plain")))
    assert "collage" not in layouts_for(spec(), "square", (shown("mango", "plain"), tiny))


@pytest.mark.parametrize(("facts", "words"), [
    ({"ocop_stars": 4, "is_vietgap": True}, "OCOP 4 SAO"),
    ({"is_vietgap": True, "harvested_on": date(2026, 10, 28)}, "VietGAP"),
    ({"harvested_on": date(2026, 10, 28)}, "28/10/2026"),
])
def test_a_badge_says_the_strongest_fact(facts: dict[str, object], words: str) -> None:
    badge = badge_of(spec(**facts))

    assert badge is not None
    assert badge.words == words


@pytest.mark.parametrize("stars", [-1, 0, 1, 2, 6])
def test_stars_that_nobody_certifies_are_not_shown(stars: int) -> None:
    assert badge_of(spec(ocop_stars=stars)) is None


def test_a_card_has_as_many_stars_as_the_certificate() -> None:
    few, many = (stars_drawn(spec(kind="dried_meat", ocop_stars=stars)) for stars in (3, 5))

    assert (few, many) == (3, 5)


def stars_drawn(made: CardSpec) -> int:
    """How many shapes of the price's colour stand in the badge."""
    drawn = draw_card(made, "square", None, layout="full_bleed")
    box = drawn.badge_box
    assert box is not None
    cut = np.asarray(drawn.image.crop((box.left, box.top, box.right, box.bottom))).astype(int)
    star = np.abs(cut - np.array([0xFF, 0xB4, 0x5C])).sum(axis=2) < 60
    return int(cv2.connectedComponents(star.astype(np.uint8))[0]) - 1


def test_a_price_that_was_lower_is_no_promotion() -> None:
    made = replace(spec(), was_vnd=20_000)

    said = [placed.text for placed in draw_card(made, "square", None).placed]

    assert "old price" not in said


def test_an_old_price_is_struck_through() -> None:
    mask = np.asarray(old_price_ink(30_000, 46).mask)

    struck = [row for row in range(mask.shape[0]) if (mask[row] == 255).all()]
    assert 2 <= len(struck) <= 4
