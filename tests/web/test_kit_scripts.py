"""The small scripts, each on its page: copy, busy, poll, share, and photos over a bad line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.web import kit, kit_data

pytestmark = pytest.mark.browser


def test_copy_puts_the_memo_on_the_clipboard_and_says_so(chromium: Browser) -> None:
    html = kit.render("orders/order.html", **kit_data.order("to_pay"))
    with kit.shown(chromium, html) as page:
        assert page.evaluate("navigator.clipboard") is None  # plain http, as on a market's own network
        page.evaluate("addEventListener('copy', () => { window.copied = document.activeElement.value })")

        page.get_by_role("button", name="Chép", exact=True).nth(1).click()

        expect(page.get_by_text("Đã chép")).to_be_visible()
        assert page.evaluate("window.copied") == "CP7K4MXQ9"


def test_without_script_there_is_no_button_that_does_nothing(chromium: Browser) -> None:
    html = kit.render("orders/order.html", **kit_data.order("to_pay"))
    with kit.shown(chromium, html, java_script_enabled=False) as page:
        expect(page.get_by_role("button", name="Chép")).to_have_count(0)
        expect(page.get_by_text("trang này tự đổi")).to_be_hidden()
        expect(page.get_by_role("link", name="Đã chuyển xong, xem lại đơn")).to_be_visible()


def test_a_second_press_sends_no_second_form(chromium: Browser) -> None:
    sent: list[str] = []

    def slow(route: Route) -> kit.Answer | None:
        if route.request.method == "POST":
            sent.append(route.request.url)
            return 204, "text/plain", ""  # the page stays: as on a line that does not answer
        return None

    html = kit.render("orders/order.html", **kit_data.order("expired"))
    with kit.shown(chromium, html, answers=slow) as page:
        button = page.get_by_role("button", name="Giữ lại 1 túi cho tôi")
        button.click()
        expect(page.get_by_role("button", name="Đang giữ hàng…")).to_have_attribute("aria-busy", "true")
        page.get_by_role("button", name="Đang giữ hàng…").click()
        page.wait_for_timeout(100)

        assert len(sent) == 1


def test_without_a_network_nothing_is_sent_and_nothing_typed_is_lost(chromium: Browser) -> None:
    html = kit.render("orders/order.html", **kit_data.order("expired"))
    with kit.shown(chromium, html) as page:
        page.context.set_offline(True)
        page.get_by_role("button", name="Giữ lại 1 túi cho tôi").click()

        expect(page.get_by_role("button", name="Chưa có mạng, chữ còn đây")).to_be_visible()
        page.context.set_offline(False)
        expect(page.get_by_role("button", name="Giữ lại 1 túi cho tôi")).to_be_visible()


def test_the_order_page_changes_by_itself_when_the_money_has_come(chromium: Browser) -> None:
    state = {"order": "to_pay"}

    def answer(route: Route) -> kit.Answer | None:
        if route.request.url.endswith("/d/x/state"):
            return 200, "application/json", json.dumps({"version": kit_data.order(state["order"])["view"].version})
        return None

    def html() -> str:
        return kit.render("orders/order.html", **kit_data.order(state["order"]))

    with kit.shown(chromium, html, answers=answer) as page:
        expect(page.get_by_role("heading", name="Chuyển khoản 170.000đ")).to_be_visible()

        state.update(order="packing")

        expect(page.get_by_role("heading", name="Nhà Lò Thị Xuân đang gói hàng")).to_be_visible()
        expect(page.locator("[data-said]")).to_have_text("Nhà Lò Thị Xuân đang gói hàng")
        expect(page.get_by_role("button", name="Chép link")).to_be_visible()


def pick_photos(page: Page, *paths: Path) -> None:
    """Choose files as with the phone's picker."""
    page.locator("input[type=file]").set_input_files(list(paths))


@pytest.fixture
def two_photos(tmp_path: Path) -> list[Path]:
    """Two small files that call themselves photos."""
    paths = [tmp_path / "mot.jpg", tmp_path / "hai.jpg"]
    for path in paths:
        path.write_bytes(b"\xff\xd8\xff" + path.name.encode() * 2000)
    return paths


