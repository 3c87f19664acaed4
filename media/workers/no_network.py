"""Takes the network away from a process, by a filter on its system calls."""

from __future__ import annotations

import ctypes
import platform
import struct
import sys

# The numbers are the kernel's: linux/prctl.h, linux/seccomp.h, linux/audit.h, asm/unistd.h.
_PR_SET_NO_NEW_PRIVS = 38
_PR_SET_SECCOMP = 22
_SECCOMP_MODE_FILTER = 2
_ALLOW = 0x7FFF0000
_KILL = 0x80000000
_REFUSE_EACCES = 0x00050000 | 13
_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_AT_NUMBER, _AT_ARCHITECTURE, _AT_FIRST_ARGUMENT = 0, 4, 16
_AF_UNIX = 1
_IO_URING_SETUP = 425
_X32_NUMBERS = 0x40000000
# Machine: the architecture's audit number and the number of its socket call.
_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def leave_network() -> bool:
    """Whether this thread, all it starts and all they start can no longer open a network socket.

    `socket()` for anything but a local one gives EACCES from now on, for good; io_uring, the other
    way to a socket, is refused too, and calls by another ABI's numbers end the process. It needs no
    privilege and no namespaces, so it holds inside containers. False where the kernel or the
    machine has no such filter; then only ffmpeg's protocol list and the lack of any code that
    connects keep the network out. See seccomp(2), linux/Documentation/userspace-api/seccomp_filter.
    """
    machine = _MACHINES.get(platform.machine())
    if sys.platform != "linux" or machine is None:
        return False
    rules = _rules(*machine)
    code = b"".join(struct.pack("=HBBI", *rule) for rule in rules)
    program = _Program(len(rules), code)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(
        libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) == 0
    )


def _rules(architecture: int, socket_call: int) -> list[tuple[int, int, int, int]]:
    """The filter: operation, steps to skip when true, when false, operand."""
    return [
        (_LOAD, 0, 0, _AT_ARCHITECTURE),
        (_JUMP_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _AT_NUMBER),
        (_JUMP_AT_LEAST, 4, 0, _X32_NUMBERS),
        (_JUMP_EQUAL, 3, 0, _IO_URING_SETUP),
        (_JUMP_EQUAL, 0, 3, socket_call),
        (_LOAD, 0, 0, _AT_FIRST_ARGUMENT),
        (_JUMP_EQUAL, 1, 0, _AF_UNIX),
        (_RETURN, 0, 0, _REFUSE_EACCES),
        (_RETURN, 0, 0, _ALLOW),
    ]
