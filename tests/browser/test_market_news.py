"""A helper shares the village's market news: picture and message in one tap, the head's voice as a file."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.phone import phone
from tests.browser.steps import open_stall
from tests.browser.test_voice_and_focus import CLEANED_MS, MICROPHONE, SPOKEN_MS
from tests.shop_process import ShopProcess

pytestmark = pytest.mark.browser

SHEET = """
  window.shared = [];
  Object.defineProperty(navigator, "canShare", { configurable: true, value: ({ files }) => files.length > 0 });
  Object.defineProperty(navigator, "share", { configurable: true, value: async ({ files, text }) => {
    shared.push({ name: files[0].name, type: files[0].type, size: files[0].size, text });
  } });
"""


def news(page: Page, demo: ShopProcess) -> None:
    """The page, as a helper reaches it from the village's board."""
    open_stall(page, demo.link("helper"))
    page.get_by_role("link", name="Tin chợ phiên").click()
    page.wait_for_url("**/digest")


def test_picture_and_message_go_out_in_one_tap_as_they_were_mended(chromium: Browser, demo: ShopProcess) -> None:
    with phone(chromium) as page:
        page.context.add_init_script(SHEET)
        news(page, demo)
        page.get_by_label("Tin cho nhóm Zalo").fill("Chợ phiên hôm nay, bà con xem nhé")
        page.get_by_role("button", name="Chia sẻ ảnh và tin").click()

        (shared,) = page.evaluate("shared")
        assert shared["name"] == "cho-phien-loi.jpg" and shared["type"] == "image/jpeg" and 20_000 < shared["size"] <= 300_000
        assert shared["text"] == "Chợ phiên hôm nay, bà con xem nhé"


def test_what_the_head_reads_out_is_recorded_and_sent_as_m4a(chromium: Browser, demo: ShopProcess) -> None:
    with phone(chromium) as page:
        page.context.add_init_script(SHEET + MICROPHONE)
        news(page, demo)
        expect(page.get_by_role("button", name="Gửi ghi âm")).to_be_hidden()
        page.get_by_role("button", name="Bấm để nói").click()
        expect(page.get_by_role("button", name="Dừng")).to_be_visible()
        page.wait_for_timeout(SPOKEN_MS)
        page.get_by_role("button", name="Dừng").click()
        page.get_by_role("button", name="Gửi ghi âm").click(timeout=CLEANED_MS)

        shared = page.evaluate("shared.at(-1)")
        assert (shared["name"], shared["type"]) == ("cho-phien-loi.m4a", "audio/mp4") and shared["size"] > 5_000
        page.reload()
        expect(page.get_by_role("link", name="Lưu ghi âm")).to_be_visible()


def test_without_a_share_sheet_the_message_is_copied_and_the_picture_saved(chromium: Browser, demo: ShopProcess) -> None:
    with phone(chromium) as page:
        news(page, demo)

        expect(page.get_by_role("button", name="Chép tin")).to_be_visible()
        expect(page.get_by_role("button", name="Chia sẻ ảnh và tin")).to_be_hidden()
        with page.expect_download() as download:
            page.get_by_role("link", name="Lưu ảnh").click()
        assert download.value.suggested_filename == "cho-phien-loi.jpg"


def test_without_script_message_words_and_a_file_field_are_there(chromium: Browser, demo: ShopProcess) -> None:
    with phone(chromium, java_script_enabled=False) as page:
        news(page, demo)

        expect(page.get_by_label("Tin cho nhóm Zalo")).to_contain_text("Chợ phiên Bản Lói")
        expect(page.get_by_role("button", name="Chép tin")).to_be_hidden()
        page.get_by_text("Chọn tệp ghi âm có sẵn").click()
        expect(page.get_by_label("Tệp ghi âm")).to_be_visible()
