"""The one encode that everything shares: H.264 and AAC, as packets in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import av
import numpy as np
from av.packet import Packet
from av.video.frame import PictureType, VideoFrame

from media.live import matroska
from media.live.hearing import RATE_HZ
from media.live.spec import LiveSpec

GROUP_SECONDS = 2
_BT601, _LIMITED = 6, 1  # SMPTE 170M, the standard's numbers (ITU-T H.273)
_AAC = {"aac_coder": "fast"}
_AUDIO_BASE = Fraction(1, RATE_HZ)
# Sound is encoded by so many samples: calling costs more than coding. Its picture waits longer, in
# the look-ahead.
_PORTION = RATE_HZ // 8


@dataclass(frozen=True, slots=True)
class Coded:
    """One encoded packet: `data` in the form that Matroska and MP4 hold, times in seconds."""

    packet: Packet
    is_video: bool
    is_key: bool
    seconds: float
    data: bytes


def x264_options(spec: LiveSpec) -> dict[str, str]:
    """x264's settings: no B-frames, so that pictures leave in order and soon; a short look-ahead;
    a key picture every 2 s and where one is forced, none by chance; a rate that networks take."""
    group = GROUP_SECONDS * spec.fps
    return {
        "preset": spec.preset,
        "profile": "high",
        "forced-idr": "1",
        "b": str(spec.video_rate),
        "maxrate": str(spec.video_rate),
        "bufsize": str(spec.video_rate * 2),
        "bf": "0",
        "g": str(group),
        "x264-params": f"keyint={group}:min-keyint=1:scenecut=0:rc-lookahead=10:sync-lookahead=0:open-gop=0:"
                       "colorprim=smpte170m:transfer=smpte170m:colormatrix=smpte170m:range=tv",
    }


class Encoder:
    """Takes pictures and sound of the output clock's ticks; gives packets for a container's
    streams, which `add_to` makes."""

    def __init__(self, spec: LiveSpec, container: Any) -> None:
        self._spec = spec
        self._video = container.add_stream("libx264", rate=spec.fps, options=x264_options(spec))
        self._video.width, self._video.height, self._video.pix_fmt = spec.width_px, spec.height_px, "yuv420p"
        coder = self._video.codec_context
        coder.time_base = self._video_base = Fraction(1, spec.fps)
        coder.thread_type, coder.thread_count = "FRAME", 1
        coder.color_primaries = coder.color_trc = coder.colorspace = _BT601
        coder.color_range = _LIMITED
        self._audio = container.add_stream("aac", rate=RATE_HZ, layout="mono", options=_AAC)
        self._audio.codec_context.bit_rate = spec.audio_rate
        self._heard: list[np.ndarray] = []
        self._heard_at = self._heard_count = 0

    def head(self) -> bytes:
        """The Matroska head for these streams; to be asked after the container wrote its own."""
        return matroska.head(
            width_px=self._spec.width_px, height_px=self._spec.height_px,
            video_setup=matroska.avc_setup(bytes(self._video.codec_context.extradata or b"")),
            audio_rate_hz=RATE_HZ, audio_setup=bytes(self._audio.codec_context.extradata or b""))

    def picture(self, frame: VideoFrame, tick: int, *, is_key: bool) -> Iterator[Coded]:
        """Encode a frame as the picture of a tick; afterwards it may be drawn in anew."""
        frame.pts, frame.time_base = tick, self._video_base
        frame.pict_type = PictureType.I if is_key else PictureType.NONE
        frame.color_range, frame.colorspace = _LIMITED, _BT601
        return self._pictures(self._video.encode(frame))

    def sound(self, samples: np.ndarray, at: int) -> Iterator[Coded]:
        """Take mono samples that begin at sample `at` of the output clock, and encode them in portions."""
        if self._heard and at != self._heard_at + self._heard_count:
            yield from self._all_heard()
        if not self._heard:
            self._heard_at, self._heard_count = at, 0
        self._heard.append(samples)
        self._heard_count += len(samples)
        if self._heard_count >= _PORTION:
            yield from self._all_heard()

    def _all_heard(self) -> Iterator[Coded]:
        samples, self._heard = np.concatenate(self._heard), []
        frame = av.AudioFrame.from_ndarray(samples[None], format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = RATE_HZ, self._heard_at, _AUDIO_BASE
        return self._sounds(self._audio.encode(frame))

    def finish(self) -> Iterator[Coded]:
        """What the encoders still hold."""
        if self._heard:
            yield from self._all_heard()
        yield from self._pictures(self._video.encode(None))
        yield from self._sounds(self._audio.encode(None))

    def _pictures(self, packets: list[Packet]) -> Iterator[Coded]:
        for packet in packets:
            yield Coded(packet, True, packet.is_keyframe, packet.pts / self._spec.fps,
                        matroska.with_lengths(bytes(packet)))

    def _sounds(self, packets: list[Packet]) -> Iterator[Coded]:
        for packet in packets:
            # The coder begins with a packet before the first sample; a clock that begins at 0 has none.
            if packet.pts >= 0:
                yield Coded(packet, False, True, packet.pts / RATE_HZ, bytes(packet))
