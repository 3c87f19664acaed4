"""The worker of a live as the server sees it: started, written to, listened to, ended."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from media.live import wire
from media.live.spec import LiveSpec
from media.workers.ended import gone

_ROOT = Path(__file__).resolve().parents[2]
# Passwords and keys live in the environment; a process that reads strangers' bytes gets none.
_HANDED_DOWN = ("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH", "SYSTEMROOT")


def environment(ours: Mapping[str, str]) -> dict[str, str]:
    """What our children are given of our environment."""
    kept = {name: ours[name] for name in _HANDED_DOWN if name in ours}
    return {**kept, "PYTHONPATH": str(_ROOT), "OPENBLAS_NUM_THREADS": "1"}


async def start_beside(module: str, first: bytes, *, limit: int = 1 << 16) -> asyncio.subprocess.Process:
    """A process of ours that keeps its network and was told its first message, in which secrets may stand: they are in
    no list of processes and in no log. `limit` as asyncio.create_subprocess_exec has it. OSError if none can be started.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-m", module, str(os.getpid()),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        env=environment(os.environ), limit=limit)
    assert process.stdin is not None
    process.stdin.write(first)
    return process


class Worker:
    """A running worker."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.pid = process.pid

    @classmethod
    async def start(cls, spec: LiveSpec) -> Worker:
        """A worker that was told its spec; OSError if none can be started."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-m", "media.live.worker", str(os.getpid()), str(spec.memory_bytes),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            env=environment(os.environ), limit=wire.MOST_BODY_BYTES, start_new_session=True)
        worker = cls(process)
        await worker.say({"spec": spec.to_wire()})
        return worker

    async def say(self, head: dict[str, Any], body: bytes = b"") -> None:
        """Send a message, waiting while the worker is behind; to one that is gone nothing is sent."""
        assert self._process.stdin is not None
        with suppress(BrokenPipeError, ConnectionResetError):
            self._process.stdin.write(wire.packed(head, body))
            await self._process.stdin.drain()

    async def hear(self) -> wire.Message | None:
        """Its next message; None when it is gone."""
        assert self._process.stdout is not None
        with suppress(wire.Garbled):
            return await wire.receive(self._process.stdout)
        return None

    async def end(self, *, within_seconds: float = 0) -> None:
        """Wait for its own end so long, then kill it and what it started."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._process.wait(), within_seconds)
        if self._process.returncode is None:
            with suppress(ProcessLookupError):
                if os.name == "posix":
                    os.killpg(self.pid, signal.SIGKILL)
                else:
                    self._process.kill()
        await gone(self._process)
