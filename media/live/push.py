"""The process of one destination: Matroska from standard input to an RTMP server, packets as they are.

Started by media/live/destinations.py as `python -m media.live.push PARENT_PID`. The address, which
holds the stream's key, is the first message on standard input, so that it stands in no list of
processes and in no log. Says "t SECONDS" as packets reach the other side, and at last "end REASON".
"""

from __future__ import annotations

import errno
import os
import socket
import stat
import sys
import time
from collections import deque
from contextlib import suppress
from typing import BinaryIO

import av

from media.live import wire
from media.workers.limits import confine

_MEMORY_BYTES = 192 << 20
_TELL_SECONDS = 0.2
# The kernel would keep half a minute of a slow line for itself. It is enough for 3 Mbit/s over 600 ms.
_UNSENT_BYTES = 256 << 10
# A tick's packets at once.
_READ_BYTES = 64 << 10
# A header of RTMP or two.
_EXTRA_BYTES = 16
_PROBING = {"probesize": "4096", "analyzeduration": "0", "fpsprobesize": "0"}
_UNREACHABLE = (errno.ECONNREFUSED, errno.ETIMEDOUT, errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EADDRNOTAVAIL)


def main() -> None:
    """Push until the input ends or the server lets go."""
    confine(int(sys.argv[1]), _MEMORY_BYTES, niceness=0, keeps_network=True)
    av.logging.set_level(None)
    source = os.fdopen(os.dup(0), "rb", buffering=0)
    message = wire.read(_Whole(source))
    if message is None:
        os._exit(0)
    reason = _push(source, message[0]["url"])
    os.write(1, f"end {reason}\n".encode())
    os._exit(0)


def _push(source: BinaryIO, url: str) -> str:
    """Why it ended: "closed" by the server once it was live, before that "refused" or "unreachable",
    else "over"."""
    options = {"flvflags": "no_duration_filesize", "flush_packets": "1", "protocol_whitelist": "rtmp,tcp"}
    told = 0.0
    try:
        with av.open(source, "r", format="matroska", options=_PROBING, buffer_size=_READ_BYTES) as taken:
            given = av.open(url, "w", format="flv", options=options)
            line = _Line()
            streams = {stream.index: given.add_stream_from_template(stream) for stream in taken.streams}
            for packet in taken.demux():
                if not packet.size:
                    continue
                line.sends(float(packet.pts * packet.time_base), packet.size)
                packet.stream = streams[packet.stream.index]
                given.mux(packet)
                if time.monotonic() - told > _TELL_SECONDS:
                    told = time.monotonic()
                    os.write(1, f"t {line.reached():.3f}\n".encode())
            given.close()
    except (av.error.FFmpegError, OSError) as error:
        if told:
            return "closed"
        return "unreachable" if error.errno in _UNREACHABLE else "refused"
    return "over"


class _Line:
    """The connection, which the codec library keeps to itself: how far the other side has got."""

    def __init__(self) -> None:
        self._sent: deque[tuple[float, int]] = deque(maxlen=10_000)
        self._socket: socket.socket | None = None

    def sends(self, seconds: float, count: int) -> None:
        """A packet of so many bytes is being sent."""
        self._sent.append((seconds, count + _EXTRA_BYTES))

    def reached(self) -> float:
        """The time of the latest packet that has arrived whole, or of the first one, in seconds."""
        self._socket = self._socket or _connection()
        unsent = _unacknowledged(self._socket) if self._socket else 0
        later = self._sent[0][0]
        for seconds, count in reversed(self._sent):
            if unsent <= 0:
                return seconds
            unsent -= count
            later = seconds
        return later


def _connection() -> socket.socket | None:
    """The process's only connection, its buffer bounded."""
    with suppress(OSError):
        for name in os.listdir("/dev/fd"):
            if (found := _opened(int(name))) is not None:
                found.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _UNSENT_BYTES)
                return found
    return None


def _opened(fd: int) -> socket.socket | None:
    """The connection under this number; None where it is something else, or closed."""
    with suppress(OSError):
        if stat.S_ISSOCK(os.fstat(fd).st_mode):
            found = socket.socket(fileno=os.dup(fd))
            if found.family in (socket.AF_INET, socket.AF_INET6):
                return found
            found.close()
    return None


def _unacknowledged(connection: socket.socket) -> int:
    """Bytes that the other side has not confirmed (tcp(7), SIOCOUTQ); 0 where the system doesn't tell."""
    import fcntl
    import termios

    with suppress(OSError):
        return int.from_bytes(fcntl.ioctl(connection, termios.TIOCOUTQ, bytes(4)), sys.byteorder)
    return 0


class _Whole:
    """Reads exactly what is asked for from an unbuffered file, so that nothing after it is taken."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def read(self, size: int) -> bytes:
        data = b""
        while len(data) < size and (more := self._file.read(size - len(data))):
            data += more
        return data


if __name__ == "__main__":
    main()
