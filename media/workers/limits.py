"""What a rendering process denies itself before it touches a stranger's file."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from pathlib import Path

from media.workers.no_network import leave_network

# The largest photos we take need 550 MB while they are cleaned, a clip 300 MB.
MEMORY_BYTES = 1 << 30
# A clip has 3 MB; what grows past this is a fault that would fill the disk.
FILE_BYTES = 256 << 20
OPEN_FILES = 256
# Pages come before pictures when both want the processor.
NICENESS = 5
_PR_SET_PDEATHSIG = 1
# The kernel takes one such wish in a tenth of a second from everybody together (sched(7)).
_TRIES, _AGAIN_SECONDS = 4, 0.11


def confine(
    parent: int, memory_bytes: int = MEMORY_BYTES, *, file_bytes: int = FILE_BYTES, niceness: int = NICENESS,
    keeps_network: bool = False,
) -> None:
    """Bound this process's memory and files, cut its network unless it lives from that, and
    tie its life to `parent`'s.

    Linux has all of it, other systems what they offer. To be called before any thread starts.
    """
    if os.name == "posix":
        _bound(memory_bytes, file_bytes)
        os.nice(niceness)
    if sys.platform == "linux":
        _die_with(parent)
        if niceness and os.getsid(0) == os.getpid():
            _stand_back(niceness)
        if not keeps_network:
            leave_network()


def _bound(memory_bytes: int, file_bytes: int) -> None:
    """Set the limits, never above what the process was started with.

    RLIMIT_DATA counts what is really written to (heap, private pages), unlike RLIMIT_AS, which
    would also count libraries and what is merely reserved: half a gigabyte before any work.
    """
    import resource

    for limit, value in (
        (resource.RLIMIT_DATA, memory_bytes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, file_bytes),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
    ):
        _, hard = resource.getrlimit(limit)
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (bound, bound))


def _die_with(parent: int) -> None:
    """A killed server leaves no worker behind, however busy it is (prctl(2), PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it went before the call
        sys.exit(0)


def _stand_back(niceness: int) -> None:
    """Let the session as a whole come after others. Where the kernel groups processes by session, each
    group has an equal share and a process's niceness counts within its own only (sched(7), autogroup)."""
    for _ in range(_TRIES):
        try:
            Path("/proc/self/autogroup").write_text(str(niceness))
        except BlockingIOError:
            time.sleep(_AGAIN_SECONDS)
        except OSError:  # another kind of kernel
            return
        else:
            return
