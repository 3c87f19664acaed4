"""An outside encoder (OBS, a phone's app) as a broadcast's camera: its stream is pulled from an RTMP server by a
process of its own and handed on as a phone's slices are.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import sys
from collections.abc import Callable
from contextlib import suppress

from media.live import wire
from media.live.destinations import checked_url
from media.live.process import environment
from media.live.spec import Refused
from media.live.supervisor import Broadcast

# The process gives up by itself before; this is for one that hangs.
_FIRST_SECONDS, _SILENT_SECONDS = 25.0, 12.0
_MOST_ROUNDS = 20


async def follow(live: Broadcast, url: str, begun: Callable[[str], None] = lambda recorder: None) -> str:
    """Show what an RTMP address streams, until it ends; `begun` is told under which recorder's name once the
    first of it has come.

    What came of it: "over", "nothing" where no stream was there, "codec" for another than H.264 with AAC, "refused"
    where the broadcast takes no more of it. An encoder that changes its set-up in mid-stream is taken up anew.
    The address stands in no list of processes and in no log.
    """
    checked_url(url)
    for _ in range(_MOST_ROUNDS):
        reason = await _pulled(live, url, begun)
        if reason != "changed":
            return reason
    return "refused"


async def _pulled(live: Broadcast, url: str, begun: Callable[[str], None]) -> str:
    """One process from its start to its end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-m", "media.live.pull", str(os.getpid()),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        env=environment(os.environ), limit=wire.MOST_BODY_BYTES)
    assert process.stdin is not None and process.stdout is not None
    try:
        process.stdin.write(wire.packed({"url": url}))
        return await _hand_on(live, process.stdout, begun)
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        process.stdin.close()
        with suppress(BrokenPipeError, ConnectionResetError):
            await process.stdin.wait_closed()


async def _hand_on(live: Broadcast, source: asyncio.StreamReader, begun: Callable[[str], None]) -> str:
    recorder, limit, reason = f"encoder-{secrets.token_hex(6)}", _FIRST_SECONDS, "nothing"
    while True:
        try:
            async with asyncio.timeout(limit):
                message = await wire.receive(source)
        except (TimeoutError, wire.Garbled):
            return reason
        if message is None:
            return reason
        head, body = message
        if "end" in head:
            return str(head["end"])
        if reason == "nothing":
            limit, reason = _SILENT_SECONDS, "over"
            begun(recorder)
        try:
            await live.slice(recorder, int(head["slice"]), body)
        except Refused as refusal:
            # One that comes too fast leaves a hole behind which the picture goes on.
            if refusal.key != "too_fast":
                return "refused"
