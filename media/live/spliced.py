"""Ranges of a file, one behind the other, as a file that is read without holding it in memory."""

from __future__ import annotations

import io
from bisect import bisect_right
from itertools import accumulate
from typing import Any, BinaryIO


class Spliced(io.RawIOBase):
    """`ranges` are pairs of a beginning and a length in bytes; `file` stays the caller's."""

    def __init__(self, file: BinaryIO, ranges: list[tuple[int, int]]) -> None:
        super().__init__()
        self._file = file
        self._ranges = ranges
        self._starts = [0, *accumulate(length for _, length in ranges)]
        self._at = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """Bytes from the beginning of the first range."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """The new place, counted as `tell` does."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._starts[-1]}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer` up to the end of the range that is read; how many bytes, 0 at the end of all."""
        number = bisect_right(self._starts, self._at) - 1
        if number >= len(self._ranges):
            return 0
        begin, length = self._ranges[number]
        within = self._at - self._starts[number]
        self._file.seek(begin + within)
        data = self._file.read(min(len(buffer), length - within))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)
