"""What a worker says to the server: at once where the pipe takes it, else from a thread, so that the
output clock never waits."""

from __future__ import annotations

import os
import select
import threading
from collections import deque
from contextlib import suppress
from typing import Any

from media.live import wire

# Some 20 s of packets: a server that takes nothing for so long is lost anyway.
MOST_UNSENT = 2000
_CLOSE_SECONDS = 5.0


class Mouth:
    """Says messages whole and in order over a pipe; any thread may use it. When too much waits,
    messages are left out. BrokenPipeError is kept to itself: whoever reads is gone."""

    def __init__(self, fd: int) -> None:
        os.set_blocking(fd, False)
        self._fd = fd
        self._unsent: deque[memoryview] = deque()
        self._news = threading.Condition()
        self._is_closing = False
        self._thread = threading.Thread(target=self._run, name="mouth", daemon=True)
        self._thread.start()

    def say(self, head: dict[str, Any], body: bytes = b"") -> None:
        """Say one message; never waits."""
        data = memoryview(wire.packed(head, body))
        with self._news:
            # Waking a thread costs more than the pipe does, and the pipe nearly always has room.
            if not self._unsent:
                data = data[self._written(data) :]
            if data and len(self._unsent) < MOST_UNSENT:
                self._unsent.append(data)
                self._news.notify()

    def close(self) -> None:
        """Let out what waits, for at most 5 s."""
        with self._news:
            self._is_closing = True
            self._news.notify()
        self._thread.join(_CLOSE_SECONDS)

    def _written(self, data: memoryview) -> int:
        try:
            return os.write(self._fd, data)
        except BlockingIOError:
            return 0
        except OSError:
            return len(data)

    def _run(self) -> None:
        poll = select.poll()
        poll.register(self._fd, select.POLLOUT)
        while True:
            with self._news:
                while not self._unsent and not self._is_closing:
                    self._news.wait()
                if not self._unsent:
                    return
            with suppress(OSError):
                poll.poll()
            with self._news:
                first = self._unsent[0]
                rest = first[self._written(first) :]
                if rest:
                    self._unsent[0] = rest
                else:
                    self._unsent.popleft()
