"""What a listing is, what it still needs, and how its links read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from catalog.errors import Invalid
from catalog.households.model import Household
from catalog.listings.model import (
    Facts, Listing, Parts, Photo, check_publishable, left_text, order_link, order_path, publish_faults, short_link)
from catalog.listings.specs import card_spec, spec_key

TODAY = date(2026, 11, 24)
HOUSE = Household("h", "xuan2", "v", "Lò Thị Xuân", "+84900000456", "bản Lói, xã Mường Ảng")
FRUIT = Facts("grapefruit", "Bưởi da xanh", 25_000, "kg", 80_000, "bản Lói")
MEAT = Facts("dried_meat", "Thịt trâu gác bếp", 170_000, "túi", 18, "bản Lói", packed_on=TODAY - timedelta(3),
             best_before=TODAY + timedelta(90), ingredients="thịt trâu, muối, mắc khén")
LISTING = Listing("l", "K7M2", "h", "grapefruit", "Bưởi da xanh", 25_000, "kg", 80_000, "", None, None, "",
                  "published", "p", 1, 1, 1)
PHOTO = Photo("f", "h", "l", "u", 0, "ab12.jpg", 640, 480, 1)


def faults(facts: Facts, *, photos: int = 1, photo_needed: bool = True) -> set[str]:
    return set(publish_faults(facts, photos=photos, photo_needed=photo_needed, today=TODAY))


def test_fruit_needs_a_photo_alone_and_through_the_api_not_even_that() -> None:
    assert faults(FRUIT) == set()
    assert faults(FRUIT, photos=0) == {"photos"}
    assert faults(FRUIT, photos=0, photo_needed=False) == set()


def test_dried_meat_needs_its_dates_and_ingredients() -> None:
    bare = replace(MEAT, packed_on=None, best_before=None, ingredients="")

    assert faults(MEAT) == set()
    assert faults(bare) == {"packed_on", "best_before", "ingredients"}


@pytest.mark.parametrize(("packed", "best", "wrong"), [
    (0, 1, set()), (-1, 0, set()), (1, 90, {"packed_on"}), (-90, -1, {"best_before"}), (0, 0, {"best_before"}),
    (-3, -3, {"best_before"})])
def test_dates_must_make_sense_today(packed: int, best: int, wrong: set[str]) -> None:
    dated = replace(MEAT, packed_on=TODAY + timedelta(packed), best_before=TODAY + timedelta(best))

    assert faults(dated) == wrong


def test_all_that_is_missing_is_raised_at_once() -> None:
    with pytest.raises(Invalid) as caught:
        check_publishable(replace(MEAT, packed_on=None, ingredients=""), photos=0, photo_needed=True, today=TODAY)

    assert set(caught.value.fields) == {"photos", "packed_on", "ingredients"}


@pytest.mark.parametrize(("amount", "unit", "words"), [
    (40_000, "kg", "Còn 40 kg"), (1_500, "kg", "Còn 1,5 kg"), (18, "túi", "Còn 18 túi"), (25, "chục", "Còn 2,5 chục"),
    (0, "kg", "Hết hàng")])
def test_what_is_left_is_said_in_the_unit_of_sale(amount: int, unit: str, words: str) -> None:
    assert left_text(replace(LISTING, on_hand=amount, unit=unit)) == words


def test_an_order_link_carries_its_channel_as_a_path_and_no_query() -> None:
    assert order_path("K7M2", "Z") == "/o/k7m2/z" and order_path("K7M2") == "/o/k7m2"
    assert order_link("https://cho.phien", "K7M2", "B") == "https://cho.phien/o/k7m2/b"
    assert short_link("https://cho.phien", "k7m2") == "cho.phien/o/K7M2"


def spec(listing: Listing = LISTING, *, photos: list[Photo] | None = None, said: str = "Còn 80 kg",
         folder: Path | None = None) -> str:
    return spec_key(card_spec(listing, HOUSE, Parts((PHOTO,) if photos is None else tuple(photos)),
                              public_url="https://cho.phien", stock_said=said, folder=folder))


def test_the_same_facts_are_the_same_work_wherever_the_files_stand() -> None:
    assert spec() == spec(folder=Path("/srv/a")) == spec(folder=Path("/srv/b"))


@pytest.mark.parametrize("other", [
    replace(LISTING, price_vnd=26_000), replace(LISTING, name="Bưởi đỏ"), replace(LISTING, unit="quả"),
    replace(LISTING, place="chợ Mường Ảng"), replace(LISTING, kind="other"), replace(LISTING, code="K7M3")])
def test_whatever_a_picture_shows_makes_it_other_work(other: Listing) -> None:
    assert spec(other) != spec()


def test_photos_and_their_order_make_other_work_and_an_order_does_not() -> None:
    second = replace(PHOTO, id="g", object_key="cd34.jpg")

    assert len({spec(), spec(photos=[]), spec(photos=[PHOTO, second]), spec(photos=[second, PHOTO])}) == 4
    assert spec(replace(LISTING, on_hand=79_000)) == spec()
