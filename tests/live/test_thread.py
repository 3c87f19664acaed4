"""Comments of a show in their order: the pin of the moment, repeats, additions and cancellations."""

from __future__ import annotations

import pytest

from catalog.live.pins import Pin, Pins
from catalog.live.thread import GRACE_MS, REPEAT_MS, Thread

SHOW = Pins([Pin("B1", "bưởi da xanh", ("quả",)), Pin("B2", "xoài keo", ("kg",)),
             Pin("B3", "thịt trâu gác bếp", ("kg", "túi"), "túi 500 g"), Pin("B4", "thịt lợn sấy", ("kg", "túi"))])


@pytest.fixture
def thread() -> Thread:
    begun = Thread(SHOW)
    begun.pin("B1", 0)
    return begun


def test_what_is_not_named_is_what_was_on_air(thread: Thread) -> None:
    heard = thread.take("Hà", "lấy em 3 quả", 60_000)

    assert heard.candidates == ("B1",)
    assert heard.unsure == ""


def test_just_after_a_pin_changed_both_may_be_meant_and_a_person_is_asked(thread: Thread) -> None:
    thread.pin("B3", 100_000)

    soon = thread.take("Hà", "cho em 2 nhé", 100_000 + GRACE_MS)
    later = thread.take("Tú", "cho em 2 nhé", 100_001 + GRACE_MS)

    assert set(soon.candidates) == {"B1", "B3"} and soon.unsure == "product"
    assert later.candidates == ("B3",) and later.unsure == ""


def test_the_unit_tells_which_of_two_pins_was_meant(thread: Thread) -> None:
    thread.pin("B2", 100_000)

    heard = thread.take("Hà", "chốt em 2 cân", 105_000)

    assert heard.candidates == ("B2",)


def test_dried_meat_without_its_animal_is_always_asked(thread: Thread) -> None:
    heard = thread.take("Hà", "chốt 1kg thịt sấy", 60_000)

    assert heard.candidates == ("B3", "B4") and heard.unsure == "product"


def test_the_same_order_twice_is_flagged_and_not_added(thread: Thread) -> None:
    first = thread.take("Hà Thu", "chốt 2kg xoài", 60_000)
    again = thread.take("hà thu", "2kg B2 nhé shop", 90_000)
    other = thread.take("Tú", "chốt 2kg xoài", 95_000)

    assert again.repeats == first.number and again.unsure == "repeat"
    assert other.repeats is None


def test_the_same_order_long_after_is_a_new_one(thread: Thread) -> None:
    thread.take("Hà", "chốt 2kg xoài", 0)

    heard = thread.take("Hà", "chốt 2kg xoài", REPEAT_MS + 1)

    assert heard.repeats is None


def test_an_addition_a_change_and_a_cancellation_find_the_order_they_speak_of(thread: Thread) -> None:
    order = thread.take("Hà", "chốt 2kg xoài", 0)

    added = thread.take("Hà", "thêm 1kg xoài nữa", 30_000)
    changed = thread.take("Hà", "đổi giúp em còn 1 cân thôi", 60_000)
    cancelled = thread.take("Hà", "cho em hủy đơn nhé", 90_000)
    stranger = thread.take("Tú", "cho em hủy đơn nhé", 95_000)

    assert (added.reading.intent, added.about) == ("add", order.number)
    assert (changed.reading.intent, changed.about) == ("change", added.number)
    assert (cancelled.reading.intent, cancelled.about) == ("cancel", added.number)
    assert stranger.about is None


def test_a_code_that_is_not_of_the_show_cannot_be_pinned(thread: Thread) -> None:
    with pytest.raises(KeyError):
        thread.pin("B9", 0)
