"""The whole: from the owner's first link to goods that are paid, handed over and seen as such by their buyer."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from catalog.accounts.vietqr_decode import decode
from tests.browser import steps
from tests.browser.phone import codes_on, phone
from tests.shop_process import ShopProcess

pytestmark = pytest.mark.browser

ACCOUNT = "0123499999"
MINUTE_MS = 60_000


def test_goods_go_from_a_photo_to_a_buyer_who_has_paid(chromium: Browser, shop: ShopProcess, photo: Path) -> None:
    with phone(chromium) as owner, phone(chromium) as farmer, phone(chromium) as buyer:
        steps.open_stall(owner, shop.link("owner"))
        team = steps.add_village(owner, "Bản Lói")
        steps.add_household(owner, team, "Lò Thị Xuân")
        (card,) = codes_on(owner, ".sign-in-card .qr")

        steps.open_stall(farmer, card)
        base = farmer.url
        steps.add_account(farmer, base, number=ACCOUNT, name="LO THI XUAN")
        hook, key = steps.connect_sepay(farmer, base)
        farmer.goto(base)
        farmer.get_by_role("link", name="Đăng hàng").click()
        steps.pick_photos(farmer, photo)
        steps.fill_goods(farmer)
        farmer.get_by_role("button", name="Đăng hàng").click()
        expect(farmer.get_by_text("Bưởi da xanh đã lên sạp.")).to_be_visible()
        listing = farmer.url
        expect(farmer.get_by_role("progressbar").first).to_be_visible()
        expect(farmer.get_by_text("Đủ 4 ảnh và 1 clip")).to_be_visible(timeout=2 * MINUTE_MS)
        assert farmer.locator("video").evaluate("one => one.canPlayType('video/mp4')") != "no"
        farmer.goto(f"{listing}/sign")
        to_order, to_pay = codes_on(farmer, ".sheet")
        assert (decode(to_pay).account, decode(to_pay).amount_vnd, decode(to_pay).method) == (ACCOUNT, None, "static")

        buyer.goto(to_order)
        expect(buyer.get_by_role("heading", name="Bưởi da xanh")).to_be_visible()
        expect(buyer.get_by_text("Còn 80 kg")).to_be_visible()
        buyer.get_by_role("link", name="Đặt mua").click()
        steps.fill_order(buyer, amount="1,5")
        buyer.get_by_role("button", name="Gửi đơn").click()
        expect(buyer.get_by_role("heading", name="Chuyển khoản 37.500đ")).to_be_visible()
        code = buyer.locator("header").inner_text().split()[-1]
        paying = decode(codes_on(buyer, "figure.qr")[0])
        assert (paying.amount_vnd, paying.memo, paying.account, paying.bin) == (37_500, code, ACCOUNT, "970436")

        transfer = ("--account", ACCOUNT, "--amount", "37500", "--content", f"{code} chuyen tien mua buoi")
        assert steps.pay(hook, key, "--wrong-key", *transfer).startswith("401")
        buyer.reload()
        expect(buyer.get_by_role("heading", name="Chuyển khoản 37.500đ")).to_be_visible()
        assert steps.pay(hook, key, *transfer).startswith("200")
        expect(buyer.get_by_text("Đã nhận 37.500đ")).to_be_visible(timeout=MINUTE_MS)

        farmer.goto(f"{base}/orders")
        expect(farmer.get_by_text("Đã trả tiền")).to_be_visible()
        farmer.goto(f"{base}/orders/{code}")
        farmer.get_by_role("button", name="Đã gửi xe").click()
        expect(buyer.get_by_role("heading", name="Hàng đang trên đường")).to_be_visible(timeout=MINUTE_MS)
        farmer.get_by_role("button", name="Người mua đã nhận").click()
        expect(buyer.get_by_role("heading", name="Đã nhận hàng")).to_be_visible(timeout=MINUTE_MS)
        buyer.goto(to_order)
        expect(buyer.get_by_text("Còn 78,5 kg")).to_be_visible()
