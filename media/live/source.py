"""Where the output clock stands in a source's own time: behind its newest picture by a little,
never by much, and the same for picture and sound."""

from __future__ import annotations

from collections import deque

import numpy as np
from av.video.frame import VideoFrame

from media.live.hearing import RATE_HZ
from media.live.ingest import Ingest

# Slices come every 100 to 250 ms; what is behind by less would wait for the next one all the time.
START_BEHIND_SECONDS = 0.2
# The least distance in a while above which time is skipped, a picture's length at once.
_SLACK_SECONDS = 0.3
_WATCHED_SECONDS = 4.0
_FARTHEST_SECONDS = 1.2
# MP4 comes a fragment at once, of a key picture's distance: Safari's are of a second and more. Whoever
# sends like this stays ahead by a fragment, and isn't cut to its end each time.
_BURST_SECONDS = 0.3
_MP4_BURST_SECONDS = 2.0
_LONGEST_BURST_SECONDS = 5.0
# A stream that ends this much sooner than the other has stopped and is not waited for.
_STALLED_SECONDS = 0.6
_FADE = 240


class Source:
    """One recorder as the clock sees it, moved on tick by tick."""

    def __init__(self, ingest: Ingest) -> None:
        self.ingest = ingest
        self._at = -1  # in samples; before the first picture there is no place
        self._least_ahead = float("inf")
        self._watched = 0.0
        self._was_smooth = False
        self._seen_end, self._quiet = -1.0, 0.0
        # The last two times between bursts: a single one is a line that faltered.
        self._bursts = deque([_MP4_BURST_SECONDS if ingest.form == "mp4" else 0.0] * 2, maxlen=2)

    def tick(self, count: int) -> tuple[VideoFrame | None, np.ndarray]:
        """Go on by `count` samples: the picture that is new by then, and the sound."""
        with self.ingest.lock:
            end = self._end()
            self._watch_bursts(count / RATE_HZ, end)
            if self._at < 0:
                self._at = max(0, round((end - START_BEHIND_SECONDS) * RATE_HZ))
            start = self._placed(count, end)
            room = max(0, min(count, round(end * RATE_HZ) - start))
            sound = self.ingest.hearing.read(start, count)
            # A source that waits for bytes stands still rather than losing what is to come.
            sound[room:] = 0
            is_smooth = start == self._at and room == count
            if not self._was_smooth or start != self._at:
                sound[:_FADE] *= np.linspace(0, 1, _FADE, dtype=np.float32)[: len(sound)]
            self._was_smooth = is_smooth
            self._at = start + room
        # A picture stands for a tick; the one of its middle is never half a tick from the sound.
        return self.ingest.picture_at((start + room / 2) / RATE_HZ), sound

    def _end(self) -> float:
        seen, heard = self.ingest.newest, self.ingest.hearing.end_seconds
        if not self.ingest.has_sound or heard < seen - _STALLED_SECONDS:
            return seen
        return heard if seen < heard - _STALLED_SECONDS else min(seen, heard)

    def _watch_bursts(self, seconds: float, end: float) -> None:
        """A tick has passed: note how long nothing came before what came now."""
        self._quiet += seconds
        if end == self._seen_end:
            return
        if self._quiet > _BURST_SECONDS and self._seen_end >= 0:
            self._bursts.append(min(self._quiet, _LONGEST_BURST_SECONDS))
        self._seen_end, self._quiet = end, 0.0

    def _placed(self, count: int, end: float) -> int:
        """Where this tick begins: where the last ended, or later when too much waits."""
        ahead = end - self._at / RATE_HZ
        farthest = max(_FARTHEST_SECONDS, 1.25 * min(self._bursts) + _STALLED_SECONDS)
        if not -_STALLED_SECONDS <= ahead <= farthest:
            self._least_ahead, self._watched = float("inf"), 0.0
            return max(0, round((end - START_BEHIND_SECONDS) * RATE_HZ))
        self._least_ahead = min(self._least_ahead, ahead)
        self._watched += count / RATE_HZ
        if self._watched < _WATCHED_SECONDS:
            return self._at
        spare = self._least_ahead - _SLACK_SECONDS
        self._least_ahead, self._watched = float("inf"), 0.0
        return self._at + count if spare > 0 else self._at
