"""The end of a process that was spoken to over its standard input."""

from __future__ import annotations

import asyncio
from contextlib import suppress


async def gone(process: asyncio.subprocess.Process) -> None:
    """Wait until it has ended and its input is closed."""
    await process.wait()
    assert process.stdin is not None
    process.stdin.close()
    with suppress(BrokenPipeError, ConnectionResetError):
        await process.stdin.wait_closed()
