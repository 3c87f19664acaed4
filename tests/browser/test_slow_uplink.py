"""A phone that films over a line slower than its recorder: the picture stays on air, and what was missed comes later."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.browser import steps
from tests.browser.filming import LEFT_ON_THE_PHONE, PICTURE_MS, camera_browser, fetched, hold_to_end, plan, until_moving
from tests.browser.phone import phone
from tests.browser.relay import never, relay
from tests.browser.test_live_show import patience as patience
from tests.shop_process import ShopProcess

pytestmark = pytest.mark.browser

SLOW_BYTES = 650_000 / 8
"""A second, where the recorder gives 1.26 Mbit at first."""

# VP8: the codec that Chromium without a phone's chip brings down to the rate that it is asked for.
# Tells what each recorder gives, and each line's first words.
NOTES = """const knows = MediaRecorder.isTypeSupported;
MediaRecorder.isTypeSupported = (kind) => !kind.includes('h264') && knows(kind);
let recorders = 0; const start = MediaRecorder.prototype.start;
MediaRecorder.prototype.start = function (...how) {
  const number = recorders++;
  this.addEventListener('dataavailable', ({ data }) => window.gave(number, this.videoBitsPerSecond, data.size));
  return start.apply(this, how);
};
window.WebSocket = class extends WebSocket {
  send(data) { super.send(data); if (typeof data === 'string') window.dialled(data); }
};"""
# 96 slices of half a megabyte, written down after every 16: how many are in memory then, and which come back.
MUCH_TO_KEEP = """async () => {
  const at = (name) => document.querySelector(`link[rel=modulepreload][href*="/${name}"]`).href;
  const [{ Take }, { Shelf }] = await Promise.all([import(at('takes')), import(at('shelf'))]);
  const shelf = new Shelf('much'), take = new Take(shelf), back = new Set();
  for (let number = 0; number < 96; number++) {
    take.keep(number, new Uint8Array(500000).fill(number).buffer);
    if (number % 16 === 15) await shelf.write();
  }
  const inMemory = take.kept.size;
  for (let turns = 0; take.waiting && turns < 20; turns++) {
    for (const [number, { framed }] of [...take.kept]) {
      if (framed.byteLength === 500004 && framed.at(-1) === number) back.add(number);
      take.forget(number);
    }
    await take.refill();
  }
  await shelf.write();
  return [inMemory, back.size];
}"""


@pytest.fixture(scope="module")
def filming(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser whose camera shows so much that every recorder gives all that it may."""
    path, chance = tmp_path_factory.mktemp("camera") / "busy.mjpeg", np.random.default_rng(1)
    with path.open("wb") as file:
        for _ in range(30):
            Image.fromarray(chance.integers(0, 255, (60, 80, 3), dtype=np.uint8)).resize((320, 240)).save(file, "JPEG")
    with camera_browser(f"--use-file-for-fake-video-capture={path}") as browser:
        yield browser


def test_a_line_slower_than_the_recorder_keeps_the_picture_on_air_and_loses_nothing(
    filming: Browser, demo: ShopProcess
) -> None:
    gave: Counter[int] = Counter()
    rates: dict[int, int] = {}
    dialled: list[dict[str, Any]] = []

    def hear(number: int, rate: int, size: int) -> None:
        gave[number] += size
        rates[number] = rate

    with (relay(demo, never) as line,
          phone(filming, may_lose_the_line=True, permissions=["camera", "microphone"]) as camera,
          phone(filming) as viewer):
        link = plan(camera, demo, "Mạng vùng cao", ("Bưởi da xanh",))
        camera.expose_function("gave", hear)
        camera.expose_function("dialled", lambda said: dialled.append(json.loads(said)))
        camera.add_init_script(NOTES)
        steps.open_stall(camera, line.url + urlsplit(demo.link("household")).path)
        camera.goto(line.url + urlsplit(link).path + "/camera")
        camera.get_by_role("button", name="Bắt đầu phát").click()
        expect(camera.locator("[data-badge]")).to_be_visible()
        viewer.goto(link)
        until_moving(viewer)

        # Another recorder begins that gives less, over the next line, and the picture goes on.
        line.up_rate = SLOW_BYTES
        expect(camera.get_by_text("Mạng chậm, người xem thấy hình giật.")).to_be_visible()
        for _ in range(PICTURE_MS // 500):
            if len(gave) > 1:
                break
            camera.wait_for_timeout(500)
        until_moving(viewer)

        # With more room the rest goes too.
        line.up_rate = 0
        expect(camera.locator("[data-rest]")).to_be_hidden(timeout=PICTURE_MS)
        hold_to_end(camera)
        expect(camera.get_by_role("heading", name="Hình đã quay")).to_be_visible()

        lines = [said["recorder"] for said in dialled if not said["late"]]
        assert len(rates) > 1 and list(rates.values()) == [1_200_000, 600_000, 300_000][: len(rates)]
        assert len(lines) == len(set(lines)) == len(rates)
        assert camera.evaluate(LEFT_ON_THE_PHONE) == 0
        kept = [len(fetched(camera, f"{camera.url}/originals/{number}")) for number in range(len(gave))]
        assert sorted(kept) == sorted(gave.values())


def test_what_waits_for_long_is_on_the_phones_disk_and_not_in_its_memory(filming: Browser, demo: ShopProcess) -> None:
    with phone(filming, permissions=["camera", "microphone"]) as camera:
        camera.goto(f"{plan(camera, demo, 'Chờ mạng', ('Bưởi da xanh',))}/camera")

        in_memory, came_back = camera.evaluate(MUCH_TO_KEEP)

        assert in_memory < 70 and came_back == 96
