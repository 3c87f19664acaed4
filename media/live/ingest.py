"""A recorder's bytes decoded as they come: pictures and sound with their times at the source."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation, VideoReformatter

from media.live.hearing import RATE_HZ, Hearing, bounded

LARGEST_PX = 3840 * 2160
"""Of a picture that is taken, whichever way it is held."""

# A larger one is made smaller at once: a second of them would not fit into the worker's memory.
_KEPT_SIDE_PX = 1920
# Decoders round lines up to a multiple of 64, and count that.
_MOST_DECODED_PX = LARGEST_PX + 3840 * 64
_CODECS = frozenset({"vp8", "vp9", "h264", "av1", "libdav1d", "opus", "aac"})
# Nothing is read ahead: with fflags=nobuffer the first key picture would be thrown away.
_PROBING = {"probesize": "4096", "analyzeduration": "0", "fpsprobesize": "0"}
# A slice at once.
_READ_BYTES = 64 << 10
_FORMATS = {"webm": "matroska", "mp4": "mp4"}
# Pictures wait for the clock, in MP4 by whole fragments; one that falls behind so far skips.
_WAITING_SECONDS = {"webm": 1.5, "mp4": 4.0}
_MOST_WAITING_PX = 128 << 20
_MOST_WAITING_BYTES = 4 << 20
# Where picture and sound both have such a hole, bytes were lost, and pictures that build on them would
# be shown torn.
_HOLE_SECONDS = 0.5
# In a row, without a picture between them. A recorder's next key picture is 1 to 10 s away when
# decoding begins in the middle.
_MOST_ERRORS = 400
# One could be a broken picture that names a size by chance.
_TOO_BIG_KEYS = 2


class _TooBig(Exception):
    """The pictures are larger than any that are taken."""


class Feed:
    """A file whose bytes come later: reading waits for them."""

    def __init__(self) -> None:
        self._pieces: deque[bytes] = deque()
        self._news = threading.Condition()
        self._is_over = False
        self.waiting_bytes = 0

    def give(self, data: bytes) -> None:
        """More bytes."""
        with self._news:
            if not self._is_over:
                self._pieces.append(data)
                self.waiting_bytes += len(data)
                self._news.notify()

    def end(self) -> None:
        """No more bytes, and those that wait are forgotten."""
        with self._news:
            self._is_over = True
            self._pieces.clear()
            self._news.notify()

    def read(self, size: int) -> bytes:
        """At most `size` bytes, at least one; none at the end."""
        with self._news:
            while not self._pieces and not self._is_over:
                self._news.wait()
            if not self._pieces:
                return b""
            piece = self._pieces.popleft()
            if len(piece) > size:
                self._pieces.appendleft(piece[size:])
            self.waiting_bytes -= min(len(piece), size)
            return piece[:size]


class Ingest:
    """One recording being decoded on a thread of its own, from its header on.

    `on_end` is told once, with a key of `Refused` or None, from that thread.
    """

    def __init__(self, form: str, on_end: Callable[[str | None], None]) -> None:
        self.feed = Feed()
        self.hearing = Hearing()
        self.lock = threading.Lock()
        self.newest = -1.0
        self.seen_at = 0.0
        self.decoded_at = 0.0
        self.has_sound = False
        self.form = form
        self._on_end = on_end
        self._pictures: deque[tuple[float, VideoFrame]] = deque()
        self._scaler = VideoReformatter()
        self._is_closed = False
        self.is_over = False
        threading.Thread(target=self._run, name="ingest", daemon=True).start()

    @property
    def is_stuck(self) -> bool:
        """Whether it is over, or too far behind with what it was given."""
        return self.is_over or self.feed.waiting_bytes > _MOST_WAITING_BYTES

    @property
    def is_closed(self) -> bool:
        """Whether nobody wants it any more."""
        return self._is_closed

    @property
    def has_picture(self) -> bool:
        """Whether a picture was decoded yet."""
        return self.newest >= 0

    def close(self) -> None:
        """Stop decoding; what waits is forgotten."""
        self._is_closed = True
        self.feed.end()

    def picture_at(self, position: float) -> VideoFrame | None:
        """The latest picture of those that have come by `position`, once."""
        found = None
        with self.lock:
            while self._pictures and self._pictures[0][0] <= position:
                found = self._pictures.popleft()[1]
        return found

    def _run(self) -> None:
        reason: str | None = None
        try:
            reason = self._decode()
        except _TooBig:
            reason = "too_big_picture"
        except av.error.FFmpegError:
            reason = "noise" if not self.has_picture else "broken"
        except Exception:  # whatever a decoder makes of a stranger's bytes
            reason = "broken"
        finally:
            self.is_over = True
            self.feed.end()
            with self.lock:
                self._pictures.clear()
            self._on_end(None if self._is_closed else reason)

    def _decode(self) -> str | None:
        with av.open(self.feed, "r", format=_FORMATS[self.form], options=_PROBING, buffer_size=_READ_BYTES) as source:
            streams = [*source.streams.video[:1], *source.streams.audio[:1]]
            if not source.streams.video or any(s.codec_context.name not in _CODECS for s in streams):
                return "codec"
            for stream in streams:
                stream.codec_context.thread_count = 1
                if isinstance(coder := stream.codec_context, VideoCodecContext):
                    _check_size(coder.width, coder.height)
                    coder.options = {"max_pixels": str(_MOST_DECODED_PX), "flags": "low_delay"}
            self.has_sound = len(streams) > 1
            resampler = AudioResampler(format="fltp", layout="mono", rate=RATE_HZ)
            bases = {stream.index: float(stream.time_base or 0) for stream in streams}
            errors, too_big, needs_key, last = 0, 0, True, 0.0
            for packet in source.demux(streams):
                if self._is_closed:
                    return None
                if not packet.size:  # the first key picture may have no dts, so the size tells
                    continue
                at = (packet.pts or 0) * bases[packet.stream_index]
                needs_key, last = needs_key or not -_HOLE_SECONDS < at - last < _HOLE_SECONDS, at
                if needs_key and packet.stream.type == "video":
                    if not packet.is_keyframe:
                        continue
                    needs_key = False
                try:
                    for frame in packet.decode():
                        self.decoded_at = time.monotonic()
                        if isinstance(frame, VideoFrame):
                            errors = too_big = 0
                            self._see(frame)
                        elif isinstance(frame, AudioFrame):
                            self._hear(frame, resampler)
                except (av.error.FFmpegError, ValueError) as error:
                    errors += 1
                    too_big += packet.is_keyframe and _is_too_big(packet.stream.codec_context, error)
                    if too_big >= _TOO_BIG_KEYS:
                        raise _TooBig from None
                    if errors > _MOST_ERRORS:
                        return "broken"
        return "broken"

    def _see(self, frame: VideoFrame) -> None:
        if frame.time is None:
            return
        _check_size(frame.width, frame.height)
        if max(frame.width, frame.height) > _KEPT_SIDE_PX:
            frame = self._smaller(frame)
        first, most = frame.time - _WAITING_SECONDS[self.form], _MOST_WAITING_PX // (frame.width * frame.height)
        with self.lock:
            if self._pictures and frame.time < self._pictures[-1][0]:
                self._pictures.clear()
            while self._pictures and (self._pictures[0][0] < first or len(self._pictures) >= most):
                self._pictures.popleft()
            self._pictures.append((frame.time, frame))
            self.newest = max(frame.time, 0.0)
            self.seen_at = time.monotonic()

    def _smaller(self, frame: VideoFrame) -> VideoFrame:
        scale = _KEPT_SIDE_PX / max(frame.width, frame.height)
        width, height = (max(2, round(side * scale) & ~1) for side in (frame.width, frame.height))
        return self._scaler.reformat(frame, width, height, interpolation=Interpolation.AREA, threads=1)

    def _hear(self, frame: AudioFrame, resampler: AudioResampler) -> None:
        time = frame.time
        for part in resampler.resample(frame):
            samples = bounded(part.to_ndarray()[0])
            if time is not None:
                with self.lock:
                    self.hearing.write(time, samples)
                time += len(samples) / RATE_HZ


def _is_too_big(coder: object, error: Exception) -> bool:
    """Whether a decoder has just failed for the picture's size: VP8's and VP9's then have none, AV1's says so."""
    if not isinstance(coder, VideoCodecContext):
        return False
    return isinstance(error, OverflowError) or not 0 < coder.width * coder.height <= LARGEST_PX


def _check_size(width: int, height: int) -> None:
    if width * height > LARGEST_PX:
        raise _TooBig
