"""Photos over a line that breaks: sent again by themselves, kept once."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser import steps
from tests.browser.phone import phone
from tests.browser.relay import Breaks, before_the_answer_to_a_photo, in_the_middle_of_a_photo, relay
from tests.shop_process import ShopProcess

pytestmark = pytest.mark.browser


def photos_of(shop: ShopProcess) -> list[str]:
    """The upload key of every photo that people have sent; the demo's own are still on their way."""
    with sqlite3.connect(shop.data / "cho-phien.db") as database:
        return [key for key, in database.execute("SELECT upload_key FROM photos WHERE upload_key NOT LIKE 'demo-%'")]


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


def test_photos_that_were_picked_before_the_script_came_are_sent_by_it(chromium: Browser, demo: ShopProcess, photo: Path) -> None:
    held: list[Route] = []
    with phone(chromium) as farmer:
        steps.open_stall(farmer, demo.link("household", 2))
        farmer.route("**/upload.js", lambda route: held.append(route))
        with farmer.expect_request("**/upload.js"):
            farmer.goto(f"{demo.url}/n/hoa4e/sell", wait_until="commit")
        farmer.locator("input[type=file]").set_input_files(str(photo))

        held[0].continue_()

        expect(farmer.locator(".strip .state", has_text="Đã gửi ✓")).to_have_count(1, timeout=steps.LONGEST_UPLOAD_MS)
