"""TLS for RTMPS, with the server's certificate checked, which the codec library's own TLS does not do.

The pushing process speaks RTMP to a port of loopback, and what goes through it is encrypted here.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

_CHUNK_BYTES = 1 << 16
_CONNECT_SECONDS = 10.0
# What waits here is late, and whoever sends can't see it.
_NEAR_BYTES, _FAR_BYTES = 64 << 10, 256 << 10


@dataclass(slots=True)
class Tunnel:
    """A port of loopback that leads to a server; `failure` is a reason when it could not."""

    port: int = 0
    failure: str | None = None


@asynccontextmanager
async def tunnel(host: str, port: int) -> AsyncIterator[Tunnel]:
    """A tunnel for one connection, closed with the block."""
    made = Tunnel()
    pumps: set[asyncio.Task[None]] = set()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        pumps.add(task)
        server.close()  # the next process gets a tunnel of its own
        try:
            context = ssl.create_default_context()
            async with asyncio.timeout(_CONNECT_SECONDS):
                far_reader, far_writer = await asyncio.open_connection(host, port, ssl=context)
            far_writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _FAR_BYTES)
        except ssl.SSLCertVerificationError:
            made.failure = "certificate"
        except (OSError, TimeoutError):
            made.failure = "unreachable"
        except asyncio.CancelledError:
            pass  # the block ended, and so does this task; its server would log it as a fault
        else:
            with suppress(asyncio.CancelledError):
                await joined((reader, far_writer), (far_reader, writer))
        finally:
            writer.close()

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    server.sockets[0].setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _NEAR_BYTES)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        for pump in list(pumps):
            pump.cancel()
        await asyncio.gather(*pumps, return_exceptions=True)


async def joined(*ways: tuple[asyncio.StreamReader, asyncio.StreamWriter]) -> None:
    """Carry both ways until either ends."""
    tasks = [asyncio.create_task(_carry(*way)) for way in ways]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for _, writer in ways:
            writer.close()


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(_CHUNK_BYTES):
            writer.write(data)
            await writer.drain()
