"""Server-sent events out of bytes, as they come and in bounded memory.

Source: HTML Standard, 9.2 "Server-sent events": lines end with CRLF, LF or CR, a blank one ends an event.
"""

from __future__ import annotations

LONGEST_EVENT = 64 * 1024
"""A comment has at most 8000 letters; what is longer is no comment."""


class TooLong(Exception):
    """An event without an end: whoever sends this doesn't speak the protocol."""


class EventReader:
    """Give it the bytes, it gives the events' data."""

    def __init__(self) -> None:
        self._rest = b""
        self._data: list[str] = []
        self._length = 0
        self._is_first = True

    def feed(self, part: bytes) -> list[str]:
        """The data of each event that is whole now. Raises `TooLong`."""
        if self._is_first and part:
            part = part.removeprefix(b"\xef\xbb\xbf")
            self._is_first = False
        whole = self._rest + part
        # A CR at the end may be half of a CRLF.
        held = b"\r" if whole.endswith(b"\r") else b""
        lines = whole[:len(whole) - len(held)].replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        self._rest = lines.pop() + held
        if len(self._rest) + self._length > LONGEST_EVENT:
            raise TooLong
        found = []
        for line in lines:
            if not line:
                if self._data:
                    found.append("\n".join(self._data))
                self._data, self._length = [], 0
                continue
            name, _, value = line.decode("utf-8", "replace").partition(":")
            if name == "data":
                self._data.append(value.removeprefix(" "))
                self._length += len(value)
                if self._length > LONGEST_EVENT:
                    raise TooLong
        return found
