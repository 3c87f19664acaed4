"""`bench.py live --only uplink`: a real browser films over a line slower than its recorder; how much of the time viewers
see the picture move, and whether the rest comes later."""

from __future__ import annotations

import json
import shutil
import time
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import av
import cv2
import numpy as np
from PIL import Image
from playwright.sync_api import Page

from _bench_live_table import Table
from tests.browser import steps
from tests.browser.filming import LEFT_ON_THE_PHONE, camera_browser, hold_to_end, plan
from tests.browser.phone import phone
from tests.browser.relay import Relay, never, relay
from tests.shop_process import ShopProcess, running_shop

RECORDER_MBITS = 1.26
"""What the page's recorder gives at first, picture and sound."""

UPLINKS = {0.8: 90.0, 0.6: 80.0}
"""Mbit/s, and the least share of half seconds in which the picture moves."""

_SECONDS = 60
_STILL = 1.0
# A slow machine's browser needs a while until it records, and the shop until all is written.
_SETTLE_MS, _CATCH_UP_SECONDS, _OVER_MS = 5_000, 60, 60_000
# VP8: the codec that Chromium without a phone's chip brings down to the rate that it is asked for.
_VP8 = "const knows = MediaRecorder.isTypeSupported; MediaRecorder.isTypeSupported = (kind) => !kind.includes('h264') && knows(kind);"


def by_slow_lines(table: Table, work: Path) -> None:
    """One show a line, its camera so busy that the recorder gives all that it may."""
    film = _busy(work / "busy.mjpeg")
    for mbits, least in UPLINKS.items():
        folder = work / f"uplink-{mbits:g}"
        with (camera_browser(f"--use-file-for-fake-video-capture={film}") as browser,
              running_shop(folder / "data", "--demo", "--no-limits") as demo, relay(demo, never) as line,
              phone(browser, may_lose_the_line=True, permissions=["camera", "microphone"]) as camera):
            begin, end = _film(camera, demo, line, mbits)
            moved, seconds = _moving(folder / "data", begin, end), _caught_up(camera, line)
            hold_to_end(camera)
            camera.get_by_role("heading", name="Hình đã quay").wait_for(timeout=_OVER_MS)
            left = camera.evaluate(LEFT_ON_THE_PHONE)
        table.row(f"{mbits:g} Mbit/s for a recorder of {RECORDER_MBITS:g}: the picture moved in", moved, "%", least, least=True)
        table.row("  slices left on the phone after the show", left, "", 0)
        print(f"  the rest was sent {seconds:.0f} s after the line was free")
        shutil.rmtree(folder)


def _film(camera: Page, demo: ShopProcess, line: Relay, mbits: float) -> tuple[float, float]:
    """From when to when the line was slow, in seconds since 1970."""
    link = plan(camera, demo, "Mạng vùng cao", ("Bưởi da xanh",))
    camera.add_init_script(_VP8)
    steps.open_stall(camera, line.url + urlsplit(demo.link("household")).path)
    camera.goto(line.url + urlsplit(link).path + "/camera")
    camera.get_by_role("button", name="Bắt đầu phát").click()
    camera.locator("[data-badge]").wait_for()
    camera.wait_for_timeout(_SETTLE_MS)
    begin, line.up_rate = time.time(), mbits * 1e6 / 8
    camera.wait_for_timeout(_SECONDS * 1000)
    return begin, time.time()


def _caught_up(camera: Page, line: Relay) -> float:
    """Seconds until nothing waits on the phone any more, on a line that carries everything."""
    line.up_rate, begin = 0.0, time.monotonic()
    while time.monotonic() - begin < _CATCH_UP_SECONDS and camera.locator("[data-rest]").is_visible():
        camera.wait_for_timeout(250)
    return time.monotonic() - begin


def _moving(data: Path, begin: float, end: float) -> float:
    """The share of half seconds with a picture that differs from the one before, in percent."""
    (folder,) = (data / "live").iterdir()
    zero = float(json.loads((folder / "broadcast.json").read_text())["zero"])
    seen: list[tuple[float, np.ndarray]] = []
    for path in sorted(folder.glob("recording-*.mp4")):
        with av.open(str(path)) as recording:
            for frame in recording.decode(video=0):
                if frame.time is not None and begin - zero <= frame.time < end - zero - 2:
                    small = cv2.resize(frame.to_ndarray(format="gray"), (90, 160), interpolation=cv2.INTER_AREA)
                    seen.append((frame.time, small))
    moved = {int(late[0] * 2) for soon, late in pairwise(seen)
             if float(np.abs(soon[1].astype(int) - late[1]).mean()) > _STILL}
    every = range(int(seen[0][0] * 2) + 1, int(seen[-1][0] * 2))
    return 100 * len(moved.intersection(every)) / len(every)


def _busy(path: Path) -> Path:
    chance = np.random.default_rng(1)
    with path.open("wb") as file:
        for _ in range(30):
            Image.fromarray(chance.integers(0, 255, (60, 80, 3), dtype=np.uint8)).resize((320, 240)).save(file, "JPEG")
    return path
