"""Two phones film one show: what comes late on the first, after a call or from its camera, takes nothing from the second."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, WebSocket, expect

from tests.browser import steps
from tests.browser.filming import AFTER_A_CALL, ODD_CAMERA, PICTURE_MS, SHY_SOUND, hold_to_end, plan
from tests.browser.phone import phone
from tests.browser.test_live_show import filming as filming
from tests.browser.test_live_show import patience as patience
from tests.shop_process import ShopProcess

pytestmark = pytest.mark.browser

FILMED_MS = 1_500
OPEN_CAMERAS = "() => window.streams.filter((one) => one.active).length"
ONE_IS_OPEN = "(before) => window.streams.length > before && window.streams.filter((one) => one.active).length === 1"
NONE_IS_OPEN = "(before) => window.streams.length > before && !window.streams.some((one) => one.active)"


def until_filming(page: Page, press: str) -> None:
    """Press, and wait until the shop has a slice of this phone."""
    acked: list[str] = []

    def hear(socket: WebSocket) -> None:
        socket.on("framereceived", lambda said: acked.append(str(said)) if '"ack"' in str(said) else None)

    page.once("websocket", hear)
    page.get_by_role("button", name=press).click()
    while not acked:
        page.wait_for_timeout(100)


def test_a_camera_that_opens_late_leaves_the_picture_to_who_films(filming: Browser, demo: ShopProcess) -> None:
    with (phone(filming, may_lose_the_line=True, permissions=["camera", "microphone"]) as first,
          phone(filming, permissions=["camera", "microphone"]) as second):
        for script in (ODD_CAMERA, SHY_SOUND, "window.answers = ''"):
            first.add_init_script(script)
        first.goto(f"{plan(first, demo, 'Hai máy', ('Bưởi da xanh',))}/camera")
        steps.open_stall(second, demo.link("helper"))
        taken, turned = first.get_by_text("Máy khác đang quay."), first.get_by_role("button", name="Đổi máy ảnh")

        # The first press wakes the bars of the sound.
        until_filming(first, "Bắt đầu phát")
        first.wait_for_function("() => document.querySelector('.level .on')")

        # A call comes, its line is lost, and the second phone takes over; back from it the first leaves it so.
        first.context.set_offline(True)
        second.goto(first.url)
        until_filming(second, "Bắt đầu quay")
        first.evaluate(AFTER_A_CALL)
        first.wait_for_timeout(FILMED_MS)
        first.context.set_offline(False)
        expect(taken).to_be_visible(timeout=PICTURE_MS)
        expect(second.locator("[data-trouble]")).to_be_hidden()

        # Pressed twice, the camera is turned once.
        first.get_by_role("button", name="Quay tiếp").click()
        expect(second.get_by_text("Máy khác đang quay.")).to_be_visible(timeout=PICTURE_MS)
        opened = first.evaluate("window.streams.length")
        turned.dblclick()
        first.wait_for_function(ONE_IS_OPEN, arg=opened)
        first.wait_for_timeout(FILMED_MS)
        assert first.evaluate(OPEN_CAMERAS) == 1

        # The second phone takes over while the first one's camera is being opened behind its dark screen.
        first.evaluate("window.answers = 'slow'")
        turned.click()
        first.get_by_role("button", name="Tắt sáng").click()
        second.get_by_role("button", name="Quay tiếp").click()
        expect(taken).to_be_visible(timeout=PICTURE_MS)
        expect(first.locator("[data-saver]")).to_be_hidden()
        opened = first.evaluate("window.streams.length")
        first.evaluate("window.answers = ''")
        first.wait_for_function(NONE_IS_OPEN, arg=opened)
        expect(taken).to_be_visible()
        expect(second.locator("[data-trouble]")).to_be_hidden()

        # While the end waits for a line, the camera stays closed.
        first.get_by_role("button", name="Quay tiếp").click()
        expect(second.get_by_text("Máy khác đang quay.")).to_be_visible(timeout=PICTURE_MS)
        first.context.set_offline(True)
        hold_to_end(first)
        turned.click()
        first.wait_for_timeout(FILMED_MS)
        assert first.evaluate(OPEN_CAMERAS) == 0
        first.context.set_offline(False)
        expect(first.get_by_role("heading", name="Hình đã quay")).to_be_visible(timeout=PICTURE_MS)
