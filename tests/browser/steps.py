"""What people do in the shop, by the words that they see on the pages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.shop_process import ROOT

LONGEST_UPLOAD_MS = 30_000


def open_stall(page: Page, link: str) -> None:
    """Sign in by a personal link."""
    page.goto(link)
    page.get_by_role("button", name="Mở sạp").click()
    page.wait_for_load_state()


def add_village(page: Page, name: str) -> str:
    """The address of a new village's team page, by its owner."""
    page.get_by_label("Tên bản").fill(name)
    page.get_by_label("Xã, phường").fill("xã Mường Ảng")
    page.get_by_role("button", name="Thêm bản").click()
    page.wait_for_url("**/team")
    return page.url


def add_household(page: Page, team: str, name: str) -> str:
    """The link on a new household's card; the page shows the card afterwards."""
    page.goto(team)
    page.get_by_label("Tên chủ nhà").fill(name)
    page.locator("#phone").fill("0900000456")
    page.get_by_role("button", name="Thêm nhà và làm thẻ").click()
    return str(page.locator("#link").inner_text())


def add_helper(page: Page, team: str, name: str) -> str:
    """The link on a new helper's card."""
    page.goto(team)
    page.get_by_label("Tên người trong tổ").fill(name)
    page.get_by_role("button", name="Thêm vào tổ").click()
    return str(page.locator("#link").inner_text())


def add_account(page: Page, base: str, *, number: str, name: str) -> None:
    """The household's bank account."""
    page.goto(f"{base}/money/account/change")
    page.get_by_label("Ngân hàng").select_option("970436")
    page.get_by_label("Số tài khoản").fill(number)
    page.get_by_label("Tên chủ tài khoản").fill(name)
    page.get_by_role("button", name="Lưu và thử mã QR").click()
    expect(page.get_by_text("Đã lưu tài khoản.")).to_be_visible()


def connect_sepay(page: Page, base: str) -> tuple[str, str]:
    """The address that SePay is to call, and its key."""
    page.goto(f"{base}/money/hooks")
    page.locator("label.pick", has_text="Khoá API").click()
    page.get_by_role("button", name="Làm địa chỉ và khoá").click()
    copies = page.locator("[data-copy]")
    texts = [copies.nth(number).get_attribute("data-copy") or "" for number in range(copies.count())]
    address = next(text for text in texts if "/hooks/sepay/" in text)
    return address, next(text for text in texts if text != address)


def pick_photos(page: Page, *photos: Path) -> None:
    """Choose photos in the form, and wait until each has arrived."""
    page.locator("input[type=file]").set_input_files([str(photo) for photo in photos])
    expect(page.locator(".strip .state", has_text="Đã gửi ✓")).to_have_count(len(photos), timeout=LONGEST_UPLOAD_MS)


def fill_goods(page: Page, *, name: str = "Bưởi da xanh", price: str = "25 nghìn", stock: str = "80") -> None:
    """The facts of grapefruit by the kilogram."""
    page.locator("label.pick", has_text="Bưởi").click()
    page.get_by_label("Tên", exact=True).fill(name)
    page.locator("label.pick", has_text="kg").click()
    page.get_by_label("Giá một đơn vị").fill(price)
    page.get_by_label("Còn bao nhiêu").fill(stock)


def fill_order(page: Page, *, amount: str, name: str = "Thu Hà", phone: str = "0900 000 123",
               place: str = "12 ngõ 5, phường Mường Thanh") -> None:
    """The buyer's form: an amount of one's own, by coach, paid by transfer."""
    page.locator("label.pick", has_text="Số khác").click()
    page.get_by_label("Số muốn mua").fill(amount)
    page.get_by_label("Tên", exact=True).fill(name)
    page.get_by_label("Số điện thoại").fill(phone)
    page.get_by_label("Giao tới đâu?").fill(place)


def pay(hook: str, key: str, *options: str) -> str:
    """What `scripts/pay.py` prints when it plays the bank."""
    done = subprocess.run([sys.executable, str(ROOT / "scripts" / "pay.py"), "--hook", hook, "--key", key, *options],
                          capture_output=True, text=True, check=False)
    return done.stdout + done.stderr
