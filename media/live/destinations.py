"""Where else a live is sent: each RTMP server in a process of its own, with a bounded queue, a watchdog
and a pause between tries. What happens to one is never felt by another.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

from media.live import wire
from media.live.process import start_beside
from media.live.spec import DestinationState
from media.live.tunnel import tunnel
from media.workers.ended import gone

# A server takes a while to let go of a connection that broke ("already publishing"), and each try
# may become a video of its own.
_PAUSES_SECONDS = (2.0, 4.0, 8.0, 15.0, 30.0)
_STEADY_SECONDS = 30.0
_CONNECT_SECONDS = 15.0
_STUCK_SECONDS = 8.0
_MOST_SECONDS, _MOST_BYTES = 5.0, 4 << 20
# Behind by so much is slow; caught up, for a while, it is so no longer.
_SLOW_SECONDS, _CAUGHT_UP_SECONDS, _CALM_SECONDS = 2.0, 1.0, 3.0
_LAST_SECONDS = 2.0

TellState = Callable[[DestinationState], None]


def checked_url(url: str) -> str:
    """The address, when it is one that can be sent to. ValueError otherwise, without the address."""
    if len(url) > 1000 or not url.isprintable() or any(sign.isspace() for sign in url):
        raise ValueError("not an address")
    parts = urlsplit(url)
    # Asking for the port raises ValueError where it is none.
    if parts.scheme not in ("rtmp", "rtmps") or not parts.hostname or len(parts.path) < 2 or parts.port == 0:
        raise ValueError("not an address of RTMP with host and path")
    return url


class Destination:
    """One destination, tried again and again until it is closed."""

    def __init__(self, id: str, url: str, tell: TellState) -> None:
        self._id, self._url, self._tell = id, checked_url(url), tell
        self._head: bytes | None = None
        self._queue: deque[tuple[float, bytes]] = deque()
        self._queued_bytes = 0
        self._news = asyncio.Event()
        self._is_fed = False
        self._needs_key = True
        self._newest = self._reached = 0.0
        self._fair_from = self._calm_from = float("inf")
        self._shown: tuple[str, str] | None = None
        self._tries = 0
        self._process: asyncio.subprocess.Process | None = None
        self._is_closing = False
        self._task = asyncio.create_task(self._run())

    def begin(self, head: bytes) -> None:
        """The stream's head. Another one than before ends the connection: it needs a new one."""
        if self._head not in (None, head):
            self._kill()
        self._head = head
        self._news.set()

    def offer(self, seconds: float, data: bytes, *, is_key: bool) -> None:
        """A packet of the stream. Never waits: a queue that is full is emptied to the next key picture."""
        if not self._is_fed:
            return
        self._newest = seconds
        self._judge()
        if self._needs_key and not is_key:
            return
        self._needs_key = False
        if self._queue and (seconds - self._queue[0][0] > _MOST_SECONDS or self._queued_bytes > _MOST_BYTES):
            self._clear()
            if not is_key:
                return
            self._needs_key = False
        self._queue.append((seconds, data))
        self._queued_bytes += len(data)
        self._news.set()

    async def close(self) -> None:
        """Let what is queued out, end the connection in order within 2 s, and be gone."""
        self._is_closing = True
        self._news.set()
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(self._task), _LAST_SECONDS)
        self._kill()
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task
        if self._process:
            await self._process.wait()
        self._show("removed", "")

    async def _run(self) -> None:
        while self._head is None and not self._is_closing:
            self._news.clear()
            await self._news.wait()
        while not self._is_closing:
            self._show("connecting", "")
            began = asyncio.get_running_loop().time()
            reason = await self._connection()
            if self._is_closing:
                return
            if asyncio.get_running_loop().time() - began > _STEADY_SECONDS:
                self._tries = 0
            pause = _PAUSES_SECONDS[min(self._tries, len(_PAUSES_SECONDS) - 1)]
            self._tries += 1
            self._show("waiting", reason)
            await self._pause(pause)

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not self._is_closing:
                    self._news.clear()
                    await self._news.wait()

    async def _connection(self) -> str:
        """One connection from its start to its end; the reason of its end."""
        parts = urlsplit(self._url)
        if parts.scheme == "rtmp":
            return await self._pushed(self._url)
        try:
            async with tunnel(str(parts.hostname), parts.port or 443) as way:
                near = parts._replace(scheme="rtmp", netloc=f"127.0.0.1:{way.port}").geturl()
                reason = await self._pushed(near)
                return way.failure or reason
        except OSError:
            return "unreachable"

    async def _pushed(self, url: str) -> str:
        """One process from its start to its end; the reason of its end."""
        assert self._head is not None
        try:
            self._process = process = await start_beside("media.live.push", wire.packed({"url": url}) + self._head)
        except OSError:
            return "unreachable"
        assert process.stdin is not None
        self._clear()
        self._is_fed = True
        pumping = asyncio.create_task(self._pump(process.stdin))
        try:
            return await self._watch(process)
        finally:
            self._is_fed, self._fair_from = False, float("inf")
            pumping.cancel()
            with suppress(asyncio.CancelledError, BrokenPipeError, ConnectionResetError):
                await pumping
            self._kill()
            await gone(process)

    async def _pump(self, stdin: asyncio.StreamWriter) -> None:
        """Hand on what is queued, as fast as it is taken; the end of it when closing."""
        with suppress(BrokenPipeError, ConnectionResetError):
            while True:
                while self._queue:
                    _, data = self._queue.popleft()
                    self._queued_bytes -= len(data)
                    stdin.write(data)
                    await stdin.drain()
                if self._is_closing:
                    stdin.close()
                    return
                self._news.clear()
                await self._news.wait()

    async def _watch(self, process: asyncio.subprocess.Process) -> str:
        """Follow its progress to its end; one that makes none is killed."""
        assert process.stdout is not None
        clock = asyncio.get_running_loop().time
        self._reached, self._fair_from = -1.0, float("inf")
        until, reason = clock() + _CONNECT_SECONDS, "unreachable"
        while True:
            try:
                line = await asyncio.wait_for(process.stdout.readline(), until - clock())
            except TimeoutError:
                return reason
            if line.startswith(b"t "):
                if reason != "stuck":
                    reason = "stuck"
                    # What was queued while it connected goes first.
                    self._fair_from, self._calm_from = clock() + _SLOW_SECONDS, clock()
                    self._show("live", "")
                if (reached := float(line[2:])) > self._reached:
                    self._reached, until = reached, clock() + _STUCK_SECONDS
                self._judge()
            elif line.startswith(b"end "):
                return line[4:].decode().strip()
            else:
                return "closed"

    def _judge(self) -> None:
        """Tell how it keeps up, once it is live."""
        now = asyncio.get_running_loop().time()
        if now < self._fair_from:
            return
        behind = self._newest - self._reached
        if behind > _SLOW_SECONDS:
            self._show("live", "slow")
        if behind > _CAUGHT_UP_SECONDS:
            self._calm_from = now + _CALM_SECONDS
        elif now >= self._calm_from:
            self._show("live", "")

    def _show(self, state: str, reason: str) -> None:
        if (state, reason) != self._shown:
            self._shown = state, reason
            self._tell(DestinationState(self._id, state, reason, self._tries))

    def _clear(self) -> None:
        self._queue.clear()
        self._queued_bytes = 0
        self._needs_key = True

    def _kill(self) -> None:
        if self._process and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.kill()
