"""A phone films (Chromium's fake camera), a viewer watches, the line breaks and comes back; nothing of the recording is lost."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser import steps
from tests.browser.phone import phone
from tests.browser.test_every_page import look_at
from tests.conftest import CHROMIUM
from tests.shop_process import ShopProcess

pytestmark = pytest.mark.browser

PICTURE_MS = 40_000
OUTAGE_MS = 5_000


@pytest.fixture(scope="module")
def filming() -> Iterator[Browser]:
    """A browser whose camera and microphone are Chromium's own fake ones."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[
            *CHROMIUM, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
            "--autoplay-policy=no-user-gesture-required"])
        yield browser
        browser.close()


def is_moving(viewer: Page) -> bool:
    """Whether the picture has gone on since the last look."""
    return bool(viewer.evaluate("""() => { const video = document.querySelector('video');
        const before = window.lastTime ?? 0; window.lastTime = video.currentTime;
        return !video.hidden && video.videoWidth > 0 && video.currentTime > before + 0.2; }"""))


def until_moving(viewer: Page) -> None:
    """Wait for the picture."""
    for _ in range(PICTURE_MS // 500):
        viewer.wait_for_timeout(500)
        if is_moving(viewer):
            return
    raise AssertionError(viewer.evaluate("""async () => { const video = document.querySelector('video');
        const list = await fetch(video.dataset.play);
        return ['the picture does not move', video.currentTime, video.hidden, video.paused, video.readyState, video.videoWidth,
                video.error?.message, list.status, (await list.text()).slice(-300)].join(' ') }"""))


def begin(camera: Page, demo: ShopProcess) -> str:
    """Plan a show and film it; its public address."""
    steps.open_stall(camera, demo.link("household"))
    camera.get_by_role("link", name="Phát trực tiếp").click()
    camera.get_by_role("link", name="Hẹn buổi mới").click()
    camera.get_by_label("Tên buổi").fill("Bưởi mới hái")
    camera.get_by_role("checkbox").first.check()
    camera.get_by_role("button", name="Lưu buổi phát").click()
    camera.get_by_role("link", name=re.compile("Thử máy ảnh")).click()
    expect(camera.get_by_text("Chỉ mình thấy")).to_be_visible()
    camera.get_by_role("button", name="Bắt đầu phát").click()
    expect(camera.locator("[data-badge]")).to_be_visible()
    return camera.url.removesuffix("/camera")


@pytest.mark.parametrize("way", ["as it can", "by Media Source"])
def test_what_the_phone_films_moves_on_the_viewers_page(filming: Browser, demo: ShopProcess, way: str) -> None:
    with phone(filming, permissions=["camera", "microphone"]) as camera, phone(filming) as viewer:
        if way == "by Media Source":
            viewer.add_init_script("HTMLMediaElement.prototype.canPlayType = () => ''")
        link = begin(camera, demo)

        viewer.goto(link)
        until_moving(viewer)
        until_moving(viewer)

        assert camera.evaluate("document.querySelector('[data-trouble]').hidden")
        assert way == "as it can" or "blob:" in str(viewer.evaluate("document.querySelector('video').src"))
        camera.get_by_role("button", name="Giữ để dừng").focus()
        camera.once("dialog", lambda dialog: dialog.accept())
        camera.keyboard.press("Enter")
        expect(camera.get_by_role("heading", name="Hình đã quay")).to_be_visible()


def test_an_outage_is_told_survived_and_sent_later(filming: Browser, demo: ShopProcess) -> None:
    with phone(filming, may_lose_the_line=True, permissions=["camera", "microphone"]) as camera, phone(filming) as viewer:
        link = begin(camera, demo)
        viewer.goto(link)
        until_moving(viewer)

        camera.context.set_offline(True)
        expect(camera.get_by_text("Cứ nói tiếp.")).to_be_visible()
        camera.wait_for_timeout(OUTAGE_MS)
        camera.context.set_offline(False)
        expect(camera.locator("[data-badge]")).to_have_text("Đang phát")
        expect(camera.get_by_text("Cứ nói tiếp.")).to_be_hidden()
        until_moving(viewer)

        assert look_at(camera) == []
        camera.get_by_role("button", name="Tắt sáng").click()
        camera.get_by_text("Chạm để sáng lại").click()
        camera.get_by_role("button", name="Giữ để dừng").focus()
        camera.once("dialog", lambda dialog: dialog.accept())
        camera.keyboard.press("Enter")
        expect(camera.get_by_role("heading", name="Hình đã quay")).to_be_visible()
        expect(viewer.get_by_text("Buổi phát đã hết.")).to_be_visible()
