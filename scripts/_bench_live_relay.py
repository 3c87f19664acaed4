"""A bad line to a platform: a relay on loopback that lets so many bits a second through."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

_STEP_SECONDS = 0.05


@asynccontextmanager
async def slow_line(port: int, *, bits_a_second: int) -> AsyncIterator[int]:
    """The port of a relay to `port`; what comes back is not slowed."""

    async def lead_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
        back = asyncio.create_task(_hand_on(far_reader, writer, 1 << 20))
        try:
            await _hand_on(reader, far_writer, round(bits_a_second / 8 * _STEP_SECONDS))
        except (OSError, asyncio.CancelledError):
            pass  # Whoever ends the line wants no word of it.
        finally:
            back.cancel()
            for one in (writer, far_writer):
                one.close()

    listening = socket.socket()
    # Little waits unseen in the machine's own memory: what is sent is soon felt to be slow.
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 << 10)
    listening.bind(("127.0.0.1", 0))
    server = await asyncio.start_server(lead_on, sock=listening, limit=8 << 10)
    try:
        yield int(listening.getsockname()[1])
    finally:
        server.close()


async def _hand_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, bytes_a_step: int) -> None:
    while data := await reader.read(bytes_a_step):
        writer.write(data)
        await writer.drain()
        await asyncio.sleep(_STEP_SECONDS * len(data) / bytes_a_step if bytes_a_step < 1 << 20 else 0)
