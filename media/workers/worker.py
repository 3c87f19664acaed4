"""The process that does the heavy work: one JSON line in, progress lines and one result line out.

    {"id": 1, "op": "picture", "spec": {…}, "role": "square", "out_dir": "/…"}
    {"id": 1, "progress": 0.4}
    {"id": 1, "done": {"files": […]}}   or   {"id": 1, "failed": {"reason": "broken", "detail": "…"}}

`"leaving": true` beside a result says that the process ends now. It ends at once, with everything
it started, when its standard input does, and by itself after a while without work. Started and
watched by media/pool.py: `python -m media.workers.worker PARENT_PID MEMORY_BYTES IDLE_SECONDS`.
"""

from __future__ import annotations

import faulthandler
import importlib
import json
import os
import queue
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from media.intake import Refused
from media.workers.limits import FILE_BYTES, confine
from media.workers.ops import OPS

# Fragmented memory never comes back whole; a fresh process costs a third of a second.
_JOBS_IN_A_LIFE = 100
# Loaded while nothing waits, so that the next wish needn't: in the order of a listing's making.
_SOON_NEEDED = ("media.photos.photo", "media.cards.pictures", "media.photos.page_pictures")
# A wish that was sent along with the start is there within this.
_GLANCE_SECONDS = 0.02

Say = Callable[[dict[str, Any]], None]


def main(file_bytes: int = FILE_BYTES) -> None:
    """Serve wishes until the input ends, nothing was asked for a while, or a life is over.

    No file that it writes becomes larger than `file_bytes`.
    """
    parent, memory_bytes, idle_seconds = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    confine(parent, memory_bytes, file_bytes=file_bytes)
    faulthandler.enable()
    # The lines go to a copy of standard output: a library that prints would break the protocol.
    lines = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    wishes: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(wishes,), daemon=True).start()

    def say(line: dict[str, Any]) -> None:
        lines.write(json.dumps(line, ensure_ascii=False) + "\n")
        lines.flush()

    for count in range(1, _JOBS_IN_A_LIFE + 1):
        wish = _next(wishes, idle_seconds)
        if wish is None or _answer(wish, say, count == _JOBS_IN_A_LIFE):
            break
    os._exit(0)  # an orderly end would wait for the thread that waits for more


def _listen(wishes: queue.SimpleQueue[dict[str, Any]]) -> None:
    """Hand on each line; the end of them is the end of the process, whatever it is doing."""
    for text in sys.stdin.buffer:
        wishes.put(json.loads(text))
    if os.name == "posix" and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(0)


def _next(wishes: queue.SimpleQueue[dict[str, Any]], idle_seconds: float) -> dict[str, Any] | None:
    """The next wish, or None after `idle_seconds` without one. Libraries are loaded meanwhile."""
    for module in _SOON_NEEDED:
        with suppress(queue.Empty):
            return wishes.get(timeout=_GLANCE_SECONDS)
        importlib.import_module(module)
    with suppress(queue.Empty):
        return wishes.get(timeout=idle_seconds)
    return None


def _answer(wish: dict[str, Any], say: Say, is_last: bool) -> bool:
    """Do one wish and say how it went. Gives back whether the process is to end now."""
    number = wish["id"]

    def tell(share: float) -> None:
        say({"id": number, "progress": round(share, 3)})

    try:
        result = {"done": OPS[wish["op"]](wish, tell)}
    except Refused as refusal:
        result = {"failed": {"reason": str(refusal.reason), "detail": refusal.found}}
    except MemoryError:
        # Whatever was half done may still be held somewhere; a new process holds nothing.
        result, is_last = {"failed": {"reason": "memory", "detail": ""}}, True
    except Exception as error:
        result = {"failed": {"reason": "fault", "detail": _described(error)}}
    say({"id": number, **result, "leaving": is_last})
    return is_last


def _described(error: Exception) -> str:
    """Kind and place of an error, without its message: that may quote a name or a phone number."""
    kind = type(error).__name__
    if isinstance(error, OSError) and error.errno:
        kind += f" ({os.strerror(error.errno)})"
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    return f"{kind} at " + " < ".join(
        f"{os.path.basename(frame.filename)}:{frame.lineno}" for frame in reversed(frames)
    )


if __name__ == "__main__":
    main()
