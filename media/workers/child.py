"""One rendering process as the server sees it: started, asked, killed."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from media.workers.ended import gone

_ROOT = Path(__file__).resolve().parents[2]
# A result that lists all files of a set has some kilobytes.
_LINE_BYTES = 1 << 20
# Passwords and keys live in the environment; a process that reads strangers' files gets none.
_HANDED_DOWN = ("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH", "SYSTEMROOT")


class RenderFailed(Exception):
    """The work was not done: `reason` is a key, `detail` is for logs.

    The reason is a `PhotoFault` where a photo was refused, else "memory" (it needed more than it
    may have), "fault" (an error in the work), "too_slow" or "died".
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class RenderTimedOut(RenderFailed):
    """The work took longer than it may; its process was killed."""


class WorkerDied(RenderFailed):
    """The process ended in the middle of the work: a crash, a kill, or for lack of memory."""


class Child:
    """A running worker. It leads a session of its own, so that its children go with it."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._is_leaving = False
        self.pid = process.pid

    @classmethod
    async def start(cls, module: str, memory_bytes: int, idle_seconds: float) -> Child:
        """A worker that loads its libraries while nobody asks; OSError if none can be started."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-m", module, str(os.getpid()), str(memory_bytes), str(idle_seconds),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            env=_environment(os.environ), limit=_LINE_BYTES, start_new_session=True,
        )
        return cls(process)

    @property
    def is_usable(self) -> bool:
        """Whether it lives and may be asked again."""
        return self._process.returncode is None and not self._is_leaving

    async def ask(self, wish: dict[str, Any], on_progress: Callable[[float], None]) -> dict[str, Any]:
        """What the worker answers; RenderFailed if it says so, WorkerDied if it ends instead."""
        assert self._process.stdin is not None and self._process.stdout is not None
        with suppress(BrokenPipeError, ConnectionResetError):  # its silence tells, just below
            self._process.stdin.write(json.dumps(wish, ensure_ascii=False).encode() + b"\n")
            await self._process.stdin.drain()
        while line := await self._process.stdout.readline():
            try:
                said = json.loads(line)
            except ValueError:
                break  # the last line of one that was killed while it wrote
            if "progress" in said:
                on_progress(said["progress"])
                continue
            self._is_leaving = said["leaving"]
            if "failed" in said:
                raise RenderFailed(said["failed"]["reason"], said["failed"]["detail"])
            done: dict[str, Any] = said["done"]
            return done
        self._end_session()  # a child of its own may have outlived it
        raise WorkerDied("died", f"{wish['op']}: exit code {await self._process.wait()}")

    def kill(self) -> None:
        """End it and everything that it started, at once."""
        if self._process.returncode is None:  # else its number may be another's by now
            self._end_session()

    async def gone(self) -> None:
        """Wait until the process has ended and its input is closed."""
        await gone(self._process)

    def _end_session(self) -> None:
        self._is_leaving = True
        with suppress(ProcessLookupError):
            if os.name == "posix":
                os.killpg(self.pid, signal.SIGKILL)
            else:
                self._process.kill()


def _environment(ours: Mapping[str, str]) -> dict[str, str]:
    kept = {name: ours[name] for name in _HANDED_DOWN if name in ours}
    # One thread for linear algebra: we have none to speak of, and each thread takes memory.
    return {**kept, "PYTHONPATH": str(_ROOT), "OPENBLAS_NUM_THREADS": "1"}
