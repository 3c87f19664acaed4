"""The real app behind a real server, for what only goes over a socket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn

from scripts._wire import MOST_MESSAGE_BYTES, PatientHttp
from tests.cast import Cast


@asynccontextmanager
async def served(cast: Cast) -> AsyncIterator[str]:
    """Host and port of the cast's app, as run.py serves it."""
    config = uvicorn.Config(cast.app, host="127.0.0.1", port=0, http=PatientHttp, ws="websockets-sansio", lifespan="off",
                            ws_max_size=MOST_MESSAGE_BYTES, ws_per_message_deflate=False, log_level="warning",
                            timeout_graceful_shutdown=2)
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield "127.0.0.1:%d" % server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        await task
