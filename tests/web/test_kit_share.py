"""Sharing: one tap where the browser can, the same by hand where it cannot."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.web import kit

pytestmark = pytest.mark.browser

ZALO = ("Mozilla/5.0 (Linux; Android 12; SM-A127F; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
        "Chrome/120.0.0.0 Mobile Safari/537.36 Zalo android/12110610 ZaloTheme/light ZaloLanguage/vi")
IPHONE_ZALO = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Zalo iOS/651"

# The share sheet is the phone's: here it writes down what it was handed, in the order things happened.
SHEET = """
  window.happened = [];
  document.addEventListener('copy', () => happened.push('copied ' + document.activeElement.value));
  Object.defineProperty(navigator, 'canShare', { configurable: true, value: ({ files }) => files.every((one) => one.type === 'image/jpeg') });
  Object.defineProperty(navigator, 'share', { configurable: true, value: async ({ files, text }) => {
    happened.push(`shared ${files[0].name} ${files[0].size} ${text} ${navigator.userActivation.isActive}`);
    if (window.closed_by_person) throw new DOMException('', 'AbortError');
  } });
  document.dispatchEvent(new CustomEvent('live:changed'));
"""


def picture(route: Route) -> kit.Answer | None:
    """Four bytes for the picture."""
    return (200, "image/jpeg", b"\xff\xd8\xff\xd9") if "/photo/" in route.request.url else None


def with_sheet(page: Page) -> None:
    """Give the page a share sheet; what it prepared without one is forgotten."""
    page.evaluate("document.querySelector('[data-share]').prepared = undefined")
    page.evaluate(SHEET)


def test_a_tap_copies_the_caption_and_shares_the_prepared_picture(chromium: Browser) -> None:
    with kit.shown(chromium, kit.render("kit.html", photos=()), answers=picture) as page:
        with_sheet(page)
        page.get_by_label("Lời kèm theo").fill("Bưởi ngon lắm")

        page.get_by_role("button", name="Chia sẻ ảnh").click()

        expect(page.locator("[data-share-said]")).to_have_text("Đã chép lời.")
        assert page.evaluate("happened") == ["copied Bưởi ngon lắm", "shared buoi.jpg 4 Bưởi ngon lắm true"]
        expect(page.get_by_role("link", name="Lưu ảnh")).to_be_hidden()


def test_closing_the_sheet_is_no_failure(chromium: Browser) -> None:
    with kit.shown(chromium, kit.render("kit.html", photos=()), answers=picture) as page:
        with_sheet(page)
        page.evaluate("window.closed_by_person = true")

        page.get_by_role("button", name="Chia sẻ ảnh").click()

        expect(page.locator("[data-share-said]")).to_have_text("Đã chép lời.")
        expect(page.get_by_role("button", name="Chia sẻ ảnh")).to_be_visible()
        expect(page.get_by_role("link", name="Lưu ảnh")).to_be_hidden()


def test_where_files_cannot_be_shared_the_way_by_hand_is_shown(chromium: Browser) -> None:
    with kit.shown(chromium, kit.render("kit.html", photos=()), answers=picture) as page:
        expect(page.get_by_role("link", name="Lưu ảnh")).to_be_visible()
        expect(page.get_by_role("button", name="Chia sẻ ảnh")).to_be_hidden()


def test_inside_zalo_the_page_says_so_and_offers_the_browser(chromium: Browser) -> None:
    with kit.shown(chromium, kit.render("kit.html", photos=()), answers=picture, user_agent=ZALO) as page:
        expect(page.get_by_text("Đang mở trong Zalo.")).to_be_visible()
        expect(page.get_by_text("Bấm dấu ba chấm")).to_be_hidden()
        address = page.get_by_role("link", name="Mở bằng trình duyệt").get_attribute("href")

        assert address == ("intent://cho.phien/dang#Intent;scheme=http;action=android.intent.action.VIEW;"
                           "S.browser_fallback_url=http%3A%2F%2Fcho.phien%2Fdang;end")


def test_an_iphone_gets_words_about_the_menu(chromium: Browser) -> None:
    with kit.shown(chromium, kit.render("kit.html", photos=()), answers=picture, user_agent=IPHONE_ZALO) as page:
        expect(page.get_by_text("Bấm dấu ba chấm")).to_be_visible()
        expect(page.get_by_role("link", name="Mở bằng trình duyệt")).to_be_hidden()


def test_an_ordinary_browser_gets_no_hint(chromium: Browser) -> None:
    with kit.shown(chromium, kit.render("kit.html", photos=()), answers=picture) as page:
        expect(page.get_by_text("Đang mở trong")).to_be_hidden()
