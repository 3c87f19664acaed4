"""A phone for measuring: a recording made once, sent again and again as one that never ends."""

from __future__ import annotations

import asyncio
import time
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np

from media.live import matroska
from media.live.originals import header_of
from media.live.spec import Refused
from media.live.supervisor import Broadcast

SIZE = 480, 854
FPS, RATE_HZ = 30, 48_000
LOOP_SECONDS = 10
SLICE_SECONDS = 0.1
KEY_SECONDS = 1
# In the first tenth of each second a white field flashes and a tone sounds, to tell both apart later.
FLASH_SECONDS = 0.1
FLASH_PX = 120


def record(path: Path) -> None:
    """A hand-held look over a table of goods, VP8 and Opus, a key picture a second."""
    width, height = SIZE
    scene = _scene()
    random = np.random.default_rng(5)
    with av.open(str(path), "w", format="webm") as made:
        video = made.add_stream("libvpx", rate=FPS, options={
            "deadline": "realtime", "cpu-used": "8", "g": str(FPS * KEY_SECONDS), "b": "1500000"})
        video.width, video.height, video.pix_fmt = width, height, "yuv420p"
        audio = made.add_stream("libopus", rate=RATE_HZ, layout="mono")
        grain = random.integers(0, 12, (height, width, 3), np.uint8)
        for number in range(LOOP_SECONDS * FPS):
            turn = 2 * np.pi * number / (LOOP_SECONDS * FPS)
            left, top = round(100 + 90 * np.sin(turn)), round(60 + 50 * np.sin(3 * turn))
            pixels = cv2.add(scene[top : top + height, left : left + width], np.roll(grain, number * 37, axis=1))
            if number % FPS < FPS * FLASH_SECONDS:
                pixels[:FLASH_PX, :FLASH_PX] = 255
            else:
                pixels[:FLASH_PX, :FLASH_PX] = 0
            frame = av.VideoFrame.from_ndarray(pixels, format="bgr24").reformat(format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            made.mux(video.encode(frame))
            at = np.arange(number * RATE_HZ // FPS, (number + 1) * RATE_HZ // FPS)
            loud = np.where(at % RATE_HZ < RATE_HZ * FLASH_SECONDS, 0.5, 0.0)
            tone = (loud * np.sin(2 * np.pi * 880 * at / RATE_HZ)).astype(np.float32)
            sound = av.AudioFrame.from_ndarray(tone[None], format="flt", layout="mono")
            sound.sample_rate, sound.pts, sound.time_base = RATE_HZ, int(at[0]), Fraction(1, RATE_HZ)
            made.mux(audio.encode(sound))
        made.mux(video.encode(None))
        made.mux(audio.encode(None))


def _scene() -> np.ndarray:
    """Something with edges, colours and texture to move over."""
    random = np.random.default_rng(3)
    scene = cv2.resize(random.integers(40, 200, (40, 24, 3), np.uint8), (720, 1000), interpolation=cv2.INTER_CUBIC)
    for _ in range(60):
        centre = int(random.integers(0, 720)), int(random.integers(0, 1000))
        colour = [int(value) for value in random.integers(0, 255, 3)]
        cv2.circle(scene, centre, int(random.integers(10, 60)), colour, -1, cv2.LINE_AA)
    return np.asarray(scene)


class Phone:
    """The recording's slices, of a tenth of a second each, without an end."""

    def __init__(self, path: Path) -> None:
        header = header_of(path.read_bytes())
        assert header
        self._header = header
        with av.open(str(path)) as source:
            self._packets = [
                (round(float(packet.pts * packet.time_base) * 1000), packet.stream.index + 1, packet.is_keyframe,
                 bytes(packet)) for packet in source.demux() if packet.size and packet.pts is not None]
        self._packets.sort(key=lambda packet: packet[0])
        self.frames_a_loop = sum(1 for packet in self._packets if packet[1] == matroska.VIDEO)

    def slice(self, number: int) -> bytes:
        """One slice by its number."""
        loop, at = divmod(round(number * SLICE_SECONDS * 1000), LOOP_SECONDS * 1000)
        until = at + SLICE_SECONDS * 1000
        data = b"".join(matroska.cluster(track, loop * LOOP_SECONDS * 1000 + max(0, when), packet, is_key=is_key)
                        for when, track, is_key, packet in self._packets
                        if at <= max(0, when) < until or (until >= LOOP_SECONDS * 1000 <= when))
        return self._header + data if number == 0 else data


async def send(live: Broadcast, phone: Phone, connection: str, *, seconds: float, first: int = 0) -> int:
    """Send at a recorder's pace; the number of the next slice."""
    began, number = time.monotonic(), first
    while (number - first) * SLICE_SECONDS < seconds:
        try:
            await live.slice(connection, number, phone.slice(number))
        except Refused:
            return number
        number += 1
        await asyncio.sleep(max(0.0, began + (number - first) * SLICE_SECONDS - time.monotonic()))
    return number
