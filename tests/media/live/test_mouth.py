"""What a worker says arrives whole and in order, also when the server reads slowly or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from media.live import wire
from media.live.mouth import MOST_UNSENT, Mouth

LARGE = bytes(range(256)) * 1000
"""More than a pipe takes at once."""


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    reading, writing = os.pipe()
    yield reading, writing
    os.close(reading)
    os.close(writing)


def test_all_is_heard_in_order_by_one_who_reads_late(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    mouth = Mouth(writing)
    for number in range(20):
        mouth.say({"number": number}, LARGE[: number * 12_800])

    with os.fdopen(os.dup(reading), "rb") as stream:
        heard = [wire.read(stream) for _ in range(20)]

    mouth.close()
    assert heard == [({"number": number}, LARGE[: number * 12_800]) for number in range(20)]


def test_one_who_never_reads_holds_nobody_up(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    mouth = Mouth(writing)

    for number in range(MOST_UNSENT + 100):
        mouth.say({"number": number}, LARGE[:4096])

    with os.fdopen(os.dup(reading), "rb") as stream:
        heard = [wire.read(stream) for _ in range(MOST_UNSENT)]
    assert [head["number"] for head, _ in filter(None, heard)] == list(range(MOST_UNSENT))


def test_one_who_is_gone_harms_nobody() -> None:
    reading, writing = os.pipe()
    mouth = Mouth(writing)
    os.close(reading)

    mouth.say({"number": 1}, LARGE)
    mouth.say({"number": 2})

    mouth.close()
    os.close(writing)
