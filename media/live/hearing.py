"""A source's sound on its own time line, so that it is read at the very place of the picture."""

from __future__ import annotations

import numpy as np

RATE_HZ = 48_000
_KEPT = 8 * RATE_HZ
# Recorders stamp to the millisecond and phones' clocks waver: what joins on so closely is joined.
_JOIN = RATE_HZ * 40 // 1000


def bounded(samples: np.ndarray) -> np.ndarray:
    """Samples from -1 to 1: a hostile stream may hold others, or what is no number, with which the encoder would end."""
    return np.fmax(np.fmin(samples, np.float32(1)), np.float32(-1))


class Hearing:
    """The last 8 s of mono sound, each sample under its number since the source's beginning."""

    def __init__(self) -> None:
        self._ring = np.zeros(_KEPT, np.float32)
        self._begin = self._end = 0

    @property
    def end_seconds(self) -> float:
        """Until when there is sound."""
        return self._end / RATE_HZ

    def write(self, at_seconds: float, samples: np.ndarray) -> None:
        """Put samples at their time, or right behind those before when that is nearly the same.
        What lies between becomes silence; of what lies over what is there already the later stays."""
        at = round(at_seconds * RATE_HZ)
        if self._end == 0 or abs(at - self._end) >= _JOIN:
            if self._begin < at < self._end:
                # Recorders stamp by the moment at which they were called, so one may step back: what is heard
                # before stays, and what was there from here on is written over.
                self._begin = max(self._begin, self._end - _KEPT)
                self._end = max(at, self._begin)
            elif at < self._end or at - self._end > _KEPT or self._end == 0:
                self._begin = self._end = at
            self._put(np.zeros(max(0, at - self._end), np.float32))
        self._put(samples)

    def read(self, at: int, count: int) -> np.ndarray:
        """`count` samples from number `at`; silence where there are none."""
        out = np.zeros(count, np.float32)
        first, last = max(at, self._begin, self._end - _KEPT), min(at + count, self._end)
        if first < last:
            begin, length = first % _KEPT, last - first
            till_edge = min(length, _KEPT - begin)
            out[first - at : first - at + till_edge] = self._ring[begin : begin + till_edge]
            out[first - at + till_edge : last - at] = self._ring[: length - till_edge]
        return out

    def _put(self, samples: np.ndarray) -> None:
        samples = samples[-_KEPT:]
        begin = self._end % _KEPT
        till_edge = min(len(samples), _KEPT - begin)
        self._ring[begin : begin + till_edge] = samples[:till_edge]
        self._ring[: len(samples) - till_edge] = samples[till_edge:]
        self._end += len(samples)
