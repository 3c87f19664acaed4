"""The process of one destination: Matroska from standard input to an RTMP server, packets as they are.

Started by media/live/destinations.py as `python -m media.live.push PARENT_PID`. The address, which
holds the stream's key, is the first message on standard input, so that it stands in no list of
processes and in no log. Says "t SECONDS" as packets leave, and at last "end REASON".
"""

from __future__ import annotations

import errno
import os
import sys
import time
from typing import BinaryIO

import av

from media.live import wire
from media.workers.limits import confine

_MEMORY_BYTES = 192 << 20
_TELL_SECONDS = 0.2
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
        with av.open(source, "r", format="matroska", options=_PROBING, buffer_size=4096) as taken:
            given = av.open(url, "w", format="flv", options=options)
            streams = {stream.index: given.add_stream_from_template(stream) for stream in taken.streams}
            for packet in taken.demux():
                if not packet.size:
                    continue
                seconds = float(packet.pts * packet.time_base)
                packet.stream = streams[packet.stream.index]
                given.mux(packet)
                if time.monotonic() - told > _TELL_SECONDS:
                    told = time.monotonic()
                    os.write(1, f"t {seconds:.3f}\n".encode())
            given.close()
    except (av.error.FFmpegError, OSError) as error:
        if told:
            return "closed"
        return "unreachable" if error.errno in _UNREACHABLE else "refused"
    return "over"


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
