"""A phone's recorder made of PyAV: WebM slices of a tenth of a second, as MediaRecorder gives them."""

from __future__ import annotations

import asyncio
import io
from fractions import Fraction

import av
import numpy as np

from media.live.supervisor import Broadcast

SLICE_SECONDS = 0.1
RATE_HZ = 48_000
_FAST = {
    "libvpx": {"deadline": "realtime", "cpu-used": "8"},
    "libvpx-vp9": {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0"},
    "libx264": {"preset": "ultrafast", "bf": "0"},
    "mpeg4": {},
    "libsvtav1": {"preset": "12", "svtav1-params": "pred-struct=1"},
}


def recorded(
    seconds: float,
    *,
    size: tuple[int, int] = (320, 240),
    colour: tuple[int, int, int] = (200, 60, 40),
    fps: int = 20,
    form: str = "webm",
    codec: str | None = None,
    tone_hz: float = 440.0,
    turned_at: float | None = None,
    begin: float = 0.0,
    key_seconds: float = 0.5,
    struck_at: float = 0.0,
) -> list[bytes]:
    """The slices of a recording of one colour, a grey bar that moves over it, and a tone. From
    `turned_at` seconds on the phone is held the other way; the recorder's clock stands at `begin` first.
    Until `struck_at` the picture is black and the sound silent.
    In MP4 a slice holds whole fragments, each of a key picture's distance."""
    out = _Pieces()
    options = {"live": "1", "cluster_time_limit": "100"} if form != "mp4" else {
        "movflags": "empty_moov+default_base_moof+frag_keyframe"}
    with av.open(out, "w", format=form, options={**options, "flush_packets": "1"}) as container:
        name = codec or ("libvpx" if form == "webm" else "libx264")
        video = container.add_stream(name, rate=fps, options={**_FAST[name], "g": str(round(fps * key_seconds))})
        video.width, video.height, video.pix_fmt = *size, "yuv420p"
        video.codec_context.time_base, video.codec_context.thread_count = Fraction(1, fps), 1
        audio = container.add_stream("aac" if form == "mp4" else "libopus", rate=RATE_HZ, layout="mono")
        slices: list[bytes] = []
        per_slice = round(fps * SLICE_SECONDS)
        first, heard = round(begin * fps), round(begin * RATE_HZ)
        for number in range(round(seconds * fps)):
            is_turned = turned_at is not None and number / fps >= turned_at
            pixels = np.full((*(size if is_turned else size[::-1]), 3), colour if number / fps >= struck_at else 0, np.uint8)
            at = number * 4 % (pixels.shape[1] - 8)
            pixels[:, at : at + 8] = 128
            frame = av.VideoFrame.from_ndarray(pixels, format="rgb24").reformat(*size, format="yuv420p")
            frame.pts, frame.time_base = first + number, Fraction(1, fps)
            container.mux(video.encode(frame))
            until = (first + number + 1) * RATE_HZ // fps
            tone = 0.5 * np.sin(2 * np.pi * tone_hz * np.arange(heard, until) / RATE_HZ)
            tone *= number / fps >= struck_at
            sound = av.AudioFrame.from_ndarray(tone[None].astype(np.float32), format="flt", layout="mono")
            sound.sample_rate, sound.pts, sound.time_base = RATE_HZ, heard, Fraction(1, RATE_HZ)
            container.mux(audio.encode(sound))
            heard = until
            if (number + 1) % per_slice == 0 and (data := out.taken()):
                slices.append(data)
        container.mux(video.encode(None))
        container.mux(audio.encode(None))
    return [*slices, out.taken()]


async def send(live: Broadcast, connection: str, slices: list[bytes], *, first: int = 0) -> None:
    """Send slices at the pace of a recorder, numbered from `first`."""
    for number, data in enumerate(slices, first):
        await live.slice(connection, number, data)
        await asyncio.sleep(SLICE_SECONDS)


class _Pieces(io.RawIOBase):
    def __init__(self) -> None:
        super().__init__()
        self._data = bytearray()

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._data += data
        return len(data)

    def taken(self) -> bytes:
        data = bytes(self._data)
        self._data.clear()
        return data
