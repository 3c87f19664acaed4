"""A show run in real browsers: planned, ten pasted comments, three pins, an order confirmed, a viewer who orders below the picture."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import steps
from tests.browser.phone import phone
from tests.browser.test_every_page import look_at
from tests.shop_process import ShopProcess

pytestmark = pytest.mark.browser

TEN = """Ngọc Bùi: A1 lấy 2 túi nhé, 0912345321
Tuấn Phạm: ship Hà Nội bao nhiêu ạ?
Hạnh: nhìn ngon quá
Mạnh Hùng: cho 5 cân
Thu: chị ơi còn hàng k
Lan Anh: chốt 1 túi A1
Bích: em ck rồi nhé CP9H2
shop.xyz: vay nhanh ib em
Cô Mai: 2 chai A3 nhé
Nguyễn Thị Phương Thảo Điện Biên: lấy cho chị 3kg A2"""


@pytest.fixture(scope="module")
def room(chromium: Browser, demo: ShopProcess) -> Iterator[tuple[Page, str]]:
    """The farmer's phone in the control room of a show that has begun, and the show's public address."""
    for name, price, unit, stock in (("Mật ong rừng", 200_000, "chai", 12), ("Thịt trâu gác bếp", 170_000, "túi", 4)):
        made = httpx.post(f"{demo.url}/api/v1/listings", headers={"Authorization": f"Bearer {demo.link('api-key')}"},
                          json={"kind": "other", "name": name, "price_vnd": price, "unit": unit, "stock": stock})
        assert made.status_code == 201, made.text
    with phone(chromium) as farmer:
        steps.open_stall(farmer, demo.link("household"))
        farmer.get_by_role("link", name="Phát trực tiếp").click()
        farmer.get_by_role("link", name="Hẹn buổi mới").click()
        farmer.get_by_label("Tên buổi").fill("Thịt, bưởi, mật ong")
        for number, name in enumerate(("Thịt trâu gác bếp", "Bưởi da xanh", "Mật ong rừng"), 1):
            farmer.get_by_role("checkbox", name=re.compile(name)).first.check()
            farmer.get_by_label(f"{name} bán thứ mấy").first.fill(str(number))
        farmer.get_by_role("button", name="Lưu buổi phát").click()
        link = farmer.locator(".address").get_attribute("href")
        assert link is not None and look_at(farmer) == []
        farmer.get_by_role("button", name="Bắt đầu phát").click()
        expect(farmer.get_by_role("heading", name="Đang ghim")).to_be_visible()
        yield farmer, demo.url + link


def test_ten_comments_three_pins_one_order_confirmed_and_one_bought_below_the_picture(
        chromium: Browser, demo: ShopProcess, room: tuple[Page, str]) -> None:
    farmer, link = room
    with phone(chromium) as helper, phone(chromium) as viewer:
        steps.open_stall(helper, demo.link("helper"))
        helper.goto(farmer.url)
        viewer.goto(link)
        expect(viewer.locator("[data-field=name]")).to_have_text("Thịt trâu gác bếp")

        # The helper pastes, the farmer sees it without doing anything.
        helper.get_by_text("Dán bình luận").click()
        helper.locator("#pasted").fill(TEN)
        helper.get_by_role("button", name="Đọc bình luận").click()
        expect(farmer.locator(".comments li")).to_have_count(10)
        expect(farmer.get_by_text("Đặt 2 túi A1")).to_be_visible()
        expect(helper.get_by_text("09•• ••• 321").first).to_be_visible()
        expect(farmer.locator(".draft .button.fill")).to_have_count(1)
        assert look_at(farmer) == [] and look_at(helper) == []

        # An unsure one is asked about by buttons.
        open_draft = helper.locator(".draft", has_text="Mạnh Hùng")
        open_draft.get_by_role("button", name=re.compile("A2|Bỏ")).first.wait_for()

        # One tap makes an order; the other room and the viewer see it.
        farmer.locator(".draft", has_text="Ngọc Bùi").get_by_role("button", name="Chốt đơn").click()
        expect(helper.get_by_role("heading", name="Đã chốt, gửi mã cho khách")).to_be_visible()
        expect(viewer.get_by_text("Vừa có người mua 2 túi")).to_be_visible()
        claim = helper.locator(".claim").first.inner_text()

        # Three pins; the viewer's page follows.
        helper.get_by_role("button", name="Ghim tiếp").click()
        expect(viewer.locator("[data-field=name]")).to_have_text("Bưởi da xanh")
        expect(helper.locator(".pins .pinned")).to_contain_text("Bưởi da xanh")
        helper.get_by_role("button", name="Ghim tiếp").click()
        expect(viewer.locator("[data-field=name]")).to_have_text("Mật ong rừng")
        expect(viewer.locator("[data-sheet] h2").first).to_have_text("Mật ong rừng")

        # The viewer orders without leaving the page.
        viewer.get_by_role("link", name=re.compile("Mua · 200.000đ")).click()
        viewer.get_by_label("Tên", exact=True).fill("Thu Hà")
        viewer.get_by_label("Số điện thoại").fill("0900 000 123")
        viewer.get_by_label("Giao tới đâu?").fill("12 ngõ 5, phường Mường Thanh")
        viewer.get_by_role("button", name="Gửi đơn").click()
        expect(viewer.get_by_text("Đã đặt.")).to_be_visible()
        assert viewer.url.startswith(link)
        expect(farmer.locator(".pins .pinned")).to_contain_text("1 đơn")
        assert look_at(viewer) == []

        # Who was confirmed fills in the rest with the code.
        viewer.goto(f"{demo.url}/x")
        viewer.get_by_label("Mã").fill(claim)
        viewer.get_by_role("button", name="Xem đơn").click()
        assert look_at(viewer) == []
        viewer.get_by_label("Tên", exact=True).fill("Ngọc Bùi")
        viewer.get_by_label("Số điện thoại").fill("0912 345 321")
        viewer.get_by_label("Giao tới đâu?").fill("Tổ 4, phường Điện Biên Phủ")
        viewer.get_by_role("button", name=re.compile("Gửi đơn")).click()
        expect(viewer.get_by_role("heading", name="Chuyển khoản 340.000đ")).to_be_visible()
        expect(farmer.get_by_text("Khách đã điền")).to_be_visible()

        viewer.goto(link)
        farmer.get_by_text("Dừng buổi phát").click()
        farmer.get_by_role("button", name="Dừng hẳn").click()
        expect(viewer.get_by_text("Buổi phát đã hết.")).to_be_visible()
        expect(farmer.get_by_text("540.000đ")).to_be_visible()
        assert look_at(farmer) == [] and look_at(viewer) == []
