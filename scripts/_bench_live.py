"""`bench.py live`: a live against plain ffmpeg at the same work, through outages and broken platforms."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import av
import cv2
import numpy as np

import _bench_live_peer as peer
from _bench_live_source import FPS, SIZE, SLICE_SECONDS, Phone, record, send
from media.live.spec import DestinationState, Event, LiveSpec, OnAir, Slate, Stats
from media.live.supervisor import Broadcast

RATIO, SLATE_S, BACK_S, GAP_MS, LIVES, OFFSET_MS, GROWTH_MB = 1.15, 1.5, 1.0, 100.0, 8, 80.0, 20.0


@dataclass(slots=True)
class Table:
    """Figures beside their limits."""

    failed: int = 0

    def row(self, name: str, value: float, unit: str, limit: float, *, least: bool = False) -> None:
        kept = value >= limit if least else value <= limit
        self.failed += not kept
        bound = "at least" if least else "at most"
        print(f"{name:<58} {value:8.2f} {unit:<5} {bound} {limit:g}{'' if kept else '   NOT KEPT'}", flush=True)


@dataclass(slots=True)
class Ear:
    """Events with the moment at which each was heard."""

    heard: list[tuple[float, Event]] = field(default_factory=list)

    async def listen(self, live: Broadcast) -> None:
        async for event in live.events():
            self.heard.append((time.monotonic(), event))

    async def after(self, since: float, kind: type[Event], state: str = "") -> float:
        """Seconds from `since` to the first such event; 20 when there is none."""
        while time.monotonic() - since < 20:
            for moment, event in self.heard:
                if moment >= since and isinstance(event, kind) and getattr(event, "state", "") == state:
                    return moment - since
            await asyncio.sleep(0.02)
        return 20.0

    @property
    def late(self) -> int:
        return max((event.late for _, event in self.heard if isinstance(event, Stats)), default=0)


def spec_for(folder: Path, preset: str) -> LiveSpec:
    return LiveSpec(folder, width_px=SIZE[0], height_px=SIZE[1], fps=FPS, video_rate=1_000_000, preset=preset)


def draw_card(path: Path) -> bytes:
    pixels = np.full((140, 440, 4), (60, 90, 20, 235), np.uint8)
    cv2.putText(pixels, "A1 170.000", (20, 90), cv2.FONT_HERSHEY_SIMPLEX, 2, (255, 255, 255, 255), 4)
    cv2.imwrite(str(path), pixels)
    return path.read_bytes()


async def opened(folder: Path, preset: str) -> tuple[Broadcast, Ear, asyncio.Task[None]]:
    live, ear = await Broadcast.open(spec_for(folder, preset)), Ear()
    return live, ear, asyncio.create_task(ear.listen(live))


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
    memory = peer.memory_mb(live.pid)
    await asyncio.sleep(minutes * 60)
    taken = time.monotonic() - begun[3]
    engine, server = peer.cpu_seconds(ours) - begun[0], time.process_time() - begun[2]
    theirs = peer.cpu_seconds([ffmpeg.pid]) - begun[1]
    grown = peer.memory_mb(live.pid) - memory
    ffmpeg.kill()
    ffmpeg.wait()
    await sending
    await live.end()
    await listening
    platform.stop()
    print(f"  of one core: engine {engine / taken:.0%}, server and sender {server / taken:.0%}, "
          f"ffmpeg {theirs / taken:.0%}; worker {memory:.0f} MB")
    table.row("CPU of engine and sending ÷ plain ffmpeg", engine / theirs, "", RATIO)
    table.row(f"memory grown in {minutes:g} min", grown, "MB", GROWTH_MB)
    table.row(f"late pictures in {minutes:g} min, beside ffmpeg", ear.late, "", 0)
    table.row("sound from picture in the recording's last 20 s, worst",
              offset_ms(work / "ours" / "recording-1.mp4"), "ms", OFFSET_MS)


def offset_ms(recording: Path) -> float:
    """The largest distance between a flash and its tone at the end of a recording."""
    flashes: list[float] = []
    tones: list[float] = []
    was_bright = was_loud = True
    with av.open(str(recording)) as file:
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
    last = [flash for flash in flashes if flash > flashes[-1] - 20]
    return max(min(abs(tone - flash) for tone in tones) for flash in last) * 1000


async def through_outages(table: Table, work: Path, phone: Phone, rounds: int) -> None:
    """The slate, the picture's return, and what the phone's own recording lost."""
    live, ear, listening = await opened(work / "outage", "ultrafast")
    number = await send(live, phone, "phone/0", seconds=3)
    slates, returns, missing = [], [], []
    for turn in range(1, rounds + 1):
        slates.append(await ear.after(time.monotonic(), Slate))
        away = 7 + 3 * turn  # the key pictures' second is met at another place each time
        missing += range(number, number + away)
        await asyncio.sleep(0.5)
        back = time.monotonic()
        sending = asyncio.create_task(send(live, phone, f"phone/{turn}", seconds=3, first=number + away))
        returns.append(await ear.after(back, OnAir))
        number = await sending
    for late in missing:
        await live.slice("phone/late", late, phone.slice(late))
    await live.end()
    await listening
    whole = b"".join(phone.slice(at) for at in range(number))
    (work / "whole.webm").write_bytes(whole)
    table.row("slate after the phone's network is lost, worst", max(slates), "s", SLATE_S)
    table.row("picture after it is back, worst", max(returns), "s", BACK_S)
    table.row("pictures lost in the original after back-fill",
              pictures(work / "whole.webm") - pictures(work / "outage" / "original-phone.webm"), "", 0)


def pictures(path: Path) -> int:
    with av.open(str(path)) as file:
        return sum(1 for _ in file.decode(video=0))


async def through_platforms(table: Table, work: Path, phone: Phone) -> None:
    """A healthy platform while another hangs, is killed, and while the worker is killed."""
    good, bad = peer.Platform(work / "good"), peer.Platform(work / "bad")
    live, ear, listening = await opened(work / "platforms", "ultrafast")
    sending = asyncio.create_task(send(live, phone, "phone", seconds=60))
    since = time.monotonic()
    await live.destination("good", good.url("x"))
    await live.destination("bad", bad.url("x"))
    while not (good.folder / "x.flv").exists():
        await asyncio.sleep(0.1)
    await asyncio.sleep(3)
    received = good.folder / "x.flv"
    for name, harm in (("nothing happens", lambda: None), ("another hangs", bad.hang), ("another is killed", bad.stop)):
        watching = asyncio.create_task(asyncio.to_thread(peer.gap_ms, received, 10))
        await asyncio.sleep(1)
        harm()
        table.row(f"longest gap at a healthy platform while {name}", await watching, "ms", GAP_MS)
    assert live.pid
    watching = asyncio.create_task(asyncio.to_thread(peer.gap_ms, received, 6))
    await asyncio.sleep(1)
    os.kill(live.pid, 9)
    table.row("gap at a platform when the worker is killed", await watching, "ms", 1500)
    dropped = sum(isinstance(event, DestinationState) and event.id == "good" and event.state == "waiting"
                  for moment, event in ear.heard if moment > since)
    table.row("sessions dropped at the healthy platform", dropped, "", 0)
    sending.cancel()
    await live.end()
    await listening
    good.stop()


async def many(table: Table, work: Path, phone: Phone, minutes: float) -> None:
    """Eight lives at once."""
    lives = [await opened(work / f"many-{number}", "ultrafast") for number in range(LIVES)]
    began = sum(os.times()[:4])
    await asyncio.gather(*(send(live, phone, "phone", seconds=minutes * 60) for live, _, _ in lives))
    cores = (sum(os.times()[:4]) - began) / (minutes * 60)
    late = [ear.late for _, ear, _ in lives]
    pids = [live.pid for live, _, _ in lives if live.pid]
    used = peer.cpu_seconds(pids) / (minutes * 60) / len(pids)
    for live, _, listening in lives:
        await live.end()
        await listening
    print(f"  each worker {used:.0%} of a core; the server and sender {cores:.0%}; late by live {late}")
    table.row(f"lives of 480p30 at once for {minutes:g} min without a late picture", sum(not each for each in late),
              "", LIVES, least=True)


def run(rounds: int, minutes: float) -> int:
    """0 when every figure keeps its limit."""
    if not peer.is_there():
        print("bench.py live needs: apt-get install nginx libnginx-mod-rtmp", file=sys.stderr)
        return 2
    work = Path(tempfile.mkdtemp(prefix="live-"))
    table = Table()
    try:
        record(work / "source.webm")
        phone = Phone(work / "source.webm")
        print(f"{SIZE[0]}×{SIZE[1]}, {FPS} a second, VP8 and Opus in slices of {SLICE_SECONDS * 1000:g} ms")
        for part in (against_ffmpeg(table, work, phone, minutes), through_outages(table, work, phone, rounds),
                     through_platforms(table, work, phone), many(table, work, phone, minutes)):
            asyncio.run(part)
            print(f"  the machine's load meanwhile: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    finally:
        peer.Platform.stop_all()
        shutil.rmtree(work, ignore_errors=True)
    return int(table.failed > 0)
