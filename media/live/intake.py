"""Which slice goes where: every one to its recorder's log, the newest ones to the decoder.

Slices are numbered per recorder from 0. One that follows the last is decoded; one that leaves a gap
begins a new decoding behind the recorder's header, and what fills the gap later only goes to the
log. A recorder that delivers its first picture takes over from the one before, which comes back only
when the other has gone: two that send at once would take turns otherwise.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from media.live.ingest import Ingest
from media.live.originals import LONGEST_HEADER_BYTES, Entry, Log, form_of, header_of
from media.live.source import Source
from media.live.space import Space
from media.live.spec import is_recorder

# A day of 100 ms slices.
_HIGHEST_NUMBER = 900_000
_LAST_OF_HEADER = 64
_MOST_RECORDERS = 200
# Of one recorder's decoding, each begun anew behind its header.
_MOST_FAILURES = 8
# Fed for so long without a picture or a sound; three times in all.
_BLIND_SECONDS, _BLIND_WEIGHT = 12.0, 3
# Whoever paused so long is given the time anew.
_PAUSE_SECONDS = 2.0
# The picture of one that sends nothing for so long is anybody's: the slate would come.
_GONE_SECONDS = {"webm": 1.0, "mp4": 4.0}


class TurnAway(Exception):
    """The slice and all that follow it on its connection are refused; `key` is one of `Refused`."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class _Recorder:
    def __init__(self, log: Log, rank: int) -> None:
        self.log, self.rank = log, rank
        self.edge = max(log.places, default=-1)
        self.ingest: Ingest | None = None
        self.header = log.header(log.newest_beginning)
        self.entry: Entry | None = None
        self.failures = 0
        self.has_begun = 0 in log.places
        self._base, self._beginning = log.newest_beginning, b""
        self._count = 0
        self._fed_at = self._asked_at = 0.0

    def read_header(self, number: int, data: bytes, *, begins: bool) -> None:
        """Look for the recording's header in its first slices, in order. Raises TurnAway when there is none."""
        if begins:
            self._base, self._count, self._beginning, self.header = number, 0, b"", None
        if self.header is not None:
            return
        if number == self._base + self._count and len(self._beginning) < LONGEST_HEADER_BYTES:
            self._count, self._beginning = self._count + 1, self._beginning + data
        self.header = header_of(self._beginning) or self.log.header(self._base)
        if self.header is None and number > self._base + _LAST_OF_HEADER:
            raise TurnAway("noise")

    def is_blind(self) -> bool:
        """Whether nothing that was fed for a while could be decoded, neither picture nor sound. Asked at each slice."""
        now, ingest = time.monotonic(), self.ingest
        if ingest is None or ingest.decoded_at >= self._asked_at or now - self._fed_at > _PAUSE_SECONDS:
            self._asked_at = now
        self._fed_at = now
        is_blind = now - self._asked_at > _BLIND_SECONDS
        if is_blind:  # what is begun anew has as long again
            self._asked_at = now
        return is_blind


class Intake:
    """All recorders of one live. `refused` is told of a recorder that could not be decoded."""

    def __init__(self, folder: Path, space: Space, refused: Callable[[str, str], None]) -> None:
        self._folder, self._space, self._refused = folder, space, refused
        self._recorders: dict[str, _Recorder] = {}
        self._current: Source | None = None
        self._coming: list[tuple[Ingest, int]] = []
        self._rank = 0
        self._lock = threading.Lock()

    def take(self, recorder: str, number: int, data: bytes, *, is_decoded: bool = True) -> None:
        """Keep a slice, and decode it when it is new. Raises TurnAway."""
        if not is_recorder(recorder) or not 0 <= number <= _HIGHEST_NUMBER:
            raise TurnAway("order")
        known = self._recorders.get(recorder)
        if known is None:
            if len(self._recorders) >= _MOST_RECORDERS:
                raise TurnAway("order")
            known = self._recorders[recorder] = _Recorder(self._log(recorder), len(self._recorders))
        if number == 0 and form_of(data) is None:
            raise TurnAway("noise")
        if number and not known.has_begun:
            raise TurnAway("no_beginning")
        if known.log.differs(number, data):
            raise TurnAway("order")
        known.has_begun = True
        # What the disk has no room for is shown all the same; the first slices are needed to go on after a gap.
        if number <= _LAST_OF_HEADER or self._space.has_room:
            with suppress(OSError):
                known.log.keep(number, data)
        if number <= known.edge:
            return
        follows, known.edge = number == known.edge + 1, number
        if is_decoded:
            self._decode(recorder, known, number, data, follows=follows)

    def source(self) -> Source | None:
        """The recorder to show now; the clock asks at each tick."""
        with self._lock:
            for at, (ingest, rank) in reversed(list(enumerate(self._coming))):
                if ingest.has_picture and not self._is_outranked(rank):
                    if self._current:
                        self._current.ingest.close()
                    for other, _ in self._coming[:at]:
                        other.close()
                    self._coming = self._coming[at + 1 :]
                    self._current, self._rank = Source(ingest), rank
                    break
            return self._current

    def _decode(self, name: str, known: _Recorder, number: int, data: bytes, *, follows: bool) -> None:
        if self._is_outranked(known.rank):
            if known.ingest:
                known.ingest.close()
                known.ingest = None
            return
        # A recorder that was set up anew, perhaps with another codec, goes on under the same name.
        begins = form_of(data) is not None
        known.read_header(number, data, begins=begins)
        is_blind = known.is_blind()
        if is_blind:
            self._failed(name, known, "broken", weight=_BLIND_WEIGHT)
        if known.ingest is None or known.ingest.is_stuck or is_blind or begins or not follows:
            if not begins and known.header is None:
                return  # all of the beginning is given at once when it is there
            if known.ingest:
                known.ingest.close()
            form = form_of(known.header or data) or "webm"
            known.ingest, known.entry = self._start(name, known, form, is_entered=not begins), None
            if not begins and known.header:
                known.ingest.feed.give(known.header)
                known.entry = Entry(form)
        if known.entry:
            data = known.entry.found(data)
            if not data:
                return
            known.entry = None
        known.ingest.feed.give(data)

    def _log(self, recorder: str) -> Log:
        try:
            return Log.open(self._folder, recorder)
        except OSError:
            return Log(self._folder / f"original-{recorder}.slices")

    def _is_outranked(self, rank: int) -> bool:
        """Whether a recorder that began later is being shown."""
        current = self._current
        return (current is not None and rank < self._rank
                and time.monotonic() - current.ingest.seen_at < _GONE_SECONDS[current.ingest.form])

    def _failed(self, name: str, known: _Recorder, reason: str, weight: int = 1) -> None:
        known.failures += weight
        if reason != "broken" or known.failures >= _MOST_FAILURES:
            self._refused(name, reason)

    def _start(self, name: str, known: _Recorder, form: str, *, is_entered: bool) -> Ingest:
        def ended(reason: str | None) -> None:
            if reason is None:
                return
            if reason == "noise" and is_entered:  # its beginning was a recording's
                reason = "broken"
            self._failed(name, known, reason)

        for other in self._recorders.values():
            if other.ingest and other.ingest.is_closed:
                other.ingest = None
        ingest = Ingest(form, ended)
        with self._lock:
            self._coming = [*(one for one in self._coming if not one[0].is_closed), (ingest, known.rank)]
        return ingest
