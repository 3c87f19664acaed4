"""Viewers of a live from a process of its own: each asks for the playlist once a second, fetches every new segment,
and holds the stream of the show's events, as its page does.

    python3 scripts/_bench_live_crowd.py < job.json > result.json

A job is {"port", "path", "viewers", "seconds"}; `path` is the show's, such as /l/k7m2p. Loopback only.
"""

from __future__ import annotations

import asyncio
import json
import re
import socket
import sys
import time
from dataclasses import dataclass, field
from typing import Any

import uvloop

POLL_SECONDS = 1.0
SPREAD_SECONDS = 3.0
WAIT_SECONDS = 20.0
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_SEGMENT = re.compile(r"#EXTINF:([\d.]+),\s*\n(?:#[^\n]*\n)*(segment-\d+\.m4s)")


@dataclass
class Seen:
    """What all viewers saw together. Times are seconds from asking to the last byte."""

    segments: list[float] = field(default_factory=list)
    playlists: list[float] = field(default_factory=list)
    late: int = 0
    failed: int = 0
    told: int = 0
    bytes: int = 0


class Line:
    """One keep-alive connection."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket: socket.socket | None = None
        self._room = bytearray(256 << 10)

    async def get(self, path: str) -> tuple[int, bytes, int]:
        """Status, the body's beginning, and its length. OSError or ValueError where the answer is none."""
        loop = asyncio.get_running_loop()
        if self._socket is None:
            self._socket = socket.socket()
            self._socket.setblocking(False)
            await loop.sock_connect(self._socket, ("127.0.0.1", self._port))
        await loop.sock_sendall(self._socket, f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n\r\n".encode())
        taken = b""
        while b"\r\n\r\n" not in taken:
            taken += await self._more()
        head, _, body = taken.partition(b"\r\n\r\n")
        status, length = int(head[9:12]), _LENGTH.search(head)
        size = int(length[1]) if length else 0
        left = size - len(body)
        while left > 0:
            more = await self._more(keep=size < len(self._room))
            body, left = body + more, size - len(body) - len(more) if more else left - self._got
        return status, body, size

    async def _more(self, *, keep: bool = True) -> bytes:
        assert self._socket
        self._got = await asyncio.get_running_loop().sock_recv_into(self._socket, self._room)
        if not self._got:
            raise OSError("closed")
        return bytes(self._room[:self._got]) if keep else b""

    async def listen(self, path: str) -> int:
        """Ask for server-sent events and take what comes until cancelled; how many bytes that were."""
        taken = 0
        loop = asyncio.get_running_loop()
        try:
            self._socket = socket.socket()
            self._socket.setblocking(False)
            await loop.sock_connect(self._socket, ("127.0.0.1", self._port))
            await loop.sock_sendall(self._socket, f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n"
                                    "Accept: text/event-stream\r\n\r\n".encode())
            while True:
                taken += len(await self._more())
        except asyncio.CancelledError:
            return taken
        finally:
            self.close()

    def close(self) -> None:
        """Hang up; the next question dials anew."""
        if self._socket:
            self._socket.close()
            self._socket = None


async def watch(job: dict[str, Any], number: int, until: float, seen: Seen) -> None:
    """One viewer, from the newest segment on."""
    await asyncio.sleep(SPREAD_SECONDS * number / job["viewers"])
    line, last = Line(job["port"]), ""
    events = asyncio.create_task(Line(job["port"]).listen(f"{job['path']}/state?v={number}"))
    while time.monotonic() < until:
        asked = time.monotonic()
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                status, body, _ = await line.get(f"{job['path']}/live.m3u8")
                seen.playlists.append(time.monotonic() - asked)
                if status != 200:
                    raise ValueError(status)
                listed = _SEGMENT.findall(body.decode())
                for seconds, name in [one for one in listed if one[1] > last] if last else listed[-1:]:
                    await _fetch(line, f"{job['path']}/{name}", float(seconds), seen)
                    last = name
        except (OSError, ValueError):
            seen.failed += 1
            line.close()
        await asyncio.sleep(max(0.0, asked + POLL_SECONDS - time.monotonic()))
    line.close()
    if events.done():
        seen.failed += 1
    events.cancel()
    heard = await asyncio.gather(events, return_exceptions=True)
    seen.told += heard != [0]


async def _fetch(line: Line, path: str, seconds: float, seen: Seen) -> None:
    asked = time.monotonic()
    status, _, size = await line.get(path)
    taken = time.monotonic() - asked
    if status != 200 or not size:
        raise ValueError(status)
    seen.segments.append(taken)
    seen.bytes += size
    seen.late += taken > seconds


async def run(job: dict[str, Any]) -> dict[str, Any]:
    """All viewers, to the end of the time."""
    seen, until = Seen(), time.monotonic() + job["seconds"]
    await asyncio.gather(*(watch(job, number, until, seen) for number in range(job["viewers"])))

    def part(times: list[float], share: float) -> float:
        return sorted(times)[int(len(times) * share)] if times else 0.0

    return {"segments": len(seen.segments), "failed": seen.failed, "late": seen.late, "told": seen.told, "bytes": seen.bytes,
            "p50": part(seen.segments, 0.5), "p99": part(seen.segments, 0.99), "most": max(seen.segments, default=0.0),
            "playlists": len(seen.playlists), "playlist_p99": part(seen.playlists, 0.99)}


if __name__ == "__main__":
    print(json.dumps(uvloop.run(run(json.load(sys.stdin)))))
