"""A worker with ops that misbehave, for tests of the pool: `module="tests.media.odd_worker"`."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from media.workers.ops import OPS, Progress
from media.workers.worker import main


def echo(wish: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The wish's `value` and this process's id, after two steps of progress."""
    progress(0.5)
    progress(1.0)
    return {"value": wish["value"], "pid": os.getpid()}


def hang(wish: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Nothing, ever; tells at `mark` who hangs, with the child that hangs along."""
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    draft = Path(wish["mark"]).with_suffix(".draft")
    draft.write_text(f"{os.getpid()} {child.pid}")
    draft.rename(wish["mark"])
    time.sleep(600)
    return {}


def crash(wish: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Nothing: the process ends as it would in a decoder's fault."""
    os.kill(os.getpid(), signal.SIGSEGV)
    time.sleep(600)
    return {}


def swell(wish: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Takes memory without end."""
    held = []
    while True:
        held.append(bytearray(16 << 20))


def connect(wish: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """How opening a network socket went, here and in a child."""
    code = "import socket; socket.socket(socket.AF_INET6)"
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    try:
        socket.socket().close()
    except PermissionError:
        return {"refused": True, "child_refused": b"PermissionError" in child.stderr}
    return {"refused": False, "child_refused": False}


def look(wish: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The process's niceness and its session's, the names in its environment, what it prints kept off the lines."""
    print("a library chats")
    group = Path("/proc/self/autogroup")
    told = group.read_text().strip() if group.exists() else ""
    return {"nice": os.nice(0), "group": told, "names": sorted(os.environ)}


def quarrel(wish: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """An error that quotes a phone number."""
    raise ValueError("cannot draw 0912 345 678")


OPS.update({op.__name__: op for op in (echo, hang, crash, swell, connect, look, quarrel)})

if __name__ == "__main__":
    main()
