"""What goes out at each tick: encoded once, then to the recording, the playlists and the stream."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from av.video.frame import VideoFrame

from media.live import matroska
from media.live.encode import GROUP_SECONDS, Coded, Encoder
from media.live.recording import Recording
from media.live.shelf import Shelf
from media.live.spec import LiveSpec

Stream = Callable[[dict[str, object], bytes], None]


class Output:
    """`stream` is given the Matroska head once and then each tick's packets as clusters, with the
    newest time in seconds and whether a stream may be entered there."""

    def __init__(self, spec: LiveSpec, zero: float, stream: Stream) -> None:
        self._spec, self._stream = spec, stream
        self._shelf = Shelf(spec.folder, zero, spec.leave_bytes)
        self._recording = Recording(spec.fps)
        self._encoder = Encoder(spec, self._recording.container)
        self._has_head = False
        self._next_key = 0
        self._newest = 0.0

    def put(self, frame: VideoFrame | None, tick: int, is_key: bool, sound: np.ndarray, first: int) -> None:
        """One tick's picture, if it has one, and sound."""
        # By the clock, as the encoder counts pictures, of which some may have been left out.
        is_key = is_key or tick >= self._next_key
        if is_key and frame is not None:
            self._next_key = tick + GROUP_SECONDS * self._spec.fps
        pictures = () if frame is None else self._encoder.picture(frame, tick, is_key=is_key)
        self._send([*pictures, *self._encoder.sound(sound, first)])

    def close(self) -> None:
        """The rest, and the ends of all files."""
        self._send(self._encoder.finish())
        self._shelf.put(self._recording.close())
        self._shelf.close()

    def _send(self, packets: Iterable[Coded]) -> None:
        clusters: list[bytes] = []
        is_entry = False
        for coded in packets:
            if not self._has_head:
                self._has_head = True
                self._stream({"head": True}, self._encoder.head())
            is_entry = is_entry or (coded.is_video and coded.is_key)
            self._newest = max(self._newest, coded.seconds)
            track = matroska.VIDEO if coded.is_video else matroska.AUDIO
            clusters.append(matroska.cluster(track, round(coded.seconds * 1000), coded.data, is_key=coded.is_key))
            self._shelf.put(self._recording.write(coded))
        if clusters:
            self._stream({"t": self._newest, "key": is_entry}, b"".join(clusters))
