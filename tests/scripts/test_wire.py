"""Connections that send heads without end, or stop in the middle, are ended; slow ones that go on are not."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
from _wire import PatientHttp  # noqa: E402

ANSWER_SECONDS = 30
POST = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n"


class Hasty(PatientHttp):
    """The same with little patience, so that no test waits long."""

    head_seconds = 0.2
    silence_seconds = 0.2


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers with the body, once it is whole."""
    body, message = b"", {"more_body": True}
    while message.get("more_body"):
        message = dict(await receive())
        body += message.get("body", b"")
    if message["type"] == "http.request":
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]})
        await send({"type": "http.response.body", "body": body})


@pytest.fixture
async def port() -> AsyncIterator[int]:
    """A server of uvicorn's with the hasty protocol."""
    server = uvicorn.Server(uvicorn.Config(echo, port=0, http=Hasty, ws="none", lifespan="off", log_level="error"))
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    await task


async def talk(port: int, *pieces: bytes, pause_seconds: float = 0) -> bytes:
    """What the server says until it hangs up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause_seconds)
        return await asyncio.wait_for(reader.read(), ANSWER_SECONDS)
    except (ConnectionResetError, BrokenPipeError):
        return b""
    finally:
        writer.close()


@pytest.mark.parametrize("head", [(), (b"GET / HT",), (b"GET / HTTP/1.1\r\nHost:",), (POST,), (POST, b"ab")],
                         ids=["nothing", "half a line", "half a head", "no body", "half a body"])
async def test_what_stops_in_the_middle_is_hung_up_on(port: int, head: tuple[bytes, ...]) -> None:
    answer = await talk(port, *head)

    assert answer == b""


async def test_a_head_in_small_drops_is_not_waited_for_for_ever(port: int) -> None:
    answer = await talk(port, b"GET / HTTP/1.1\r\n", *[b"X: y\r\n"] * 20, pause_seconds=0.05)

    assert answer == b""


@pytest.mark.parametrize("head", [b"GET / HTTP/1.1\r\nX: ", b"GET /"], ids=["a header", "an address"])
async def test_a_head_without_end_is_refused(port: int, head: bytes) -> None:
    answer = await talk(port, head, *[b"a" * 60_000] * 50)

    assert answer[:12] in (b"HTTP/1.1 400", b"")


async def test_a_body_that_goes_on_may_take_its_time(port: int) -> None:
    answer = await talk(port, POST, b"a", b"b", b"c", b"d", b"e", pause_seconds=0.1)

    assert answer.startswith(b"HTTP/1.1 200") and answer.endswith(b"abcde")


async def test_two_requests_on_one_line_are_both_answered(port: int) -> None:
    answer = await talk(port, POST + b"abcde", POST.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n") + b"vwxyz",
                        pause_seconds=0.1)

    assert answer.count(b"HTTP/1.1 200") == 2 and answer.endswith(b"vwxyz")