def test_a_photo_is_sent_again_with_its_key_when_the_line_drops(chromium: Browser, two_photos: list[Path]) -> None:
    keys: list[bytes] = []

    def answer(route: Route) -> kit.Answer | None:
        if not route.request.url.endswith("/upload"):
            return None
        body = route.request.post_data_buffer or b""
        keys.append(body.split(b'name="upload_key"')[1].split(b"\r\n\r\n")[1].split(b"\r\n")[0])
        if len(keys) == 1:
            return 503, "application/problem+json", "{}"
        return 201, "application/json", json.dumps({"id": f"p{len(keys)}", "width": 4, "height": 3, "thumb": ""})

    with kit.shown(chromium, kit.render("kit.html", photos=()), answers=answer) as page:
        pick_photos(page, *two_photos)

        expect(page.get_by_text("Đã gửi ✓")).to_have_count(2)
        assert keys[0] == keys[1] != keys[2]
        sent = page.locator("input[name=photo]:enabled").evaluate_all("(all) => all.map((one) => one.value)")
        assert sent == ["p2", "p3"]
        expect(page.locator(".cover:visible")).to_have_count(1)


def test_a_broken_photo_is_named_and_can_be_taken_again(chromium: Browser, two_photos: list[Path]) -> None:
    answers = iter([(422, "application/problem+json", json.dumps({"detail": "Ảnh không mở được."})),
                    (201, "application/json", json.dumps({"id": "p9", "width": 4, "height": 3, "thumb": ""}))])

    def answer(route: Route) -> kit.Answer | None:
        return next(answers) if route.request.url.endswith("/upload") else None

    with kit.shown(chromium, kit.render("kit.html", photos=()), answers=answer) as page:
        pick_photos(page, two_photos[0])
        expect(page.get_by_role("alert").get_by_text("Ảnh không mở được.")).to_be_visible()
        assert kit.small_targets(page) == []

        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Ảnh hỏng. Chụp lại").click()
        chooser.value.set_files(two_photos[1])

        expect(page.get_by_text("Đã gửi ✓")).to_have_count(1)
        expect(page.locator(".strip > li")).to_have_count(1)


def test_a_form_waits_for_its_photos_and_then_goes_by_itself(chromium: Browser, two_photos: list[Path]) -> None:
    forms: list[str] = []
    tries: list[int] = []

    def answer(route: Route) -> kit.Answer | None:
        if route.request.url.endswith("/upload"):
            tries.append(1)
            if len(tries) == 1:
                return 503, "application/problem+json", "{}"
            return 201, "application/json", json.dumps({"id": "p1", "width": 4, "height": 3, "thumb": ""})
        if route.request.method == "POST":
            forms.append(route.request.post_data or "")
            return 204, "text/plain", ""
        return None

    with kit.shown(chromium, kit.render("kit.html", photos=()), answers=answer) as page:
        pick_photos(page, two_photos[0])
        expect(page.get_by_text("Mạng yếu, gửi lại…")).to_be_visible()

        page.get_by_role("button", name="Đăng hàng").click()

        expect(page.get_by_role("button", name="Đang gửi…").first).to_have_attribute("aria-busy", "true")
        page.wait_for_timeout(300)
        assert len(forms) == 1
        assert 'name="photo"\r\n\r\np1' in forms[0]


def test_a_removed_photo_is_taken_back_from_the_server(chromium: Browser, two_photos: list[Path]) -> None:
    deleted: list[str] = []

    def answer(route: Route) -> kit.Answer | None:
        if route.request.method == "DELETE":
            deleted.append(route.request.url)
            return 204, "text/plain", ""
        if route.request.url.endswith("/upload"):
            return 201, "application/json", json.dumps({"id": "p1", "width": 4, "height": 3, "thumb": ""})
        return None

    with kit.shown(chromium, kit.render("kit.html", photos=()), answers=answer) as page:
        pick_photos(page, two_photos[0])
        expect(page.get_by_text("Đã gửi ✓")).to_be_visible()

        with page.expect_response("**/upload/p1"):
            page.get_by_role("button", name="Bỏ ảnh 1").click()

        expect(page.locator(".strip > li")).to_have_count(0)
        assert deleted == [f"{kit.SITE}/upload/p1"]
