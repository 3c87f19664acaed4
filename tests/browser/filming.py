"""A show as it is planned, filmed and watched in real browsers, step by step."""

from __future__ import annotations

import base64
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser import steps
from tests.conftest import CHROMIUM
from tests.shop_process import ShopProcess

PICTURE_MS = 40_000
SHELVED_MS = 2_500
PINNED_MS = 3_500
# What was missed goes out no faster than this, so that a person can read that it does.
SLOW_LINE = """window.WebSocket = class extends WebSocket {
  send(data) { if (typeof data === 'string') super.send(data); else setTimeout(() => this.readyState === 1 && super.send(data), 1500); }
};"""
REMEMBER = """window.recorded = []; const start = MediaRecorder.prototype.start;
MediaRecorder.prototype.start = function (...how) {
  this.addEventListener('dataavailable', ({ data }) => window.recorded.push(data));
  return start.apply(this, how);
};"""
RECORDED = """() => new Promise((done) => { const reader = new FileReader();
  reader.onload = () => done(reader.result.split(',')[1]); reader.readAsDataURL(new Blob(window.recorded)); })"""
# A phone whose camera answers as `window.answers` says: with an error's name, not until it says something else, or as
# it is. All that it gave are kept.
ODD_CAMERA = """const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
window.answers = 'NotAllowedError';
window.streams = [];
navigator.mediaDevices.getUserMedia = async (wanted) => {
  if (window.answers === 'no microphone' && wanted.audio) throw new DOMException('', 'NotFoundError');
  if (window.answers.endsWith('Error')) throw new DOMException('', window.answers);
  while (window.answers === 'slow') await new Promise((rise) => setTimeout(rise, 50));
  window.streams.push(await ask(wanted));
  return window.streams.at(-1);
};"""
# Sound that waits for a touch, as where pages may not play by themselves.
SHY_SOUND = """window.AudioContext = class extends AudioContext { constructor() { super(); this.suspend(); } };"""
AFTER_A_CALL = """() => { for (const one of window.streams) one.getTracks().forEach((track) => track.stop());
    document.dispatchEvent(new Event('visibilitychange')); }"""
IN_ZALO = ("Mozilla/5.0 (Linux; Android 13; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36 "
           "Zalo android/12080733")
LEFT_ON_THE_PHONE = """async () => { const opened = await new Promise((done) => {
    const asked = indexedDB.open('cho-phien-camera', 1); asked.onsuccess = () => done(asked.result); });
  return new Promise((done) => { const asked = opened.transaction('slices').objectStore('slices').count();
    asked.onsuccess = () => done(asked.result); }); }"""


@contextmanager
def camera_browser(*options: str) -> Iterator[Browser]:
    """A browser with a fake camera and microphone."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[
            *CHROMIUM, "--use-fake-device-for-media-stream=fps=15", "--use-fake-ui-for-media-stream",
            "--autoplay-policy=no-user-gesture-required", *options])
        yield browser
        browser.close()


def plan(farmer: Page, demo: ShopProcess, title: str, goods: tuple[str, ...]) -> str:
    """Plan a show of these goods; its public address. The phone is on the plan's page afterwards."""
    steps.open_stall(farmer, demo.link("household"))
    farmer.get_by_role("link", name="Phát trực tiếp").click()
    farmer.get_by_role("link", name="Hẹn buổi mới").click()
    farmer.get_by_label("Tên buổi").fill(title)
    for number, name in enumerate(goods, 1):
        farmer.get_by_role("checkbox", name=re.compile(name)).first.check()
        if len(goods) > 1:
            farmer.get_by_label(f"{name} bán thứ mấy").first.fill(str(number))
    farmer.get_by_role("button", name="Lưu buổi phát").click()
    link = farmer.locator(".address").get_attribute("href")
    assert link is not None
    return demo.url + link


def until_moving(viewer: Page) -> None:
    """Wait until the picture goes on."""
    viewer.evaluate("""() => { const video = document.querySelector('video');
        window.stoodAt = video.hidden ? 0 : video.currentTime; }""")
    viewer.wait_for_function("""() => { const video = document.querySelector('video');
        return !video.hidden && video.videoWidth > 0 && video.currentTime > window.stoodAt + 0.4; }""", timeout=PICTURE_MS)


def until_on_the_picture(room: Page, link: str, pin: str) -> None:
    """Wait until the card lies over the picture, and long enough for a piece of its own."""
    for _ in range(PICTURE_MS // 500):
        told = room.request.get(f"{link}/control/events", headers={"Accept": "application/json"}).json()["events"]
        if any(one["what"] == "shown" and one["pin"] == pin for one in told):
            return room.wait_for_timeout(PINNED_MS)
        room.wait_for_timeout(500)
    raise AssertionError(told)


def hold_to_end(camera: Page) -> None:
    """End the show from the phone, as a keyboard or a screen reader does."""
    camera.get_by_role("button", name="Giữ để dừng").focus()
    camera.once("dialog", lambda dialog: dialog.accept())
    camera.keyboard.press("Enter")


def seconds_of(path: Path) -> float:
    """How long the pictures of a recording last."""
    with av.open(str(path)) as recording:
        times = [float(packet.pts * packet.time_base) for packet in recording.demux(video=0) if packet.size and packet.pts is not None]
    return max(times) - min(times)


def recorded_so_far(camera: Page) -> bytes:
    """What the phone's recorder has given, once the page has had the time to put it aside."""
    recorded = base64.b64decode(camera.evaluate(RECORDED))
    camera.wait_for_timeout(SHELVED_MS)
    return recorded


def fetched(page: Page, address: str) -> bytes:
    """A file of a show once it is there: what a phone has sent is put in order last."""
    for _ in range(PICTURE_MS // 500):
        answer = page.request.get(address)
        if answer.ok:
            return answer.body()
        page.wait_for_timeout(500)
    raise AssertionError(address)


def reopened(context: BrowserContext, address: str) -> Page:
    """The camera's page in another tab of the same phone, its line slow."""
    page = context.new_page()
    page.add_init_script(SLOW_LINE)
    page.goto(address)
    return page
