"""`bench.py live`: CPU beside plain ffmpeg at the same work; memory, late pictures, sound against picture."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import av
import cv2
import numpy as np

import _bench_live_peer as peer
from _bench_live_source import Phone, send
from _bench_live_table import Table, opened, spec_for

RATIO, OFFSET_MS, GROWTH_MB = 1.15, 80.0, 20.0
LAST_SECONDS = 20.0


async def against_ffmpeg(table: Table, work: Path, phone: Phone, minutes: float) -> None:
    """CPU at the same time as ffmpeg's; then memory, late pictures and the sound's place at the end."""
    source, card = work / "source.webm", draw_card(work / "card.png")
    platform = peer.Platform(work / "p1")
    live, ear, listening = await opened(work / "ours", "veryfast")
    await live.destination("p", platform.url("ours"))
    await live.pin(card, "A1")
    ffmpeg = peer.start_ffmpeg(
        spec_for(work, "veryfast"), source, work / "card.png", work / "theirs", platform.url("theirs"))
    sending = asyncio.create_task(send(live, phone, "phone", seconds=minutes * 60 + 6))
    await asyncio.sleep(4)
    assert live.pid
    ours = [live.pid, *peer.children("media.live.push")]
    begun = peer.cpu_seconds(ours), peer.cpu_seconds([ffmpeg.pid]), time.process_time(), time.monotonic()
    memory = await _memory_mb(live.pid, minutes * 60)
    taken = time.monotonic() - begun[3]
    engine, server = peer.cpu_seconds(ours) - begun[0], time.process_time() - begun[2]
    theirs = peer.cpu_seconds([ffmpeg.pid]) - begun[1]
    ffmpeg.kill()
    ffmpeg.wait()
    await sending
    await live.end()
    await listening
    platform.stop()
    print(f"  of one core: engine {engine / taken:.0%}, server and sender {server / taken:.0%}, "
          f"ffmpeg {theirs / taken:.0%}; worker {min(memory):.0f} to {max(memory):.0f} MB")
    table.row("CPU of engine and sending ÷ plain ffmpeg", engine / theirs, "", RATIO)
    table.row(f"memory in {minutes:g} min above the warm worker's, most", max(memory) - memory[0], "MB", GROWTH_MB)
    table.row(f"late pictures in {minutes:g} min, beside ffmpeg", ear.late, "", 0)
    table.row("sound from picture in the recording's last 20 s, worst",
              offset_ms(work / "ours" / "recording-1.mp4"), "ms", OFFSET_MS)


async def _memory_mb(pid: int, seconds: float) -> list[float]:
    """What the worker held, looked at every five seconds; first when it had warmed up: after a minute, or a quarter
    of a shorter run."""
    await asyncio.sleep(min(60.0, seconds / 4))
    until, found = time.monotonic() + seconds - min(60.0, seconds / 4), []
    while time.monotonic() < until:
        found.append(peer.memory_mb(pid))
        await asyncio.sleep(min(5.0, max(0.0, until - time.monotonic())))
    return found


def offset_ms(recording: Path) -> float:
    """The largest distance between a flash and its tone at the end of a recording."""
    with av.open(str(recording)) as file:
        end = max(float(packet.pts * packet.time_base) for packet in file.demux(video=0) if packet.pts is not None)
    flashes: list[float] = []
    tones: list[float] = []
    was_bright = was_loud = True
    with av.open(str(recording)) as file:
        if end > 2 * LAST_SECONDS:
            file.seek(round((end - 1.5 * LAST_SECONDS) * av.time_base))
        for frame in file.decode(video=0, audio=0):
            assert frame.time is not None
            if isinstance(frame, av.VideoFrame):
                rows = np.frombuffer(frame.planes[0], np.uint8).reshape(-1, frame.planes[0].line_size)
                bright = float(rows[20:80, 20:80].mean()) > 128
                if bright and not was_bright:
                    flashes.append(frame.time)
                was_bright = bright
                continue
            sound = np.abs(frame.to_ndarray()[0])
            loud = bool(sound.max() > 0.1)
            if loud and not was_loud:
                tones.append(frame.time + int(np.argmax(sound > 0.1)) / frame.sample_rate)
            was_loud = loud
    last = [flash for flash in flashes if flash > flashes[-1] - LAST_SECONDS]
    return max(min(abs(tone - flash) for tone in tones) for flash in last) * 1000


def draw_card(path: Path) -> bytes:
    pixels = np.full((140, 440, 4), (60, 90, 20, 235), np.uint8)
    cv2.putText(pixels, "A1 170.000", (20, 90), cv2.FONT_HERSHEY_SIMPLEX, 2, (255, 255, 255, 255), 4)
    cv2.imwrite(str(path), pixels)
    return path.read_bytes()
