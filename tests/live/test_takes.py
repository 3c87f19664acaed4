"""Which stretch of a show becomes a clip."""

from __future__ import annotations

import json

from catalog.live.shows.pins_shown import Pinned
from catalog.live.shows.takes import GROUP_SECONDS, SLATE_SECONDS, Stretch, on_air, stretch_of, takes_of

ZERO = 1_000.0


def change(seconds: float, picture: str) -> dict[str, object]:
    return {"at_ms": (ZERO + seconds) * 1000, "detail": json.dumps({"picture": picture})}


def test_the_picture_is_on_air_but_for_the_slate_and_the_second_before_it() -> None:
    spans = on_air([change(5, "on_air"), change(60, "slate"), change(90, "on_air")], ZERO, 200)

    assert spans == [Stretch(5, 60 - SLATE_SECONDS), Stretch(90, 200)]
    assert on_air([], ZERO, 200) == []


def test_a_clip_begins_with_its_pin_and_is_no_longer_than_is_shown() -> None:
    assert stretch_of(Pinned(0, "A1", 10, 300), [Stretch(0, 400)]) == Stretch(10, 55)
    assert stretch_of(Pinned(0, "A1", 10, 22), [Stretch(0, 400)]) == Stretch(10, 22)
    assert stretch_of(Pinned(0, "A1", 10, 14), [Stretch(0, 400)]) is None


def test_the_slate_is_never_in_a_clip() -> None:
    spans = [Stretch(0, 20), Stretch(40, 90)]

    assert stretch_of(Pinned(0, "A1", 10, 300), spans) == Stretch(40 + GROUP_SECONDS, 85 + GROUP_SECONDS)
    assert stretch_of(Pinned(0, "A1", 10, 45), spans) == Stretch(10, 20)
    assert stretch_of(Pinned(0, "A1", 21, 39), spans) is None


def test_a_product_that_was_pinned_twice_has_one_clip_of_the_first_time_that_is_long_enough() -> None:
    pins = [Pinned(0, "A1", 0, 8), Pinned(1, "A2", 8, 40), Pinned(2, "A1", 40, 70), Pinned(3, "A1", 80, 200)]

    takes = takes_of(pins, [Stretch(0, 500)])

    assert takes == {"A1": Stretch(40, 70), "A2": Stretch(8, 40)}
