"""Messages between server and worker over pipes: lengths, a JSON head, then bytes."""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:  # the processes that only read from pipes start sooner without it
    import asyncio

_LENGTHS = struct.Struct(">II")
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
MOST_HEAD_BYTES = 1 << 16
MOST_BODY_BYTES = 16 << 20

Message = tuple[dict[str, Any], bytes]


class Garbled(Exception):
    """What came is no message; the other side is at fault or gone."""


def packed(head: dict[str, Any], body: bytes = b"") -> bytes:
    """The message as bytes: the two lengths (big-endian, 4 bytes each), the head, the body."""
    text = _ENCODER.encode(head).encode()
    return _LENGTHS.pack(len(text), len(body)) + text + body


def read(stream: BinaryIO) -> Message | None:
    """The next message, or None at the end of the stream. Raises Garbled."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    head_bytes, body_bytes = _checked(lengths)
    rest = stream.read(head_bytes + body_bytes)
    return _message(rest, head_bytes) if len(rest) == head_bytes + body_bytes else None


async def receive(stream: asyncio.StreamReader) -> Message | None:
    """The next message, or None at the end of the stream. Raises Garbled."""
    try:
        head_bytes, body_bytes = _checked(await stream.readexactly(_LENGTHS.size))
        return _message(await stream.readexactly(head_bytes + body_bytes), head_bytes)
    except EOFError:
        return None


def _checked(lengths: bytes) -> tuple[int, int]:
    head_bytes, body_bytes = _LENGTHS.unpack(lengths)
    if head_bytes > MOST_HEAD_BYTES or body_bytes > MOST_BODY_BYTES:
        raise Garbled("a message longer than any")
    return head_bytes, body_bytes


def _message(rest: bytes, head_bytes: int) -> Message:
    try:
        head = json.loads(rest[:head_bytes])
    except ValueError as error:
        raise Garbled("a head that is not JSON") from error
    if not isinstance(head, dict):
        raise Garbled("a head that is no object")
    return head, rest[head_bytes:]
