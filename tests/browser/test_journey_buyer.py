"""Buying without script, with a mistake on the way, and the last piece that two people want."""

from __future__ import annotations

import re

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.browser import steps
from tests.browser.phone import phone
from tests.shop_process import ShopProcess

pytestmark = pytest.mark.browser

ACCOUNT = "0900000456"


def list_by_key(shop: ShopProcess, **facts: object) -> str:
    """The order link of a new listing, made by the first demo household's key."""
    wish = {"kind": "other", "name": "Mật ong rừng", "price_vnd": 200_000, "unit": "chai", "stock": 1} | facts
    answer = httpx.post(f"{shop.url}/api/v1/listings", json=wish,
                        headers={"Authorization": f"Bearer {shop.link('api-key')}"})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["order_url"])


def test_a_buyer_without_script_mends_a_mistake_pays_and_sees_it(chromium: Browser, demo: ShopProcess) -> None:
    with phone(chromium, java_script_enabled=False, refusals=(422,)) as buyer:
        buyer.goto(list_by_key(demo, stock=5))
        steps.fill_order(buyer, amount="2", phone="0900 00")
        buyer.get_by_role("button", name="Gửi đơn").click()
        expect(buyer.locator("#phone-mistake")).to_contain_text("thiếu")
        expect(buyer.get_by_label("Số muốn mua")).to_have_value("2")
        expect(buyer.get_by_label("Tên", exact=True)).to_have_value("Thu Hà")
        expect(buyer.get_by_label("Giao tới đâu?")).to_have_value("12 ngõ 5, phường Mường Thanh")

        buyer.get_by_label("Số điện thoại").fill("0900 000 123")
        buyer.get_by_role("button", name="Gửi đơn").click()
        expect(buyer.get_by_role("heading", name="Chuyển khoản 400.000đ")).to_be_visible()
        code = re.findall(r"CP\w{7}", buyer.content())[0]
        steps.pay(demo.link("sepay"), demo.link("sepay-key"), "--account", ACCOUNT, "--amount", "400000",
                  "--content", f"MBVCB.123.{code.lower()}.CT tu 0011")
        buyer.get_by_role("link", name="Đã chuyển xong, xem lại đơn").click()

        expect(buyer.get_by_text("Đã nhận 400.000đ")).to_be_visible()


def test_a_double_tap_and_a_reload_are_one_order(chromium: Browser, demo: ShopProcess) -> None:
    with phone(chromium) as buyer:
        link = list_by_key(demo, stock=5)
        buyer.goto(link)
        steps.fill_order(buyer, amount="1")

        buyer.get_by_role("button", name="Gửi đơn").dblclick()
        expect(buyer.get_by_role("heading", name="Chuyển khoản 200.000đ")).to_be_visible()
        buyer.reload()

        expect(buyer.get_by_role("heading", name="Chuyển khoản 200.000đ")).to_be_visible()
        buyer.goto(link)
        expect(buyer.get_by_text("Còn 4 chai")).to_be_visible()


def test_of_two_buyers_of_the_last_piece_one_hears_that_it_has_just_gone(chromium: Browser, demo: ShopProcess) -> None:
    with phone(chromium) as first, phone(chromium, refusals=(409,)) as second:
        link = list_by_key(demo)
        for buyer in (first, second):
            buyer.goto(link)
            steps.fill_order(buyer, amount="1")

        first.get_by_role("button", name="Gửi đơn").click()
        second.get_by_role("button", name="Gửi đơn").click()

        expect(first.get_by_role("heading", name="Chuyển khoản 200.000đ")).to_be_visible()
        expect(second.get_by_role("heading", name="Vừa hết hàng")).to_be_visible()
        expect(second.get_by_role("button", name="Gửi đơn")).to_have_count(0)
        second.get_by_role("link", name="Xem hàng khác").click()
        expect(second.get_by_role("heading", name="Hàng khác đang bán")).to_be_in_viewport()
