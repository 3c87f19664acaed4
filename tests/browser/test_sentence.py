"""Photo, one sentence, at most five taps: a listing is on the stall."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.phone import phone
from tests.browser.steps import open_stall, pick_photos
from tests.shop_process import ShopProcess

pytestmark = pytest.mark.browser

SAID = "bưởi da xanh hai mươi lăm nghìn một cân còn tám chục cân lấy ở bản Lói"
SPEECH = """window.SpeechRecognition = class {
  start() { setTimeout(() => { this.onresult({ results: [[{ transcript: %r }]] }); this.onend() }, 50) }
}""" % SAID
"""Stands for the recogniser of the browser's maker, which is a service on the network."""


def selling(page: Page, demo: ShopProcess) -> None:
    open_stall(page, demo.link("household"))
    page.goto(page.url.rstrip("/") + "/sell")


def test_a_photo_and_a_spoken_sentence_make_a_listing_in_five_taps(chromium: Browser, demo: ShopProcess, photo: Path) -> None:
    with phone(chromium) as page:
        page.context.add_init_script(SPEECH)
        page.context.add_init_script("window.taps = 0; addEventListener('click', event => event.isTrusted && window.taps++, true)")
        selling(page, demo)
        pick_photos(page, photo)
        page.get_by_role("button", name="Nói").tap()
        expect(page.get_by_text("25.000đ / kg")).to_be_visible()
        taps = page.evaluate("window.taps")
        page.get_by_role("button", name="Đăng hàng").tap()
        page.wait_for_url("**/listings/*")

        assert taps + 1 + 3 <= 5, "beside those on this page, a phone's camera takes three"
        expect(page.get_by_text("25.000đ/kg").first).to_be_visible()
        expect(page.get_by_text("Còn 80 kg").first).to_be_visible()


def test_what_was_typed_by_hand_is_not_overwritten_and_a_row_leads_to_its_field(chromium: Browser, demo: ShopProcess) -> None:
    with phone(chromium) as page:
        selling(page, demo)
        page.get_by_label("Tên", exact=True).fill("Bưởi nhà bà Lả")
        page.get_by_label("Nói hoặc gõ một câu").fill(SAID)
        expect(page.get_by_text("25.000đ / kg")).to_be_visible()

        assert page.get_by_label("Tên", exact=True).input_value() == "Bưởi nhà bà Lả"
        assert page.locator("[name=kind]:checked").get_attribute("value") == "grapefruit"
        page.get_by_role("link", name="Giá").tap()
        expect(page.locator("#price")).to_be_focused()


def test_a_sentence_said_anew_takes_its_own_words_back(chromium: Browser, demo: ShopProcess) -> None:
    with phone(chromium) as page:
        selling(page, demo)
        box = page.get_by_label("Nói hoặc gõ một câu")
        box.fill(SAID)
        expect(page.locator("#stock")).to_have_value("80")
        box.fill("xoài keo 18 nghìn một ký")

        expect(page.locator("#price")).to_have_value("18.000")
        expect(page.locator("#stock")).to_have_value("")
        expect(page.get_by_label("Tên", exact=True)).to_have_value("Xoài keo")


def test_a_rarer_unit_is_chosen_and_seen(chromium: Browser, demo: ShopProcess) -> None:
    with phone(chromium) as page:
        selling(page, demo)
        page.get_by_label("Nói hoặc gõ một câu").fill("mật ong rừng 350 nghìn một lít còn 20 lít")

        expect(page.locator("label.pick", has_text="lít")).to_be_visible()
        expect(page.locator("[name=unit][value=lít]")).to_be_checked()


def test_dried_meats_days_are_filled_from_the_sentence(chromium: Browser, demo: ShopProcess) -> None:
    with phone(chromium) as page:
        selling(page, demo)
        page.get_by_label("Nói hoặc gõ một câu").fill("trâu gác bếp 900k một cân còn 5 cân đóng gói 15/11/2026 hạn dùng 15/5/2027 thành phần thịt trâu, muối")

        expect(page.locator("#packed_on")).to_have_value("2026-11-15")
        expect(page.locator("#best_before")).to_have_value("2027-05-15")
        expect(page.locator("#ingredients")).to_have_value("thịt trâu, muối")
        expect(page.get_by_text("15/05/2027")).to_be_visible()


def test_without_a_network_the_fields_are_still_there(chromium: Browser, demo: ShopProcess) -> None:
    with phone(chromium, may_lose_the_line=True) as page:
        selling(page, demo)
        page.context.set_offline(True)
        page.get_by_label("Nói hoặc gõ một câu").fill(SAID)
        page.wait_for_timeout(1200)
        page.context.set_offline(False)

        assert page.get_by_label("Nói hoặc gõ một câu").input_value() == SAID
        expect(page.locator("#price")).to_be_editable()


def test_old_communes_are_suggested_by_their_name_of_today(chromium: Browser, demo: ShopProcess) -> None:
    with phone(chromium) as page:
        selling(page, demo)
        page.locator("#place").focus()

        expect(page.locator("datalist option[label^='xã Ẳng Tở']")).to_have_attribute("value", "xã Búng Lao, Điện Biên")
