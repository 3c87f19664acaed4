"""The phone's own recording, slice by slice as it came, kept so that an outage loses nothing.

Slices go to a log in the order of their coming, each under its number; what was late is put in its
place when the log is made into the recorder's file at the end. A log that was cut off by a crash
loses its last slice at most, which was not acknowledged.
"""

from __future__ import annotations

import os
import shutil
import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from media.live.space import append

_HEAD = struct.Struct(">4sII")
_MARK = b"slic"
_MOST_LENGTH = 1 << 24
# Matroska's Cluster (RFC 9559, 5.1.3) and the EBML head (RFC 8794, 11.2.1).
_CLUSTER, _EBML = b"\x1f\x43\xb6\x75", b"\x1a\x45\xdf\xa3"
LONGEST_HEADER_BYTES = 1 << 16
_FORM_BYTES = 8


def assemble_all(folder: Path, *, leave_bytes: int = 0) -> int:
    """Make each log in the folder into its recorder's file, when nothing is added to it any more; how many stay
    logs, because their copy would leave less than `leave_bytes` of the disk or could not be written."""
    for part in folder.glob("original-*.part"):  # of a process that was ended in the middle
        part.unlink(missing_ok=True)
    left = 0
    for path in sorted(folder.glob("original-*.slices")):
        try:
            if shutil.disk_usage(folder).free - path.stat().st_size < leave_bytes:
                left += 1
                continue
            Log.open(folder, path.stem.removeprefix("original-")).assemble()
        except OSError:
            left += 1
    return left


def form_of(beginning: bytes) -> str | None:
    """"webm" or "mp4" by a recording's first bytes, None when it is neither."""
    if beginning.startswith(_EBML):
        return "webm"
    return "mp4" if beginning[4:8] == b"ftyp" else None


def header_of(beginning: bytes) -> bytes | None:
    """What stands before the first pictures, with which any later bytes decode; None while it is
    not all there."""
    if form_of(beginning) == "webm":
        end = beginning.find(_CLUSTER)
        return beginning[:end] if end > 0 else None
    at = 0
    while at + 8 <= len(beginning):
        length, kind = int.from_bytes(beginning[at : at + 4], "big"), beginning[at + 4 : at + 8]
        if kind == b"moof":
            return beginning[:at]
        if length < 8:
            return None
        at += length
    return beginning if at == len(beginning) and b"moov" in beginning else None


class Entry:
    """Where a recording that is entered in the middle can be read from: the next cluster or fragment. A decoder
    that is given what stands before it takes the middle of a picture for a box, which may never end."""

    def __init__(self, form: str) -> None:
        self._mark, self._before = (b"moof", 4) if form == "mp4" else (_CLUSTER, 0)
        self._seen = b""

    def found(self, data: bytes) -> bytes:
        """What is to be read of all that came, from that place on; nothing while it is not there."""
        seen = self._seen + data
        at = seen.find(self._mark, self._before)
        if at >= 0:
            return seen[at - self._before :]
        self._seen = seen[-(self._before + len(self._mark) - 1) :]
        return b""


class Places:
    """Where each number's bytes are and how many, as a dict would tell, in eight bytes a number: an hour has
    tens of thousands."""

    def __init__(self) -> None:
        self._packed = array("Q")

    def __contains__(self, number: int) -> bool:
        return 0 <= number < len(self._packed) and self._packed[number] != 0

    def __getitem__(self, number: int) -> tuple[int, int]:
        if number not in self:
            raise KeyError(number)
        return divmod(self._packed[number], _MOST_LENGTH)

    def __setitem__(self, number: int, place: tuple[int, int]) -> None:
        self._packed.extend([0] * (number + 1 - len(self._packed)))
        self._packed[number] = place[0] * _MOST_LENGTH + place[1]

    def __iter__(self) -> Iterator[int]:
        return (number for number, place in enumerate(self._packed) if place)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Places) and self._packed == other._packed

    def __hash__(self) -> int:
        return id(self)


@dataclass(slots=True)
class Log:
    """One recorder's slices in a file; `places` tells where each number's bytes are."""

    path: Path
    places: Places = field(default_factory=Places)
    newest_beginning: int = 0
    """The highest number under which a recording begins: a recorder may be set up anew under its name."""

    @classmethod
    def open(cls, folder: Path, recorder: str) -> Log:
        """The recorder's log, with what an earlier run kept of it."""
        log = cls(folder / f"original-{recorder}.slices")
        log.path.touch()
        with log.path.open("r+b") as file:
            end = 0
            size = os.fstat(file.fileno()).st_size
            while head := file.read(_HEAD.size):
                mark, number, length = _HEAD.unpack(head) if len(head) == _HEAD.size else (b"", 0, 0)
                if mark != _MARK or file.tell() + length > size:
                    break
                begin = file.tell()
                log._note(number, (begin, length), file.read(min(length, _FORM_BYTES)))
                end = file.seek(begin + length)
            file.truncate(end)
        return log

    def keep(self, number: int, data: bytes) -> bool:
        """Write a slice unless it is there; whether it was new. OSError when it can't be kept."""
        if number in self.places:
            return False
        with self.path.open("r+b", buffering=0) as file:
            at = append(file, _HEAD.pack(_MARK, number, len(data)) + data)
        self._note(number, (at + _HEAD.size, len(data)), data)
        return True

    def _note(self, number: int, place: tuple[int, int], beginning: bytes) -> None:
        self.places[number] = place
        if form_of(beginning):
            self.newest_beginning = max(self.newest_beginning, number)

    def differs(self, number: int, data: bytes) -> bool:
        """Whether another slice is known under this number, by its length."""
        return number in self.places and self.places[number][1] != len(data)

    def header(self, first: int = 0) -> bytes | None:
        """The header of the recording that begins with number `first`; None when not all of it is there."""
        beginning = b""
        for number in range(first, first + 64):
            if number not in self.places or len(beginning) > LONGEST_HEADER_BYTES:
                return None
            beginning += self._read(number)
            if header := header_of(beginning):
                return header
        return None

    def assemble(self) -> Path | None:
        """The slices in their order as one file beside the log, which goes; None if there is no
        beginning. What never came is left out: players go on at the next key picture. OSError, and the
        log stays, when there is no room for it."""
        if 0 not in self.places:
            return None
        form = form_of(self._read(0)) or "webm"
        whole = self.path.with_suffix(f".{form}")
        part = whole.with_suffix(".part")
        try:
            with part.open("wb") as out:
                for data in self._in_order():
                    out.write(data)
            os.replace(part, whole)
        except OSError:
            part.unlink(missing_ok=True)
            raise
        self.path.unlink()
        return whole

    @property
    def missing(self) -> list[int]:
        """The numbers below the highest that have not come."""
        return [number for number in range(max(self.places, default=0)) if number not in self.places]

    def _in_order(self) -> Iterator[bytes]:
        with self.path.open("rb") as file:
            for number in self.places:
                at, length = self.places[number]
                file.seek(at)
                yield file.read(length)

    def _read(self, number: int) -> bytes:
        at, length = self.places[number]
        with self.path.open("rb") as file:
            file.seek(at)
            return file.read(length)
