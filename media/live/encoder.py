"""An outside encoder (OBS, a phone's app) as a broadcast's camera: its stream is pulled from an RTMP server by a
process of its own and handed on as a phone's slices are.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from contextlib import suppress

from media.live import wire
from media.live.destinations import checked_url
from media.live.process import start_beside
from media.live.spec import Refused
from media.live.supervisor import Broadcast
from media.workers.ended import gone

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
    process = await start_beside("media.live.pull", wire.packed({"url": url}), limit=wire.MOST_BODY_BYTES)
    assert process.stdout is not None
    try:
        return await _hand_on(live, process.stdout, begun)
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await gone(process)


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
