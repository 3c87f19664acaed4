"""Messages come through pipes whole or not at all."""

from __future__ import annotations

import asyncio
import io

import pytest

from media.live.wire import Garbled, packed, read, receive


def test_messages_come_out_as_they_went_in() -> None:
    pipe = io.BytesIO(packed({"slice": "a/1"}, b"\x00\xff") + packed({"name": "Gạo nếp"}))

    first, second, end = read(pipe), read(pipe), read(pipe)

    assert first == ({"slice": "a/1"}, b"\x00\xff")
    assert second == ({"name": "Gạo nếp"}, b"")
    assert end is None


async def test_a_message_cut_off_by_a_crash_is_none() -> None:
    stream = asyncio.StreamReader()
    stream.feed_data(packed({"stats": 1}, b"body")[:-1])
    stream.feed_eof()

    assert await receive(stream) is None


def test_what_is_no_message_is_told_apart() -> None:
    with pytest.raises(Garbled):
        read(io.BytesIO(b"\xff" * 40))
    with pytest.raises(Garbled):
        read(io.BytesIO(b"\x00\x00\x00\x02\x00\x00\x00\x00[]"))
