"""What a rendering process denies itself before it touches a stranger's file."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

MEMORY_BYTES = 2 << 30
"""Address space. An 80 MP photo, read at half its size, and a clip of three photos fit with room to spare."""

FILE_BYTES = 512 << 20
OPEN_FILES = 256
NICENESS = 5
"""Pages come before pictures when both want the processor."""

_PR_SET_PDEATHSIG = 1
_CLONE_NEWNET = 0x40000000
_CLONE_NEWUSER = 0x10000000


def confine(*, memory_bytes: int = MEMORY_BYTES) -> None:
    """Bound this process's memory, files and reach. Linux has all of it, other systems what they offer."""
    if os.name == "posix":
        _bound(memory_bytes)
        os.nice(NICENESS)
    if sys.platform == "linux":
        _die_with_parent()
        leave_network()


def leave_network() -> bool:
    """Whether the process now stands in a network of its own, where nothing can be reached.

    Asked of the kernel (unshare(2)); where it isn't granted, decoders still get file names only
    and ffmpeg the protocol whitelist.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    return libc.unshare(_CLONE_NEWNET) == 0 or libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0


def _bound(memory_bytes: int) -> None:
    import resource
    for limit, value in ((resource.RLIMIT_AS, memory_bytes), (resource.RLIMIT_CORE, 0),
                         (resource.RLIMIT_FSIZE, FILE_BYTES), (resource.RLIMIT_NOFILE, OPEN_FILES)):
        _, hard = resource.getrlimit(limit)
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (bound, bound))


def _die_with_parent() -> None:
    """A killed server leaves no worker behind, not even in the middle of a clip (prctl(2))."""
    parent = os.getppid()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit(0)
