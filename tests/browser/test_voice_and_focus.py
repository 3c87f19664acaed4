"""Speaking for the clip and tapping where to look, in a real browser; only the microphone is played."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.phone import phone
from tests.browser.steps import fill_goods, open_stall, pick_photos
from tests.shop_process import ShopProcess

pytestmark = pytest.mark.browser

MICROPHONE = """navigator.mediaDevices.getUserMedia = async () => {
  const sound = new AudioContext(), throat = sound.createOscillator(), mouth = sound.createGain()
  const syllables = sound.createOscillator(), room = sound.createMediaStreamDestination()
  throat.type = "sawtooth"; throat.frequency.value = 140; mouth.gain.value = .2
  syllables.frequency.value = 4; syllables.connect(mouth.gain)
  throat.connect(mouth); mouth.connect(room); throat.start(); syllables.start()
  return room.stream
}"""
"""A voice of 140 Hz in four syllables a second, as a stream that MediaRecorder takes for a microphone's."""

SPOKEN_MS = 2500
CLEANED_MS = 20_000


def listed(page: Page, demo: ShopProcess, photo: Path) -> str:
    """The address of a fresh listing's page."""
    open_stall(page, demo.link("household"))
    page.goto(page.url.rstrip("/") + "/sell")
    pick_photos(page, photo)
    fill_goods(page)
    page.get_by_role("button", name="Đăng hàng").click()
    page.wait_for_url("**/listings/*")
    return page.url


def test_a_farmer_speaks_for_the_clip_and_hears_it(chromium: Browser, demo: ShopProcess, photo: Path) -> None:
    with phone(chromium) as page:
        page.context.add_init_script(MICROPHONE)
        listing = listed(page, demo, photo)
        page.get_by_role("link", name="Nói", exact=True).click()
        page.get_by_role("button", name="Bấm để nói").click()
        expect(page.get_by_role("button", name="Dừng")).to_be_visible()
        page.wait_for_timeout(SPOKEN_MS)
        page.get_by_role("button", name="Dừng").click()

        expect(page.get_by_role("button", name="Nói lại")).to_be_visible(timeout=CLEANED_MS)
        expect(page.get_by_text("Đã có giọng nói.")).to_be_visible()
        seconds = page.evaluate("""() => new Promise(known => { const player = document.querySelector("audio")
            player.addEventListener("loadedmetadata", () => known(player.duration)); player.load() })""")
        assert 1.5 < seconds < 4
        page.get_by_label("Lời nói viết ra").fill("Bưởi nhà em hái sáng nay.")
        page.get_by_role("button", name="Xong").click()
        page.wait_for_url(listing)
        expect(page.get_by_role("link", name="Nghe", exact=True)).to_be_visible()


def test_a_refused_microphone_is_told_and_a_file_still_does(chromium: Browser, demo: ShopProcess, photo: Path) -> None:
    with phone(chromium) as page:
        page.context.add_init_script("navigator.mediaDevices.getUserMedia = async () => { throw new Error }")
        page.goto(listed(page, demo, photo) + "/voice")
        page.get_by_role("button", name="Bấm để nói").click()

        expect(page.get_by_text("Máy chưa cho thu âm.")).to_be_visible()
        expect(page.get_by_label("Hoặc chọn tệp ghi âm")).to_be_visible()


@pytest.mark.parametrize("has_script", [True, False])
def test_a_tap_on_the_photo_is_kept(chromium: Browser, demo: ShopProcess, photo: Path, has_script: bool) -> None:
    with phone(chromium) as page:
        listing = listed(page, demo, photo)
        cookies = page.context.cookies()
    with phone(chromium, java_script_enabled=has_script) as page:
        page.context.add_cookies(cookies)
        page.goto(listing + "/focus")
        image = page.locator(".target input[type=image]")
        for _ in range(20):
            if image.count():
                break
            page.wait_for_timeout(500)
            page.reload()
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            image.click(position={"x": 70, "y": 100})

        page.goto(listing + "/focus")
        assert page.locator(".target svg g").get_attribute("transform") in ("translate(70 100)", "translate(70 99)")
