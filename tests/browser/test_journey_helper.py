"""A helper lists for a household, which agrees on its own phone, to the goods and to a new price, and takes it back."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import steps
from tests.browser.phone import codes_on, phone
from tests.browser.test_every_page import look_at
from tests.shop_process import ShopProcess

pytestmark = pytest.mark.browser


def price_at(page: Page, address: str) -> str:
    """The price on the buyers' page."""
    page.goto(address)
    return page.locator(".offer .price").inner_text().split()[0]


def change_price(page: Page, listing: str, price: str) -> None:
    """Another price by the form of the listing."""
    page.goto(f"{listing}/edit")
    page.get_by_label("Giá một đơn vị").fill(price)
    page.get_by_role("button", name="Lưu").click()
    page.wait_for_url(listing)


def see_anew(page: Page) -> None:
    """Let the page find that it is out of date, and wait until it has brought itself up to date."""
    root = page.locator("[data-poll]")
    root.evaluate("one => one.dataset.version = 'older'")
    expect(root).not_to_have_attribute("data-version", "older", timeout=40_000)


def test_a_helper_asks_and_the_household_decides(chromium: Browser, demo: ShopProcess, photo: Path) -> None:
    with phone(chromium) as helper, phone(chromium) as farmer, phone(chromium, refusals=(404,)) as buyer:
        steps.open_stall(helper, demo.link("helper", 1))
        helper.get_by_role("link", name="Đăng hàng cho một nhà").click()
        helper.get_by_label("Tìm nhà, tìm hàng").fill("quang van dung")
        helper.keyboard.press("Enter")
        helper.get_by_role("link", name="Quàng Văn Dũng").click()
        expect(helper.get_by_label("Đang làm cho")).to_contain_text("Nhà Quàng Văn Dũng")
        steps.pick_photos(helper, photo)
        steps.fill_goods(helper, name="Bưởi Mường Ảng", price="30.000")
        helper.get_by_role("button", name="Gửi xin đồng ý").click()
        expect(helper.get_by_role("heading", name="Nhà Quàng Văn Dũng đồng ý bằng cách nào?")).to_be_visible()
        listing, (question,) = helper.url, codes_on(helper)
        order_page = f"{demo.url}/o/{listing.rsplit('/', 1)[1]}"
        assert buyer.goto(order_page).status == 404

        steps.open_stall(farmer, demo.link("household", 1))
        expect(farmer.get_by_role("heading", name="Chờ nhà đồng ý")).to_be_visible()
        farmer.goto(question)
        for words in ("Bưởi Mường Ảng", "30.000đ", "Đứng tên Quàng Văn Dũng", "Rút lại lúc nào cũng được"):
            expect(farmer.locator("main")).to_contain_text(words)
        assert look_at(farmer) == []
        farmer.get_by_role("button", name="Đồng ý").click()
        expect(farmer.get_by_role("heading", name="Đã đồng ý")).to_be_visible()
        assert price_at(buyer, order_page) == "30.000đ"

        expect(helper.get_by_role("heading", name="Lời kèm theo")).to_be_visible(timeout=40_000)
        change_price(helper, listing, "35.000")
        expect(helper.get_by_role("heading", name="Chờ nhà đồng ý giá mới")).to_be_visible()
        assert price_at(buyer, order_page) == "30.000đ"
        helper.get_by_text("Quét bằng máy của nhà").click()
        see_anew(helper)
        farmer.goto(codes_on(helper)[0])
        expect(farmer.get_by_role("heading", name="Đổi giá hàng này nhé?")).to_be_visible()
        assert look_at(farmer) == []
        farmer.get_by_role("button", name="Đồng ý").click()
        expect(farmer.get_by_text("giờ bán 35.000đ/kg")).to_be_visible()
        assert price_at(buyer, order_page) == "35.000đ"

        farmer.goto(question)
        farmer.get_by_role("button", name="Rút lại, không đăng nữa").click()
        expect(farmer.get_by_role("heading", name="Đã rút lại")).to_be_visible()
        assert buyer.goto(order_page).status == 404
        expect(buyer.get_by_role("heading", name="Món này không còn bán")).to_be_visible()


def test_nobody_agrees_in_the_households_place(chromium: Browser, demo: ShopProcess, photo: Path) -> None:
    with phone(chromium) as helper, phone(chromium) as neighbour:
        steps.open_stall(helper, demo.link("helper", 1))
        steps.open_stall(neighbour, demo.link("household", 2))
        helper.goto(f"{demo.url}/n/dung4/sell")
        steps.pick_photos(helper, photo)
        steps.fill_goods(helper, name="Bưởi đợt hai")
        helper.get_by_role("button", name="Gửi xin đồng ý").click()
        helper.wait_for_url("**/listings/*")
        (question,) = codes_on(helper)

        for other in (helper, neighbour):
            other.goto(question)

            expect(other.get_by_text("Chỉ máy của nhà Quàng Văn Dũng mới trả lời được.")).to_be_visible()
            expect(other.get_by_role("button", name="Đồng ý")).to_have_count(0)
