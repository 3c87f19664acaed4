"""Photos over a line that breaks: sent again by themselves, kept once."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import steps
from tests.browser.phone import phone
from tests.browser.relay import Breaks, before_the_answer_to_a_photo, in_the_middle_of_a_photo, relay
from tests.shop_process import ShopProcess

pytestmark = pytest.mark.browser


def photos_of(shop: ShopProcess) -> list[str]:
    """The upload key of every photo that the shop keeps."""
    with sqlite3.connect(shop.data / "cho-phien.db") as database:
        return [key for key, in database.execute("SELECT upload_key FROM photos ORDER BY created_ms")]


@pytest.mark.parametrize("breaks", [in_the_middle_of_a_photo, before_the_answer_to_a_photo])
def test_an_upload_whose_line_breaks_is_sent_again_and_kept_once(
        chromium: Browser, demo: ShopProcess, photo: Path, breaks: Breaks) -> None:
    before = photos_of(demo)
    with relay(demo, breaks) as line, phone(chromium, may_lose_the_line=True) as farmer:
        steps.open_stall(farmer, line.url + urlsplit(demo.link("household", 2)).path)
        farmer.goto(f"{line.url}/n/hoa4e/sell")

        steps.pick_photos(farmer, photo)

        assert (line.has_broken, line.posts) == (True, 2)
        expect(farmer.locator(".strip input[name=photo]")).to_have_count(1)
    assert len(photos_of(demo)) == len(before) + 1


def test_a_phone_without_network_waits_and_sends_when_it_is_back(chromium: Browser, demo: ShopProcess, photo: Path) -> None:
    with phone(chromium, may_lose_the_line=True) as farmer:
        steps.open_stall(farmer, demo.link("household", 2))
        farmer.goto(f"{demo.url}/n/hoa4e/sell")
        farmer.context.set_offline(True)
        farmer.locator("input[type=file]").set_input_files(str(photo))
        expect(farmer.locator(".strip .state")).to_contain_text("Chờ có mạng")
        steps.fill_goods(farmer, name="Bưởi gửi lúc mất mạng")

        farmer.context.set_offline(False)

        expect(farmer.locator(".strip .state")).to_contain_text("Đã gửi ✓", timeout=30_000)
        farmer.get_by_role("button", name="Đăng hàng").click()
        expect(farmer.get_by_text("Bưởi gửi lúc mất mạng đã lên sạp.")).to_be_visible()
